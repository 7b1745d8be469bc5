"""Finds words that do not fit where they stand, and that no tool tip tells in full."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QTableView, QWidget

from client.widgets import ink
from client.widgets.column_table import HEADING_ROLE, Align, ColumnTable, Heading
from client.widgets.label import Label
from client.widgets.marked_delegate import GUTTER, MARGIN
from client.widgets.paragraph import Paragraph

SLACK = 2
"""Pixels by which a rounded width may be short."""


def clipped(window: QWidget) -> list[str]:
    """What is cut on screen: kind and words of each, in the order of the widgets."""
    found: list[str] = []
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and not _beyond(widget, window):
            found += _of(widget)
    return found


def _of(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, Label):
        narrow = widget.face().width(widget.text()) > widget.contentsRect().width() + SLACK
        short = narrow or widget.height() < widget.minimumSizeHint().height() - SLACK
        if widget.text() and short and widget.text() not in widget.toolTip():
            yield f"label: {widget.text()}"
    elif isinstance(widget, Paragraph):
        if widget.text() and widget.heightForWidth(widget.width()) > widget.height() + SLACK:
            yield f"paragraph: {widget.text()}"
    elif isinstance(widget, QAbstractButton):
        short = widget.sizeHint().width() > widget.width() + SLACK
        if widget.text() and short and widget.text() not in widget.toolTip():
            yield f"{type(widget).__name__}: {widget.text()}"
    elif isinstance(widget, QTableView):
        yield from _headings(widget)


def _headings(view: QTableView) -> Iterator[str]:
    model, header = view.model(), view.horizontalHeader()
    if not isinstance(model, ColumnTable):
        return
    caption = ink.face(ink.Step.CAPTION, digits=True)
    for at in range(model.columnCount()):
        if header.isSectionHidden(at):
            continue
        heading = model.headerData(at, Qt.Orientation.Horizontal, HEADING_ROLE)
        if isinstance(heading, Heading):
            beside = {Align.RIGHT: GUTTER, Align.LEFT: MARGIN, Align.CENTRE: 0}[heading.align]
            room = header.sectionSize(at) - ink.look().px(beside) - 2
            lines = [(heading.title, ink.face(ink.Step.BODY)), *((words, caption) for words in heading.captions)]
        else:
            room = header.sectionSize(at) - ink.look().px(MARGIN)
            words = str(model.headerData(at, Qt.Orientation.Horizontal) or "")
            lines = [(words, ink.face(ink.Step.CAPTION, bold=True))]
        yield from (f"heading: {words}" for words, face in lines if face.width(words) > room + SLACK)


def _beyond(widget: QWidget, window: QWidget) -> bool:
    """Whether a widget lies outside what the areas around it show."""
    seen, around = widget.rect(), widget
    while around is not window:
        seen = seen.translated(around.pos())
        parent = around.parentWidget()
        if parent is None:
            return False
        around = parent
        seen = seen.intersected(around.rect())
    return seen.isEmpty()
