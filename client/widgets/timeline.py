"""What happened, newest first: the value, who, when and where."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from client.widgets import ink
from client.widgets.ink import Step

ENTRY = 48


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry: the value after it, who did it, and when, where, how in one line of small type."""

    value: str
    who: str
    when: str


class Timeline(QWidget):
    """Entries of two lines, the value bold at their left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Happening, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_entries(self, entries: Sequence[Happening]) -> None:
        """Show these entries."""
        self._entries = tuple(entries)
        self.setAccessibleDescription(" / ".join(f"{e.value} {e.who} {e.when}" for e in self._entries))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(ink.look().px(240), len(self._entries) * ink.look().px(ENTRY))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = ink.look()
        painter = QPainter(self)
        left, each = look.px(40), look.px(ENTRY)
        for at, entry in enumerate(self._entries):
            top = at * each
            value = ink.face(Step.BODY, bold=True, digits=entry.value.isascii())
            room = self.width() - left - 2
            painter.setPen(look.tokens.text)
            shown = value.elided(entry.value, left - look.px(12))
            ink.draw_right(painter, left - look.px(12), top + each / 2, shown, value)
            who, when = ink.face(Step.BODY), ink.face(Step.CAPTION)
            ink.draw_left(painter, left, top + look.px(14), who.elided(entry.who, room), who)
            painter.setPen(look.tokens.text2)
            ink.draw_left(painter, left, top + look.px(34), when.elided(entry.when, room), when)
        painter.end()
