"""The sentences of a status line, the most important first: two in words where they fit, the others as counters."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from client.widgets import ink
from client.widgets.chip import HEIGHT, Chip
from client.widgets.ink import Tone, Words

STAYS_MS = 400
"""A sentence is readable at least so long: sending three changes must not flicker."""
IN_WORDS = 2


@dataclass(frozen=True, slots=True)
class Sentence:
    """key: what a click asks for. short: what stands where there is no room for words.

    PLAIN has no fill and no mark.
    """

    key: str
    words: Words
    tone: Tone = Tone.PLAIN
    sign: str = ""
    short: str = ""


class _SentenceChip(Chip):
    asked = Signal(str)

    def __init__(self, sentence: Sentence, parent: QWidget, *, short: bool) -> None:
        words = sentence.short if short else sentence.words
        loud = sentence.tone in (Tone.WARN, Tone.DANGER)
        super().__init__(words, sentence.tone, parent, sign=sentence.sign, bold=loud)
        self._key = sentence.key
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if short:
            self.setToolTip(ink.said(sentence.words))
            self.setAccessibleName(ink.said(sentence.words))
        self.clicked.connect(self._clicked)

    @Slot()
    def _clicked(self) -> None:
        self.asked.emit(self._key)


class StatusSentence(QWidget):
    """Shows what it is told, in the order it is told."""

    asked = Signal(str)  # key of the sentence that was clicked
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Sentence, ...] = ()
        self._waiting: tuple[Sentence, ...] | None = None
        self._since = 0.0
        self._chips: list[_SentenceChip] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._late)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """What is on screen now."""
        return self._shown

    def say(self, sentences: Sequence[Sentence]) -> None:
        """Say these from now on; what is shown stays readable for STAYS_MS first."""
        wanted = tuple(sentences)
        if wanted == self._shown:
            self._waiting = None
            return
        left = STAYS_MS - (monotonic() - self._since) * 1000
        if not self._shown or left <= 0:
            self._waiting = None
            self._put(wanted)
        else:
            self._waiting = wanted
            if not self._timer.isActive():
                self._timer.start(round(left) + 1)

    @Slot()
    def _late(self) -> None:
        wanted, self._waiting = self._waiting, None
        if wanted is not None:
            self._put(wanted)

    def _put(self, wanted: tuple[Sentence, ...]) -> None:
        self._shown, self._since = wanted, monotonic()
        self._arrange()
        self.changed.emit()

    def _arrange(self) -> None:
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips.clear()
        look, x = ink.look(), 0
        height = look.px(HEIGHT - 2)
        for at, sentence in enumerate(self._shown):
            chip = _SentenceChip(sentence, self, short=False)
            fits = at == 0 or (at < IN_WORDS and x + chip.sizeHint().width() <= self.width())
            if not fits:
                chip.hide()
                chip.deleteLater()
                if not sentence.short and not sentence.sign:
                    continue
                chip = _SentenceChip(sentence, self, short=True)
            chip.asked.connect(self.asked)
            wide = min(chip.sizeHint().width(), max(self.width() - x, look.px(40)))
            chip.setGeometry(x, (self.height() - height) // 2, wide, height)
            chip.show()
            self._chips.append(chip)
            x += chip.width() + look.px(12)

    def in_words(self) -> int:
        """The width in which the first two sentences stand in words."""
        chips = [_SentenceChip(sentence, self, short=False) for sentence in self._shown[:IN_WORDS]]
        width = sum(chip.sizeHint().width() + ink.look().px(12) for chip in chips)
        for chip in chips:
            chip.hide()
            chip.deleteLater()
        return width

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and self._shown:
            self._arrange()  # words of another length stand elsewhere
            self.changed.emit()

    def sizeHint(self) -> QSize:
        return QSize(ink.look().px(400), ink.look().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(ink.look().px(120), ink.look().px(HEIGHT))
