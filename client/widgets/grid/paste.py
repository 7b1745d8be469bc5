"""Blocks of text from and for other programs: read, written, placed whole or not at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData

from client.widgets.grid.edit import Refusal

CLIPBOARD_MARK = "application/x-keyaki"
"""Our copies carry this format, so that a lock can clear the clipboard only where it is still ours."""
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


def clipping(texts: Sequence[Sequence[str]]) -> QMimeData:
    """What the clipboard gets: the block as text, and our own format beside it."""
    data = QMimeData()
    data.setText(write_block(texts))
    data.setData(CLIPBOARD_MARK, b"1")
    return data


def write_block(rows: Sequence[Sequence[str]]) -> str:
    """The text other programs read as this block; cells with tabs, quotes or line breaks are quoted."""
    return "\r\n".join("\t".join(_quoted(cell) for cell in row) for row in rows)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in '\t\r\n"') else cell


def by_rows(
    block: Block,
    targets: Sequence[int],
    columns: Sequence[int | None],
    parse: Callable[[str, int, int], object],
    *,
    blanks: bool = False,
) -> tuple[tuple[Placed, ...], tuple[Misfit, ...]]:
    """Put each row of the block on its target row (-1: nowhere), its cells on `columns` (-1: skip that cell,
    None: there is no such place).

    Empty cells delete only with `blanks`; else they are passed over. Returns (placed, misfits).
    """
    placed: list[Placed] = []
    misfits: list[Misfit] = []
    for row, cells in zip(targets, block, strict=True):
        for at, text in enumerate(cells):
            column = columns[at] if at < len(columns) else None
            nowhere = row < 0 or column is None
            if column == -1 or (not text and (nowhere or not blanks)):
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
