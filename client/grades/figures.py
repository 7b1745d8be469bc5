"""What the columns amount to, below them: over those who are shown, or over the cells that are selected."""

from collections.abc import Sequence

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

    A column is summed up anew only when a value in it is another: somebody is typing meanwhile.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[GradeColumn, list[Value], Summary]] = {}

    def rows(self, sheet: Sheet, shown: Sequence[GradeRow], block: Block = frozenset()) -> list[FooterRow]:
        """The rows for these lines of a sheet; those who have left do not count. block: only these cells count."""
        names = _names(block=bool(block))
        made: dict[str, dict[int, Figure | Distribution]] = {name: {} for name in names}
        present = [row for row in shown if not row.who.gone]
        missing = begun(sheet)
        for at, column in enumerate(sheet.columns):
            section = at + FROZEN
            if block:
                chosen = {row for row, place in block if place == section}
                values = [row.cells[at].value for line, row in enumerate(shown) if line in chosen and not row.who.gone]
                if not values:
                    continue
            else:
                values = [row.cells[at].value for row in present]
            told = self._summary(at, column, values)
            made["mean"][section] = Figure(told.mean)
            made["median"][section] = Figure(told.median)
            made["range"][section] = Figure(told.range)
            made["number"][section] = Figure(str(told.scored))
            made["blank"][section] = Figure(
                str(told.blank), strong=told.blank > 0 and missing[at], muted=told.blank == 0
            )
            made["spread"][section] = Distribution(told.counts, told.labels)
        return [FooterRow(names[name], cells, extra=name in _EXTRA) for name, cells in made.items()]

    def _summary(self, at: int, column: GradeColumn, values: list[Value]) -> Summary:
        known = self._known.get(at)
        if known is None or known[0] != column or known[1] != values:
            known = self._known[at] = (column, values, summary(column, values))
        return known[2]


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
