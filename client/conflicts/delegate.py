"""The list of cases: headings of places, and a case on two lines with its mark."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from client.conflicts.table import CaseLine
from client.widgets import ink, marks
from client.widgets.column_table import RECORD_ROLE
from client.widgets.ink import Step
from client.widgets.slim_scroll_bar import SlimScrollBar

HEADING, CASE = 44, 60


class CaseDelegate(QStyledItemDelegate):
    """Draws CaseLines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        line: CaseLine = index.data(RECORD_ROLE)
        return QSize(ink.look().px(240), ink.look().px(HEADING if line.case is None else CASE))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line: CaseLine = index.data(RECORD_ROLE)
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        if line.case is None:
            self._heading(painter, rect, line)
        else:
            self._case(painter, rect, line, on=bool(state & QStyle.StateFlag.State_Selected))

    @staticmethod
    def _heading(painter: QPainter, rect: QRect, line: CaseLine) -> None:
        look = ink.look()
        centre = rect.bottom() - look.px(17)
        painter.setPen(look.tokens.text2)
        count = ink.face(Step.CAPTION)
        left = ink.draw_right(painter, rect.right() - look.px(24), centre, line.right, count)
        title = ink.face(Step.CAPTION, bold=True)
        room = left - rect.left() - look.px(24 + 8)
        ink.draw_left(painter, rect.left() + look.px(24), centre, title.elided(line.title, room), title)

    @staticmethod
    def _case(painter: QPainter, rect: QRect, line: CaseLine, *, on: bool) -> None:
        look = ink.look()
        tokens = look.tokens
        box = QRectF(rect).adjusted(look.px(8), look.px(2), -look.px(8), -look.px(2))
        if on:
            ink.draw_box(painter, box, look.px(4), tokens.selection, None)
            ink.draw_box(painter, QRectF(box.left(), box.top() + 12, 3, box.height() - 24), 1.5, tokens.accent, None)
        upper, lower = box.top() + look.px(17), box.top() + look.px(39)
        left, right = box.left() + look.px(36), box.right() - look.px(15)
        marks.rhombus(painter, QPointF(box.left() + look.px(21), upper), look.px(10), tokens.warn_mark)
        caption, name = ink.face(Step.CAPTION), ink.face(Step.BODY, bold=True)
        painter.setPen(tokens.text2)
        time = ink.face(Step.CAPTION, digits=True)
        before = ink.draw_right(painter, right, upper, line.right, time)
        after = right
        fits = caption.width(line.caption) + caption.width(line.together) + look.px(8) <= right - left
        if line.asked or (line.together and fits):
            after = ink.draw_right(painter, right, lower, line.asked or line.together, caption)
        ink.draw_left(painter, left, lower, caption.elided(line.caption, after - left - look.px(8)), caption)
        painter.setPen(tokens.text)
        ink.draw_left(painter, left, upper, name.elided(line.title, before - left - look.px(8)), name)


class CaseList(QListView):
    """The cases under the headings of their places. Digits and Enter belong to the decision."""

    decided = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(CaseDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(SlimScrollBar(Qt.Orientation.Vertical, strip=14))
        self.viewport().setAutoFillBackground(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in ("1", "2", "3"):
            self.decided.emit(event.text())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: a digit is a decision, never a jump."""
