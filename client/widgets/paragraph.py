"""Text of several lines with room between them: the line step is told, not taken from the font."""

from PySide6.QtCore import QEvent, QPointF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from client.widgets import ink
from client.widgets.ink import Step, Words


class Paragraph(QWidget):
    """Wrapped plain text with lines of 160 % of its size; U+2028 or a line break starts a new line.

    measure: the longest line it asks for, in pixels of the design; None asks for as long a line as its words make.
    """

    def __init__(
        self,
        words: Words = "",
        step: Step = Step.BODY,
        parent: QWidget | None = None,
        *,
        colour: str = "text",
        measure: int | None = 560,
    ) -> None:
        super().__init__(parent)
        self._words, self._step, self._colour, self._measure = words, step, colour, measure
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_words(words)

    def set_words(self, words: Words) -> None:
        """Say something else from now on."""
        self._words = words
        self.setAccessibleName(ink.said(words))
        self.updateGeometry()
        self.update()

    def reword(self) -> None:
        """Say its words again: what they tell of has changed."""
        self.set_words(self._words)

    def text(self) -> str:
        """What it says now."""
        return ink.said(self._words)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.reword()

    def _step_height(self) -> float:
        return ink.look().px(self._step.value[0]) * 1.6

    def _laid_out(self, width: int) -> QTextLayout:
        layout = QTextLayout(self.text().replace("\n", "\u2028"), ink.face(self._step, bold=False).font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        y, step = 0.0, self._step_height()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y + (step - line.height()) / 2))
            y += step
        layout.endLayout()
        return layout

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, arg__1: int) -> int:
        return round(max(self._laid_out(max(arg__1, 1)).lineCount(), 1) * self._step_height())

    def sizeHint(self) -> QSize:
        longest = max(ink.face(self._step, bold=False).width(line) for line in self.text().split("\n")) + 2
        most = self.maximumWidth() if self._measure is None else min(ink.look().px(self._measure), self.maximumWidth())
        wide = max(round(min(longest, most)), self.minimumWidth())
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(ink.look().px(80), round(self._step_height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour: QColor = getattr(ink.look().tokens, self._colour)
        painter.setPen(colour)
        self._laid_out(self.width()).draw(painter, QPointF(0, 0))
        painter.end()
