"""What can happen on a day, as plain data: any part of a day is a day too, so that a failing one can be shortened."""

import json
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

from tests.simulator.wire import FATES, PAGES, WEIGHTS

KINDS = {
    "note": 26,
    "points": 5,
    "paste": 5,
    "remark": 7,
    "title": 5,
    "drop": 3,
    "letter": 5,
    "undo": 4,
    "redo": 2,
    "settle": 5,
    "give": 2,
    "attach": 4,
    "detach": 2,
    "fetch": 3,
    "again": 2,
    "sync": 30,
    "server": 4,
    "duty": 4,
    "move": 2,
    "time": 2,
    "reopen": 2,
    "arrive": 3,
    "clone": 0.7,
    "backup": 0.7,
    "restore": 0.6,
    "damage": 0.7,
}
"""Steps and how often they come."""
LOSSES = {"aside": 0.8, "lose": 0.7, "recover": 1.5, "full": 0.8}
"""Steps of days on which disks lose stores, beside those of every day."""
AWAYS = {"away": 6, "restore": 0}
"""Steps of days on which scopes are put away: no server is set back, for what was put away is forgotten here."""
TAPE = 12
KEPT = sorted((Path(__file__).parent / "days").glob("*.json"))
"""Days that once failed, shortened to the steps that made them, and short ones of what is rare."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step. a, b, c choose among whatever there is; fates: of its network calls, (fate, page size)."""

    kind: str
    desk: int
    a: int
    b: int
    c: int
    fates: tuple[tuple[int, int], ...] = ()


def day(seed: int, length: int, *, losses: bool = False, aways: bool = False) -> list[Step]:
    """The steps of a day; the same for the same seed. losses: disks lose stores on it; aways: scopes are put away."""
    chance = random.Random(seed)
    weights = KINDS | (LOSSES if losses else {}) | (AWAYS if aways else {})
    kinds = chance.choices(list(weights), list(weights.values()), k=length)
    return [_step(chance, kind) for kind in kinds]


def _step(chance: random.Random, kind: str) -> Step:
    a, b, c = (chance.randrange(1000) for _ in range(3))
    tape: tuple[tuple[int, int], ...] = ()
    if kind == "sync":
        bad = chance.random() < 0.6
        fates = chance.choices(range(len(FATES)), WEIGHTS, k=TAPE) if bad else [0] * TAPE
        sizes = chance.choices(range(len(PAGES)), (5, 2, 2, 1), k=TAPE)
        tape = tuple(zip(fates, sizes, strict=True))
    return Step(kind, chance.randrange(1000), a, b, c, tape)


def dump(steps: Iterable[Step]) -> str:
    """Steps as text, one a line."""
    lines = ",\n".join(json.dumps(astuple(step)) for step in steps)
    return f"[\n{lines}\n]\n"


def load(path: Path) -> list[Step]:
    """Steps that were kept."""
    return [
        Step(kind, desk, a, b, c, tuple((fate, size) for fate, size in fates))
        for kind, desk, a, b, c, fates in json.loads(path.read_text("utf-8"))
    ]


def shortened(steps: list[Step], fails: Callable[[list[Step]], bool]) -> list[Step]:
    """The fewest of these steps that still fail: ever smaller parts are left out."""
    size = len(steps) // 2
    while size:
        for start in _starts(len(steps), size):
            less = steps[:start] + steps[start + size :]
            if fails(less):
                steps = less
        size //= 2
    return steps


def _starts(length: int, size: int) -> Iterator[int]:
    """Where parts of that size begin, the last first, so that those before keep their place."""
    yield from range((length - 1) // size * size, -1, -size)
