"""The rail at the left: one item a page, icon and word, and what does not fit under "More"."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from client.shell.pages import Page, Place
from client.widgets import ink, marks
from client.widgets.button import draw_focus
from client.widgets.ink import Step, Words
from client.widgets.menu import Menu
from client.widgets.pressable import Pressable

WIDTH, ITEM = 80, 56


class RailItem(Pressable):
    """One page in the rail: a pill when it is the page shown, a rhombus when it needs somebody."""

    asked = Signal(str)

    def __init__(self, key: str, icon: str, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self._icon, self._words, self.badge = icon, words, False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCheckable(key != "")
        self.reword()
        self.clicked.connect(self._clicked)

    def set_badge(self, *, on: bool) -> None:
        """Whether the page needs somebody."""
        self.badge = on
        self.update()

    def reword(self) -> None:
        self.setText(ink.said(self._words))
        self.setAccessibleName(self.text())
        self.update()

    @Slot()
    def _clicked(self) -> None:
        self.asked.emit(self.key)

    def sizeHint(self) -> QSize:
        return QSize(ink.look().px(WIDTH), ink.look().px(ITEM))

    def paintEvent(self, e: QPaintEvent) -> None:
        look = ink.look()
        tokens = look.tokens
        painter = QPainter(self)
        here = self.isChecked()
        pill = QRectF(look.px(8), look.px(2), look.px(63), self.height() - look.px(4))
        if here or self.underMouse():
            ink.draw_box(painter, pill, look.px(8), tokens.selection if here else tokens.neutral_fill, None)
        if here:
            bar = QRectF(0, round((self.height() - look.px(28)) / 2), 3, look.px(28))
            ink.draw_box(painter, bar, 1.5, tokens.accent, None)
        colour = tokens.accent if here else tokens.text2
        middle, size = look.px(WIDTH) / 2 - 0.5, look.px(24)
        drawn = ink.draw_icon(
            painter, QRectF(round(middle - size / 2 - 0.5), look.px(8), size, size), self._icon, colour
        )
        painter.setPen(colour)
        face = ink.face(Step.CAPTION, bold=here)
        text = face.elided(self.text(), look.px(WIDTH) - 8)
        centre = look.px(41) if drawn else self.height() / 2
        ink.draw_left(painter, middle - face.width(text) / 2, centre, text, face)
        if self.badge:
            marks.rhombus(painter, QPointF(look.px(57), look.px(12)), look.px(11), tokens.warn_mark)
        if self.hasFocus():
            draw_focus(painter, pill, look.px(8))
        painter.end()


class Rail(QWidget):
    """All pages of this role, and below them what can be done with this PC.

    asked: which page a person wants; acted: which of the acts that are on offer.
    """

    asked = Signal(str)
    acted = Signal(str)

    def __init__(self, pages: Sequence[Page], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._pages = tuple(pages)
        self._items = {page.key: RailItem(page.key, page.icon, page.title, self) for page in self._pages}
        self._more = RailItem("", "more", self._more_words, self)
        self._pc = RailItem("", "lock", self._pc_words, self)
        self._acts: tuple[tuple[str, Words], ...] = ()
        self._hidden: list[Page] = []
        for item in self._items.values():
            item.asked.connect(self.asked)
        self._more.clicked.connect(self._open_more)
        self._pc.clicked.connect(self.open_acts)
        self._pc.hide()

    def _more_words(self) -> str:
        return self.tr("More")

    def _pc_words(self) -> str:
        return self.tr("This PC")

    def offer(self, acts: Sequence[tuple[str, Words]]) -> None:
        """Offer these acts on this PC: what the program calls each, and its words."""
        self._acts = tuple(acts)
        self._arrange()

    @Slot()
    def open_acts(self) -> Menu:
        """Open the menu of what can be done with this PC."""
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, words in self._acts:
            action = QAction(ink.said(words), menu)
            action.setData(key)
            menu.addAction(action)
        menu.triggered.connect(self._act_chosen)
        high = menu.sizeHint().height()
        menu.popup(self._pc.mapToGlobal(QPoint(self._pc.width(), self._pc.height() - high)))
        return menu

    @Slot(QAction)
    def _act_chosen(self, action: QAction) -> None:
        self.acted.emit(action.data())

    def set_current(self, key: str) -> None:
        """Show which page is shown."""
        for item in self._items.values():
            item.setChecked(item.key == key)

    def set_badge(self, key: str, *, on: bool) -> None:
        """Mark a page that needs somebody, or take the mark away."""
        self._items[key].set_badge(on=on)

    @Slot()
    def _open_more(self) -> None:
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for page in self._hidden:
            action = QAction(page.title(), menu)
            action.setData(page.key)
            menu.addAction(action)
        menu.triggered.connect(self._chosen)
        menu.popup(self._more.mapToGlobal(QPoint(self._more.width(), 0)))

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        self.asked.emit(action.data())

    def sizeHint(self) -> QSize:
        return QSize(ink.look().px(WIDTH), ink.look().px(ITEM) * 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(ink.look().px(WIDTH), ink.look().px(ITEM) * 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.updateGeometry()
            self._arrange()

    def _arrange(self) -> None:
        """Main pages from above, low ones from below; what does not fit goes under "More"."""
        look = ink.look()
        wide, each, gap = look.px(WIDTH), look.px(ITEM), look.px(8)
        main = [page for page in self._pages if page.place is Place.MAIN]
        low = [page for page in self._pages if page.place is Place.LOW]
        more = [page for page in self._pages if page.place is Place.MORE]
        room = (self.height() - 2 * gap - look.px(24)) // each - len(low) - bool(self._acts)
        if len(main) + bool(more) > room:
            kept = max(room - 1, 0)
            main, more = main[:kept], main[kept:] + more
        self._hidden = more
        shown = {page.key for page in main + low}
        for key, item in self._items.items():
            item.setVisible(key in shown)
        for at, page in enumerate(main):
            self._items[page.key].setGeometry(QRect(0, gap + at * each, wide, each))
        below = ([self._more] if more else []) + [self._items[page.key] for page in low]
        below += [self._pc] if self._acts else []
        self._pc.setVisible(bool(self._acts))
        self._more.setVisible(bool(more))
        for at, item in enumerate(reversed(below)):
            item.setGeometry(QRect(0, self.height() - gap // 2 - (at + 1) * each, wide, each))
        self._line = self.height() - gap // 2 - len(below) * each - look.px(8)
        self._line_shown = bool(below)
        self.update()

    _line = 0
    _line_shown = False

    def paintEvent(self, event: QPaintEvent) -> None:
        look = ink.look()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.tokens.rail)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), look.tokens.border)
        if self._line_shown:
            painter.fillRect(look.px(20), self._line, look.px(40), 1, look.tokens.border)
        painter.end()
