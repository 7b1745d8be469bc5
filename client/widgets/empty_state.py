"""What a place says while it is empty: what would be here, and the next act."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.ink import Step, Words
from client.widgets.label import Label
from client.widgets.paragraph import Paragraph


class _Picture(QWidget):
    def __init__(self, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(ink.look().px(48), ink.look().px(48))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink.draw_icon(painter, QRectF(self.rect()), self._icon, ink.look().tokens.control)
        painter.end()


class EmptyState(QWidget):
    """An icon, a heading, a sentence, and a button where there is something to do."""

    asked = Signal()

    def __init__(
        self, icon: str, title: Words, sentence: Words, parent: QWidget | None = None, *, act: Words | None = None
    ) -> None:
        super().__init__(parent)
        look = ink.look()
        column = QVBoxLayout(self)
        column.setSpacing(look.px(12))
        column.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(_Picture(icon, self), alignment=middle)
        self._title = Label(title, Step.HEADING, self)
        column.addWidget(self._title, alignment=middle)
        self._sentence = Paragraph(sentence, Step.BODY, self, colour="text2")
        column.addWidget(self._sentence, alignment=middle)
        self._fit()
        if act is not None:
            self.button = Button(act, Kind.PRIMARY, self)
            self.button.clicked.connect(self.asked)
            self.setFocusProxy(self.button)
            column.addWidget(self.button, alignment=middle)
        column.addStretch(3)

    def reword(self) -> None:
        """Say the words again: what they tell of has changed."""
        for part in (self._title, self._sentence):
            part.reword()
        self._fit()

    def _fit(self) -> None:
        """A column of text that is easy to read, in whatever language and size."""
        wide = min(ink.look().px(420), self._sentence.sizeHint().width())
        self._sentence.setFixedSize(wide, self._sentence.heightForWidth(wide))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            self._fit()
