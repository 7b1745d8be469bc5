"""What can be done to the sheet besides typing: the button and the menu of it, the same at a right click."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from client.grades.cell_acts import CellActs
from client.grades.columns import ColumnActs
from client.grades.table import title
from client.shell.actions import bind, shortcut
from client.widgets.button import Button, Kind
from client.widgets.grid.view import GridView
from client.widgets.menu import Menu

PAGE = "grades"


class SheetActs(QObject):
    """Offers acts on columns and cells; what is shown says whether they can be done where the cursor stands.

    colours_turned: `coloured`, whether the ground of cells tells their level, is another.
    """

    colours_turned = Signal()

    def __init__(self, columns: ColumnActs, cells: CellActs, grid: GridView, page: QWidget) -> None:
        super().__init__(page)
        self.columns, self.cells, self._grid, self._page = columns, cells, grid, page
        self.coloured = False
        self.add_button = Button(lambda: self.tr("Add a column"), parent=page, icon="add")
        self.menu_button = Button(lambda: self.tr("More for this sheet"), Kind.ICON, page, icon="menu")
        self.add_button.clicked.connect(columns.make)
        self.menu_button.clicked.connect(self._open_below)
        grid.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        grid.table.customContextMenuRequested.connect(self._open_at)
        for name, act in (("note", cells.note), ("history", cells.history), ("copy_named", cells.copy_named)):
            bind(page, name, PAGE).triggered.connect(act)

    def menu(self) -> Menu:
        """The acts as they stand for the cell under the cursor."""
        menu = Menu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add(menu, self.tr("Note on this cell…"), self.cells.note, "note")
        self._add(menu, self.tr("History of this cell…"), self.cells.history, "history")
        self._add(menu, self.tr("Copy with pupils"), self.cells.copy_named, "copy_named")
        menu.addSeparator()
        colours = self._add(menu, self.tr("Colour by value"), self._turn_colours)
        colours.setCheckable(True)
        colours.setChecked(self.coloured)
        column = self.columns.column
        if column is not None and self.columns.may_write:
            menu.addSeparator()
            heading = menu.addAction(f"{column.unit} {title(column)}".strip())
            heading.setEnabled(False)
            lock = self.tr("Open the column again") if column.closed else self.tr("Close the column")
            if not column.closed:
                self._add(menu, self.tr("Change the column…"), self.columns.change)
            self._add(menu, lock, self.columns.turn_lock)
            if not column.closed:
                self._add(menu, self.tr("Remove the column…"), self.columns.remove)
        return menu

    @staticmethod
    def _add(menu: Menu, words: str, act: Callable[[], None], key: str = "") -> QAction:
        action = menu.addAction(words)
        if key:  # shown only: the page's own action takes the key
            action.setText(f"{words}\t{shortcut(key, PAGE).keys[0]}")
        action.triggered.connect(act)
        return action

    @Slot()
    def _turn_colours(self) -> None:
        self.coloured = not self.coloured
        self.colours_turned.emit()

    @Slot()
    def _open_below(self) -> None:
        self._popup(self.menu_button.mapToGlobal(QPoint(0, self.menu_button.height() + 4)))

    @Slot(QPoint)
    def _open_at(self, at: QPoint) -> None:
        self._popup(self._grid.table.viewport().mapToGlobal(at))

    def _popup(self, at: QPoint) -> None:
        if self._grid.finish():
            self.menu().popup(at)
