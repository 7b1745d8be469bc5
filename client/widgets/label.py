"""Words on one line, standing at the baseline, cut with 「…」 where they do not fit."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from client.widgets import ink
from client.widgets.ink import Step, Words


class Label(QLabel):
    """A line of plain text in a step of type.

    colour: the name of a token. bold: None takes the step's own weight. digits: for codes and columns of figures.
    official: a name as a register writes it.
    """

    def __init__(
        self,
        words: Words = "",
        step: Step = Step.BODY,
        parent: QWidget | None = None,
        *,
        colour: str = "text",
        bold: bool | None = None,
        digits: bool = False,
        official: bool = False,
    ) -> None:
        super().__init__(parent)
        self._words, self._step, self._colour, self._bold, self._digits = words, step, colour, bold, digits
        self._official = official
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_words(words)

    def set_words(self, words: Words) -> None:
        """Say something else from now on."""
        self._words = words
        self.setText(ink.said(words))
        self.updateGeometry()

    def reword(self) -> None:
        """Say its words again: what they tell of has changed."""
        self.set_words(self._words)

    def set_colour(self, colour: str) -> None:
        """Paint in another token from now on."""
        self._colour = colour
        self.update()

    def changeEvent(self, e: QEvent) -> None:
        super().changeEvent(e)
        if e.type() is QEvent.Type.LanguageChange:
            self.reword()

    def face(self) -> ink.Face:
        """The face it is drawn with."""
        return ink.face(self._step, bold=self._bold, digits=self._digits, official=self._official)

    def sizeHint(self) -> QSize:
        return QSize(round(self.face().width(self.text()) + 0.5) + 1, ink.line_height(self._step))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), ink.look().px(24)), ink.line_height(self._step))

    def paintEvent(self, arg__1: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = ink.look().tokens
        colour: QColor = getattr(tokens, self._colour if self.isEnabled() else "disabled")
        painter.setPen(colour)
        face = self.face()
        room = self.contentsRect()
        text = self.text()
        if face.width(text) > room.width() + 1:
            text = face.elided(text, room.width())
        centre = room.top() + room.height() / 2
        if self.alignment() & Qt.AlignmentFlag.AlignRight:
            ink.draw_right(painter, room.right() + 1, centre, text, face)
        elif self.alignment() & Qt.AlignmentFlag.AlignHCenter:
            ink.draw_left(painter, room.left() + (room.width() - face.width(text)) / 2, centre, text, face)
        else:
            ink.draw_left(painter, room.left(), centre, text, face)
        painter.end()
