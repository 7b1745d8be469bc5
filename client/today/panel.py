"""S2 今日: what to do now, one's own classes, how far the work of the term has come; each leads to its exact place."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate, QEvent, QLocale, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from client.shell.agenda import Asked, Door, Item, Source, gathered
from client.shell.pages import Page, PageFrame
from client.syncing.rules import when
from client.terms import Speech
from client.today.cards import ClassesCard, ItemCard, ProgressCard
from client.today.record import OwnClass
from client.today.repository import OF_CLASSES, Day
from client.today.sources import today
from client.widgets import ink
from client.widgets.button import Button
from client.widgets.card import Card
from client.widgets.empty_state import EmptyState
from client.widgets.ground import Ground
from client.widgets.ink import Step
from client.widgets.label import Label
from client.widgets.scroll_area import ScrollArea
from sync.records.year import era_date

KEY: Final = "today"
READ_MS: Final = 200
"""So long after a change the page is read again: a round of sync brings many."""
THREE_FROM, TWO_FROM = 940, 620
"""Widths at 100 % from which three and two cards stand beside each other."""
LEAST = 280
"""Width of a card at 100 %, at least."""
WEEKDAYS: Final = "月火水木金土日"


@dataclass(frozen=True, slots=True)
class Sources:
    """What the page stands on. asks: whoever has something to be done; opens: keys of the pages there are.

    clock: the moment, with its time zone.
    """

    day: Day
    asks: Sequence[Source]
    opens: Collection[str]
    speech: Speech
    clock: Callable[[], datetime]


def page(sources: Sources) -> Page:
    """The page for the window's list."""
    title = lambda: QCoreApplication.translate("TodayPage", "Today")  # noqa: E731  asked at each change of language
    return Page(KEY, "today", title, lambda: TodayPage(sources))


class TodayPage(PageFrame):
    """search_asked: somebody wants to find a pupil or a page."""

    search_asked = Signal()

    def __init__(self, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("Today"), parent)
        self._from = sources
        self._types = OF_CLASSES.union(*(source.types for source in sources.asks), {"pupil"})
        self._asked: Asked | None = None
        self._own: list[OwnClass] | None = None
        self._stale, self._loading = True, False
        self.cards: list[ItemCard] = []
        self.search = Button(lambda: self.tr("Find a pupil or a page"), parent=self, icon="search", keycap="Ctrl+K")
        self.search.clicked.connect(self.search_asked)
        self.buttons.addWidget(self.search)
        self.date = Label(self._date_words, Step.FIGURE, self)
        self.facts = Label("", Step.BODY, self, colour="text2")
        self.calm = Card(self)
        self.classes = ClassesCard(sources.opens, self)
        self.progress = ProgressCard(self)
        self._build()
        self._again = QTimer(self, singleShot=True, interval=READ_MS)
        self._again.timeout.connect(self.reload)
        self._begin = QTimer(self, singleShot=True, interval=0)  # a page that is not shown yet takes no focus
        self._begin.timeout.connect(self._stand)

    def _build(self) -> None:
        look = ink.look()
        inner = Ground("window", None, self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(look.px(24), look.px(20), look.px(24), look.px(24))
        column.setSpacing(look.px(16))
        head = QHBoxLayout()
        head.setSpacing(look.px(12))
        head.addWidget(self.date)
        head.addWidget(self.facts, 1, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setSpacing(look.px(16))
        column.addLayout(self._grid)
        column.addStretch(1)
        self.rest = EmptyState("check", self._calm_title, self._calm_words, self.calm)
        self.calm.body.addWidget(self.rest)
        for card in (self.classes, self.progress):
            card.opened.connect(self._lead)
        self.body.addWidget(ScrollArea(inner, self), 1)

    # -- what is on screen --------------------------------------------------------------------------------------------

    def arrive(self, argument: object) -> None:
        self.reload()
        self._begin.start()

    @Slot()
    def _stand(self) -> None:
        """Stand on the first thing to do, unless somebody stands somewhere on the page already."""
        here = QApplication.focusWidget()
        if not self.isVisible():
            return  # somebody has gone on to another page, and may be typing there
        if here is None or not self.isAncestorOf(here):
            (self.cards[0].button if self.cards else self.search).setFocus()

    @Slot(object)
    def records_changed(self, types: frozenset[str]) -> None:
        """The store says that records of these types changed."""
        if types & self._types:
            self._stale = True
            if self.isVisible():
                self._again.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._again.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange) and self._asked is not None:
            self._asked = self._own = None  # every card is made anew
            self._stale = True
            if self.isVisible():
                self._again.start(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @Slot()
    def reload(self) -> None:
        """Read again all that the page tells. Raises StoreError."""
        now = self._from.clock()
        self._stale = False
        self._again.stop()
        asked = gathered(self._from.asks, now)
        asked = Asked(tuple(item for item in asked.items if item.door.page in self._from.opens), asked.progress)
        classes, before, status = self._from.day.classes(today(now)), self._asked, self._from.day.status()
        last = when(status.last_success, now)
        if self._loading != bool(status.loading):
            self._loading = not self._loading
            self.rest.reword()
        self.date.set_words(self._date_words)
        self.progress.age.set_words(self.tr("Data up to {time}").format(time=last) if last else "")
        if classes != self._own:
            home = [f"{each.label} {self._pupils(each.pupils)}" for each in classes if each.homeroom]
            self.facts.set_words("  ·  ".join(home))
            self.classes.show_classes(classes)
        if before is None or before.progress != asked.progress:
            self.progress.show_progress(asked.progress, today(now))
        self._asked, self._own = asked, classes
        if before is None or before.items != asked.items:
            self._show_items(asked.items)
        else:
            self._place()

    def _show_items(self, items: Sequence[Item]) -> None:
        here = self.focusWidget()
        focused = next((card.item.key for card in self.cards if card.button is here), None)
        for card in self.cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [ItemCard(item, number, self) for number, item in enumerate(items, 1)]
        for card in self.cards:
            card.opened.connect(self._lead)
        self._place()
        if focused is not None:
            now = next((card.button for card in self.cards if card.item.key == focused), None)
            (now or (self.cards[0].button if self.cards else self.search)).setFocus()

    def _place(self) -> None:
        """As many cards beside each other as there is room for."""
        look = ink.look()
        wide = 3 if self.width() >= look.px(THREE_FROM) else 2 if self.width() >= look.px(TWO_FROM) else 1
        shown: list[QWidget] = [*self.cards] or [self.calm]
        self.calm.setVisible(not self.cards)
        for widget in (self.calm, self.classes, self.progress, *self.cards):
            self._grid.removeWidget(widget)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < wide else 0)
            self._grid.setColumnMinimumWidth(column, look.px(LEAST) if column < wide else 0)
        for at, card in enumerate(shown):
            span = wide if card is self.calm else 1
            self._grid.addWidget(card, at // wide, at % wide, 1, span)
            card.show()
        row = -(-len(shown) // wide)
        self.classes.setVisible(bool(self._own))
        self._grid.addWidget(self.classes, row, 0, 1, max(wide - 1, 1))
        self._grid.addWidget(self.progress, row if wide > 1 else row + 1, wide - 1)
        self._order()

    def _order(self) -> None:
        """Tab goes as one reads: search, cards, classes, progress."""
        before: QWidget = self.search
        for card in self.cards:
            QWidget.setTabOrder(before, card.button)
            before = card.button

    # -- words --------------------------------------------------------------------------------------------------------

    def _date_words(self) -> str:
        day = today(self._from.clock())
        if self._from.speech.language == "ja":
            return f"{era_date(day)}({WEEKDAYS[day.weekday()]})"
        return QLocale(QLocale.Language.English).toString(QDate(day.year, day.month, day.day), "dddd, d MMMM yyyy")

    def _pupils(self, count: int) -> str:
        return self.tr("%n pupil(s)", "", count)

    def _calm_title(self) -> str:
        return self.tr("Records are on their way") if self._loading else self.tr("Nothing waits for you")

    def _calm_words(self) -> str:
        if self._loading:
            return self.tr("What is to be done today appears here as soon as your classes are on this PC.")
        return self.tr("Whatever needs you appears here: attendance, scores that are missing, and what differs.")

    # -- acts ---------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 9 do what the card of that number asks."""
        number = event.text()
        if number.isascii() and number.isdigit() and 0 < int(number) <= len(self.cards) and not event.modifiers():
            self.cards[int(number) - 1].open()
        else:
            super().keyPressEvent(event)

    @Slot(object)
    def _lead(self, door: Door) -> None:
        self.opened.emit(door.page, door.argument)
