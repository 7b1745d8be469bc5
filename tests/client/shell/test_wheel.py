import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QScrollArea,
    QScrollBar,
    QSlider,
    QSpinBox,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from client.shell.wheel import WheelGuard
from tests.client.wheels import turn


@pytest.fixture
def guard(qapp):
    made = WheelGuard(qapp)
    yield made
    qapp.removeEventFilter(made)
    made.deleteLater()


def fields():
    spin, slider, date = QSpinBox(), QSlider(Qt.Orientation.Horizontal), QDateEdit(QDate(2026, 9, 9))
    spin.setValue(50)
    slider.setValue(50)
    combo, tabs = QComboBox(), QTabBar()
    combo.addItems(["a", "b", "c"])
    combo.setCurrentIndex(1)
    for name in "abc":
        tabs.addTab(name)
    return {
        spin: spin.value,
        slider: slider.value,
        date: date.date,
        combo: combo.currentIndex,
        tabs: tabs.currentIndex,
    }


def shown(qtbot, widgets):
    window = QWidget()
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.focusWidget() is not None and window.focusWidget().hasFocus())
    return window


def test_without_the_guard_the_wheel_changes_all_five(qtbot):
    values = fields()
    window = shown(qtbot, values)
    assert window.isVisible()
    before = [value() for value in values.values()]
    for widget in values:
        turn(widget)
    assert all(value() != old for value, old in zip(values.values(), before, strict=True))


def test_the_wheel_changes_no_field_that_has_not_the_focus(qtbot, guard):
    values = fields()
    window = shown(qtbot, values)
    assert window.isVisible()
    before = [value() for value in values.values()]
    for widget in values:
        widget.clearFocus()
        turn(widget)
    assert [value() for value in values.values()] == before


def test_the_wheel_goes_on_to_what_scrolls_around_the_field(qtbot, guard):
    area, inner = QScrollArea(), QWidget()
    spin = QSpinBox(inner)
    spin.setValue(50)
    spin.move(10, 10)
    inner.setFixedSize(200, 4000)
    area.setWidget(inner)
    qtbot.addWidget(area)
    area.resize(220, 200)
    area.show()
    qtbot.waitUntil(spin.hasFocus)
    spin.clearFocus()
    turn(spin)
    assert spin.value() == 50
    assert area.verticalScrollBar().value() > 0


def test_scroll_bars_still_take_the_wheel(qtbot, guard):
    bar = QScrollBar(Qt.Orientation.Vertical)
    bar.setRange(0, 100)
    qtbot.addWidget(bar)
    bar.show()
    turn(bar)
    assert bar.value() > 0
