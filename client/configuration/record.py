"""What board and school have set, as one line each."""

from dataclasses import dataclass
from enum import Enum

from sync.records.derive.grading import Rule
from sync.records.roles import Partition


class Area(Enum):
    """What is set, by kind."""

    TERMS = "terms"
    SYMBOLS = "symbols"
    LETTERS = "letters"
    REASONS = "reasons"
    RULES = "rules"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that holds. mark: how it is written; level: whose word it is.

    code: what records call it. keys: characters that enter it. counts: what a day of it counts as, or the statuses a
    reason goes with. first, last: its days, ISO. rule: of a grading rule, whose code is its subject.
    """

    id: str
    code: str
    mark: str
    name: str
    level: Partition
    keys: str = ""
    counts: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    rule: Rule | None = None
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule makes of a pattern of letters, each as the school writes it."""

    letters: str
    default: int
    others: tuple[int, ...]
