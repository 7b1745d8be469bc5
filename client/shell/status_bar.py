"""The bar at the bottom: sentences at the left, quiet facts at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from client.widgets import ink
from client.widgets.ground import Ground
from client.widgets.ink import Step, Words
from client.widgets.status_sentence import Sentence, StatusSentence

HEIGHT = 28


class _Facts(QWidget):
    """A few words each, thin lines between."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.facts: tuple[Words, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def reword(self) -> None:
        """Say the facts in the language of this moment."""
        self.setAccessibleName(" ".join(ink.said(fact) for fact in self.facts))
        self.updateGeometry()
        self.update()

    def _gap(self) -> int:
        return ink.look().px(12)

    def sizeHint(self) -> QSize:
        face = ink.face(Step.CAPTION)
        words = sum(face.width(ink.said(fact)) for fact in self.facts)
        return QSize(round(words) + max(len(self.facts) - 1, 0) * (2 * self._gap() + 1) + 2, ink.look().px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = ink.look()
        painter = QPainter(self)
        x, centre = 0.0, self.height() / 2 + 0.5
        for at, fact in enumerate(self.facts):
            if at:
                painter.fillRect(round(x) + self._gap(), round(centre) - look.px(5), 1, look.px(10), look.tokens.text2)
                x += 2 * self._gap() + 1
            painter.setPen(look.tokens.text2)
            x = ink.draw_left(painter, x, centre, ink.said(fact), ink.face(Step.CAPTION))
        painter.end()


class StatusBar(Ground):
    """`say` shows the sentences of the moment, `show_facts` what changes rarely (lock time, role, display)."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", Qt.Edge.TopEdge, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self.sentence = StatusSentence(self)
        self._facts = _Facts(self)
        self._row.addWidget(self.sentence, 1)
        self._row.addWidget(self._facts)
        self.sentence.asked.connect(self.asked)
        self.sentence.changed.connect(self._make_room)
        self._relook()

    def say(self, sentences: Sequence[Sentence]) -> None:
        """Say these sentences, most important first."""
        self.sentence.say(sentences)

    def show_facts(self, facts: Sequence[Words]) -> None:
        """Show these words at the right."""
        self._facts.facts = tuple(facts)
        self._facts.reword()
        self._make_room()

    @Slot()
    def _make_room(self) -> None:
        """Sentences come before facts: where both do not fit, the facts go."""
        room = self.width() - self._facts.sizeHint().width() - ink.look().px(8 + 16 + 16)
        self._facts.setVisible(self.sentence.in_words() <= room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _relook(self) -> None:
        look = ink.look()
        self._row.setContentsMargins(look.px(8), 1, look.px(16), 0)
        self._row.setSpacing(look.px(16))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LanguageChange):
            self._relook()
            self._facts.reword()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), ink.look().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, ink.look().px(HEIGHT))
