"""Small charts by QPainter: a line of few points, a distribution. No pie, no ranking, never more than is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from client.widgets import ink


def draw_distribution(painter: QPainter, rect: QRectF, counts: Sequence[int], labels: Sequence[str] = ()) -> None:
    """Bars on one ground line, 2 px apart, the highest as high as `rect` allows; labels in small type under them.

    Bars keep one width: few classes do not make fat bars. They end at the right edge of `rect`, or fill it where
    labelled.
    """
    look = ink.look()
    if not counts:
        return
    ground = rect.bottom() - (look.px(14) if labels else 0)
    high = max(*counts, 1)
    gap = 2
    step = (rect.width() + gap) / len(counts)
    bar = max(1, round(step - gap))
    for at, count in enumerate(counts):
        right = round(rect.right() - (len(counts) - 1 - at) * step)
        left = right - bar
        if count:
            height = max(2, round((ground - rect.top()) * count / high))
            painter.fillRect(left, round(ground) - height, right - left, height, look.tokens.chart1)
        if labels:
            painter.setPen(look.tokens.text2)
            face = ink.face(ink.Step.CAPTION, digits=True)
            middle = (left + right) / 2
            ink.draw_left(painter, middle - face.width(labels[at]) / 2, rect.bottom() - look.px(5), labels[at], face)
    painter.fillRect(round(rect.left()), round(ground), round(rect.width()), 1, look.tokens.control)


@dataclass(frozen=True, slots=True)
class Point:
    """A named point of a line; None is a gap and stays one."""

    label: str
    value: float | None


class SmallLine(QWidget):
    """A line over few named points between two bounds, three quiet grid lines, the last value written at its point."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: tuple[Point, ...] = ()
        self._low, self._high = 0.0, 100.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_points(self, points: Sequence[Point], low: float, high: float) -> None:
        """Show these points; low and high are the ends of the scale."""
        self._points, self._low, self._high = tuple(points), low, max(high, low + 1)
        spoken = (f"{p.label} {_figure(p.value)}" for p in points if p.value is not None)
        self.setAccessibleDescription(", ".join(spoken))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(ink.look().px(280), ink.look().px(116))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = ink.look()
        painter = QPainter(self)
        plot = QRectF(look.px(32), look.px(22), self.width() - look.px(40), self.height() - look.px(50))
        face = ink.face(ink.Step.CAPTION, digits=True)
        for share in (0.0, 0.5, 1.0):
            y = round(plot.bottom() - share * plot.height())
            painter.fillRect(round(plot.left()), y, round(plot.width()), 1, look.tokens.border)
            painter.setPen(look.tokens.text2)
            value = _figure(self._low + share * (self._high - self._low))
            ink.draw_right(painter, plot.left() - look.px(8), y + 0.5, value, face)
        self._line(painter, plot, look.tokens.chart1)
        painter.end()

    def _line(self, painter: QPainter, plot: QRectF, colour: QColor) -> None:
        look = ink.look()
        inner = plot.adjusted(look.px(16), 0, -look.px(20), 0)
        step = inner.width() / max(len(self._points) - 1, 1)
        places = [
            None if p.value is None else QPointF(inner.left() + at * step, self._y(plot, p.value))
            for at, p in enumerate(self._points)
        ]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 2))
        for before, after in pairwise(places):
            if before is not None and after is not None:
                painter.drawLine(before, after)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for place in places:
            if place is not None:
                painter.drawEllipse(place, look.px(4), look.px(4))
        caption = ink.face(ink.Step.CAPTION)
        for at, point in enumerate(self._points):
            painter.setPen(look.tokens.text2)
            # Wide names are cut to the room between two points; the outer ones end with the widget.
            label = caption.elided(point.label, step - look.px(6) if len(self._points) > 1 else inner.width())
            wide = caption.width(label)
            x = min(max(inner.left() + at * step - wide / 2, 0), self.width() - wide)
            ink.draw_left(painter, x, self.height() - look.px(10), label, caption)
        last = next((at for at in range(len(places) - 1, -1, -1) if places[at] is not None), None)
        if last is not None:
            place, value = places[last], self._points[last].value
            assert place is not None
            assert value is not None
            painter.setPen(look.tokens.text)
            face = ink.face(ink.Step.CAPTION, digits=True)
            ink.draw_left(
                painter, place.x() - face.width(_figure(value)) / 2, place.y() - look.px(13), _figure(value), face
            )

    def _y(self, plot: QRectF, value: float) -> float:
        return plot.bottom() - (value - self._low) / (self._high - self._low) * plot.height()


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
