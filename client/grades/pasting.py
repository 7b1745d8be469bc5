"""Whose row each row of a pasted block is, and what it would change: all of it, or nothing (P1).

A block that names its pupils (学籍ID, 氏名, 出席番号) is matched by them. One that does not may only be put down by
position where it is as long as the whole list and nothing is filtered: a pupil more or less would shift every value.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from client.grades.record import Change, GradeRow, Value
from client.terms import EntryWords, word_key
from client.widgets.grid.edit import Refusal
from client.widgets.grid.paste import Block, by_rows
from sync.errors import FormError


class CellsDoNotFit(FormError):
    """A block holds values its cells cannot take. Facts: count."""

    NUMBER = 5001


class PupilsDiffer(FormError):
    """A block names somebody who is not on the list. Facts: total, matched; the sentence needs the name besides."""

    NUMBER = 5002


class OnlySomeShown(FormError):
    """A block without names, while a filter hides lines."""

    NUMBER = 5003


class OtherLength(FormError):
    """A block without names, not as long as the list. Facts: rows, count."""

    NUMBER = 5004


Parse = Callable[[str, int, int], object]
"""(text, row, column of the sheet) -> Value or Refusal."""


class Key(Enum):
    """What told the rows of a block apart."""

    ID = "id"
    NAME = "name"
    NUMBER = "number"
    POSITION = "position"


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell of the block that cannot go where it would. row: of the sheet, None where there is no such pupil."""

    row: GradeRow | None
    column: int | None
    text: str
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a paste would do. changes: cells whose value would differ. replaced: of them those that are not blank now.

    total: rows of the block that are about pupils, matched: those that found one, strangers: what the others say.
    first, last: lines the block's first and last row would go to. emptied: cells with a value for which the block has
    a blank; they are emptied where `blanks` says so.
    """

    key: Key
    total: int
    matched: int
    strangers: tuple[str, ...]
    changes: tuple[Change, ...]
    replaced: int
    wrong: tuple[Wrong, ...]
    first: GradeRow | None
    last: GradeRow | None
    emptied: int = 0
    blanks: bool = False

    @property
    def sound(self) -> bool:
        """Whether it may be written."""
        return not self.strangers and not self.wrong


@dataclass(frozen=True, slots=True)
class _Told:
    """Columns of the block that name pupils, and the sheet's row of each row of the block; None = a stranger."""

    key: Key
    columns: frozenset[int]
    rows: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Onto:
    """Where a block may go. columns: of the sheet, from the chosen one on, in the order on screen.

    titled: {heading: column} of those a heading can name. narrowed: a filter hides lines. blanks: a blank cell of the
    block empties the cell it goes to.
    """

    columns: Sequence[int]
    titled: Mapping[str, int]
    narrowed: bool = False
    blanks: bool = False


def plan(block: Block, rows: Sequence[GradeRow], onto: Onto, words: EntryWords, parse: Parse) -> Plan:
    """Plan a paste onto the lines `rows`, as they stand on screen.

    A block whose headings name columns of the sheet goes to those, wherever the cursor is. Raises OnlySomeShown and
    OtherLength where the block names no pupils and cannot go by position.
    """
    head, body = _headed(block, words)
    told = _told(body, rows, _numbers(head, words))
    if told is None:
        if onto.narrowed:
            raise OnlySomeShown
        if len(block) != len(rows):
            raise OtherLength(rows=len(block), count=len(rows))
        body, told = block, _Told(Key.POSITION, frozenset(), tuple(range(len(rows))))
    made = _planned(body, told, rows, _targets(head, body, told, onto), parse, blanks=onto.blanks)
    return replace(made, blanks=onto.blanks)


def _targets(head: Sequence[str], body: Block, told: _Told, onto: Onto) -> list[int | None]:
    """The sheet's column for each column of the block: -1 for those that name pupils, None where there is none."""
    values = [at for at in range(len(body[0])) if at not in told.columns]
    named = {at: onto.titled[name_key(head[at])] for at in values if head and name_key(head[at]) in onto.titled}
    if len(named) == len(values) == len(set(named.values())):
        return [named.get(at, -1) for at in range(len(body[0]))]
    following = iter(onto.columns)
    return [-1 if at in told.columns else next(following, None) for at in range(len(body[0]))]


def _planned(
    block: Block,
    told: _Told,
    rows: Sequence[GradeRow],
    columns: Sequence[int | None],
    parse: Parse,
    *,
    blanks: bool,
) -> Plan:
    known = [(at, row) for at, row in enumerate(told.rows) if row is not None]
    lines = tuple(block[at] for at, _ in known)
    placed, misfits = by_rows(lines, [row for _, row in known], columns, parse, blanks=blanks)
    changes: list[Change] = []
    for cell in placed:
        assert isinstance(cell.value, Value)
        change = Change(rows[cell.row], cell.column, cell.value)
        if change.row.cells[cell.column].value != cell.value:
            changes.append(change)
    return Plan(
        key=told.key,
        total=len(block),
        matched=len(known),
        strangers=tuple(
            " ".join(block[at][column] for column in sorted(told.columns))
            for at, row in enumerate(told.rows)
            if row is None
        ),
        changes=tuple(changes),
        replaced=sum(not change.row.cells[change.column].value.blank for change in changes),
        wrong=tuple(
            Wrong(rows[misfit.row], misfit.column if misfit.column >= 0 else None, misfit.text, misfit.refusal)
            for misfit in misfits
        ),
        emptied=sum(
            not text and column is not None and column >= 0 and not rows[row].cells[column].value.blank
            for at, row in known
            for text, column in zip(block[at], columns, strict=False)
        ),
        first=rows[known[0][1]] if known else None,
        last=rows[known[-1][1]] if known else None,
    )


def _headed(block: Block, words: EntryWords) -> tuple[Sequence[str], Block]:
    """The first row where it only says what the columns are, and the block without it."""
    headed = len(block) > 1 and any(word_key(text) in words.headers for text in block[0])
    return (next(iter(block)), block[1:]) if headed else ((), block)


def _numbers(head: Sequence[str], words: EntryWords) -> int | None:
    """The column whose heading says that it holds numbers of pupils."""
    return next((at for at, text in enumerate(head) if words.headers.get(word_key(text)) == Key.NUMBER.value), None)


def _told(block: Block, rows: Sequence[GradeRow], numbers: int | None) -> _Told | None:
    """Find the columns that name pupils. Where a name and a number stand beside each other, both must agree.

    numbers: the column whose heading says that it holds 出席番号; an empty number says nothing against a name.
    """
    found: dict[Key, tuple[int, tuple[int | None, ...]]] = {}
    for key, texts in _keys(rows).items():
        at = numbers if key is Key.NUMBER and numbers is not None else _column_of(block, texts, key)
        if at is not None:
            found[key] = (at, tuple(texts.get(name_key(row[at])) for row in block))
    if found.keys() == {Key.NUMBER} and numbers is None and not _counts_up(block, found[Key.NUMBER][0]):
        del found[Key.NUMBER]
    if not found:
        return None
    key = next(key for key in (Key.ID, Key.NAME, Key.NUMBER) if key in found)
    agreed = [_agreed(found, block[at], at, key) for at in range(len(block))]
    return _Told(key, frozenset(at for at, _ in found.values()) | _readings(block, rows), _once(agreed))


def _agreed(
    found: Mapping[Key, tuple[int, tuple[int | None, ...]]], cells: Sequence[str], at: int, key: Key
) -> int | None:
    """The sheet's row on which all that names the pupil of a row of the block agrees."""
    said = {
        rows[at] for each, (column, rows) in found.items() if each is key or each is not Key.NUMBER or cells[column]
    }
    return said.pop() if len(said) == 1 else None


def _keys(rows: Sequence[GradeRow]) -> dict[Key, dict[str, int]]:
    """{kind of key: {text: row}}; texts that two lines share name nobody."""
    texts: dict[Key, list[tuple[str, int]]] = {Key.ID: [], Key.NAME: [], Key.NUMBER: []}
    for at, row in enumerate(rows):
        texts[Key.ID].append((name_key(row.who.pupil), at))
        texts[Key.NAME].append((name_key(row.who.name), at))
        if row.who.number is not None:
            texts[Key.NUMBER].append((str(row.who.number), at))
    return {key: _unshared(pairs) for key, pairs in texts.items()}


def _unshared(pairs: Sequence[tuple[str, int]]) -> dict[str, int]:
    count: dict[str, int] = {}
    for text, _ in pairs:
        count[text] = count.get(text, 0) + 1
    return {text: at for text, at in pairs if count[text] == 1}


def name_key(text: str) -> str:
    """A text as names, numbers and ids are compared: without spaces, digits of one width, no leading zeros."""
    plain = "".join(text.split())
    folded = word_key(plain)
    if not folded.isascii():
        return plain
    return (folded.lstrip("0") or "0") if folded.isdigit() else folded


def _column_of(block: Block, texts: Mapping[str, int], key: Key) -> int | None:
    """The column that tells by this key whose each row is.

    A name or an id is taken for nothing else: where there is one, the other cells of its column are strangers, and are
    said. Numbers are many things: more than half must be on the list, in a column left of everything else.
    """
    if key is Key.NUMBER:
        found = _hits(block, texts, 0)
        return 0 if len(block[0]) > 1 and 2 * found > len(block) else None
    found, at = max((_hits(block, texts, at), -at) for at in range(len(block[0])))
    return -at if found else None


def _hits(block: Block, texts: Mapping[str, int], at: int) -> int:
    """How many cells of a column are keys."""
    return sum(name_key(row[at]) in texts for row in block)


def _counts_up(block: Block, at: int) -> bool:
    """Whether a column of numbers can be 出席番号 and not scores: five or more, each above the one before."""
    numbers = [name_key(row[at]) for row in block]
    if len(numbers) < 5 or not all(text.isdigit() for text in numbers):
        return False
    return all(int(before) < int(after) for before, after in pairwise(numbers))


def _once(rows: Sequence[int | None]) -> tuple[int | None, ...]:
    """A pupil who is named twice is nobody the second time."""
    seen: set[int] = set()
    told: list[int | None] = []
    for row in rows:
        told.append(None if row in seen else row)
        if row is not None:
            seen.add(row)
    return tuple(told)


def _readings(block: Block, rows: Sequence[GradeRow]) -> frozenset[int]:
    """Columns that hold readings of the names: they say nothing that is graded."""
    known = {name_key(row.who.kana) for row in rows}
    return frozenset(
        at for at in range(len(block[0])) if 2 * sum(name_key(row[at]) in known for row in block) > len(block)
    )
