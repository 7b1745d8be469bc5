"""Buttons, selectors, segments, chips, strips: by mouse, by keyboard, in both languages, and never by wheel."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.charts import Point, SmallLine
from client.widgets.chip import Chip, FilterChip
from client.widgets.ink import Look
from client.widgets.line_edit import LineEdit
from client.widgets.menu import Menu
from client.widgets.segmented import Segmented
from client.widgets.selector import Option, Selector
from client.widgets.slim_scroll_bar import SlimScrollBar
from client.widgets.timeline import Happening, Timeline
from client.widgets.tokens import DARK, LIGHT
from tests.client.wheels import turn


def selector(qtbot):
    made = Selector("Class")
    made.show_options([Option(1, "3-1"), Option(2, "3-2"), Option(3, "3-3", after_line=True)], 2)
    qtbot.addWidget(made)
    made.show()
    return made


def menu_of(made) -> Menu:
    return made.findChild(Menu)


def test_a_selector_shows_what_is_chosen_and_speaks_its_title(qtbot):
    made = selector(qtbot)
    assert (made.text(), made.accessibleName(), made.key) == ("3-2", "Class 3-2", 2)


def test_a_choice_from_the_list_is_announced_once_and_the_same_one_is_not(qtbot):
    made = selector(qtbot)
    made.open_list()
    actions = [action for action in menu_of(made).actions() if not action.isSeparator()]
    assert [action.isChecked() for action in actions] == [False, True, False]
    with qtbot.assertNotEmitted(made.chosen):
        actions[1].trigger()
    with qtbot.waitSignal(made.chosen) as seen:
        actions[2].trigger()
    assert (seen.args, made.text()) == ([3], "3-3")
    menu_of(made).close()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
@pytest.mark.parametrize("make", [lambda: Button("Save"), lambda: Chip("1 open"), lambda: FilterChip("Blank")])
def test_enter_presses_what_has_the_focus_as_space_does(qtbot, make, key):
    made = make()
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.clicked, timeout=500):
        qtbot.keyClick(made, key)


def test_enter_with_another_key_belongs_to_the_page(qtbot):
    made = Button("Save")
    qtbot.addWidget(made)
    with qtbot.assertNotEmitted(made.clicked):
        qtbot.keyClick(made, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_enter_opens_the_list_of_a_selector(qtbot):
    made = selector(qtbot)
    qtbot.keyClick(made, Qt.Key.Key_Return)
    assert menu_of(made) is not None
    menu_of(made).close()


def test_left_and_right_in_an_open_list_ask_for_the_list_beside_it(qtbot):
    made, asked = selector(qtbot), []
    made.sideways.connect(asked.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
        made.open_list()
        menu = made.findChildren(Menu)[-1]
        qtbot.keyClick(menu, key)
        assert not menu.isVisible()
    assert asked == [1, -1]
    assert made.key == 2


def test_showing_options_is_no_choice(qtbot):
    made = selector(qtbot)
    with qtbot.assertNotEmitted(made.chosen):
        made.show_options([Option(9, "4-1")], 9)
    assert made.text() == "4-1"


def segments(_qtbot):
    return Segmented("Way", (("d", "Down"), ("r", "Right")))


@pytest.mark.parametrize("make", [selector, segments])
def test_a_wheel_changes_no_choice(qtbot, make):
    made = make(qtbot)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    before = made.key
    turn(made)
    turn(made, 1)
    assert made.key == before


def test_segments_are_changed_by_arrows_and_by_mouse(qtbot):
    made = Segmented("Way", (("d", "Down"), ("r", "Right")))
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    with qtbot.waitSignal(made.chosen) as seen:
        qtbot.keyClick(made, Qt.Key.Key_Right)
    assert seen.args == ["r"]
    with qtbot.assertNotEmitted(made.chosen):
        qtbot.keyClick(made, Qt.Key.Key_Right)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=made.rect().topLeft())
    assert (made.key, made.accessibleName()) == ("d", "Way Down")


def test_words_handed_in_as_a_function_follow_the_language(qtbot):
    language = ["Save"]
    button, chip = Button(lambda: language[0]), FilterChip(lambda: language[0])
    chip.set_count(3)
    for widget in (button, chip):
        qtbot.addWidget(widget)
    language[0] = "保存する"
    for widget in (button, chip):
        QApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
    assert (button.text(), button.accessibleName(), chip.text()) == ("保存する", "保存する", "保存する 3")


def test_an_icon_alone_still_has_words_for_those_who_cannot_see_it(qtbot):
    button = Button("Close", Kind.ICON, icon="close")
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.toolTip()) == ("Close", "Close")
    assert button.sizeHint().width() >= 32
    assert button.sizeHint().height() >= 32


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("kind", list(Kind))
def test_the_focus_is_a_ring_of_two_pixels_that_is_always_seen(qtbot, tokens, kind):
    before = ink.look()
    ink.show(Look(tokens))
    try:
        button = Button("Save", kind)
        qtbot.addWidget(button)
        button.show()
        button.clearFocus()
        without = button.grab().toImage()
        button.setFocus()
        qtbot.waitUntil(button.hasFocus)
        ringed = button.grab().toImage()
        middle = ringed.width() // 2
        changed = [y for y in range(6) if ringed.pixel(middle, y) != without.pixel(middle, y)]
        assert len(changed) >= 2
    finally:
        ink.show(before)


def test_a_field_that_is_wrong_has_a_red_edge_of_two_pixels(qtbot):
    field = LineEdit("Name")
    qtbot.addWidget(field)
    field.set_wrong(wrong=True)
    image = field.grab().toImage()
    assert image.pixel(60, 0) == image.pixel(60, 1) == ink.look().tokens.danger.rgb()


def test_a_slim_scroll_bar_is_dragged_and_paged(qtbot):
    bar = SlimScrollBar(Qt.Orientation.Vertical)
    bar.setRange(0, 90)
    bar.setPageStep(10)
    qtbot.addWidget(bar)
    bar.resize(18, 200)
    bar.show()
    start, length = bar._span()
    at = bar.rect().center()
    at.setY(round(start + length / 2))
    qtbot.mousePress(bar, Qt.MouseButton.LeftButton, pos=at)
    at.setY(at.y() + 84)
    qtbot.mouseMove(bar, at)
    qtbot.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=at)
    assert 40 <= bar.value() <= 50
    before = bar.value()
    at.setY(195)
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=at)
    assert bar.value() == before + 10


def test_a_gap_in_a_line_stays_a_gap_and_is_not_spoken(qtbot):
    line, other = SmallLine(), SmallLine()
    for widget in (line, other):
        qtbot.addWidget(widget)
        widget.resize(300, 120)
    line.show_points([Point("a", 90), Point("b", None), Point("c", 80)], 0, 100)
    other.show_points([Point("a", 90), Point("b", 85), Point("c", 80)], 0, 100)
    assert line.accessibleDescription() == "a 90, c 80"
    accent = ink.look().tokens.chart1.rgb()

    def inked(widget):
        image = widget.grab().toImage()
        return sum(image.pixel(x, y) == accent for x in range(100, 200) for y in range(120))

    assert inked(line) < inked(other) / 4


def test_a_timeline_is_as_high_as_its_entries_and_speaks_them(qtbot):
    line = Timeline()
    qtbot.addWidget(line)
    line.show_entries([Happening("85", "somebody", "9/11 14:31"), Happening("80", "another", "9/9 16:02")])
    assert line.sizeHint().height() == 96
    assert line.accessibleDescription() == "85 somebody 9/11 14:31 / 80 another 9/9 16:02"
