"""Paints a cell by itself: ground, lines, text at the baseline, marks, ring. Never calls super().paint."""

from dataclasses import dataclass
from typing import Any, cast

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from client.widgets import ink, marks
from client.widgets.column_table import CAPTION_ROLE, STATE_ROLE, ColumnTable
from client.widgets.marks import CellState

GUTTER = 18
"""Pixels at the right of a numeric cell that belong to marks: header, value, footer all end left of it."""
MARGIN = 12
"""Pixels between the edge of a cell and its words."""

_NUMERIC, _PLAIN_EDGE, _MUTED = int(CellState.NUMERIC), int(CellState.PLAIN_EDGE), int(CellState.MUTED)
_STRONG, _STRUCK, _CLOSED = int(CellState.STRONG), int(CellState.STRUCK), int(CellState.CLOSED)
_OFFICIAL, _CENTRED, _HATCHED = int(CellState.OFFICIAL), int(CellState.CENTRED), int(CellState.HATCHED)
_HIGH, _LOW = int(CellState.LEVEL_HIGH), int(CellState.LEVEL_LOW)
BAR = 3
"""Pixels of the bar that tells a low value without its colour."""
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)


@dataclass(slots=True)
class Cursor:
    """Where the one current cell is and which cells are selected with it; shared by the views of one table."""

    row: int = -1
    column: int = -1
    focused: bool = False
    block: frozenset[tuple[int, int]] = frozenset()


class MarkedDelegate(QStyledItemDelegate):
    """One delegate for grids and lists.

    `cursor` is kept by the view. `names` are the columns that say whose row it is: on the current row they get the
    selection ground and bold words. `group_starts` are the columns with a line at their left. `whole_row`: the
    current row is tinted as a whole and no ring is drawn, as lists do.
    """

    def __init__(self, parent: QObject | None = None, *, whole_row: bool = False) -> None:
        super().__init__(parent)
        self.cursor = Cursor()
        self.names: frozenset[int] = frozenset()
        self.group_starts: frozenset[int] = frozenset()
        self.whole_row = whole_row

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        # Rows and columns have fixed sections; this is asked only by "resize to contents".
        face = ink.face(ink.Step.BODY)
        text = index.data(_DISPLAY) or ""
        return QSize(round(face.width(text)) + ink.look().px(2 * MARGIN), ink.look().px(28))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        row, column = index.row(), index.column()
        text, state = _said(index)
        cursor = self.cursor
        named = row == cursor.row and (self.whole_row or column in self.names)
        ringed = row == cursor.row and column == cursor.column and not self.whole_row
        selected = named or (not ringed and (row, column) in cursor.block)
        look = ink.look()
        self._ground(painter, rect, row, column, state, selected=selected)
        if text:
            room = self._text(painter, rect, text, state, strong=named and not self.whole_row)
            caption = index.data(CAPTION_ROLE) if not state & _NUMERIC else None
            if caption:
                painter.setPen(look.tokens.text2)
                face = ink.face(ink.Step.CAPTION)
                if room > face.width(caption):
                    ink.draw_right(painter, rect.right() + 1 - look.px(10), rect.center().y() + 0.5, caption, face)
        if state & marks.MARKS or (state & _CLOSED and row == cursor.row):
            marks.draw(painter, QRectF(rect), state, ringed=ringed, current_row=row == cursor.row)
        if ringed:
            draw_ring(painter, rect, look.tokens.accent if cursor.focused else look.tokens.control)

    def _ground(self, painter: QPainter, rect: QRect, row: int, column: int, state: int, *, selected: bool) -> None:
        tokens = ink.look().tokens
        closed = bool(state & _CLOSED)
        ground = tokens.selection if selected else tokens.panel if closed else tokens.content
        painter.fillRect(rect, ground)
        if state & (_HIGH | _LOW):
            self._level(painter, rect, low=bool(state & _LOW), selected=selected)
        if state & _HATCHED:
            painter.fillRect(rect, QBrush(tokens.border, Qt.BrushStyle.BDiagPattern))
        line = tokens.border if (row + 1) % 5 == 0 else tokens.hairline_on_panel if closed else tokens.hairline
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, line)
        if column in self.group_starts:
            painter.fillRect(rect.left(), rect.top(), 1, rect.height(), tokens.border)

    @staticmethod
    def _level(painter: QPainter, rect: QRect, *, low: bool, selected: bool) -> None:
        look = ink.look()
        if not selected:
            painter.fillRect(rect, look.tokens.level_c if low else look.tokens.level_a)
        if low:
            painter.fillRect(rect.left() + 1, rect.top(), look.px(BAR), rect.height(), look.tokens.warn_mark)

    @staticmethod
    def _text(painter: QPainter, rect: QRect, text: str, state: int, *, strong: bool) -> float:
        """Draw the words or the value; returns the room that is left at the right of words."""
        look = ink.look()
        struck = bool(state & _STRUCK)
        painter.setPen(look.tokens.text2 if state & _MUTED or struck else look.tokens.text)
        numeric = state & _NUMERIC
        face = ink.face(
            ink.Step.BODY,
            bold=(strong and not numeric) or bool(state & _STRONG),
            digits=bool(numeric) and text.isascii(),
            struck=struck,
            official=bool(state & _OFFICIAL),
        )
        centre = rect.top() + rect.height() / 2
        if numeric:
            edge = MARGIN if state & _PLAIN_EDGE else GUTTER
            ink.draw_right(painter, rect.left() + rect.width() - look.px(edge), centre, text, face)
            return 0.0
        if state & _CENTRED:
            if face.width(text) > rect.width() - 2:
                face = ink.face(ink.Step.CAPTION, bold=bool(state & _STRONG))
            ink.draw_left(painter, rect.left() + (rect.width() - face.width(text)) / 2, centre, text, face)
            return 0.0
        room = rect.width() - 2 * look.px(MARGIN)
        shown = text if face.width(text) <= room else face.elided(text, room)
        after = ink.draw_left(painter, rect.left() + look.px(MARGIN), centre, shown, face)
        return rect.left() + rect.width() - after - look.px(10)


def _said(index: QModelIndex | QPersistentModelIndex) -> tuple[str, int]:
    """What a cell shows and its state. A table of ours is asked itself: the way through Qt takes twice as long."""
    model = index.model()
    if isinstance(model, ColumnTable):
        return cast("ColumnTable[Any]", model).said(index.row(), index.column())
    return index.data(_DISPLAY) or "", index.data(STATE_ROLE) or 0


def draw_ring(painter: QPainter, rect: QRect, colour: QColor) -> None:
    """The 2 px ring of the current cell, inside `rect`."""
    left, top, width, height = rect.left(), rect.top(), rect.width(), rect.height()
    painter.fillRect(left, top, width, 2, colour)
    painter.fillRect(left, top + height - 2, width, 2, colour)
    painter.fillRect(left, top, 2, height, colour)
    painter.fillRect(left + width - 2, top, 2, height, colour)
