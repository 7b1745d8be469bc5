"""Marks are told apart by shape: drawn in one ink, no two leave the same pixels."""

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from client.widgets import ink, marks
from client.widgets.ink import Look
from client.widgets.marks import CellState
from client.widgets.tokens import DARK, LIGHT

STATES = [
    CellState.SAVING,
    CellState.WAITING,
    CellState.WAITING | CellState.UNCOPIED,
    CellState.CONFLICT,
    CellState.REFUSED,
    CellState.LOCKED,
    CellState.NOTE,
]


def drawn(state: int, *, ringed: bool = False, current_row: bool = False) -> QImage:
    image = QImage(84, 28, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    marks.draw(painter, QRectF(0, 0, 84, 28), int(state), ringed=ringed, current_row=current_row)
    painter.end()
    return image


def inked(image: QImage) -> set[tuple[int, int]]:
    return {(x, y) for x in range(84) for y in range(28) if image.pixelColor(x, y).lightness() < 200}


@pytest.fixture(params=[LIGHT, DARK], ids=["light", "dark"])
def look(request, qapp):
    before = ink.look()
    ink.show(Look(request.param))
    yield
    ink.show(before)


def test_every_mark_has_its_own_shape(look):
    seen = {state: inked(drawn(state)) for state in STATES}
    assert all(seen.values())
    for one, other in combinations(STATES, 2):
        assert seen[one] != seen[other]


def test_sent_has_no_mark(look):
    assert inked(drawn(CellState.NONE)) == set()


def test_only_one_of_cross_rhombus_and_triangle_is_drawn(look):
    everything = CellState.SAVING | CellState.WAITING | CellState.CONFLICT | CellState.REFUSED
    assert drawn(everything) == drawn(CellState.REFUSED)
    assert drawn(CellState.CONFLICT | CellState.WAITING) == drawn(CellState.CONFLICT)
    assert drawn(CellState.SAVING | CellState.WAITING) == drawn(CellState.WAITING)


def test_marks_stay_in_the_gutter_of_18_pixels_and_off_the_value(look):
    for state in STATES[:-1]:
        assert min(x for x, _ in inked(drawn(state))) >= 84 - 18


def test_the_triangle_keeps_clear_of_the_ring(look):
    assert max(x for x, _ in inked(drawn(CellState.WAITING, ringed=True))) <= 84 - 3
    assert min(y for _, y in inked(drawn(CellState.WAITING, ringed=True))) >= 2


def test_a_closed_column_shows_its_lock_only_in_the_current_row(look):
    assert inked(drawn(CellState.CLOSED)) == set()
    assert drawn(CellState.CLOSED, current_row=True) == drawn(CellState.LOCKED)
