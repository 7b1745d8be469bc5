"""Buttons: one filled a screen, others with an edge, quiet ones like a link, icons alone; key caps beside words."""

from enum import Enum

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from client.widgets import ink
from client.widgets.ink import Words
from client.widgets.pressable import Pressable

HEIGHT = 32


class Kind(Enum):
    """How much a button asks for."""

    PRIMARY = "primary"
    PLAIN = "plain"
    LINK = "link"
    ICON = "icon"


class Button(Pressable):
    """A push button drawn from the tokens.

    icon: a name of the icon table, drawn left of the words. keycap: the key that does the same, shown in a small
    frame. An ICON button shows no words but speaks them and shows them as its tool tip.
    """

    def __init__(
        self, words: Words, kind: Kind = Kind.PLAIN, parent: QWidget | None = None, *, icon: str = "", keycap: str = ""
    ) -> None:
        super().__init__(parent)
        self._words, self._kind, self._icon, self._keycap = words, kind, icon, keycap
        self.set_words(words)

    def set_words(self, words: Words) -> None:
        """Say something else from now on."""
        self._words = words
        self.setText(ink.said(words))
        self.setAccessibleName(self.text())
        if self._kind is Kind.ICON:
            self.setToolTip(self.text())
        self.updateGeometry()

    def reword(self) -> None:
        self.set_words(self._words)

    def sizeHint(self) -> QSize:
        look = ink.look()
        if self._kind is Kind.ICON:
            return QSize(look.px(HEIGHT), look.px(HEIGHT))
        margin = 8 if self._kind is Kind.LINK else 12
        width = 2 * look.px(margin) + self._face().width(self.text())
        if self._icon:
            width += look.px(20 + 8) if self.text() else look.px(20)
        if self._keycap:
            width += keycap_width(self._keycap) + look.px(8)
        return QSize(round(width), look.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def _face(self) -> ink.Face:
        return ink.face(ink.Step.BODY, bold=self._kind is Kind.PRIMARY)

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        """(ground, edge, ink) for the state of this moment."""
        tokens = ink.look().tokens
        if not self.isEnabled():
            edge = None if self._kind in (Kind.LINK, Kind.ICON) else tokens.border
            return (tokens.panel if edge else None), edge, tokens.disabled
        hovered, pressed = self.underMouse(), self.isDown()
        if self._kind is Kind.PRIMARY:
            return (tokens.accent_hover if hovered or pressed else tokens.accent), None, tokens.on_accent
        ground = tokens.selection if pressed or self.isChecked() else None
        if self._kind is Kind.LINK:
            return ground or (tokens.selection if hovered else None), None, tokens.accent
        if self._kind is Kind.ICON:
            return ground or (tokens.neutral_fill if hovered else None), None, tokens.text2
        return ground or tokens.content, (tokens.text if hovered else tokens.control), tokens.text

    def paintEvent(self, e: QPaintEvent) -> None:
        look = ink.look()
        ground, edge, pen = self._colours()
        painter = QPainter(self)
        box = QRectF(self.rect())
        ink.draw_box(painter, box, look.px(4), ground, edge)
        self._content(painter, box, pen)
        if self.hasFocus():
            draw_focus(painter, box, look.px(4), on_accent=self._kind is Kind.PRIMARY)
        painter.end()

    def _content(self, painter: QPainter, box: QRectF, pen: QColor) -> None:
        look = ink.look()
        if self._kind is Kind.ICON:
            size = look.px(20)
            ink.draw_icon(
                painter, QRectF(box.center().x() - size / 2, box.center().y() - size / 2, size, size), self._icon, pen
            )
            return
        x = box.left() + look.px(8 if self._kind is Kind.LINK else 12)
        if self._icon:
            size = look.px(20)
            tint = look.tokens.text2 if self._kind is Kind.PLAIN and self.isEnabled() else pen
            ink.draw_icon(painter, QRectF(x, box.center().y() - size / 2, size, size), self._icon, tint)
            x += size + look.px(8)
        painter.setPen(pen)
        x = ink.draw_left(painter, x, box.center().y(), self.text(), self._face())
        if self._keycap:
            draw_keycap(painter, x + look.px(8), box.center().y(), self._keycap, pen)


def keycap_width(key: str) -> float:
    """Pixels a key cap takes."""
    return max(ink.face(ink.Step.BODY).width(key) + ink.look().px(8), ink.look().px(20))


def draw_keycap(painter: QPainter, x: float, centre: float, key: str, pen: QColor) -> float:
    """A key in its small frame, 20 high; returns the x after it."""
    look = ink.look()
    height, wide = look.px(20), keycap_width(key)
    box = QRectF(round(x), round(centre - height / 2), round(wide), height)
    faint = QColor(pen)
    faint.setAlpha(170)
    ink.draw_box(painter, box, look.px(3), None, faint)
    painter.setPen(pen)
    ink.draw_centred(painter, box, key, ink.face(ink.Step.BODY))
    return x + wide


def draw_focus(painter: QPainter, box: QRectF, radius: float, *, on_accent: bool = False) -> None:
    """The 2 px focus ring of a control, drawn inside its box."""
    tokens = ink.look().tokens
    if on_accent:
        ink.draw_box(painter, box.adjusted(2, 2, -2, -2), max(radius - 2, 1), None, tokens.on_accent, 2)
    else:
        ink.draw_box(painter, box, radius, None, tokens.accent, 2)
