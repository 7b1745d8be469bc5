"""The grid as a whole: columns that stay, whole rows, one right edge, footer, wheel, themes."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QPalette
from PySide6.QtWidgets import QApplication, QComboBox, QSpinBox, QTableView

from client.widgets import ink
from client.widgets.grid.editor import EntryEdit
from client.widgets.grid.footer import Distribution, Figure, FooterRow
from client.widgets.grid.view import GridView
from client.widgets.tokens import DARK
from tests.client.wheels import turn
from tests.client.widgets.grid.conftest import FIRST, LEVEL, NAME, NUMBER, SECOND, Line, parse

FOOTER = [
    FooterRow("mean", {FIRST: Figure("75.0"), SECOND: Figure(None)}),
    FooterRow("blank", {FIRST: Figure("2", strong=True), SECOND: Figure("0", muted=True)}),
    FooterRow("spread", {FIRST: Distribution((1, 2, 3)), LEVEL: Distribution((1, 2, 3), ("A", "B", "C"))}),
]


def test_the_first_columns_stay_and_each_table_hides_the_others(page):
    assert [page.view.names.isColumnHidden(at) for at in range(6)] == [False, False, True, True, True, True]
    assert [page.view.table.isColumnHidden(at) for at in range(6)] == [True, True, False, False, False, False]


def test_a_column_is_as_wide_as_its_title_needs_within_reason(page):
    def width(title: str) -> int:
        columns = list(page.table.columns)
        columns[FIRST] = replace(columns[FIRST], header=lambda: title, heading=None)
        page.table.show(page.table.rows, columns=tuple(columns))
        return page.view.table.columnWidth(FIRST)

    asked = page.table.columns[FIRST].width
    assert width("a") == asked
    assert asked < width("w" * (asked // 15)) < asked * 1.5
    assert width("w" * asked) == asked * 1.5


def test_both_tables_scroll_together(page):
    page.table.show([Line(f"p{at}", at, f"name {at}", {}) for at in range(60)])
    page.view.go(59, FIRST)
    assert page.view.table.verticalScrollBar().value() > 0
    assert page.view.names.verticalScrollBar().value() == page.view.table.verticalScrollBar().value()
    assert page.view.down.value() == page.view.table.verticalScrollBar().value()
    page.view.down.setValue(3)
    assert page.view.names.verticalScrollBar().value() == 3


def test_a_wheel_over_the_names_scrolls_both_tables(page):
    page.table.show([Line(f"p{at}", at, f"name {at}", {}) for at in range(60)])
    QApplication.processEvents()
    turn(page.view.names.viewport())
    assert page.view.table.verticalScrollBar().value() > 0
    assert page.view.names.verticalScrollBar().value() == page.view.table.verticalScrollBar().value()


def test_names_follow_when_the_table_is_made_anew_while_scrolled(page):
    many = [Line(f"p{at}", at, f"name {at}", {}) for at in range(60)]
    page.table.show(many)
    page.view.go(59, FIRST)
    for rows in (many[:30], many, many[:2]):
        page.table.show(rows)
        QApplication.processEvents()
        assert page.view.names.verticalScrollBar().value() == page.view.table.verticalScrollBar().value()


def test_no_row_is_ever_cut_and_the_rest_goes_to_the_footer(page):
    page.table.show([Line(f"p{at}", at, f"name {at}", {}) for at in range(60)])
    page.view.show_footer(FOOTER)
    for height in range(400, 440, 7):
        page.view.resize(640, height)
        rows = page.view.table.viewport().height()
        assert rows % 28 == 0
        assert page.view.footer.height() >= page.view.footer.minimum()
        assert page.view.table.height() + page.view.footer.height() == height


def test_without_a_footer_the_rest_is_left_white_below_the_last_whole_row(page):
    page.table.show([Line(f"p{at}", at, f"name {at}", {}) for at in range(60)])
    for height in (300, 311, 420):
        page.view.resize(640, height)
        assert page.view.table.viewport().height() % 28 == 0
        assert height - page.view.table.height() < 28


def test_the_first_cell_a_page_chooses_is_seen_without_scrolling_more_than_needed(qtbot, page):
    view = GridView(parse, frozen=2)
    qtbot.addWidget(view)
    page.table.show([Line(f"p{at}", at, f"name {at}", {}) for at in range(60)])
    view.show_model(page.table)
    view.go(6, FIRST)
    view.resize(640, 420)
    view.show()
    assert view.table.verticalScrollBar().value() == 0


def test_a_low_window_has_a_header_of_one_line_and_no_footer(page):
    page.view.show_footer(FOOTER)
    page.view.resize(640, 300)
    assert page.view.header.height() == 28
    assert not page.view.footer.isVisible()


@pytest.mark.parametrize("editing", [False, True])
def test_a_wheel_over_the_grid_changes_no_value(qtbot, page, editing):
    before = [dict(line.values) for line in page.table.rows]
    if editing:
        qtbot.keyClick(page.view.table, Qt.Key.Key_F2)
    page.view.show_footer(FOOTER)
    for widget in (
        page.view.table.viewport(),
        page.view.names.viewport(),
        page.view.header.viewport(),
        page.view.footer,
    ):
        turn(widget)
    assert [line.values for line in page.table.rows] == before
    assert page.edits == []


def test_no_default_editor_lives_in_a_grid_and_no_style_sheet_above_it(qtbot, page):
    qtbot.keyClick(page.view.table, Qt.Key.Key_F2)
    assert page.view.findChildren(QSpinBox) == []
    assert page.view.findChildren(QComboBox) == []
    assert page.editor.validator() is None
    for table in page.view.findChildren(QTableView):
        widget = table
        while widget is not None:
            assert not widget.styleSheet()
            widget = widget.parentWidget()


def _ends(image, left, top, right, bottom):
    """The rightmost column of pixels in a box that is inked."""
    ground = image.pixelColor(left, top).lightness()
    spots = [(x, y) for x in range(left, right) for y in range(top, bottom)]
    return max(x for x, y in spots if abs(image.pixelColor(x, y).lightness() - ground) > 90)


def test_the_editor_keeps_digits_where_they_stood(qtbot, page):
    cell = page.view.table.visualRect(page.table.index(0, FIRST))

    def end_of_digits():
        image = page.view.table.viewport().grab().toImage()
        return _ends(image, cell.left() + 4, cell.top() + 4, cell.right() - 10, cell.bottom() - 4)

    before = end_of_digits()
    qtbot.keyClick(page.view.table, Qt.Key.Key_F2)
    page.editor.setCursorPosition(0)
    assert abs(end_of_digits() - before) <= 1
    assert page.editor.geometry() == cell
    assert page.editor.inputMethodHints() & Qt.InputMethodHint.ImhLatinOnly


def test_the_current_name_and_column_are_lit_and_nothing_else(page):
    page.view.go(1, SECOND)
    selection = ink.look().tokens.selection.rgb()
    image = page.view.grab().toImage()

    def at(table, row, column):
        spot = table.visualRect(page.table.index(row, column)).topLeft() + QPoint(3, 3)
        return image.pixel(table.viewport().mapTo(page.view, spot))

    assert at(page.view.names, 1, NUMBER) == selection
    assert at(page.view.names, 1, NAME) == selection
    assert at(page.view.names, 0, NAME) != selection
    assert at(page.view.table, 1, FIRST) != selection
    header = page.view.header
    lit = header.viewport().mapTo(page.view, QPoint(header.sectionViewportPosition(SECOND) + 3, 60))
    dark = header.viewport().mapTo(page.view, QPoint(header.sectionViewportPosition(FIRST) + 3, 60))
    assert image.pixel(lit) == selection
    assert image.pixel(dark) != selection


def test_header_value_and_mean_end_on_one_right_edge(page):
    page.view.show_footer(FOOTER)
    page.view.go(4, LEVEL)
    image = page.view.grab().toImage()
    header = page.view.header
    left = page.view.table.x() + header.sectionViewportPosition(FIRST)
    right = left + header.sectionSize(FIRST)
    body = page.view.table.viewport().mapTo(page.view, QPoint(0, 0)).y()
    foot = page.view.footer.y()
    ends = {
        name: _ends(image, left + 2, top + 3, right - 1, bottom - 3)
        for name, (top, bottom) in {
            "title": (36, 52),
            "value": (body, body + 28),
            "mean": (foot + 2, foot + 28),
            "blank": (foot + 30, foot + 56),
        }.items()
    }
    assert max(ends.values()) <= right - 18
    assert max(ends.values()) - min(ends.values()) <= 2
    assert min(ends.values()) >= right - 18 - 3


def test_groups_start_where_the_key_changes_and_share_one_title(page):
    assert page.view.header.group_starts() == frozenset({4})


@pytest.fixture
def _look_as_before() -> Iterator[None]:
    before = ink.look()
    yield
    ink.show(before)


@pytest.mark.usefixtures("_look_as_before")
def test_columns_and_rows_grow_with_the_text_size(qapp, page):
    wide = page.view.table.columnWidth(FIRST)
    page.view.resize(900, 600)
    ink.show(ink.Look(scale=1.3))
    QApplication.sendEvent(page.view, QEvent(QEvent.Type.StyleChange))
    assert page.view.table.rowHeight(0) == 36
    assert page.view.names.columnWidth(NAME) == round(page.table.columns[NAME].width * 1.3)
    assert page.view.table.columnWidth(FIRST) == pytest.approx(wide * 1.3, abs=2)
    assert page.view.header.height() == 130


def test_the_grid_speaks_the_full_name_of_a_cell(page):
    assert page.table.index(0, FIRST).data(Qt.ItemDataRole.AccessibleTextRole) == "80"


@pytest.mark.usefixtures("_look_as_before")
def test_the_current_cell_stays_in_sight_when_the_grid_gets_lower_and_the_text_larger(qapp, page):
    page.table.show([Line(f"p{at}", at, f"name {at}", {}) for at in range(60)])
    page.view.go(8, FIRST)
    qapp.processEvents()

    def seen() -> bool:
        return page.view.table.viewport().rect().contains(page.view.table.visualRect(page.view.current))

    assert seen()
    page.view.resize(640, 260)
    assert seen()
    ink.show(replace(ink.look(), scale=1.3))
    qapp.sendEvent(page.view, QEvent(QEvent.Type.StyleChange))
    assert seen()


def test_a_grid_that_was_scrolled_away_from_the_current_cell_stays_there(qapp, page):
    page.table.show([Line(f"p{at}", at, f"name {at}", {}) for at in range(60)])
    qapp.processEvents()
    page.view.down.setValue(40)
    page.view.resize(640, 360)
    assert page.view.down.value() == 40


@pytest.mark.usefixtures("_look_as_before")
def test_an_editor_that_is_open_takes_the_theme_that_is_shown(qtbot):
    editor = EntryEdit(None, numeric=True)
    qtbot.addWidget(editor)
    light = editor.palette().color(QPalette.ColorRole.Base)
    ink.show(replace(ink.look(), tokens=DARK))
    QApplication.sendEvent(editor, QEvent(QEvent.Type.StyleChange))
    assert editor.palette().color(QPalette.ColorRole.Base) == DARK.content != light
    assert editor.palette().color(QPalette.ColorRole.Text) == DARK.text


class Watch(QObject):
    """Notes which part of a widget is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[QRect] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if event.type() is QEvent.Type.Paint:
            self.seen.append(event.rect())
        return False


def test_a_row_that_says_something_else_is_painted_alone(page):
    listening, watch = QAccessible.isActive(), Watch()
    QAccessible.setActive(False)
    QApplication.processEvents()
    for table in (page.view.table, page.view.names):
        table.viewport().installEventFilter(watch)
    page.table.put(1, replace(page.table.rows[1], values={FIRST: "71"}))
    QApplication.processEvents()
    QAccessible.setActive(listening)
    height = page.view.table.rowHeight(1)
    assert len(watch.seen) == 2
    assert {(rect.top(), rect.height()) for rect in watch.seen} == {(height, height)}


def test_rows_of_the_footer_that_are_extra_wait_for_a_high_window(page):
    rows = [*FOOTER[:1], replace(FOOTER[1], extra=True), FOOTER[2]]
    page.view.show_footer(rows)
    low = page.view.footer.minimum()
    page.view.resize(640, 1000)
    assert page.view.footer.minimum() > low
