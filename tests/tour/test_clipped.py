"""The tour finds words that do not fit, and only those."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client.widgets.button import Button
from client.widgets.column_table import Column, ColumnTable
from client.widgets.label import Label
from client.widgets.paragraph import Paragraph
from client.widgets.record_list import RecordList
from tests.tour.clipped import clipped

LONG = "まとめのテストの点数を入れるところ"


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    return made


def put(widget: QWidget, window: QWidget, width: int, height: int = 32) -> None:
    widget.setParent(window)
    widget.setGeometry(10, 10, width, height)
    widget.show()


def test_a_label_that_is_cut_is_found_and_one_that_fits_is_not(window: QWidget) -> None:
    label = Label(LONG)
    put(label, window, 60)
    assert clipped(window) == [f"label: {LONG}"]
    label.resize(label.sizeHint())
    assert clipped(window) == []


def test_a_tool_tip_that_tells_it_all_forgives(window: QWidget) -> None:
    label = Label(LONG)
    label.setToolTip(LONG)
    put(label, window, 60)
    assert clipped(window) == []


def test_what_is_hidden_is_not_looked_at(window: QWidget) -> None:
    label = Label(LONG)
    put(label, window, 60)
    label.hide()
    assert clipped(window) == []


def test_a_paragraph_that_has_no_room_for_its_lines_is_found(window: QWidget) -> None:
    paragraph = Paragraph(LONG * 3)
    put(paragraph, window, 120, 24)
    assert clipped(window) == [f"paragraph: {LONG * 3}"]
    paragraph.resize(120, paragraph.heightForWidth(120))
    assert clipped(window) == []


def test_a_button_that_is_squeezed_is_found(window: QWidget) -> None:
    button = Button(LONG)
    put(button, window, 40)
    assert clipped(window) == [f"Button: {LONG}"]


def test_a_heading_that_is_wider_than_its_column_is_found(window: QWidget) -> None:
    table: ColumnTable[str] = ColumnTable(columns=(Column(header=lambda: LONG, text=str, width=40),) * 2)
    table.show(["a"])
    put(RecordList(table), window, 400, 200)
    assert clipped(window) == [f"heading: {LONG}"]
