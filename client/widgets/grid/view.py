"""The whole of a grid: names that stay, columns that move, header, footer and scroll bars around one model."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from client.widgets import ink
from client.widgets.column_table import ColumnTable
from client.widgets.grid.edit import Parser
from client.widgets.grid.editor import EntryDelegate
from client.widgets.grid.footer import FooterRow, GridFooter
from client.widgets.grid.header import GridHeader
from client.widgets.grid.layout import LOW, TALL, shares
from client.widgets.grid.moves import Path
from client.widgets.grid.names import Names
from client.widgets.grid.table import EntryTable
from client.widgets.slim_scroll_bar import STRIP, SlimScrollBar

ROW = 28
WIDEST = 1.5
"""How much wider than it asks for a column may get for the sake of its title."""


class GridView(QWidget):
    """A grid over a ColumnTable: `frozen` first columns stay, the rest move.

    Signals: edited(Edit), refused(Refusal), withdrawn(Withdrawn), pasted(str), exhausted(Command), moved(current,
    previous), block_changed (`block` is another one). The page writes what `edited` says and shows the model's new
    rows; the grid keeps no value.
    """

    edited = Signal(object)
    refused = Signal(object)
    withdrawn = Signal(object)
    pasted = Signal(str)
    exhausted = Signal(object)
    moved = Signal(QModelIndex, QModelIndex)
    block_changed = Signal()

    def __init__(self, parser: Parser, *, frozen: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frozen = frozen
        self._was_shown = False
        self._model: ColumnTable[Any] | None = None
        self.delegate = EntryDelegate(self)
        self.delegate.names = frozenset(range(frozen))
        self.table = EntryTable(self.delegate, parser, self)
        self.names = Names(self.table, self)
        self.names.setItemDelegate(self.delegate)
        self.names_header = GridHeader(self.names, names=True)
        self.names.setHorizontalHeader(self.names_header)
        self.header = GridHeader(self.table, names=False)
        self.table.setHorizontalHeader(self.header)
        self.footer = GridFooter(self.names_header, self.header, self)
        self.down = SlimScrollBar(Qt.Orientation.Vertical, self)
        self.across = SlimScrollBar(Qt.Orientation.Horizontal, self, strip=12)
        self.setFocusProxy(self.table)
        self._wire()

    def _wire(self) -> None:
        table = self.table
        for mine, theirs in (
            (self.edited, table.edited),
            (self.refused, table.refused),
            (self.withdrawn, table.withdrawn),
            (self.pasted, table.pasted),
            (self.exhausted, table.exhausted),
        ):
            theirs.connect(mine)
        table.moved.connect(self._moved)
        table.focus_changed.connect(self._focus_changed)
        for shown, own in ((self.down, table.verticalScrollBar()), (self.across, table.horizontalScrollBar())):
            own.rangeChanged.connect(self._range_changed)
            own.valueChanged.connect(shown.setValue)
            shown.valueChanged.connect(own.setValue)
        table.verticalScrollBar().valueChanged.connect(self._align)
        self.names.verticalScrollBar().rangeChanged.connect(self._align)
        table.horizontalScrollBar().valueChanged.connect(self.footer.update)
        self.names.chosen.connect(self._row_chosen)

    # -- what a page sets ---------------------------------------------------------------------------------------------

    def show_model(self, model: ColumnTable[Any]) -> None:
        """Show a table. Column widths come from its columns, scaled with the text."""
        self._model = model
        self.names.setModel(model)
        self.table.setModel(model)
        model.modelReset.connect(self._columns_changed)
        model.headerDataChanged.connect(self._columns_changed)
        self._columns_changed()
        self.table.selectionModel().selectionChanged.connect(self._selected)
        if model.rowCount() and model.columnCount() > self._frozen:
            self.table.setCurrentIndex(model.index(0, self._frozen))

    def show_footer(self, rows: Sequence[FooterRow]) -> None:
        """Show these rows under the columns; none takes the footer away."""
        self.footer.show_rows(rows)
        self._arrange()

    def set_path(self, path: Path) -> None:
        """Where Enter goes."""
        self.table.path = path

    # -- what a page asks ---------------------------------------------------------------------------------------------

    @property
    def current(self) -> QModelIndex:
        """The current cell; invalid where there is none."""
        return self.table.currentIndex()

    @property
    def block(self) -> frozenset[tuple[int, int]]:
        """(row, column) of the cells that are selected together; empty where it is one alone."""
        return self.delegate.cursor.block

    @property
    def editing(self) -> bool:
        """Whether an editor is open."""
        return self.table.entry.editor is not None

    @property
    def typed(self) -> str | None:
        """What is being typed in the current cell and is no value yet; None where nothing is."""
        return self.table.entry.typed

    def holds(self, text: str) -> bool:
        """Whether this is what an editor of the current cell would start with."""
        return self.table.cells().content(self.current.row(), self.current.column()) == text

    def go(self, row: int, column: int) -> None:
        """Make a cell the current one and bring it into view."""
        self.table.go((row, column))

    def commit(self) -> bool:
        """Take what is in the open editor; False where it was refused and stays open."""
        return self.table.entry.commit()

    def finish(self) -> bool:
        """Take what is in the open editor, or give the old value back and offer the text; it is closed after."""
        return self.table.entry.finish()

    def resume(self, cell: QPersistentModelIndex, text: str) -> None:
        """Open the editor again with a withdrawn text."""
        self.table.resume(cell, text)

    # -- geometry -----------------------------------------------------------------------------------------------------

    @Slot()
    def _columns_changed(self) -> None:
        model = self._model
        if model is None:
            return
        look, seen = ink.look(), self._sees_current()
        height = max(look.px(ROW), round(ink.face(ink.Step.BODY).metrics.height()) + 8)
        for view in (self.names, self.table):
            view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            view.verticalHeader().setMinimumSectionSize(8)
            view.verticalHeader().setDefaultSectionSize(height)
        for at, column in enumerate(model.columns):
            self.names.setColumnHidden(at, at >= self._frozen)
            self.table.setColumnHidden(at, at < self._frozen)
            if at < self._frozen:
                self.names.setColumnWidth(at, look.px(column.width))
            else:  # wide enough for its title, within reason: two columns must not read the same
                wide, most = self.header.title_room(at), look.px(column.width * WIDEST)
                self.table.setColumnWidth(at, max(look.px(column.width), min(wide, most)))
        starts = self.header.group_starts()
        self.delegate.group_starts = starts
        self.footer.group_starts = starts
        self._arrange()
        self._keep_in_sight(seen=seen)

    def _arrange(self) -> None:
        look = ink.look()
        strip, left = look.px(STRIP), self.names_header.length()
        across = look.px(12) if self._needs_across() else 0
        low = self.height() < look.px(LOW)
        for header in (self.header, self.names_header):
            header.set_tall(tall=not low)
            header.setFixedHeight(header.sizeHint().height())
        self.footer.set_whole(whole=self.height() >= look.px(TALL))
        head, foot = self.header.sizeHint().height(), 0 if low else self.footer.minimum()
        rows = self._model.rowCount() if self._model is not None else 0
        each = max(self.table.verticalHeader().defaultSectionSize(), 1)
        part = shares(self.height(), rows, each, head=head, foot=foot, across=across)
        self.names.setGeometry(0, 0, left - 1, part.body)  # the last pixel is the line between names and values
        self.table.setGeometry(left, 0, max(self.width() - left - strip, 0), part.body)
        self.down.setGeometry(self.width() - strip, head, strip, max(part.body - head, 0))
        self.down.setVisible(part.scrolls)
        self.footer.setGeometry(0, part.body, self.width(), part.foot)
        self.footer.setVisible(part.foot > 0)
        self.across.setGeometry(left, part.body + part.foot, max(self.width() - left - strip, 0), across)
        self.across.setVisible(across > 0)

    def _needs_across(self) -> bool:
        return self.header.length() > self.width() - self.names_header.length() - ink.look().px(STRIP)

    @Slot()
    def _align(self) -> None:
        self.names.follow(self.table.verticalScrollBar().value())

    @Slot()
    def _range_changed(self) -> None:
        for shown, own in (
            (self.down, self.table.verticalScrollBar()),
            (self.across, self.table.horizontalScrollBar()),
        ):
            shown.setPageStep(own.pageStep())
            shown.setRange(own.minimum(), own.maximum())
        self.footer.update()

    def _sees_current(self) -> bool:
        cell = self.table.visualRect(self.current)
        return cell.isValid() and self.table.viewport().rect().intersects(cell)

    def _keep_in_sight(self, *, seen: bool) -> None:
        """A strip, a panel or larger text may take the room of the cell somebody types in."""
        if seen:
            self.table.scrollTo(self.current)

    def resizeEvent(self, event: QResizeEvent) -> None:
        seen = self._sees_current()
        self._arrange()
        self._keep_in_sight(seen=seen)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._was_shown:  # a page chooses its first cell before there is any room to scroll in
            self._was_shown = True
            self.table.scrollToTop()
            self.table.scrollTo(self.current)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._columns_changed()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.table.wheelEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = ink.look()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.tokens.content)
        head, left = self.header.height(), self.names_header.length()
        painter.fillRect(QRect(0, 0, self.width(), head), look.tokens.panel)
        painter.fillRect(QRect(0, head - 1, self.width(), 1), look.tokens.control)
        painter.fillRect(QRect(left - 1, 0, 1, self.height()), look.tokens.control)
        if self.header.tall:
            painter.fillRect(QRect(left, look.px(29), self.width(), 1), look.tokens.border)
        painter.end()

    # -- the current cell ---------------------------------------------------------------------------------------------

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, current: QModelIndex, previous: QModelIndex) -> None:
        cursor = self.delegate.cursor
        cursor.row, cursor.column = current.row(), current.column()
        self.header.light(current.column())
        for row in {current.row(), previous.row()} - {-1}:
            for view in (self.names, self.table):
                top, height = view.rowViewportPosition(row), view.rowHeight(row)
                view.viewport().update(QRect(QPoint(0, top), QPoint(view.viewport().width(), top + height - 1)))
        self.moved.emit(current, previous)

    @Slot()
    def _selected(self) -> None:
        chosen = self.table.selectedIndexes()
        many = chosen if len(chosen) > 1 else []
        block = frozenset((index.row(), index.column()) for index in many)
        if block != self.delegate.cursor.block:
            self.delegate.cursor.block = block
            self.block_changed.emit()

    @Slot(bool)
    def _focus_changed(self, focused: bool) -> None:
        self.delegate.cursor.focused = focused or self.editing
        if self.current.isValid():
            self.table.viewport().update(self.table.visualRect(self.current))

    @Slot(int)
    def _row_chosen(self, row: int) -> None:
        self.table.entry.finish()
        self.table.setFocus()
        column = self.current.column() if self.current.isValid() else self._frozen
        self.go(row, max(column, self._frozen))
