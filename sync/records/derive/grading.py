"""From evidence to a letter, from letters to the 評定, by the rule a board has set (domain.md 6; R08, R10-R12).

Everything is exact: scores, maxima, weights and cut-offs are whole hundredths, what is compared is a fraction, and
nothing is rounded before it is compared. No number of a school stands here; all of them come with the rule.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from math import lcm
from typing import Any, Final

from sync.records.assessment import LETTERS

PERCENT: Final = 100 * 100
"""A cut-off of 1 % is 100 as it is stored, so the whole is this."""
SCORED, NOT_SUBMITTED, ZERO = "scored", "not_submitted", "zero"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a pattern of letters leads to: the 評定 that is proposed, and all that may be given without a warning."""

    default: int
    allowed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A grading rule, ready to compute with. cut_a, cut_b: least percentages for A and B, scaled by 100; None = 未定.

    zero: whether what was not handed in counts as nothing reached, instead of not counting. table: {pattern: entry}; a
    pattern in alphabetical order stands for its letters in any order, any other one for that very order.
    """

    cut_a: int | None
    cut_b: int | None
    zero: bool
    table: Mapping[str, Entry]
    version: int = 0

    def cut(self, cut_a: int, cut_b: int) -> "Rule":
        """The same rule with other cut-offs, B never above A."""
        return replace(self, cut_a=cut_a, cut_b=min(cut_a, cut_b))

    def entry(self, letters: Iterable[str | None]) -> Entry | None:
        """What the table says of these letters, in the order of the viewpoints; None where it says nothing."""
        told = list(letters)
        if not told or None in told:
            return None
        pattern = "".join(letter for letter in told if letter is not None)
        return self.table.get(pattern) or self.table.get("".join(sorted(pattern)))


def rule_of(fields: Mapping[str, Any]) -> Rule:
    """The rule a `grading_rule` record states. fields: as on the wire; what is missing is 未定, or as is usual."""
    table = {
        row["pattern"]: Entry(row["default"], tuple(row.get("allowed") or (row["default"],)))
        for row in fields.get("table") or ()
    }
    zero = fields.get("not_submitted") == ZERO
    return Rule(fields.get("cut_a"), fields.get("cut_b"), zero, table, fields.get("version") or 0)


@dataclass(frozen=True, slots=True)
class Part:
    """What a pupil has in one part of some evidence: state and value of the score, maximum and weight of the part.

    All numbers scaled by 100, None where undecided. state None = no score yet (未).
    """

    state: str | None
    value: int | None
    maximum: int | None
    weight: int | None


def counts(part: Part, rule: Rule) -> bool:
    """Whether a part goes into the rate: scored, or not handed in where the rule says zero; the rest is left out."""
    given = part.state == SCORED or (rule.zero and part.state == NOT_SUBMITTED)
    return given and bool(part.maximum) and bool(part.weight)


def rate(parts: Iterable[Part], rule: Rule) -> Fraction | None:
    """The weighted mean of what was reached in a viewpoint, 1 = all; None without any part that counts."""
    reached: dict[int, int] = {}  # by maximum: whole numbers until the very end
    weights = 0
    for part in parts:
        if counts(part, rule) and part.maximum and part.weight:
            reached[part.maximum] = reached.get(part.maximum, 0) + part.weight * (part.value or 0)
            weights += part.weight
    if not weights:
        return None
    whole = lcm(*reached)
    return Fraction(sum(points * (whole // maximum) for maximum, points in reached.items()), whole * weights)


def letter(share: Fraction | None, rule: Rule) -> str | None:
    """A, B or C of a rate; None without one, and while the rule's cut-offs are undecided."""
    if share is None or rule.cut_a is None or rule.cut_b is None:
        return None
    best, middle, low = LETTERS
    got, of = share.numerator * PERCENT, share.denominator
    return best if got >= rule.cut_a * of else middle if got >= rule.cut_b * of else low


def grade(letters: Sequence[str | None], rule: Rule, highest: int) -> int | None:
    """The 評定 a pattern leads to. highest: of the pupil's grade, 0 where there is none (R08, R10)."""
    entry = rule.entry(letters)
    return entry.default if entry is not None and 1 <= entry.default <= highest else None


class Warned(Enum):
    """What is odd about the decided values of a pupil: W1-W3 warn, the two of R12 stop a submission (domain.md 6)."""

    W1 = "grade_not_allowed"
    W2 = "a_and_c"
    W3 = "letters_missing"
    R12 = "grade_without_letters"
    R12_REASON = "no_reason"


def warnings(
    letters: Sequence[str | None], given: int | None, rule: Rule | None, *, excused: bool
) -> tuple[Warned, ...]:
    """The warnings for what was decided for a pupil. given: the 評定. excused: a reason stands where nothing does."""
    told = [each for each in letters if each is not None]
    found: list[Warned] = []
    entry = None if rule is None else rule.entry(letters)
    if given is not None and entry is not None and given not in entry.allowed:
        found.append(Warned.W1)
    if LETTERS[0] in told and LETTERS[-1] in told:
        found.append(Warned.W2)
    if given is not None and len(told) < len(letters):
        found.append(Warned.R12)
    elif told and len(told) < len(letters):
        found.append(Warned.W3)
    if not told and given is None and not excused:
        found.append(Warned.R12_REASON)
    return tuple(found)
