"""Which key is which command, in the three states of a spreadsheet cell."""

from collections.abc import Sequence
from enum import Enum
from types import MappingProxyType

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence


class Mode(Enum):
    """Moving about; entering (typed over, arrows commit); editing (arrows move the caret)."""

    MOVING = "moving"
    ENTERING = "entering"
    EDITING = "editing"


class Command(Enum):
    """What a key asks of the grid."""

    NEXT = "next"
    PREVIOUS = "previous"
    COLUMN_NEXT = "column_next"
    COLUMN_PREVIOUS = "column_previous"
    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    ROW_START = "row_start"
    ROW_END = "row_end"
    FIRST = "first"
    LAST = "last"
    EDGE_UP = "edge_up"
    EDGE_DOWN = "edge_down"
    EDGE_LEFT = "edge_left"
    EDGE_RIGHT = "edge_right"
    NEXT_BLANK = "next_blank"
    PREVIOUS_BLANK = "previous_blank"
    NEXT_PROBLEM = "next_problem"
    PREVIOUS_PROBLEM = "previous_problem"
    TOGGLE_EDITING = "toggle_editing"
    BACK = "back"
    CLEAR = "clear"
    EMPTY_EDITOR = "empty_editor"
    FILL_SELECTION = "fill_selection"
    FILL_DOWN = "fill_down"
    FILL_RIGHT = "fill_right"
    COPY = "copy"
    CUT = "cut"
    PASTE = "paste"


_EVERYWHERE = {
    "Return": Command.NEXT,
    "Enter": Command.NEXT,
    "Shift+Return": Command.PREVIOUS,
    "Shift+Enter": Command.PREVIOUS,
    "Tab": Command.COLUMN_NEXT,
    "Shift+Tab": Command.COLUMN_PREVIOUS,
    "Shift+Backtab": Command.COLUMN_PREVIOUS,
    "Up": Command.UP,
    "Down": Command.DOWN,
    "F2": Command.TOGGLE_EDITING,
    "Esc": Command.BACK,
    "Ctrl+Return": Command.FILL_SELECTION,
    "Ctrl+Enter": Command.FILL_SELECTION,
    "Ctrl+D": Command.FILL_DOWN,
    "Ctrl+R": Command.FILL_RIGHT,
    "F3": Command.NEXT_BLANK,
    "Shift+F3": Command.PREVIOUS_BLANK,
    "F7": Command.NEXT_PROBLEM,
    "Shift+F7": Command.PREVIOUS_PROBLEM,
}

_ACROSS = {
    "Left": Command.LEFT,
    "Right": Command.RIGHT,
    "Home": Command.ROW_START,
    "End": Command.ROW_END,
    "Ctrl+Home": Command.FIRST,
    "Ctrl+End": Command.LAST,
    "Ctrl+Up": Command.EDGE_UP,
    "Ctrl+Down": Command.EDGE_DOWN,
    "Ctrl+Left": Command.EDGE_LEFT,
    "Ctrl+Right": Command.EDGE_RIGHT,
}

_ON_THE_BLOCK = {
    "Delete": Command.CLEAR,
    "Backspace": Command.EMPTY_EDITOR,
    "Ctrl+C": Command.COPY,
    "Ctrl+X": Command.CUT,
    "Ctrl+V": Command.PASTE,
}

KEYS: MappingProxyType[Mode, dict[str, Command]] = MappingProxyType(
    {
        Mode.MOVING: _EVERYWHERE | _ACROSS | _ON_THE_BLOCK,
        Mode.ENTERING: _EVERYWHERE | _ACROSS,
        Mode.EDITING: _EVERYWHERE,
    }
)
"""The whole table.

What is not in it belongs to Qt: Shift+arrows widen the selection, PgUp and PgDn turn pages, text is typed.
"""


def _code(name: str) -> int:
    parsed: Sequence[QKeyCombination] = QKeySequence.fromString(name)  # pyright: ignore[reportAssignmentType]
    return parsed[0].toCombined()  # the stub of QKeySequence lacks its []


_CODES = {mode: {_code(name): command for name, command in table.items()} for mode, table in KEYS.items()}


def command(mode: Mode, event: QKeyEvent) -> Command | None:
    """The command of a key press in this mode, or None. The number pad counts as the main keys."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return _CODES[mode].get(QKeyCombination(modifiers, Qt.Key(event.key())).toCombined())
