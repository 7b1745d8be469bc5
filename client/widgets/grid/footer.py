"""The footer of a grid: rows of figures and small distributions under the columns, drawn from data handed in."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QWidget

from client.widgets import ink
from client.widgets.charts import draw_distribution
from client.widgets.marked_delegate import GUTTER

LINE, CHART = 28, 40


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure under a column; None shows a dash: there is none. strong draws the eye, muted (a zero) does not."""

    text: str | None
    strong: bool = False
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many values fall into each class, from low to high (or in the order of `labels`)."""

    counts: tuple[int, ...]
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FooterRow:
    """One row: its name and what stands under each column, by the model's column number.

    extra: left out where there is little room for the rows of the table.
    """

    label: str
    cells: dict[int, Figure | Distribution]
    extra: bool = False

    @property
    def tall(self) -> bool:
        """Whether the row holds drawings."""
        return any(isinstance(cell, Distribution) for cell in self.cells.values())


class GridFooter(QWidget):
    """Painted on the columns of two headers: labels under the frozen one, figures under the moving one."""

    def __init__(self, frozen: QHeaderView, moving: QHeaderView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frozen, self._moving = frozen, moving
        self._rows: tuple[FooterRow, ...] = ()
        self._whole = True
        self.group_starts: frozenset[int] = frozenset()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[FooterRow]) -> None:
        """Show these rows from now on."""
        self._rows = tuple(rows)
        self.setAccessibleDescription(" ".join(row.label for row in rows))
        self.updateGeometry()
        self.update()

    def minimum(self) -> int:
        """The height it needs; what a whole number of rows leaves over is added to its last row."""
        look = ink.look()
        return sum(look.px(CHART if row.tall else LINE) for row in self._shown())

    def set_whole(self, *, whole: bool) -> None:
        """Show every row, or leave out those that are extra."""
        self._whole = whole

    def _shown(self) -> list[FooterRow]:
        return [row for row in self._rows if self._whole or not row.extra]

    def sizeHint(self) -> QSize:
        return QSize(0, self.minimum())

    def paintEvent(self, event: QPaintEvent) -> None:
        look = ink.look()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.tokens.panel)
        border = self._frozen.length() - 1
        top = 0
        rows = self._shown()
        for at, row in enumerate(rows):
            last = at == len(rows) - 1
            height = self.height() - top if last else look.px(CHART if row.tall else LINE)
            self._row(painter, row, QRect(0, top, self.width(), height), border)
            if not last:
                painter.fillRect(0, top + height - 1, self.width(), 1, look.tokens.hairline_on_panel)
            top += height
        for section in self.group_starts:
            left = border + 1 + self._moving.sectionViewportPosition(section)
            if left > border:
                painter.fillRect(left, 0, 1, self.height(), look.tokens.border)
        painter.fillRect(border, 0, 1, self.height(), look.tokens.control)
        painter.fillRect(0, 0, self.width(), 1, look.tokens.control)
        painter.end()

    def _row(self, painter: QPainter, row: FooterRow, rect: QRect, border: int) -> None:
        look = ink.look()
        painter.setPen(look.tokens.text2)
        centre = rect.top() + rect.height() / 2 + 0.5
        ink.draw_right(painter, border - look.px(15), centre, row.label, ink.face(ink.Step.CAPTION, bold=True))
        painter.save()
        painter.setClipRect(QRect(border + 1, rect.top(), self._moving.viewport().width(), rect.height()))
        for section, cell in row.cells.items():
            if self._moving.isSectionHidden(section):
                continue
            left = border + 1 + self._moving.sectionViewportPosition(section)
            width = self._moving.sectionSize(section)
            if left + width < border or left > self.width():
                continue
            if isinstance(cell, Figure):
                self._figure(painter, cell, left + width - look.px(GUTTER), centre)
            else:
                room = QRectF(left + look.px(14), rect.top() + look.px(6), width - look.px(14 + GUTTER), rect.height())
                room.setBottom(rect.bottom() - look.px(4))
                draw_distribution(painter, room, cell.counts, cell.labels)
        painter.restore()

    @staticmethod
    def _figure(painter: QPainter, figure: Figure, right: float, centre: float) -> None:
        look = ink.look()
        painter.setPen(look.tokens.text2 if figure.muted or figure.text is None else look.tokens.text)
        if figure.text is None:
            painter.fillRect(round(right) - look.px(14), round(centre), look.px(14), 1, look.tokens.control)
            return
        ink.draw_right(painter, right, centre, figure.text, ink.face(ink.Step.BODY, bold=figure.strong, digits=True))
