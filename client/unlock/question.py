"""What the first screen's card is made of: one question at a time, and choices over its whole width."""

from PySide6.QtCore import QRectF, QSize, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from client.widgets import ink
from client.widgets.button import Button, draw_focus
from client.widgets.ink import Step, Words
from client.widgets.label import Label
from client.widgets.paragraph import Paragraph
from client.widgets.pressable import Pressable

LINE = 56


class Line(Pressable):
    """One choice over the whole width: a name, and in small type what tells it from its namesake."""

    asked = Signal(object)

    def __init__(self, key: object, title: Words, below: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._key, self._title, self._below = key, title, below
        self.reword()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._clicked)

    def reword(self) -> None:
        self.setText(ink.said(self._title))
        self.setAccessibleName(f"{self.text()} {self._below}".strip())

    @Slot()
    def _clicked(self) -> None:
        self.asked.emit(self._key)

    def sizeHint(self) -> QSize:
        return QSize(ink.look().px(240), ink.look().px(LINE))

    def paintEvent(self, e: QPaintEvent) -> None:
        look = ink.look()
        tokens, box = look.tokens, QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter = QPainter(self)
        loud = self.underMouse() or self.hasFocus()
        ink.draw_box(painter, box, look.px(4), tokens.selection if loud else tokens.content, tokens.control)
        painter.setPen(tokens.text)
        high = self.height() / 2 - (look.px(10) if self._below else 0)
        ink.draw_left(painter, look.px(16), high, self.text(), ink.face(Step.HEADING))
        painter.setPen(tokens.text2)
        ink.draw_left(painter, look.px(16), self.height() / 2 + look.px(12), self._below, ink.face(Step.CAPTION))
        size = look.px(20)
        arrow = QRectF(self.width() - look.px(32), round((self.height() - size) / 2), size, size)
        ink.draw_icon(painter, arrow, "next", tokens.text2)
        if self.hasFocus():
            draw_focus(painter, box, look.px(4))
        painter.end()


class Question(QWidget):
    """One question of the card: title, sentence, choices, and buttons at the right."""

    def __init__(self, title: Words, sentence: Words) -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(ink.look().px(8))
        self.body.addWidget(Label(title, Step.TITLE, self))
        if sentence:
            self.body.addWidget(Paragraph(sentence, Step.BODY, self, colour="text2"))

    def finish(self, *buttons: Button) -> None:
        """Put the buttons below everything else; the last one is nearest to the corner."""
        row = QHBoxLayout()
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        self.body.addSpacing(ink.look().px(8))
        self.body.addLayout(row)

    def begin(self) -> None:
        """Give the first choice the focus."""
        first = self.findChild(QAbstractButton)
        if first is not None:
            first.setFocus()
