"""The marks of a cell: each its own shape, so that colour never decides alone."""

from enum import IntFlag

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from client.widgets import ink


class CellState(IntFlag):
    """What a cell carries and how it is set, handed over by models as one int under STATE_ROLE.

    Marks: SAVING (typed, not yet safe on this PC), WAITING (safe here, not yet sent), UNCOPIED (so, but only once),
    CONFLICT, REFUSED, LOCKED (this cell alone), NOTE. Of the first five only one is drawn: cross over rhombus over
    triangle; that of what is here only once has another edge around it. Sent has no mark.
    Setting: NUMERIC stands in the digits font at the right edge; PLAIN_EDGE gives up the gutter for marks; MUTED,
    STRONG and STRUCK are the ink; OFFICIAL is a name as a register writes it; CLOSED is a cell of a finished column;
    ONE_KEY takes a single key as its value. CENTRED stands in the middle; HATCHED is ground where nothing is expected.
    LEVEL_HIGH and LEVEL_LOW tint the ground by the value; the low one has a bar at its left besides. ODD is not drawn:
    a search for what needs somebody stops there, as at a problem.
    """

    NONE = 0
    SAVING = 1
    WAITING = 2
    CONFLICT = 4
    REFUSED = 8
    LOCKED = 16
    NOTE = 32
    NUMERIC = 64
    PLAIN_EDGE = 128
    MUTED = 256
    STRONG = 512
    STRUCK = 1024
    CLOSED = 2048
    ONE_KEY = 4096
    UNCOPIED = 8192
    OFFICIAL = 16384
    CENTRED = 32768
    HATCHED = 65536
    LEVEL_HIGH = 131072
    LEVEL_LOW = 262144
    ODD = 524288


PROBLEM = int(CellState.CONFLICT | CellState.REFUSED | CellState.ODD)
MARKS = int(
    CellState.SAVING | CellState.WAITING | CellState.CONFLICT | CellState.REFUSED | CellState.LOCKED | CellState.NOTE
)

# Plain ints: `int & IntFlag` makes a new enum member each time, 1.5 us a cell and bit.
_SAVING, _WAITING, _CONFLICT = int(CellState.SAVING), int(CellState.WAITING), int(CellState.CONFLICT)
_UNCOPIED = int(CellState.UNCOPIED)
_REFUSED, _LOCKED, _NOTE, _CLOSED = (
    int(CellState.REFUSED),
    int(CellState.LOCKED),
    int(CellState.NOTE),
    int(CellState.CLOSED),
)

_CLEAR = QColor(0, 0, 0, 0)


def triangle(painter: QPainter, right: float, top: float, size: float, colour: QColor, *, filled: bool = True) -> None:
    """A right triangle with its right angle at (right, top); hollow means not yet saved here."""
    shape = QPolygonF([QPointF(right - size, top), QPointF(right, top), QPointF(right, top + size)])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(_CLEAR) if filled else QPen(colour, 1))
    painter.setBrush(colour if filled else _CLEAR)
    painter.drawPolygon(shape)
    painter.restore()


def rhombus(painter: QPainter, centre: QPointF, size: float, colour: QColor) -> None:
    """A square on its corner, `size` pixels wide: needs a decision."""
    half = size / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(_CLEAR))
    painter.setBrush(colour)
    painter.drawPolygon(
        QPolygonF(
            [
                centre + QPointF(0, -half),
                centre + QPointF(half, 0),
                centre + QPointF(0, half),
                centre + QPointF(-half, 0),
            ]
        )
    )
    painter.restore()


def cross(painter: QPainter, centre: QPointF, size: float, colour: QColor) -> None:
    """Two strokes of 2 px: was not accepted."""
    half = size / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawLine(centre + QPointF(-half, -half), centre + QPointF(half, half))
    painter.drawLine(centre + QPointF(-half, half), centre + QPointF(half, -half))
    painter.restore()


def lock(painter: QPainter, centre: QPointF, size: float, colour: QColor) -> None:
    """A padlock `size` pixels high: cannot be changed here."""
    body = QRectF(centre.x() - size * 0.4, centre.y() - size * 0.1, size * 0.8, size * 0.6)
    arch = QRectF(centre.x() - size * 0.24, centre.y() - size * 0.5, size * 0.48, size * 0.6)
    path = QPainterPath()
    path.arcMoveTo(arch, 0)
    path.arcTo(arch, 0, 180)
    path.lineTo(arch.left(), body.top())
    path.moveTo(arch.right(), arch.center().y())
    path.lineTo(arch.right(), body.top())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(_CLEAR)
    painter.setPen(QPen(colour, max(1.2, size * 0.13)))
    painter.drawPath(path)
    painter.setPen(QPen(_CLEAR))
    painter.setBrush(colour)
    painter.drawRoundedRect(body, 1, 1)
    painter.restore()


def fold(painter: QPainter, left: float, bottom: float, size: float, colour: QColor) -> None:
    """A folded corner with its right angle at (left, bottom): a note lies here."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(_CLEAR))
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([QPointF(left, bottom - size), QPointF(left + size, bottom), QPointF(left, bottom)]))
    painter.restore()


def draw(painter: QPainter, rect: QRectF, state: int, *, ringed: bool, current_row: bool) -> None:
    """All marks of a cell in `rect`. ringed: the 2 px ring is on, marks keep clear of it."""
    look = ink.look()
    scale = look.scale
    gutter = rect.right() - 9 * scale
    if state & _REFUSED:
        cross(painter, QPointF(gutter, rect.center().y()), 9 * scale, look.tokens.danger)
    elif state & _CONFLICT:
        rhombus(painter, QPointF(gutter, rect.center().y()), 10 * scale, look.tokens.warn_mark)
    elif state & (_WAITING | _SAVING):
        inset = 3 if ringed else 1
        safe = bool(state & _WAITING)
        right, top = rect.right() - inset, rect.top() + inset
        if state & _UNCOPIED:
            triangle(painter, right, top, 12 * scale, look.tokens.warn_mark, filled=False)
        colour = look.tokens.warn_mark if state & _UNCOPIED else look.tokens.neutral
        triangle(painter, right, top, 8 * scale, colour, filled=safe)
    if state & _LOCKED or (current_row and state & _CLOSED):
        lock(painter, QPointF(rect.right() - 8 * scale, rect.bottom() - 9 * scale), 10 * scale, look.tokens.neutral)
    if state & _NOTE:
        inset = 3 if ringed else 1
        fold(painter, rect.left() + inset, rect.bottom() - inset, 7 * scale, look.tokens.info)
