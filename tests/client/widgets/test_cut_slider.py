"""Two cuts on a scale, moved by keys or the pointer, the upper never below the lower."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from client.widgets.cut_slider import CutSlider

KEY, SHIFT, NONE = Qt.Key, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def slider(qtbot: QtBot) -> CutSlider:
    held = CutSlider("Cuts", ("A", "B"))
    qtbot.addWidget(held)
    held.resize(432, held.sizeHint().height())  # 400 pixels of scale, 4 a percent
    held.show_cuts(80, 50, (80, 50))
    held.show()
    return held


def test_left_and_right_move_the_chosen_cut_and_up_and_down_choose_it(qtbot: QtBot, slider: CutSlider) -> None:
    told: list[tuple[int, int]] = []
    slider.moved.connect(lambda upper, lower: told.append((upper, lower)))
    for key, modifier in (
        (KEY.Key_Left, NONE),
        (KEY.Key_Right, SHIFT),
        (KEY.Key_Down, NONE),
        (KEY.Key_Left, SHIFT),
        (KEY.Key_Up, NONE),
        (KEY.Key_Left, NONE),
    ):
        qtbot.keyClick(slider, key, modifier)
    assert told == [(79, 50), (84, 50), (84, 45), (83, 45)]
    assert slider.accessibleDescription() == "A 83%, B 45%"


def test_no_cut_goes_beyond_the_other_or_the_ends(qtbot: QtBot, slider: CutSlider) -> None:
    for _ in range(20):
        qtbot.keyClick(slider, KEY.Key_Left, SHIFT)
    assert slider.cuts == (50, 50)
    qtbot.keyClick(slider, KEY.Key_Down)
    for _ in range(20):
        qtbot.keyClick(slider, KEY.Key_Right, SHIFT)
    assert slider.cuts == (50, 50)
    for _ in range(20):
        qtbot.keyClick(slider, KEY.Key_Left, SHIFT)
    assert slider.cuts == (50, 0)


def test_a_press_takes_the_nearest_cut_along(qtbot: QtBot, slider: CutSlider) -> None:
    def at(percent: int) -> QPoint:
        return QPoint(16 + 4 * percent, slider.height() - 25)

    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=at(70))
    assert slider.cuts == (70, 50)
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=at(20))
    assert slider.cuts == (70, 20)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=at(72))
    qtbot.mouseMove(slider, at(90))
    assert slider.cuts[1] == 20


def test_what_is_shown_by_the_program_is_told_to_nobody(slider: CutSlider) -> None:
    told: list[tuple[int, int]] = []
    slider.moved.connect(lambda upper, lower: told.append((upper, lower)))
    slider.show_cuts(70, 75, (80, 50))
    assert slider.cuts == (70, 70)
    assert told == []


def test_every_value_is_a_dot(slider: CutSlider) -> None:
    before = slider.grab().toImage()
    slider.show_dots([30] * 5 + [62, 130])
    after = slider.grab().toImage()

    def drawn(percent: int) -> int:
        x = 16 + 4 * percent
        return sum(before.pixel(x, y) != after.pixel(x, y) for y in range(after.height()))

    assert drawn(30) > drawn(62) > 0
    assert drawn(100) > 0
    assert drawn(40) == 0
