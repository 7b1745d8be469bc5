"""A line to type in, outside grids: 32 px high, an edge that is seen, a ring with the focus."""

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QColor, QInputMethodEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QWidget

from client.widgets import ink
from client.widgets.button import HEIGHT
from client.widgets.composing import on_screen
from client.widgets.ink import Step, Words


class LineEdit(QLineEdit):
    """A QLineEdit drawn from the tokens. `set_wrong` gives it the red edge; the sentence stands elsewhere."""

    def __init__(self, hint: Words = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint, self._wrong, self._composed, self._named = hint, False, "", ""
        self.setFrame(False)
        self._relook()

    @property
    def on_screen(self) -> str:
        """The text with what is being composed in it."""
        return on_screen(self.text(), self.cursorPosition(), self._composed)

    def inputMethodEvent(self, arg__1: QInputMethodEvent) -> None:
        self._composed = arg__1.preeditString()
        super().inputMethodEvent(arg__1)

    def set_wrong(self, *, wrong: bool) -> None:
        """Whether what is written cannot be taken."""
        self._wrong = wrong
        self.update()

    def changeEvent(self, arg__1: QEvent) -> None:
        super().changeEvent(arg__1)
        if arg__1.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            self._relook()

    def _relook(self) -> None:
        look = ink.look()
        clear = QPalette(self.palette())
        clear.setColor(QPalette.ColorRole.Base, QColor(0, 0, 0, 0))
        clear.setColor(QPalette.ColorRole.Text, look.tokens.text)
        clear.setColor(QPalette.ColorRole.PlaceholderText, look.tokens.text2)
        if clear != self.palette():
            self.setPalette(clear)
        self.setFont(ink.face(Step.BODY).font)
        self.setTextMargins(look.px(10), 0, look.px(10), 0)
        self.setPlaceholderText(ink.said(self._hint))
        if self.accessibleName() == self._named:  # nobody has given it a better one
            self._named = ink.said(self._hint)
            self.setAccessibleName(self._named)

    def sizeHint(self) -> QSize:
        return QSize(ink.look().px(200), ink.look().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(ink.look().px(80), ink.look().px(HEIGHT))

    def paintEvent(self, arg__1: QPaintEvent) -> None:
        look = ink.look()
        tokens = look.tokens
        painter = QPainter(self)
        box = QRectF(self.rect())
        read_only = self.isReadOnly() or not self.isEnabled()
        ink.draw_box(painter, box, look.px(4), tokens.panel if read_only else tokens.content, None)
        painter.end()
        super().paintEvent(arg__1)
        painter = QPainter(self)
        if self._wrong:
            ink.draw_box(painter, box, look.px(4), None, tokens.danger, 2)
        elif self.hasFocus():
            ink.draw_box(painter, box, look.px(4), None, tokens.accent, 2)
        elif not read_only:
            ink.draw_box(painter, box, look.px(4), None, tokens.control)
        painter.end()
