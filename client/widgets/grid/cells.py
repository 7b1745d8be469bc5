"""The cells of a grid as acts see them: what they hold, whether they take a value, what a text would become there."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt

from client.widgets.column_table import RECORD_ROLE, STATE_ROLE
from client.widgets.grid.edit import CellValue, Parser, Refusal
from client.widgets.grid.keys import Command
from client.widgets.grid.moves import Cell, Field
from client.widgets.marks import PROBLEM, CellState

_ONE_KEY, _STRUCK = int(CellState.ONE_KEY), int(CellState.STRUCK)


class Cells:
    """A model and the parser of its page."""

    def __init__(self, model: QAbstractItemModel, parser: Parser) -> None:
        self._model, self._parser = model, parser

    def content(self, row: int, column: int) -> str:
        """The text an editor would start with."""
        return self._model.index(row, column).data(Qt.ItemDataRole.EditRole) or ""

    def takes(self, row: int, column: int) -> bool:
        """Whether a person can give this cell a value."""
        state = self._state(row, column)
        return not state & _STRUCK and (bool(state & _ONE_KEY) or self.opens_editor(row, column))

    def opens_editor(self, row: int, column: int) -> bool:
        """Whether an editor may open on this cell."""
        flags = self._model.flags(self._model.index(row, column))
        return bool(flags & Qt.ItemFlag.ItemIsEditable)

    def takes_one_key(self, row: int, column: int) -> bool:
        """Whether a single key is this cell's value."""
        return bool(self._state(row, column) & _ONE_KEY)

    def wanted(self, search: Command, row: int, column: int) -> bool:
        """Whether a search for blanks or for problems would stop here."""
        if search in (Command.NEXT_PROBLEM, Command.PREVIOUS_PROBLEM):
            return bool(self._state(row, column) & PROBLEM)
        return not self.content(row, column) and self.takes(row, column)

    def filled(self, row: int, column: int) -> bool:
        """Whether the cell holds anything."""
        return bool(self.content(row, column))

    def read(self, texts: Iterable[tuple[Cell, str]]) -> tuple[CellValue, ...] | Refusal:
        """What these texts would become in these cells; the first refusal where one of them cannot."""
        values: list[CellValue] = []
        for (row, column), text in texts:
            index = self._model.index(row, column)
            value = self._parser(text, index)
            if isinstance(value, Refusal):
                return value
            values.append(CellValue(index.data(RECORD_ROLE), row, column, value))
        return tuple(values)

    def refusal(self, index: QModelIndex, text: str) -> Refusal | None:
        """Why a text cannot be the value of a cell, or None where it can."""
        value = self._parser(text, index)
        return value if isinstance(value, Refusal) else None

    def _state(self, row: int, column: int) -> int:
        return self._model.index(row, column).data(STATE_ROLE) or 0


def sources(block: Sequence[Cell], field: Field, *, down: bool) -> list[tuple[Cell, Cell]]:
    """Which cell each cell of a block is filled from: (target, source), the first line of the block left out.

    down: along columns, else along rows. A block of one cell is filled from its neighbour above or at its left, as in a
    spreadsheet; at the edge there is none and the list is empty.
    """
    if len(block) == 1:
        neighbour = field.stepped(block[0], -1 if down else 0, 0 if down else -1)
        return [] if neighbour == block[0] else [(block[0], neighbour)]
    first: dict[int, Cell] = {}
    for cell in sorted(block, key=field.visual):
        first.setdefault(cell[1] if down else cell[0], cell)
    pairs = [(cell, first[cell[1] if down else cell[0]]) for cell in block]
    return [(target, source) for target, source in pairs if target != source]


def rectangle(block: Sequence[Cell], field: Field) -> list[list[Cell | None]]:
    """The smallest rectangle around a block, row by row; None where a cell of it is not in the block."""
    chosen = set(block)
    rows = range(min(row for row, _ in block), max(row for row, _ in block) + 1)
    places = [field.place(cell) for cell in block]
    columns = field.columns[min(places) : max(places) + 1]
    return [[(row, at) if (row, at) in chosen else None for at in columns] for row in rows]
