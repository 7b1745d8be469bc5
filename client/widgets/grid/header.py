"""The header of a grid: a group title over several sections, a title and captions in each, on one right edge."""

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from client.widgets import ink, marks
from client.widgets.column_table import HEADING_ROLE, Align, Heading
from client.widgets.marked_delegate import GUTTER, MARGIN

TALL, SHORT = 100, 28
_GROUP = 30
"""Height of the band of group titles, its line included."""


class GridHeader(QHeaderView):
    """Sections painted from HEADING_ROLE, or from the display text alone. `column` is the current one and is lit.

    `numeric` sections end on the right edge the values end on; others start at the margin.
    """

    def __init__(self, parent: QWidget, *, names: bool) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.column = -1
        self.tall = True
        self.one_line = False
        """Whether there is nothing but titles to show, however high the window is."""
        self._names = names
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(8)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)

    def sizeHint(self) -> QSize:
        # The base class asks the style for every section; one number is known.
        return QSize(0, ink.look().px(TALL if self.tall else SHORT))

    def set_tall(self, *, tall: bool) -> None:
        """One line instead of four where the window is low."""
        tall = tall and not self.one_line
        if tall != self.tall:
            self.tall = tall
            self.updateGeometry()
            self.viewport().update()

    def light(self, column: int) -> None:
        """Light the section of the current column."""
        before, self.column = self.column, column
        for at in (before, column):
            if at >= 0:
                self.viewport().update(self.sectionViewportPosition(at), 0, self.sectionSize(at), self.height())

    def heading(self, section: int) -> Heading:
        """What is written over a section."""
        model = self.model()
        found = model.headerData(section, Qt.Orientation.Horizontal, HEADING_ROLE)
        if isinstance(found, Heading):
            return found
        return Heading(str(model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) or ""))

    def group_starts(self) -> frozenset[int]:
        """The visible sections a new group begins with, but not the very first."""
        shown = [at for at in map(self.logicalIndex, range(self.count())) if not self.isSectionHidden(at)]
        keys = [self.heading(at).group_key for at in shown]
        return frozenset(at for at, key, before in zip(shown[1:], keys[1:], keys, strict=False) if key != before)

    def title_room(self, section: int) -> int:
        """The width in which a title is written out, in pixels."""
        heading = self.heading(section)
        beside = 4 if heading.align is Align.CENTRE else GUTTER + 6
        return round(ink.face(ink.Step.BODY, bold=True).width(heading.title)) + ink.look().px(beside)

    def paintEvent(self, e: QPaintEvent) -> None:
        super().paintEvent(e)
        look, painter = ink.look(), QPainter(self.viewport())
        width, after = self.viewport().width(), self.length() - self.offset()
        painter.fillRect(after, 0, width - after, self.height(), look.tokens.panel)
        if self.tall and not self._names:
            painter.fillRect(after, look.px(_GROUP) - 1, width - after, 1, look.tokens.border)
        painter.fillRect(0, self.height() - 1, width, 1, look.tokens.control)
        painter.end()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 Qt's own name
        look, heading = ink.look(), self.heading(logicalIndex)
        current = logicalIndex == self.column
        band = look.px(_GROUP) if self.tall and not self._names else 0
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, look.tokens.panel)
        if current:
            lit = rect.adjusted(0, band, 0, 0)
            painter.fillRect(lit, look.tokens.selection)
        if band:
            self._group(painter, rect, logicalIndex, heading)
        if self._names:
            self._name(painter, rect, heading)
        else:
            self._title(painter, rect, heading, strong=current)
        painter.restore()

    def _group(self, painter: QPainter, rect: QRect, section: int, heading: Heading) -> None:
        """The whole group title at the group's x, clipped to this section: together the sections show it once."""
        look, band = ink.look(), ink.look().px(_GROUP)
        painter.fillRect(rect.left(), band - 1, rect.width(), 1, look.tokens.border)
        first = self._first_of_group(section, heading)
        before = self.logicalIndex(self.visualIndex(section) - 1)
        if first == section and before >= 0 and not self.isSectionHidden(before):
            painter.fillRect(rect.left(), 0, 1, rect.height(), look.tokens.border)
        if heading.group:
            left = self.sectionViewportPosition(first) + look.px(MARGIN)
            painter.setPen(look.tokens.text)
            ink.draw_left(painter, left, (band - 1) / 2, heading.group, ink.face(ink.Step.BODY, bold=True))

    def _first_of_group(self, section: int, heading: Heading) -> int:
        first = section
        for at in range(self.visualIndex(section) - 1, -1, -1):
            before = self.logicalIndex(at)
            if self.isSectionHidden(before) or self.heading(before).group_key != heading.group_key:
                break
            first = before
        return first

    def _name(self, painter: QPainter, rect: QRect, heading: Heading) -> None:
        look = ink.look()
        painter.setPen(look.tokens.text2)
        centre = look.px(65) if self.tall else rect.height() / 2
        ink.draw_left(
            painter, rect.left() + look.px(MARGIN), centre, heading.title, ink.face(ink.Step.CAPTION, bold=True)
        )

    def _title(self, painter: QPainter, rect: QRect, heading: Heading, *, strong: bool) -> None:
        look = ink.look()
        right = rect.left() + rect.width() - look.px(GUTTER)
        centre = look.px(44) if self.tall else rect.height() / 2
        painter.setPen(look.tokens.text)
        title = heading.title if self.tall else heading.brief or heading.title
        self._write(painter, rect, centre, title, ink.face(ink.Step.BODY, bold=strong), heading.align)
        if heading.closed:
            marks.lock(painter, QPointF(right + look.px(9), centre), look.px(10), look.tokens.neutral)
        if not self.tall:
            return
        painter.setPen(look.tokens.text2)
        caption = ink.face(ink.Step.CAPTION, digits=True)
        for at, words in enumerate(heading.captions[:2]):
            self._write(painter, rect, look.px(63 + 18 * at), words, caption, heading.align)

    @staticmethod
    def _write(painter: QPainter, rect: QRect, centre: float, words: str, face: ink.Face, align: Align) -> None:
        """One line of a header cell, cut where it does not fit."""
        look = ink.look()
        if align is Align.CENTRE:
            text = face.elided(words, rect.width() - 2)
            ink.draw_left(painter, rect.left() + (rect.width() - face.width(text)) / 2, centre, text, face)
        elif align is Align.LEFT:
            left = rect.left() + look.px(MARGIN)
            ink.draw_left(painter, left, centre, face.elided(words, rect.right() - left), face)
        else:
            right = rect.left() + rect.width() - look.px(GUTTER)
            ink.draw_right(painter, right, centre, face.elided(words, right - rect.left() - 2), face)
