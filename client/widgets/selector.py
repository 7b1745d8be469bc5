"""A button that shows what is chosen and opens the list of choices; the wheel never changes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from client.widgets import ink
from client.widgets.button import HEIGHT, draw_focus
from client.widgets.ink import Step, Words
from client.widgets.menu import Menu
from client.widgets.pressable import Pressable


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: what the program calls it, what people read, and whether a line stands before it."""

    key: object
    words: Words
    after_line: bool = False


class _Choices(Menu):
    """The open list; left and right ask for the list beside it."""

    sideways = Signal(int)

    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        if arg__1.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.close()
            self.sideways.emit(-1 if arg__1.key() == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(arg__1)


class Selector(Pressable):
    """Shows the chosen option and a chevron. `title` is what is spoken before it."""

    chosen = Signal(object)  # key of the option a person took
    sideways = Signal(int)  # from the open list to the selector before (-1) or after (1)

    def __init__(self, title: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._options: tuple[Option, ...] = ()
        self._key: object = None
        self.clicked.connect(self.open_list)

    @property
    def key(self) -> object:
        """The key of the option that is shown."""
        return self._key

    @property
    def choices(self) -> int:
        """How many options there are."""
        return len(self._options)

    def show_options(self, options: Sequence[Option], key: object) -> None:
        """Offer these options; `key` is the chosen one. Emits nothing: nobody chose."""
        self._options, self._key = tuple(options), key
        self.reword()

    def show_key(self, key: object) -> None:
        """Show this one, where it is offered. Emits nothing: nobody chose."""
        if any(option.key == key for option in self._options):
            self._key = key
            self.reword()

    def reword(self) -> None:
        option = next((option for option in self._options if option.key == self._key), None)
        self.setText("" if option is None else ink.said(option.words))
        self.setAccessibleName(f"{ink.said(self._title)} {self.text()}")
        self.updateGeometry()
        self.update()

    @Slot()
    def open_list(self) -> None:
        """Open the list of choices below the button."""
        menu = _Choices(self)
        menu.sideways.connect(self.sideways)
        group = QActionGroup(menu)
        for option in self._options:
            if option.after_line:
                menu.addSeparator()
            action = QAction(ink.said(option.words), group)
            action.setCheckable(True)
            action.setChecked(option.key == self._key)
            action.setData(option.key)
            menu.addAction(action)
            if action.isChecked():
                menu.setActiveAction(action)
        group.triggered.connect(self._triggered)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    @Slot(QAction)
    def _triggered(self, action: QAction) -> None:
        if action.data() != self._key:
            self._key = action.data()
            self.reword()
            self.chosen.emit(self._key)

    def sizeHint(self) -> QSize:
        look = ink.look()
        width = ink.face(Step.BODY).width(self.text()) + look.px(12 + 12 + 16 + 8)
        return QSize(round(width), look.px(HEIGHT))

    def paintEvent(self, e: QPaintEvent) -> None:
        look = ink.look()
        tokens = look.tokens
        painter = QPainter(self)
        box = QRectF(self.rect())
        on = self.isEnabled()
        edge = (tokens.text if self.underMouse() else tokens.control) if on else tokens.border
        ground = tokens.selection if self.isDown() else tokens.content if on else tokens.panel
        ink.draw_box(painter, box, look.px(4), ground, edge)
        painter.setPen(tokens.text if on else tokens.disabled)
        ink.draw_left(painter, box.left() + look.px(12), box.center().y(), self.text(), ink.face(Step.BODY))
        size = look.px(16)
        at = QRectF(box.right() - look.px(9) - size, round(box.center().y() - size / 2), size, size)
        if not ink.draw_icon(painter, at, "down", tokens.text2):
            painter.setPen(tokens.text2)
            ink.draw_centred(painter, at, "▾", ink.face(Step.CAPTION))
        if self.hasFocus():
            draw_focus(painter, box, look.px(4))
        painter.end()
