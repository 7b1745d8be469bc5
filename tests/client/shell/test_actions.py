import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

import client
from client.shell import actions
from client.shell.key_list import KeyList
from client.widgets.grid.keys import KEYS

SCREENS = [[screen] for screen in sorted({row.screen for row in actions.SHORTCUTS if row.screen})] + [["grid", "sheet"]]


@pytest.mark.parametrize("screens", SCREENS)
def test_no_key_means_two_things_on_one_page(screens):
    assert actions.clashes(screens) == []


def test_a_clash_is_found():
    twice = actions.Shortcut("other", ("Ctrl+D",), "Other", "grid")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions, "SHORTCUTS", (*actions.SHORTCUTS, twice))
        assert actions.clashes(["grid"]) == ["Ctrl+D"]


def test_keys_that_belong_to_the_input_method_are_never_ours():
    forbidden = {"F8", "F9", "F10", "F11", "Ctrl+Space", "Ctrl+Shift+Space"}
    taken = {key for row in actions.SHORTCUTS for key in row.keys} | {key for table in KEYS.values() for key in table}
    assert not taken & forbidden


def test_the_list_of_keys_has_those_of_the_grid_first_and_those_of_everywhere_last(qtbot):
    rows = actions.listed(["grid"])
    assert rows[0].screen == "grid"
    assert rows[-1].screen == ""
    parent = QWidget()
    qtbot.addWidget(parent)
    box = KeyList(["grid"], parent)
    box.open()
    assert len(box.findChildren(QWidget)) > len(rows)
    qtbot.keyClick(box, Qt.Key.Key_F1)
    assert not box.isVisible()


def test_a_key_of_everywhere_works_in_the_whole_window_and_a_key_of_a_page_only_in_it(qtbot):
    window = QWidget()
    inside, outside = QWidget(window), QLineEdit(window)
    field = QLineEdit(inside)
    qtbot.addWidget(window)
    done: list[str] = []
    everywhere, page = actions.bind(window, "sync"), actions.bind(inside, "settle", "conflicts")
    everywhere.triggered.connect(lambda: done.append("sync"))
    page.triggered.connect(lambda: done.append("settle"))
    window.show()
    for focus in (field, outside):
        focus.setFocus()
        qtbot.waitUntil(focus.hasFocus)
        qtbot.keyClick(focus, Qt.Key.Key_F5)
        qtbot.keyClick(focus, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert done == ["sync", "settle", "sync"]


def test_a_key_of_sheets_works_in_the_whole_window_while_their_page_is_on_screen(qtbot):
    window = QWidget()
    page, outside = QWidget(window), QLineEdit(window)
    outside.setReadOnly(True)
    qtbot.addWidget(window)
    done: list[str] = []
    actions.bind(page, "choose_scope", "sheet").triggered.connect(lambda: done.append("choose"))
    window.show()
    outside.setFocus()
    qtbot.waitUntil(outside.hasFocus)
    for shown in (True, False):
        page.setVisible(shown)
        qtbot.keyClick(outside, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert done == ["choose"]


def test_a_name_that_is_not_in_the_table_is_a_mistake(qapp):
    with pytest.raises(KeyError):
        actions.shortcut("nothing")


def test_every_key_that_is_listed_as_bound_is_bound_by_somebody():
    root = Path(client.__file__).parent
    sources = [path.read_text("utf-8") for path in root.rglob("*.py") if path.name != "actions.py"]
    binders = [source for source in sources if re.search(r"\bbind\(", source)]  # some bind several names in a loop
    quoted = {name for source in binders for name in re.findall(r"\"(\w+)\"", source)}
    assert {row.name for row in actions.SHORTCUTS if row.bound} <= quoted


def test_no_key_is_bound_that_is_listed_as_handled_by_the_widget_with_the_focus():
    root = Path(client.__file__).parent
    sources = [path.read_text("utf-8") for path in root.rglob("*.py") if path.name != "actions.py"]
    bound = {name for source in sources for name in re.findall(r"\bbind\(\w+, \"(\w+)\"", source)}
    assert bound <= {row.name for row in actions.SHORTCUTS if row.bound}


def test_keys_are_written_as_they_stand_on_the_keyboard(qapp):
    assert [actions.shown(key) for key in ("Return", "Shift+Backtab", "Ctrl+D")] == ["Enter", "Shift+Tab", "Ctrl+D"]
