"""Chips: a small filled one that says a state, and one with an edge that filters and counts."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from client.widgets import ink, marks
from client.widgets.button import draw_focus
from client.widgets.ink import Step, Tone, Words
from client.widgets.pressable import Pressable

HEIGHT = 24
SIGNS = ("conflict", "waiting", "refused", "locked")
"""Names of marks a chip may carry; any other name is an icon of the icon table."""


def sign_width(sign: str) -> int:
    """Pixels a sign and the gap after it take."""
    return ink.look().px(16 if sign in SIGNS else 20) if sign else 0


def draw_sign(painter: QPainter, x: float, centre: float, sign: str, tone: Tone) -> None:
    """Draw the mark or icon called `sign`, starting at x."""
    look = ink.look()
    colour = look.shape(tone)
    if sign == "conflict":
        marks.rhombus(painter, QPointF(x + look.px(5), centre), look.px(10), look.tokens.warn_mark)
    elif sign == "waiting":
        marks.triangle(painter, x + look.px(9), centre - look.px(4), look.px(8), look.tokens.neutral)
    elif sign == "refused":
        marks.cross(painter, QPointF(x + look.px(5), centre), look.px(9), look.tokens.danger)
    elif sign == "locked":
        marks.lock(painter, QPointF(x + look.px(5), centre), look.px(11), look.tokens.neutral)
    elif sign:
        size = look.px(16)
        ink.draw_icon(painter, QRectF(x - 1, round(centre - size / 2), size, size), sign, colour)


class Chip(Pressable):
    """A state in a few words on its fill."""

    def __init__(
        self,
        words: Words,
        tone: Tone = Tone.NEUTRAL,
        parent: QWidget | None = None,
        *,
        sign: str = "",
        bold: bool = False,
    ) -> None:
        super().__init__(parent)
        self._words, self.tone, self.sign, self._bold = words, tone, sign, bold
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.set_words(words)

    def set_words(self, words: Words, tone: Tone | None = None, sign: str | None = None) -> None:
        """Say something else from now on."""
        self._words = words
        self.tone = self.tone if tone is None else tone
        self.sign = self.sign if sign is None else sign
        self.setText(ink.said(words))
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def reword(self) -> None:
        self.set_words(self._words)

    def sizeHint(self) -> QSize:
        look = ink.look()
        width = ink.face(Step.CAPTION, bold=self._bold).width(self.text()) + 2 * look.px(8) + sign_width(self.sign)
        return QSize(round(width), look.px(HEIGHT))

    def paintEvent(self, e: QPaintEvent) -> None:
        look = ink.look()
        painter = QPainter(self)
        box = QRectF(self.rect())
        ink.draw_box(painter, box, look.px(4), look.fill(self.tone), None)
        x = box.left() + look.px(8)
        if self.sign:
            draw_sign(painter, x, box.center().y(), self.sign, self.tone)
            x += sign_width(self.sign)
        painter.setPen(look.ink(self.tone))
        face = ink.face(Step.CAPTION, bold=self._bold)
        room = box.right() - look.px(8) - x
        text = self.text() if face.width(self.text()) <= room + 1 else face.elided(self.text(), room)
        ink.draw_left(painter, x, box.center().y(), text, face)
        if self.hasFocus():
            draw_focus(painter, box, look.px(4))
        painter.end()


class FilterChip(Pressable):
    """A filter with the number of what it would show; pressed it stays in. counted: without a number, where False."""

    def __init__(self, words: Words, parent: QWidget | None = None, *, sign: str = "", counted: bool = True) -> None:
        super().__init__(parent)
        self._words, self._sign, self._count = words, sign, 0 if counted else None
        self.setCheckable(True)
        self.reword()

    def set_count(self, count: int) -> None:
        """How many it would show."""
        self._count = count
        self.reword()

    def reword(self) -> None:
        said = ink.said(self._words)
        self.setText(said if self._count is None else f"{said} {self._count}")
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = ink.look()
        width = ink.face(Step.CAPTION).width(self.text()) + 2 * look.px(8) + sign_width(self._sign)
        return QSize(round(width), look.px(28))

    def paintEvent(self, e: QPaintEvent) -> None:
        look = ink.look()
        tokens = look.tokens
        painter = QPainter(self)
        box = QRectF(self.rect())
        on = self.isChecked() or self.isDown()
        edge = tokens.accent if self.isChecked() else tokens.text if self.underMouse() else tokens.control
        ink.draw_box(painter, box, look.px(4), tokens.selection if on else tokens.content, edge)
        x = box.left() + look.px(8)
        draw_sign(painter, x, box.center().y(), self._sign, Tone.PLAIN)
        x += sign_width(self._sign)
        painter.setPen(tokens.text if on else tokens.text2)
        ink.draw_left(painter, x, box.center().y(), self.text(), ink.face(Step.CAPTION))
        if self.hasFocus():
            draw_focus(painter, box, look.px(4))
        painter.end()
