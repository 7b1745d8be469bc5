"""Two or three choices side by side, of which one is on."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from client.widgets import ink
from client.widgets.button import HEIGHT, draw_focus
from client.widgets.ink import Step, Words


class Segmented(QWidget):
    """A row of equal segments in one frame. Left and right change it, a click too; the wheel does not."""

    chosen = Signal(object)  # key of the segment a person took

    def __init__(self, title: Words, options: Sequence[tuple[object, Words]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._options = title, tuple(options)
        self._key = self._options[0][0]
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._say()

    @property
    def key(self) -> object:
        """The key of the segment that is on."""
        return self._key

    def set_key(self, key: object) -> None:
        """Turn a segment on. Emits nothing: nobody chose."""
        self._key = key
        self._say()

    def _say(self) -> None:
        words = next(ink.said(words) for key, words in self._options if key == self._key)
        self.setAccessibleName(f"{ink.said(self._title)} {words}")
        self.updateGeometry()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._say()

    def _segment(self) -> int:
        face = ink.face(Step.BODY, bold=True)
        return round(max(face.width(ink.said(words)) for _, words in self._options) + ink.look().px(2 * 13))

    def sizeHint(self) -> QSize:
        return QSize(self._segment() * len(self._options), ink.look().px(HEIGHT))

    def _take(self, at: int) -> None:
        key = self._options[min(max(at, 0), len(self._options) - 1)][0]
        if key != self._key:
            self.set_key(key)
            self.chosen.emit(key)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._take(int(event.position().x()) // self._segment())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = [key for key, _ in self._options].index(self._key)
        if event.key() == Qt.Key.Key_Left:
            self._take(at - 1)
        elif event.key() == Qt.Key.Key_Right:
            self._take(at + 1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = ink.look()
        tokens = look.tokens
        painter = QPainter(self)
        box, wide = QRectF(self.rect()), self._segment()
        ink.draw_box(painter, box, look.px(4), tokens.content, None)
        clip = QPainterPath()
        clip.addRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), look.px(4), look.px(4))
        for at, (key, words) in enumerate(self._options):
            cell = QRectF(at * wide, 0, wide, self.height())
            on = key == self._key
            painter.save()
            painter.setClipPath(clip)
            if on:
                painter.fillRect(cell, tokens.selection)
            if at and not on and self._options[at - 1][0] != self._key:
                painter.fillRect(QRectF(cell.left(), 0, 1, self.height()), tokens.control)
            painter.restore()
            painter.setPen(tokens.accent if on else tokens.text2)
            ink.draw_centred(painter, cell, ink.said(words), ink.face(Step.BODY, bold=on))
        ink.draw_box(painter, box, look.px(4), None, tokens.control)
        if self.hasFocus():
            draw_focus(painter, box, look.px(4))
        painter.end()
