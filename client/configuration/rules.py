"""What a rule leads to, worked out beforehand; no Qt, no store."""

from collections.abc import Mapping
from itertools import combinations_with_replacement

from client.configuration.record import Outcome
from sync.records.assessment import LETTERS
from sync.records.derive.grading import Rule


def outcomes(rule: Rule, marks: Mapping[str, str], viewpoints: int = 3) -> list[Outcome]:
    """What letters lead to, the best ones first; patterns the table says nothing of are left out.

    marks: {letter: how the school writes it}.
    """
    found: list[Outcome] = []
    for letters in combinations_with_replacement(LETTERS, viewpoints):
        entry = rule.entry(letters)
        if entry is not None:
            written = "".join(marks.get(letter, letter) for letter in letters)
            others = tuple(value for value in entry.allowed if value != entry.default)
            found.append(Outcome(written, entry.default, others))
    return found
