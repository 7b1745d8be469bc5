"""What a class is proposed by a rule, where proposals and decisions differ, and what another rule would move. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum
from typing import Final

from client.summing_up.record import (
    AUTO,
    GRADE,
    MANUAL,
    UNDECIDED,
    Basis,
    Book,
    Change,
    Computed,
    Decision,
    Finding,
    Kind,
    Line,
    Told,
)
from client.terms import EntryWords, word_key
from sync.records.assessment import LETTERS
from sync.records.derive.grading import NOT_SUBMITTED, Rule, Warned, counts, grade, letter, rate, warnings
from sync.records.registry import TYPES
from sync.records.text import folded

Sums = Mapping[str, Mapping[str, Computed]]
"""{pupil: {column key: what is computed}}."""

_WARNED = {
    Warned.R12: Kind.INCOMPLETE,
    Warned.R12_REASON: Kind.BLANK,
    Warned.W1: Kind.NOT_ALLOWED,
    Warned.W2: Kind.A_AND_C,
    Warned.W3: Kind.LETTERS_MISSING,
}
TO_CHECK = frozenset({Kind.INCOMPLETE, Kind.NOT_ALLOWED, Kind.A_AND_C, Kind.LETTERS_MISSING})
"""What is odd in itself, whatever was computed."""
REASON_LIMIT: Final = TYPES["viewpoint_grade"].fields["reason"].kind.limit
"""Characters a reason may have."""
_KINDS = {kind: at for at, kind in enumerate(Kind)}


# -- what is computed -------------------------------------------------------------------------------------------------


def summed(book: Book, rule: Rule | None) -> dict[str, dict[str, Computed]]:
    """What a rule proposes for every cell; a 評定 follows from what was decided, else from what is computed."""
    return {line.id: _line(book, line, rule) for line in book.lines}


def _line(book: Book, line: Line, rule: Rule | None) -> dict[str, Computed]:
    told = {each.code: _viewpoint(line.bases.get(each.code, Basis()), rule) for each in book.viewpoints}
    if book.graded:
        letters = [_standing(line, each.code, told[each.code].value) for each in book.viewpoints]
        value = None if rule is None else grade(letters, rule, line.highest)
        scored = sum(each.scored for each in told.values())
        told[GRADE] = Computed(value, None, scored, sum(each.missing for each in told.values()))
    return told


def _viewpoint(basis: Basis, rule: Rule | None) -> Computed:
    if rule is None:
        return Computed()
    share = rate((part for _, part in basis.parts), rule)
    scored = sum(counts(part, rule) for _, part in basis.parts)
    missing = sum(part.state in (None, "pending", NOT_SUBMITTED) for _, part in basis.parts)
    return Computed(letter(share, rule), share, scored, missing)


def _standing(line: Line, key: str, proposed: Told) -> str | None:
    """The letter a 評定 is proposed from: the decided one; the computed one only where nothing is decided."""
    decided = line.cells[key].decided
    value = proposed if decided.blank else decided.value
    return value if isinstance(value, str) else None


def letters_of(book: Book, line: Line) -> tuple[str | None, ...]:
    """The letters that were decided for a pupil, in the order of the viewpoints."""
    values = (line.cells[each.code].decided.value for each in book.viewpoints)
    return tuple(value if isinstance(value, str) else None for value in values)


# -- deciding ---------------------------------------------------------------------------------------------------------


def decided(value: Told, computed: Told, rule: Rule | None, before: Decision = UNDECIDED) -> Decision:
    """A value as a person decides it: by the program where it is the computed one, else by hand.

    A reason stays while the value is another one than computed: it says why.
    """
    if value is None:
        return UNDECIDED
    version = None if rule is None else rule.version
    if value == computed:
        return Decision(value, AUTO, computed, version=version)
    return Decision(value, MANUAL, computed, before.reason, version=version)


class Scope(Enum):
    """Which cells take the computed value over: those where nothing is decided, or all."""

    BLANK = "blank"
    ALL = "all"


def taken_over(book: Book, sums: Sums, scope: Scope, trial: Rule | None = None, reason: str = "") -> list[Change]:
    """What taking over changes. sums: by the rule in force. trial: other cut-offs to take over by, with the reason.

    A 評定 follows from the letters as they will be. What cannot be rated stays as it is.
    """
    rule = trial or book.rule
    lines = [] if rule is None else [line for line in book.lines if not line.who.gone]
    return [change for line in lines for change in _of_pupil(book, line, sums[line.id], scope, (rule, reason))]


def _of_pupil(
    book: Book, line: Line, sums: Mapping[str, Computed], scope: Scope, by: tuple[Rule | None, str]
) -> Iterator[Change]:
    rule, reason = by
    assert rule is not None
    letters: list[str | None] = []
    for each in book.viewpoints:
        now = sums[each.code]
        held, value = line.cells[each.code].decided, letter(now.share, rule)
        if _takes(held, value, scope):
            after = decided(value, now.value, book.rule, Decision(reason=reason))
            letters.append(value)
            if after != held:
                yield Change(line, each.code, after)
        else:
            letters.append(held.value if isinstance(held.value, str) else None)
    if book.graded:
        held, value = line.cells[GRADE].decided, grade(letters, rule, line.highest)
        after = decided(value, value, book.rule)
        if _takes(held, value, scope) and after != held:
            yield Change(line, GRADE, after)


def _takes(held: Decision, value: Told, scope: Scope) -> bool:
    return value is not None and held.unrated is None and (scope is Scope.ALL or held.blank)


# -- differences ------------------------------------------------------------------------------------------------------


def findings(book: Book, sums: Sums) -> tuple[Finding, ...]:
    """All that differs, is odd, or is missing, in the order of the list; those who have left are not waited for."""
    return tuple(
        Finding(line, key, kind) for line in book.lines if not line.who.gone for key, kind in _of_line(book, line, sums)
    )


def _of_line(book: Book, line: Line, sums: Sums) -> Iterator[tuple[str, Kind]]:
    whole = GRADE if book.graded else book.viewpoints[0].code if book.viewpoints else ""
    for warned in _warned(book, line):
        if warned is not Warned.R12_REASON:  # every single cell says that it is blank
            yield whole, _WARNED[warned]
    for key in book.keys:
        begun = bool(line.bases.get(key, Basis()).parts)
        kinds = sorted(_of_cell(line.cells[key].decided, sums[line.id][key], begun=begun), key=_KINDS.__getitem__)
        yield from ((key, kind) for kind in kinds)


def _warned(book: Book, line: Line) -> tuple[Warned, ...]:
    letters = letters_of(book, line)
    given = line.cells[GRADE].decided.value if book.graded else None
    excused = any(cell.decided.unrated is not None for cell in line.cells.values())
    return warnings(letters, given if isinstance(given, int) else None, book.rule, excused=excused)


def _of_cell(held: Decision, now: Computed, *, begun: bool) -> Iterator[Kind]:
    """begun: whether others have evidence there, so that it is this pupil's that lacks."""
    if held.unrated is not None:
        return
    if held.value is None:
        yield Kind.NO_EVIDENCE if begun and now.value is None else Kind.BLANK
        return
    if now.value is None:
        yield Kind.NO_EVIDENCE
    elif held.proposed is not None and held.proposed != now.value:
        yield Kind.CHANGED
    if held.value != now.value and now.value is not None:
        if held.basis == MANUAL and held.reason:
            yield Kind.OVERRIDDEN
        elif held.basis == MANUAL:
            yield Kind.DIFFERS


def counted(found: Iterable[Finding]) -> Counter[Kind]:
    """How many findings there are of each kind."""
    return Counter(each.kind for each in found)


# -- what another rule would move -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shift:
    """What other cut-offs would do. pupils: how many get another computed value anywhere.

    before, after: {column key: {value: how many}}.
    """

    pupils: int
    before: Mapping[str, Mapping[Told, int]]
    after: Mapping[str, Mapping[Told, int]]


def shift(book: Book, before: Sums, after: Sums) -> Shift:
    """Compare two sums of one book over those who are there."""
    there = [line.id for line in book.lines if not line.who.gone]
    moved = sum(any(before[id_][key].value != after[id_][key].value for key in book.keys) for id_ in there)
    return Shift(moved, *(_spread(book, sums, there) for sums in (before, after)))


def _spread(book: Book, sums: Sums, there: Sequence[str]) -> dict[str, Counter[Told]]:
    return {key: Counter(sums[id_][key].value for id_ in there) for key in book.keys}


def values_of(book: Book, key: str) -> tuple[Told, ...]:
    """The values a column may have, the best first."""
    return tuple(range(book.highest, 0, -1)) if key == GRADE else LETTERS


def percent(computed: Computed) -> str:
    """A share as people read it, `86.4`: cut at one decimal place and never rounded up over a cut-off."""
    if computed.share is None:
        return ""
    tenths = computed.share * 1000 // 1
    return f"{tenths // 10}.{tenths % 10}"


# -- typing -----------------------------------------------------------------------------------------------------------


class Reason(Enum):
    """Why a text cannot be the value of a cell."""

    NOT_A_LETTER = "not_a_letter"
    NOT_A_GRADE = "not_a_grade"
    NO_GRADE = "no_grade"
    NOT_TAUGHT = "not_taught"
    LEFT = "left"
    READ_ONLY = "read_only"


def parse(text: str, book: Book, line: Line, key: str, words: EntryWords) -> Told | Reason:
    """The value a text means in a cell, or why it means none; an empty text is 未定.

    R11 for letters, by the words people type and this board's own symbols; R08 and R10 for a 評定.
    """
    typed = folded(text)
    refused = _refused(book, line)
    if refused is not None or not typed:
        return refused
    if key != GRADE:
        own = {word_key(symbol): told for told, symbol in book.symbols.items()}
        told = own.get(word_key(typed)) or words.levels.get(word_key(typed))
        return told or Reason.NOT_A_LETTER
    if not line.highest:
        return Reason.NO_GRADE
    grades = {str(value): value for value in range(1, line.highest + 1)}
    return grades.get(typed, Reason.NOT_A_GRADE)


def _refused(book: Book, line: Line) -> Reason | None:
    if line.who.gone:
        return Reason.LEFT
    if not book.lesson.writable:
        return Reason.READ_ONLY
    return None if book.taught else Reason.NOT_TAUGHT


def shown(told: Told, symbols: Mapping[str, str]) -> str:
    """A value as this board writes it."""
    return "" if told is None else symbols.get(told, told) if isinstance(told, str) else str(told)


# -- lines on screen --------------------------------------------------------------------------------------------------


def kept(book: Book, found: Iterable[Finding], kinds: AbstractSet[Kind]) -> list[Line]:
    """The lines with a finding of these kinds, all of them for none, in order."""
    wanted = {each.line.id for each in found if each.kind in kinds}
    return [line for line in book.lines if not kinds or line.id in wanted]
