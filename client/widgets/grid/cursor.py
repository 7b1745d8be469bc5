"""Where a command takes the cursor; what a command does that moves nothing is the table's."""

from functools import partial

from client.widgets.grid.cells import Cells
from client.widgets.grid.keys import Command
from client.widgets.grid.moves import Cell, Field, Path, edge, entered, found, walk

_STEPS = {
    Command.UP: (-1, 0),
    Command.DOWN: (1, 0),
    Command.LEFT: (0, -1),
    Command.RIGHT: (0, 1),
    Command.ROW_START: (0, -100_000),
    Command.ROW_END: (0, 100_000),
    Command.FIRST: (-100_000, -100_000),
    Command.LAST: (100_000, 100_000),
}
_EDGES = {
    Command.EDGE_UP: (-1, 0),
    Command.EDGE_DOWN: (1, 0),
    Command.EDGE_LEFT: (0, -1),
    Command.EDGE_RIGHT: (0, 1),
}
_SEARCHES = (Command.NEXT_BLANK, Command.PREVIOUS_BLANK, Command.NEXT_PROBLEM, Command.PREVIOUS_PROBLEM)
_BACKWARDS = (Command.PREVIOUS, Command.COLUMN_PREVIOUS, Command.PREVIOUS_BLANK, Command.PREVIOUS_PROBLEM)
_ENTERS = (Command.NEXT, Command.PREVIOUS)
_COLUMNS = (Command.COLUMN_NEXT, Command.COLUMN_PREVIOUS)
_MOVES = frozenset((*_STEPS, *_EDGES, *_SEARCHES, *_ENTERS, *_COLUMNS))


def moves(wanted: Command) -> bool:
    """Whether a command is about the cursor."""
    return wanted in _MOVES


def aimed(wanted: Command, here: Cell, path: Path, field: Field, cells: Cells) -> Cell | None:
    """The cell a command that moves goes to, `here` where it can go no further; None where a search found nothing."""
    back = wanted in _BACKWARDS
    if wanted in _STEPS:
        return field.stepped(here, *_STEPS[wanted])
    if wanted in _EDGES:
        return edge(field, here, *_EDGES[wanted], cells.filled)
    if wanted in _SEARCHES:
        return found(field, here, path, partial(cells.wanted, wanted), back=back)
    if wanted in _COLUMNS:
        return next(walk(field, here, Path(down=False, wraps=path.wraps), back=back), here)
    return entered(field, here, path, cells.takes, back=back)
