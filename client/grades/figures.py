"""What the columns amount to, below them: over those who are shown, or over the cells that are selected."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from client.grades.beside import TOLD_MS
from client.grades.record import GradeColumn, GradeRow, Sheet, Value
from client.grades.rules import begun
from client.grades.sheet import OpenSheet
from client.grades.statistics import Summary, summary
from client.grades.table import FROZEN, SheetTable
from client.widgets.grid.footer import Distribution, Figure, FooterRow
from client.widgets.grid.view import GridView

translate = QCoreApplication.translate
Block = frozenset[tuple[int, int]]
"""(row, column) of the model's cells that are selected together; empty where it is one alone."""


class Footer:
    """Mean, median, range, number, blanks and distribution under every column of a sheet.

    While somebody types, only the column is summed up anew in which a value is another.
    """

    def __init__(self) -> None:
        self._columns: tuple[GradeColumn, ...] = ()
        self._rows: tuple[GradeRow, ...] = ()
        self._known: dict[int, Summary] = {}

    def rows(self, sheet: Sheet, shown: Sequence[GradeRow], block: Block = frozenset()) -> list[FooterRow]:
        """The rows for these lines of a sheet; those who have left do not count. block: only these cells count."""
        told = _of_block(sheet, shown, block) if block else self._of_all(sheet, tuple(shown))
        missing, names = begun(sheet), _names(block=bool(block))
        made: dict[str, dict[int, Figure | Distribution]] = {name: {} for name in names}
        for at, summed in told.items():
            section, strong = at + FROZEN, summed.blank > 0 and missing[at]
            made["mean"][section] = Figure(summed.mean)
            made["median"][section] = Figure(summed.median)
            made["range"][section] = Figure(summed.range)
            made["number"][section] = Figure(str(summed.scored))
            made["blank"][section] = Figure(str(summed.blank), strong=strong, muted=summed.blank == 0)
            made["spread"][section] = Distribution(summed.counts, summed.labels)
        return [FooterRow(names[name], cells, extra=name in _EXTRA) for name, cells in made.items()]

    def _of_all(self, sheet: Sheet, shown: tuple[GradeRow, ...]) -> dict[int, Summary]:
        present = [row for row in shown if not row.who.gone]
        for at in self._changed(sheet, shown):
            self._known[at] = summary(sheet.columns[at], [row.cells[at].value for row in present])
        self._columns, self._rows = sheet.columns, shown
        return {at: self._known[at] for at in range(len(sheet.columns))}

    def _changed(self, sheet: Sheet, shown: tuple[GradeRow, ...]) -> Iterable[int]:
        """The columns with other values than last time; all of them where other lines or columns are shown."""
        if sheet.columns != self._columns or [row.who for row in shown] != [row.who for row in self._rows]:
            return range(len(sheet.columns))
        return {
            at
            for row, before in zip(shown, self._rows, strict=True)
            if row is not before
            for at, (cell, old) in enumerate(zip(row.cells, before.cells, strict=True))
            if cell is not old and cell.value != old.value
        }


def _of_block(sheet: Sheet, shown: Sequence[GradeRow], block: Block) -> dict[int, Summary]:
    values: dict[int, list[Value]] = {}
    for line, section in sorted(block):
        if line < len(shown) and 0 <= section - FROZEN < len(sheet.columns) and not shown[line].who.gone:
            values.setdefault(section - FROZEN, []).append(shown[line].cells[section - FROZEN].value)
    return {at: summary(sheet.columns[at], held) for at, held in values.items()}


_EXTRA = frozenset({"median", "range"})
"""Rows that wait for a window with room for them; the panel at the right has them at any size."""


def _names(*, block: bool) -> dict[str, str]:
    """What the rows are called. block: they are about the selection."""
    return {
        "mean": translate("SheetTable", "Mean of selection") if block else translate("SheetTable", "Mean"),
        "median": translate("SheetTable", "Median"),
        "range": translate("SheetTable", "Lowest–highest"),
        "number": translate("SheetTable", "Number"),
        "blank": translate("SheetTable", "Blank"),
        "spread": translate("SheetTable", "Spread"),
    }


class Figures(QObject):
    """Keeps the footer of a grid at what is on screen. told: it was summed up anew."""

    told = Signal()

    def __init__(self, sheet: OpenSheet, table: SheetTable, grid: GridView) -> None:
        super().__init__(grid)
        self._open, self._table, self._grid = sheet, table, grid
        self._footer = Footer()
        self._rest = QTimer(self, singleShot=True, interval=TOLD_MS)
        self._rest.timeout.connect(self.show)
        grid.block_changed.connect(self.soon)

    @Slot()
    def soon(self) -> None:
        """Sum up in a moment: the typed value is painted first."""
        self._rest.start()

    @Slot()
    def show(self) -> None:
        """Sum up now."""
        self._rest.stop()
        if self._open.sheet is not None:
            self._grid.show_footer(self._footer.rows(self._open.sheet, self._table.rows, self._grid.block))
            self.told.emit()
