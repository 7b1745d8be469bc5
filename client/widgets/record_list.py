"""A list of records in columns: a quiet header, whole rows, nothing to type in."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from client.widgets import ink
from client.widgets.column_table import CAPTION_ROLE, STATE_ROLE, Column, ColumnTable
from client.widgets.grid.header import GridHeader
from client.widgets.marked_delegate import MARGIN, MarkedDelegate
from client.widgets.marks import CellState
from client.widgets.slim_scroll_bar import SlimScrollBar

ROW = 28


class RecordList(QTableView):
    """Shows a ColumnTable. The last column takes what room is left; `activated` says which record a person wants."""

    def __init__(self, model: ColumnTable[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[Column[Any], ...] = model.columns
        self._fitted: dict[int, int] = {}
        self._least: int | None = None
        self._most: int | None = None
        self.setHorizontalHeader(GridHeader(self, names=True))
        self._delegate = MarkedDelegate(self, whole_row=True)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(SlimScrollBar(Qt.Orientation.Vertical, strip=14))
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._relook()

    def fit_height(self, rows: int) -> None:
        """Be exactly as high as so many rows and the header."""
        self._least = self._most = rows
        self._fit()

    def fit_at_least(self, rows: int) -> None:
        """Be at least as high as so many rows and the header."""
        self._least = rows
        self._fit()

    def fit_at_most(self, rows: int) -> None:
        """Be as high as so many rows and the header where there is room, lower where there is not."""
        self._most = rows
        self._fit()

    def renew_columns(self, columns: Sequence[Column[Any]]) -> None:
        """Be as wide as these columns of the model, where they are data and have become others."""
        self._columns = tuple(columns)
        self._relook()

    def fit_width(self, column: int, most: int) -> None:
        """Make a column as wide as the words in it, with their captions, at most `most` pixels at 100 %.

        It is never less wide than it was declared; a reset of the model does not undo it, new words are not looked at.
        """
        model, look = self.model(), ink.look()
        small, wide = ink.face(ink.Step.CAPTION), 0.0
        for row in range(model.rowCount()):
            index = model.index(row, column)
            caption: str = index.data(CAPTION_ROLE) or ""
            room = small.width(caption) + look.px(MARGIN) if caption else 0
            words = ink.face(ink.Step.BODY, official=bool((index.data(STATE_ROLE) or 0) & CellState.OFFICIAL))
            wide = max(wide, words.width(index.data() or "") + room + 2 * look.px(MARGIN) + 2)
        self._fitted[column] = min(max(round(wide / look.scale), self._columns[column].width), most)
        self._relook()

    def _fit(self) -> None:
        row = ink.look().px(ROW)
        if self._least is not None:
            self.setMinimumHeight(row * (self._least + 1))
        if self._most is not None:
            self.setMaximumHeight(row * (self._most + 1))

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tint the row a person stands on."""
        super().currentChanged(current, previous)
        self._delegate.cursor.row = current.row()
        self.viewport().update()

    def _relook(self) -> None:
        look = ink.look()
        header = self.horizontalHeader()
        if isinstance(header, GridHeader):
            header.set_tall(tall=False)
            header.setFixedHeight(header.sizeHint().height())
        self.verticalHeader().setDefaultSectionSize(look.px(ROW))
        for at, column in enumerate(self._columns):
            self.setColumnWidth(at, look.px(self._fitted.get(at, column.width)))
        header.setStretchLastSection(True)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._relook()
        elif event.type() is QEvent.Type.LanguageChange:  # of records that stay the same nothing else is announced
            self.viewport().update()
            self.horizontalHeader().viewport().update()
