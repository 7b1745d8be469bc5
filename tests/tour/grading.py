"""Pictures of what is done on the grades page besides typing: columns, notes, history, search, the selection."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from client.grades.record import ColumnKind
from client.grades.rules import Facet
from client.grades.table import FROZEN
from tests.tour.stage import Shown, Stage


def grading(here: Stage) -> Iterator[Callable[[], Shown]]:
    """The page stands on a cell of an open column; nothing is written but one value, twice."""

    def form() -> Shown:
        _alone(here)
        here.page.columns.make()
        box = here.page.columns.form
        box.title.setText("小テスト2")
        box.date.setText("9/30")
        next(iter(box.ticks.values())).setChecked(True)
        return "grades-column", box, True

    def wrong() -> Shown:
        form()
        box = here.page.columns.form
        box.marking.set_key(False)
        next(iter(box.numbers.values()))[0].setText("0")
        box.done_button.click()
        return "grades-column-refused", box, False

    def removal() -> Shown:
        _alone(here)
        here.page.columns.remove()
        return "grades-column-removal", _box(here), False

    def note() -> Shown:
        _alone(here)
        here.page.cells.note()
        return "grades-note", _box(here), False

    def past() -> Shown:
        _alone(here)
        for value in ("18", "19"):
            QTest.keyClicks(here.page.grid.table, value[0])
            QTest.keyClicks(here.page.grid.table.entry.editor, value[1:])
            QTest.keyClick(here.page.grid.table.entry.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
            QTest.qWait(200)
        here.page.cells.history()
        return "grades-history", _box(here), True

    def search() -> Shown:
        _alone(here)
        here.page.finder.open()
        here.page.finder.box.setText("た")
        return "grades-find", here.desk, True

    def selection() -> Shown:
        _alone(here)
        table = here.page.grid.table
        for _ in range(6):
            QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        QTest.qWait(150)
        return "grades-selection", here.desk, True

    def colours() -> Shown:
        _alone(here)
        here.page.acts.coloured = True
        here.page.acts.colours_turned.emit()
        QTest.qWait(100)
        return "grades-colours", here.desk, True

    yield from (form, wrong, removal, note, past, search, selection, colours)


def _alone(here: Stage) -> None:
    """No box, no search, no colours; the cursor alone on a score of the sheet."""
    for box in here.desk.findChildren(QDialog):
        box.close()
    here.page.finder.hide()
    here.page.acts.coloured = False
    here.page.acts.colours_turned.emit()
    here.page.filter.columns.set_key(Facet.ALL)
    here.page.open_sheet.show_facet(Facet.ALL)
    columns = enumerate(here.page.open_sheet.sheet.columns)
    column = next(at for at, held in columns if held.kind is ColumnKind.POINTS and not held.closed)
    here.page.grid.go(11, column + FROZEN)
    here.page.grid.table.setFocus()
    QTest.qWait(60)


def _box(here: Stage) -> QDialog:
    return next(box for box in here.desk.findChildren(QDialog) if box.isVisible())
