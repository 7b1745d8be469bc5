"""Every key of the product in one table, from which bindings, menus and the list of keys (F1) are made."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from client.widgets.grid.keys import KEYS, Command, Mode

EVERYWHERE, GRID, SHEET = "", "grid", "sheet"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One act and its keys.

    name: what code calls the act. keys: alternatives in Qt's portable notation. source: what it does, to be
    translated (Qt types marked text as object). screen: where it holds: EVERYWHERE, GRID (in every grid), SHEET (on
    pages about one class, with acts to undo and a right panel) or the key of a page. bound: whether a window or a page
    binds it to an action; the others are handled by the widget that has the focus and are only listed here.
    """

    name: str
    keys: tuple[str, ...]
    source: object
    screen: str = EVERYWHERE
    bound: bool = True

    @property
    def label(self) -> str:
        """What it does, in the language of the moment."""
        return QCoreApplication.translate("Shortcuts", str(self.source))


_GRID_WORDS: dict[Command, object] = {
    Command.NEXT: QT_TRANSLATE_NOOP("Shortcuts", "Take the value and go on"),
    Command.PREVIOUS: QT_TRANSLATE_NOOP("Shortcuts", "Take the value and go back"),
    Command.COLUMN_NEXT: QT_TRANSLATE_NOOP("Shortcuts", "Next column"),
    Command.COLUMN_PREVIOUS: QT_TRANSLATE_NOOP("Shortcuts", "Previous column"),
    Command.TOGGLE_EDITING: QT_TRANSLATE_NOOP("Shortcuts", "Edit inside the cell"),
    Command.BACK: QT_TRANSLATE_NOOP("Shortcuts", "Give the old value back"),
    Command.CLEAR: QT_TRANSLATE_NOOP("Shortcuts", "Empty the selected cells"),
    Command.FILL_SELECTION: QT_TRANSLATE_NOOP("Shortcuts", "Put the value into all selected cells"),
    Command.FILL_DOWN: QT_TRANSLATE_NOOP("Shortcuts", "Fill down"),
    Command.FILL_RIGHT: QT_TRANSLATE_NOOP("Shortcuts", "Fill right"),
    Command.COPY: QT_TRANSLATE_NOOP("Shortcuts", "Copy"),
    Command.CUT: QT_TRANSLATE_NOOP("Shortcuts", "Cut"),
    Command.PASTE: QT_TRANSLATE_NOOP("Shortcuts", "Paste"),
    Command.NEXT_BLANK: QT_TRANSLATE_NOOP("Shortcuts", "Next blank cell"),
    Command.PREVIOUS_BLANK: QT_TRANSLATE_NOOP("Shortcuts", "Previous blank cell"),
    Command.NEXT_PROBLEM: QT_TRANSLATE_NOOP("Shortcuts", "Next cell that needs you"),
    Command.PREVIOUS_PROBLEM: QT_TRANSLATE_NOOP("Shortcuts", "Previous cell that needs you"),
}


def _grid() -> tuple[Shortcut, ...]:
    """The grid's own table, put into words; keys that move the cursor need none."""
    keys: dict[Command, list[str]] = {}
    for mode in (Mode.MOVING, Mode.ENTERING):
        for key, command in KEYS[mode].items():
            if key not in keys.setdefault(command, []):
                keys[command].append(key)
    return tuple(
        Shortcut(command.value, tuple(keys[command]), words, GRID, bound=False)
        for command, words in _GRID_WORDS.items()
    )


SHORTCUTS: tuple[Shortcut, ...] = (
    Shortcut("choose_scope", ("Ctrl+L",), QT_TRANSLATE_NOOP("Shortcuts", "Choose class and term"), SHEET),
    Shortcut("undo", ("Ctrl+Z",), QT_TRANSLATE_NOOP("Shortcuts", "Undo"), SHEET),
    Shortcut("redo", ("Ctrl+Y", "Ctrl+Shift+Z"), QT_TRANSLATE_NOOP("Shortcuts", "Redo"), SHEET),
    Shortcut("side", ("F4",), QT_TRANSLATE_NOOP("Shortcuts", "Show or hide the right panel"), SHEET),
    Shortcut("find_all", ("Ctrl+K", "Ctrl+Shift+F"), QT_TRANSLATE_NOOP("Shortcuts", "Find a pupil, a page or an act")),
    Shortcut("save", ("Ctrl+S",), QT_TRANSLATE_NOOP("Shortcuts", "Say what is saved, and send")),
    Shortcut("keys", ("F1",), QT_TRANSLATE_NOOP("Shortcuts", "Keys of this page")),
    Shortcut("sync", ("F5",), QT_TRANSLATE_NOOP("Shortcuts", "Send and receive")),
    Shortcut("preferences", ("Ctrl+,",), QT_TRANSLATE_NOOP("Shortcuts", "Open the settings")),
    Shortcut("lock", ("Ctrl+Shift+L",), QT_TRANSLATE_NOOP("Shortcuts", "Lock Keyaki"), bound=False),
    Shortcut("cover", ("F12",), QT_TRANSLATE_NOOP("Shortcuts", "Cover everything at once"), bound=False),
    Shortcut("present", ("Ctrl+Shift+P",), QT_TRANSLATE_NOOP("Shortcuts", "Presenting on or off"), bound=False),
    Shortcut("next_pane", ("F6",), QT_TRANSLATE_NOOP("Shortcuts", "Next part of the page")),
    Shortcut("back", ("Alt+Left",), QT_TRANSLATE_NOOP("Shortcuts", "Page before")),
    Shortcut("forward", ("Alt+Right",), QT_TRANSLATE_NOOP("Shortcuts", "Page after")),
    *_grid(),
    Shortcut("find", ("Ctrl+F",), QT_TRANSLATE_NOOP("Shortcuts", "Find a pupil or a column"), "grades"),
    Shortcut("note", ("Shift+F2",), QT_TRANSLATE_NOOP("Shortcuts", "Note on the cell"), "grades"),
    Shortcut("history", ("Ctrl+H",), QT_TRANSLATE_NOOP("Shortcuts", "History of the cell"), "grades"),
    Shortcut("copy_named", ("Ctrl+Shift+C",), QT_TRANSLATE_NOOP("Shortcuts", "Copy with pupils"), "grades"),
    Shortcut("note", ("Shift+F2",), QT_TRANSLATE_NOOP("Shortcuts", "Reason for the value of the cell"), "summing_up"),
    Shortcut("try_cuts", ("Ctrl+T",), QT_TRANSLATE_NOOP("Shortcuts", "Try other cut-offs"), "summing_up"),
    Shortcut(
        "take_over",
        ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        QT_TRANSLATE_NOOP("Shortcuts", "Take computed values over"),
        "summing_up",
    ),
    Shortcut(
        "open_item",
        tuple("123456789"),
        QT_TRANSLATE_NOOP("Shortcuts", "Do what this card asks"),
        "today",
        bound=False,
    ),
    Shortcut("find", ("Ctrl+F",), QT_TRANSLATE_NOOP("Shortcuts", "Find in this list"), "register"),
    Shortcut("open", ("Return", "Enter"), QT_TRANSLATE_NOOP("Shortcuts", "Open the pupil"), "register", bound=False),
    Shortcut("copy_list", ("Ctrl+C",), QT_TRANSLATE_NOOP("Shortcuts", "Copy the list"), "register"),
    Shortcut("take", ("Ctrl+Return", "Ctrl+Enter"), QT_TRANSLATE_NOOP("Shortcuts", "Take attendance"), "attendance"),
    Shortcut("cycle", ("Space",), QT_TRANSLATE_NOOP("Shortcuts", "Next mark"), "attendance", bound=False),
    Shortcut("reasons", ("Alt+Down",), QT_TRANSLATE_NOOP("Shortcuts", "List of reasons"), "attendance", bound=False),
    Shortcut(
        "number",
        tuple("0123456789"),
        QT_TRANSLATE_NOOP("Shortcuts", "Go to the pupil of this number"),
        "attendance",
        bound=False,
    ),
    Shortcut("history", ("Ctrl+H",), QT_TRANSLATE_NOOP("Shortcuts", "History of this pupil"), "pupil"),
    Shortcut("previous_pupil", ("Alt+Up",), QT_TRANSLATE_NOOP("Shortcuts", "Pupil before"), "pupil"),
    Shortcut("next_pupil", ("Alt+Down",), QT_TRANSLATE_NOOP("Shortcuts", "Next pupil"), "pupil"),
    Shortcut("new_note", ("Ctrl+N",), QT_TRANSLATE_NOOP("Shortcuts", "Write a daily note"), "pupil"),
    Shortcut("save_note", ("Ctrl+Return", "Ctrl+Enter"), QT_TRANSLATE_NOOP("Shortcuts", "Save the note"), "pupil"),
    Shortcut("choose", ("1", "2", "3"), QT_TRANSLATE_NOOP("Shortcuts", "Choose a column"), "conflicts", bound=False),
    Shortcut("next", ("N",), QT_TRANSLATE_NOOP("Shortcuts", "Next one"), "conflicts"),
    Shortcut("settle", ("Ctrl+Return", "Ctrl+Enter"), QT_TRANSLATE_NOOP("Shortcuts", "Settle with this"), "conflicts"),
    Shortcut("give", ("T",), QT_TRANSLATE_NOOP("Shortcuts", "Ask a colleague to settle it"), "conflicts"),
    Shortcut("next", ("N",), QT_TRANSLATE_NOOP("Shortcuts", "Next one"), "late_edits"),
    Shortcut("accept", ("Ctrl+Return", "Ctrl+Enter"), QT_TRANSLATE_NOOP("Shortcuts", "Accept"), "late_edits"),
    Shortcut(
        "decline",
        ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        QT_TRANSLATE_NOOP("Shortcuts", "Decline, with the reason"),
        "late_edits",
    ),
    Shortcut("accept", ("Ctrl+Return", "Ctrl+Enter"), QT_TRANSLATE_NOOP("Shortcuts", "Approve, or ask"), "takeout"),
    Shortcut(
        "decline",
        ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        QT_TRANSLATE_NOOP("Shortcuts", "Decline, with the reason"),
        "takeout",
    ),
    Shortcut("lost", ("Ctrl+Return", "Ctrl+Enter"), QT_TRANSLATE_NOOP("Shortcuts", "Report it lost"), "devices"),
    Shortcut("clear", ("Del",), QT_TRANSLATE_NOOP("Shortcuts", "Clear the class from this PC"), "held"),
    Shortcut("choose", ("Space",), QT_TRANSLATE_NOOP("Shortcuts", "Mark it to be restored, or not"), "recovery"),
    Shortcut("restore_all", ("Ctrl+Return", "Ctrl+Enter"), QT_TRANSLATE_NOOP("Shortcuts", "Restore all"), "recovery"),
    Shortcut(
        "restore_chosen",
        ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        QT_TRANSLATE_NOOP("Shortcuts", "Restore what is chosen"),
        "recovery",
    ),
)


def shortcut(name: str, screen: str = EVERYWHERE) -> Shortcut:
    """The row of that name. Raises KeyError where there is none."""
    for row in SHORTCUTS:
        if row.name == name and row.screen == screen:
            return row
    raise KeyError(name)


def bind(widget: QWidget, name: str, screen: str = EVERYWHERE) -> QAction:
    """An action with the row's keys, added to `widget`; connect its `triggered` to a slot.

    A key for everywhere or for sheets works in the whole window while `widget` is on screen, a key of a page only while
    the focus is in `widget`.
    """
    row = shortcut(name, screen)
    action = QAction(row.label, widget)
    action.setData(row)
    action.setShortcuts([QKeySequence.fromString(key) for key in row.keys])
    whole = screen in (EVERYWHERE, SHEET)
    context = Qt.ShortcutContext.WindowShortcut if whole else Qt.ShortcutContext.WidgetWithChildrenShortcut
    action.setShortcutContext(context)
    widget.addAction(action)
    return action


def of(action: QAction) -> Shortcut | None:
    """The row an action was bound to; None where it is another's."""
    row = action.data()
    return row if isinstance(row, Shortcut) else None


def listed(screens: Iterable[str]) -> list[Shortcut]:
    """The rows that hold on a page that consists of these screens, those of everywhere last."""
    wanted = [*screens, EVERYWHERE]
    return sorted((row for row in SHORTCUTS if row.screen in wanted), key=lambda row: wanted.index(row.screen))


def clashes(screens: Iterable[str]) -> list[str]:
    """Keys that would mean two things on such a page."""
    normal = [QKeySequence.fromString(key).toString() for row in listed(screens) for key in row.keys]
    return sorted(key for key, times in Counter(normal).items() if times > 1)


def shown(key: str) -> str:
    """A key as it is written on the keyboard: both Enter keys say Enter, Tab backwards is Shift+Tab."""
    native = QKeySequence.fromString(key).toString(QKeySequence.SequenceFormat.NativeText)
    return native.replace("Return", "Enter").replace("Backtab", "Tab")
