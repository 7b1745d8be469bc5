from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from client.widgets.grid.keys import KEYS, Command, Mode, command


def pressed(name: str, *, pad: bool = False) -> QKeyEvent:
    combination: QKeyCombination = QKeySequence.fromString(name)[0]
    modifiers = combination.keyboardModifiers()
    if pad:
        modifiers |= Qt.KeyboardModifier.KeypadModifier
    return QKeyEvent(QEvent.Type.KeyPress, combination.key(), modifiers)


def test_every_row_of_the_table_is_found_by_its_key():
    for mode, table in KEYS.items():
        for key, wanted in table.items():
            assert command(mode, pressed(key)) is wanted, (mode, key)


def test_the_enter_of_the_number_pad_is_enter():
    for mode in Mode:
        assert command(mode, pressed("Enter", pad=True)) is Command.NEXT
        assert command(mode, pressed("Shift+Enter", pad=True)) is Command.PREVIOUS


def test_arrows_across_belong_to_the_caret_only_while_editing():
    assert command(Mode.ENTERING, pressed("Left")) is Command.LEFT
    assert command(Mode.EDITING, pressed("Left")) is None
    assert command(Mode.EDITING, pressed("Home")) is None
    assert command(Mode.EDITING, pressed("Up")) is Command.UP


def test_delete_and_the_clipboard_belong_to_the_text_while_an_editor_is_open():
    for key in ("Delete", "Backspace", "Ctrl+C", "Ctrl+X", "Ctrl+V"):
        assert command(Mode.MOVING, pressed(key)) is not None
        assert command(Mode.ENTERING, pressed(key)) is None
        assert command(Mode.EDITING, pressed(key)) is None


def test_undo_and_letters_are_never_commands_of_the_grid():
    for mode in Mode:
        for key in ("Ctrl+Z", "Ctrl+Y", "A", "Shift+Down", "PgDown"):
            assert command(mode, pressed(key)) is None
