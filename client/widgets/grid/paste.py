"""Blocks of text from and for other programs: read, written, placed whole or not at all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from client.widgets.grid.edit import Refusal

Block = tuple[tuple[str, ...], ...]
"""Rows of cells, all of the same width."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell of the block, where it would go and its value."""

    row: int
    column: int
    value: object


@dataclass(frozen=True, slots=True)
class Misfit:
    """A cell of the block that cannot go where it would; column is -1 where there is no such place."""

    row: int
    column: int
    text: str
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Match:
    """Rows of a block told by a key found in them.

    column: the block's column that holds the keys. rows: the target row of each row of the block, -1 where its key is
    unknown or comes a second time. unknown: the texts that matched nothing, in order.
    """

    column: int
    rows: tuple[int, ...]
    unknown: tuple[str, ...]


def read_block(text: str) -> Block:
    """Read tab-separated text as spreadsheets write it.

    A cell in double quotes may hold tabs, line breaks and doubled quotes. One line break at the very end belongs to
    the last row. No-break spaces and spaces around an unquoted cell are trimmed; short rows are filled with empty
    cells.
    """
    rows: list[list[str]] = [[]]
    at, end = 0, len(text)
    while at <= end:
        cell, at = _read_cell(text, at)
        rows[-1].append(cell)
        if at >= end:
            break
        if text[at] == "\t":
            at += 1
            continue
        at += 2 if text.startswith("\r\n", at) else 1
        if at >= end:
            break
        rows.append([])
    width = max(len(row) for row in rows)
    return tuple(tuple(row + [""] * (width - len(row))) for row in rows)


def _read_cell(text: str, at: int) -> tuple[str, int]:
    """One cell from `at`: (its text, the position of the tab or line break after it, or the end)."""
    if text.startswith('"', at):
        parts: list[str] = []
        look = at + 1
        while (close := text.find('"', look)) >= 0:
            parts.append(text[look:close])
            if not text.startswith('""', close):
                if close + 1 >= len(text) or text[close + 1] in "\t\r\n":
                    return "".join(parts).replace("\r\n", "\n"), close + 1
                break
            parts.append('"')
            look = close + 2
    after = at
    while after < len(text) and text[after] not in "\t\r\n":
        after += 1
    return text[at:after].strip(" \u00a0\u3000"), after


def write_block(rows: Sequence[Sequence[str]]) -> str:
    """The text other programs read as this block; cells with tabs, quotes or line breaks are quoted."""
    return "\r\n".join("\t".join(_quoted(cell) for cell in row) for row in rows)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in '\t\r\n"') else cell


def by_position(
    block: Block, rows: Sequence[int], columns: Sequence[int], parse: Callable[[str, int, int], object]
) -> tuple[tuple[Placed, ...], tuple[Misfit, ...]]:
    """Put the block's first cell on the first of `rows` and `columns`, a single cell on all of them.

    rows, columns: the target's numbers, in order, from the chosen corner on. Returns what would be written and what
    does not fit; a caller writes only where nothing misfits.
    """
    if len(block) == 1 and len(block[0]) == 1:
        block = tuple(block[0] * len(columns) for _ in rows)
    targets = [rows[at] if at < len(rows) else -1 for at in range(len(block))]
    return by_rows(block, targets, columns, parse)


def by_rows(
    block: Block, targets: Sequence[int], columns: Sequence[int], parse: Callable[[str, int, int], object]
) -> tuple[tuple[Placed, ...], tuple[Misfit, ...]]:
    """Put each row of the block on its target row (-1: nowhere), its cells on `columns` (-1: skip that cell).

    Empty cells never delete and are passed over. Returns (placed, misfits).
    """
    placed: list[Placed] = []
    misfits: list[Misfit] = []
    for row, cells in zip(targets, block, strict=True):
        for at, text in enumerate(cells):
            column = columns[at] if at < len(columns) else None
            if column == -1 or not text:
                continue
            if row < 0 or column is None:
                misfits.append(Misfit(row, -1, text, None))
                continue
            value = parse(text, row, column)
            if isinstance(value, Refusal):
                misfits.append(Misfit(row, column, text, value))
            else:
                placed.append(Placed(row, column, value))
    return tuple(placed), tuple(misfits)


def match(block: Block, keyed: Sequence[Mapping[str, int]]) -> Match | None:
    """Find the column of the block that says whose row each is.

    keyed: for each kind of key, from the surest to the weakest, its texts and their target rows (ambiguous texts left
    out by the caller). A column counts when more than half of its cells are keys of one kind. None where no column
    does.
    """
    for keys in keyed:
        for column in range(len(block[0])):
            texts = [row[column] for row in block]
            known = sum(text in keys for text in texts)
            if known * 2 > len(texts):
                return _matched(column, texts, keys)
    return None


def _matched(column: int, texts: Sequence[str], keys: Mapping[str, int]) -> Match:
    rows: list[int] = []
    unknown: list[str] = []
    for text in texts:
        row = keys.get(text, -1)
        if row >= 0 and row in rows:
            row = -1
        if row < 0:
            unknown.append(text)
        rows.append(row)
    return Match(column, tuple(rows), tuple(unknown))
