"""What every button has that is drawn by its own class: Enter presses it as Space does, and it speaks the language."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget


class Pressable(QAbstractButton):
    """To be drawn by who inherits it. As large as its words, reached by Tab."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def reword(self) -> None:
        """Put the words into the language of this moment; nothing where they are data."""

    def keyPressEvent(self, e: QKeyEvent) -> None:
        plain = not e.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if e.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and not e.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(e)

    def changeEvent(self, e: QEvent) -> None:
        super().changeEvent(e)
        if e.type() is QEvent.Type.LanguageChange:
            self.reword()
