"""A scale with two cuts in it that are drawn or moved by keys, and a dot for every value that lies on it."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from client.widgets import ink
from client.widgets.button import draw_focus
from client.widgets.ink import Step, Words

WHOLE, STEP, LEAP = 100, 1, 5
EDGE, DOT, TRACK = 16, 4, 6
"""Room at both ends, the width of a dot, the height of the track: pixels."""


class CutSlider(QWidget):
    """Two cuts from 0 to 100, the upper never below the lower.

    Left and right move the chosen cut by 1, with Shift by 5; up and down choose the cut. A press chooses the nearest
    one and it follows the pointer. The wheel changes nothing.
    """

    moved = Signal(int, int)  # upper, lower

    def __init__(self, title: Words, names: Sequence[Words], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._names = title, tuple(names)
        self._cuts = [80, 50]
        self._home = (80, 50)
        self._chosen = 0
        self._dots: Counter[int] = Counter()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._say()

    @property
    def cuts(self) -> tuple[int, int]:
        """(upper, lower) in percent."""
        return self._cuts[0], self._cuts[1]

    def show_cuts(self, upper: int, lower: int, home: tuple[int, int]) -> None:
        """Stand there; home: where the cuts are marked to have come from. Emits nothing: nobody moved them."""
        self._cuts, self._home = [upper, min(upper, lower)], home
        self._say()

    def show_dots(self, values: Sequence[int]) -> None:
        """Show a dot for each of these values, in percent."""
        self._dots = Counter(min(max(value, 0), WHOLE) for value in values)
        self.update()

    def set_names(self, names: Sequence[Words]) -> None:
        """Call the two cuts something else."""
        self._names = tuple(names)
        self._say()

    def _say(self) -> None:
        told = (f"{ink.said(name)} {cut}%" for name, cut in zip(self._names, self._cuts, strict=True))
        self.setAccessibleName(ink.said(self._title))
        self.setAccessibleDescription(", ".join(told))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(ink.look().px(360), ink.look().px(84))

    # -- moving -------------------------------------------------------------------------------------------------------

    def _move(self, to: int) -> None:
        low, high = (self._cuts[1], WHOLE) if self._chosen == 0 else (0, self._cuts[0])
        to = min(max(to, low), high)
        if to != self._cuts[self._chosen]:
            self._cuts[self._chosen] = to
            self._say()
            self.moved.emit(*self.cuts)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = LEAP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
        match event.key():
            case Qt.Key.Key_Left:
                self._move(self._cuts[self._chosen] - step)
            case Qt.Key.Key_Right:
                self._move(self._cuts[self._chosen] + step)
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self._chosen = 0 if event.key() == Qt.Key.Key_Up else 1
                self.update()
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._value(event.position().x())
        upper, lower = self.cuts
        self._chosen = 0 if abs(at - upper) < abs(at - lower) or (upper == lower and at > upper) else 1
        self._move(at)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._move(self._value(event.position().x()))

    def _value(self, x: float) -> int:
        scale = self._scale()
        return round((x - scale.left()) / max(scale.width(), 1) * WHOLE)

    # -- painting -----------------------------------------------------------------------------------------------------

    def _scale(self) -> QRectF:
        look = ink.look()
        edge = look.px(EDGE)
        return QRectF(edge, self.height() - look.px(28), self.width() - 2 * edge, look.px(TRACK))

    def _x(self, value: float) -> float:
        scale = self._scale()
        return scale.left() + value / WHOLE * scale.width()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, scale = ink.look(), self._scale()
        painter = QPainter(self)
        upper, lower = self.cuts
        ink.draw_box(painter, scale, look.px(3), look.tokens.neutral_fill, None)
        painter.fillRect(
            QRectF(self._x(lower), scale.top(), self._x(upper) - self._x(lower), scale.height()), look.tokens.selection
        )
        painter.fillRect(
            QRectF(self._x(upper), scale.top(), scale.right() - self._x(upper), scale.height()), look.tokens.level_a
        )
        self._draw_dots(painter, scale)
        for at, cut in enumerate(self._cuts):
            self._draw_cut(painter, scale, at, cut)
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), look.px(4))
        painter.end()

    def _draw_dots(self, painter: QPainter, scale: QRectF) -> None:
        look = ink.look()
        size, most = look.px(DOT), max(self._dots.values(), default=1)
        step = min(size + 1, (scale.top() - look.px(22)) / max(most, 1))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.tokens.chart1)
        for value, times in self._dots.items():
            for at in range(times):
                centre = QPointF(self._x(value), scale.top() - size - at * step)
                painter.drawEllipse(centre, size / 2, size / 2)
        painter.restore()

    def _draw_cut(self, painter: QPainter, scale: QRectF, at: int, cut: int) -> None:
        look = ink.look()
        x = round(self._x(cut))
        was = round(self._x(self._home[at]))
        if was != x:
            painter.fillRect(was, round(scale.top()) - look.px(6), 1, look.px(18), look.tokens.control)
        colour = look.tokens.accent if at == self._chosen and self.hasFocus() else look.tokens.text
        painter.fillRect(x - 1, look.px(20), 2, round(scale.bottom()) - look.px(20) + look.px(4), colour)
        ink.draw_box(
            painter,
            QRectF(x - look.px(5), scale.top() - look.px(3), look.px(10), look.px(12)),
            look.px(3),
            look.tokens.content,
            colour,
            2,
        )
        face = ink.face(Step.CAPTION, bold=True, digits=True)
        words = f"{ink.said(self._names[at])} {cut}%"
        wide = face.width(words)
        left = min(max(x - wide / 2, 0), self.width() - wide)
        painter.setPen(colour)
        ink.draw_left(painter, left, look.px(10), words, face)
        caption = ink.face(Step.CAPTION, digits=True)
        if at == 0:
            painter.setPen(look.tokens.text2)
            ink.draw_left(painter, scale.left(), self.height() - look.px(9), "0", caption)
            ink.draw_right(painter, scale.right(), self.height() - look.px(9), "100", caption)
