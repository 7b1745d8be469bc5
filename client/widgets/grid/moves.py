"""Where the cursor of a grid goes; pure, so that every corner can be put in a table."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

Cell = tuple[int, int]
Asked = Callable[[int, int], bool]
"""(row, column) -> yes or no."""


@dataclass(frozen=True, slots=True)
class Field:
    """The cells a cursor may stand on: `rows` rows, and the model's numbers of the visible columns in visible order."""

    rows: int
    columns: Sequence[int]

    def place(self, cell: Cell) -> int:
        """Position of the cell's column among the visible ones; the first where it is not visible."""
        return self.columns.index(cell[1]) if cell[1] in self.columns else 0

    def visual(self, cell: Cell) -> Cell:
        """(row, position among the visible columns): the order cells are read in."""
        return cell[0], self.place(cell)

    def stepped(self, cell: Cell, rows: int, columns: int) -> Cell:
        """The cell so many steps away, held inside the field."""
        at = min(max(self.place(cell) + columns, 0), len(self.columns) - 1)
        return min(max(cell[0] + rows, 0), self.rows - 1), self.columns[at]


@dataclass(frozen=True, slots=True)
class Path:
    """How Enter goes: down a column or along a row; on to the next line at the end or not."""

    down: bool = True
    wraps: bool = True


def walk(field: Field, cell: Cell, path: Path, *, back: bool = False) -> Iterator[Cell]:
    """All cells after `cell` along the path, each once, ending before `cell`; with wraps, around the whole field."""
    lines, length = (len(field.columns), field.rows) if path.down else (field.rows, len(field.columns))
    line, at = (field.place(cell), cell[0]) if path.down else (cell[0], field.place(cell))
    start, total, step = line * length + at, lines * length, -1 if back else 1
    for taken in range(1, total):
        position = start + taken * step
        if not path.wraps and not line * length <= position < (line + 1) * length:
            return
        here, there = divmod(position % total, length)
        yield (there, field.columns[here]) if path.down else (here, field.columns[there])


def entered(field: Field, cell: Cell, path: Path, takes: Asked, *, back: bool = False) -> Cell:
    """Where Enter goes: the next cell on the path that takes a value; where none does, one plain step."""
    for found in walk(field, cell, path, back=back):
        if takes(*found):
            return found
    step = -1 if back else 1
    return field.stepped(cell, step, 0) if path.down else field.stepped(cell, 0, step)


def found(field: Field, cell: Cell, path: Path, wanted: Asked, *, back: bool = False) -> Cell | None:
    """The next cell that is wanted (a blank, a problem), around the whole field; None where there is none but here."""
    around = Path(down=path.down, wraps=True)
    return next((at for at in walk(field, cell, around, back=back) if wanted(*at)), None)


def edge(field: Field, cell: Cell, rows: int, columns: int, filled: Asked) -> Cell:
    """Ctrl+arrow as in a spreadsheet: to the last filled cell before a blank, or over blanks to the next filled one."""
    ahead = field.stepped(cell, rows, columns)
    if ahead == cell:
        return cell
    run = filled(*cell) and filled(*ahead)
    here = ahead
    while True:
        following = field.stepped(here, rows, columns)
        if following == here or (run and not filled(*following)) or (not run and filled(*here)):
            return here
        here = following
