"""A text to write in, with a counter that counts what a reader counts and sees what is still being composed."""

from PySide6.QtCore import QEvent, QSize, Qt, QTextBoundaryFinder, Signal, Slot
from PySide6.QtGui import QColor, QInputMethodEvent, QPainter, QPaintEvent, QPalette, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QVBoxLayout, QWidget

from client.widgets import ink
from client.widgets.composing import on_screen
from client.widgets.ink import Step, Words
from client.widgets.label import Label
from client.widgets.slim_scroll_bar import SlimScrollBar


def graphemes(text: str) -> int:
    """Characters as a reader counts them: a kanji with its variation selector is one, and so is か with ゛."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    count = 0
    while finder.toNextBoundary() != -1:
        count += 1
    return count


class _Text(QTextEdit):
    """Plain text only; its blocks carry the line height, so that BIZ UD lines do not touch."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.preedit = ""
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBar(SlimScrollBar(Qt.Orientation.Vertical, strip=14))
        self.textChanged.connect(self.changed)

    def inputMethodEvent(self, arg__1: QInputMethodEvent) -> None:
        self.preedit = arg__1.preeditString()
        super().inputMethodEvent(arg__1)
        self.changed.emit()


class CountedText(QWidget):
    """A text of several lines with 「52 / 200」 below it; past the limit it says by how much, in danger colour.

    limit: characters that fit, or None. `over` makes the words for too many: (count over) -> words.
    """

    edited = Signal(str)  # the text without what is being composed

    def __init__(self, over: Words, parent: QWidget | None = None, *, limit: int | None = None) -> None:
        super().__init__(parent)
        self._limit, self._over, self._quiet = limit, over, False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._text = _Text(self)
        self.setFocusProxy(self._text)
        self._count = Label("", Step.CAPTION, self, colour="text2")
        self._column = column = QVBoxLayout(self)
        column.setSpacing(4)
        column.addWidget(self._text)
        column.addWidget(self._count)
        self._text.changed.connect(self._changed)
        self._relook()
        self._count_up()

    def setAccessibleName(self, name: str) -> None:
        """What is spoken of it: of the part that takes the focus, too."""
        super().setAccessibleName(name)
        self._text.setAccessibleName(name)

    def text(self) -> str:
        """The text as committed."""
        return self._text.toPlainText()

    @property
    def on_screen(self) -> str:
        """The text with what is being composed in it."""
        return on_screen(self.text(), self._text.textCursor().position(), self._text.preedit)

    def length(self) -> int:
        """Graphemes on screen, with what an input method still composes."""
        return graphemes(self.text()) + graphemes(self._text.preedit)

    def set_text(self, text: str, *, limit: int | None = None) -> None:
        """Show another text. Emits nothing: nobody wrote."""
        self._quiet = True
        self._limit = limit if limit is not None else self._limit
        self._text.setPlainText(text)
        self._space()
        self._quiet = False
        self._count_up()

    def _space(self) -> None:
        block = QTextBlockFormat()
        height = float(ink.line_height(Step.BODY))
        block.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = QTextCursor(self._text.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(block)

    @Slot()
    def _changed(self) -> None:
        self._count_up()
        if not self._quiet and not self._text.preedit:
            self.edited.emit(self.text())

    def _count_up(self) -> None:
        length = self.length()
        if self._limit is None:
            words = str(length)
        else:
            words = f"{length} / {self._limit}"
            if length > self._limit:
                words += "  " + ink.said(self._over).format(count=length - self._limit)
        self._count.set_words(words)
        self._count.set_colour("danger" if self._limit is not None and length > self._limit else "text2")

    def _relook(self) -> None:
        look = ink.look()
        palette = QPalette(self._text.palette())
        palette.setColor(QPalette.ColorRole.Base, QColor(0, 0, 0, 0))
        palette.setColor(QPalette.ColorRole.Text, look.tokens.text)
        self._text.setPalette(palette)
        self._text.setFont(ink.face(Step.BODY).font)
        margin = look.px(10)
        self._column.setContentsMargins(margin, look.px(6), margin, look.px(6))
        self._space()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._relook()
        elif event.type() is QEvent.Type.LanguageChange:
            self._count_up()

    def sizeHint(self) -> QSize:
        return QSize(ink.look().px(400), ink.look().px(120))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = ink.look()
        painter = QPainter(self)
        focused = self._text.hasFocus()
        edge = look.tokens.accent if focused else look.tokens.control
        box = self.rect().toRectF()
        ink.draw_box(painter, box, look.px(4), look.tokens.content, edge, 2 if focused else 1)
        painter.end()
