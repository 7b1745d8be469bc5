"""A line that says how far something has come: words, figures, a day, and a bar under them; pressed it leads there."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from client.widgets import ink
from client.widgets.button import draw_focus
from client.widgets.ink import Step
from client.widgets.pressable import Pressable

HEIGHT, BAR = 46, 6


class ProgressRow(Pressable):
    """`show_progress` says what; done and total in whatever is counted, `day` in words, empty for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done, self._total, self._day = 0, 0, ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_progress(self, title: str, done: int, total: int, day: str = "") -> None:
        """Show this."""
        self._done, self._total, self._day = done, total, day
        self.setText(title)
        self.setAccessibleName(" ".join(part for part in (title, self.figures, day) if part))
        self.setToolTip(title)
        self.updateGeometry()
        self.update()

    @property
    def figures(self) -> str:
        """How far it is, in figures."""
        return f"{self._done}/{self._total}"

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return self._done >= self._total

    def sizeHint(self) -> QSize:
        return QSize(ink.look().px(240), ink.look().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(ink.look().px(160), ink.look().px(HEIGHT))

    def paintEvent(self, e: QPaintEvent) -> None:
        look = ink.look()
        tokens = look.tokens
        painter = QPainter(self)
        if self.underMouse() or self.isDown():
            ink.draw_box(painter, QRectF(self.rect()), look.px(4), tokens.selection, None)
        edge, centre = look.px(4), look.px(16)
        small, right = ink.face(Step.CAPTION), self.width() - look.px(4)
        painter.setPen(tokens.text2)
        left = ink.draw_right(painter, right, centre, self._day, small) if self._day else right
        column = max(look.px(64), small.width(self._day) + look.px(8)) if self._day else 0
        figures = ink.face(Step.BODY, digits=True)
        left = ink.draw_right(painter, right - column, centre, self.figures, figures)
        painter.setPen(tokens.text)
        body = ink.face(Step.BODY)
        ink.draw_left(painter, edge, centre, body.elided(self.text(), left - edge - look.px(8)), body)
        bar = QRectF(edge, look.px(32), self.width() - 2 * edge, look.px(BAR))
        ink.draw_box(painter, bar, bar.height() / 2, tokens.neutral_fill, None)
        if self._done and self._total:
            share = min(self._done / self._total, 1.0)
            done = QRectF(bar.left(), bar.top(), max(bar.width() * share, bar.height()), bar.height())
            ink.draw_box(painter, done, bar.height() / 2, tokens.neutral if self.is_complete else tokens.accent, None)
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), look.px(4))
        painter.end()
