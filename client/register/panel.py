"""S3 名簿: who is in a class, found while typing, copied as a table, and the way to each pupil."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel, QModelIndex, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from client.register.record import HeldClass, Order, RosterLine
from client.register.repository import Rosters
from client.register.rules import found, in_order, tsv
from client.register.table import NAME, OFFICIAL, READING, RosterTable
from client.shell.actions import SHEET, bind
from client.shell.pages import Left, Page, PageFrame
from client.syncing.rules import JAPAN
from client.widgets import ink
from client.widgets.button import Button
from client.widgets.column_table import RECORD_ROLE
from client.widgets.empty_state import EmptyState
from client.widgets.ink import Step, Tone
from client.widgets.label import Label
from client.widgets.message_strip import Message
from client.widgets.record_list import RecordList
from client.widgets.search_box import SearchBox
from client.widgets.segmented import Segmented
from client.widgets.selector import Option, Selector

KEY = "register"
SHOWN = frozenset({"pupil", "pupil_official", "membership", "enrolment", "class", "group", "grant", "duty"})
WIDEST = 460
"""Of a column of names, in pixels at 100 %: the longest names are cut and told whole by the tool tip."""
FIND = "find"


@dataclass(frozen=True, slots=True)
class Sources:
    """What the page stands on. clock: the moment, with its time zone."""

    rosters: Rosters
    clock: Callable[[], datetime]


def page(sources: Sources) -> Page:
    """The page for the window's list."""
    title = lambda: QCoreApplication.translate("RosterPage", "Roster")  # noqa: E731  asked at each change of language
    return Page(KEY, "register", title, lambda: RosterPage(sources))


class RosterPage(PageFrame):
    """The list, and above it what is looked for in it."""

    def __init__(self, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("Roster"), parent)
        self._from = sources
        self._classes: tuple[HeldClass, ...] = ()
        self._lines: tuple[RosterLine, ...] = ()
        self.class_ = Selector(lambda: self.tr("Class"), self)
        self.copy_button = Button(lambda: self.tr("Copy the list"), parent=self, icon="copy")
        self.find_box = SearchBox(lambda: self.tr("Name, reading, romaji or number"), self)
        self.order = Segmented(
            lambda: self.tr("Sorted by"),
            ((Order.NUMBER, lambda: self.tr("number")), (Order.KANA, lambda: self.tr("reading"))),
            self,
        )
        self.count = Label("", Step.BODY, self, colour="text2")
        self.names_note = Label("", Step.CAPTION, self, colour="text2")
        self.table = RosterTable(self)
        self.list = RecordList(self.table, self)
        self._build()
        self._wire()

    # -- construction -------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.selectors.addWidget(self.class_)
        self.buttons.addWidget(self.copy_button)
        self.find_box.setMinimumWidth(ink.look().px(340))
        self.tools.addWidget(self.find_box)
        self.tools.addSpacing(8)
        self.tools.addWidget(self.count)
        self.tools.addStretch(1)
        self.tools.addWidget(self.names_note)
        self.tools.addSpacing(8)
        self.tools.addWidget(Label(lambda: self.tr("Sorted by"), Step.BODY, self, colour="text2"))
        self.tools.addWidget(self.order)
        self.tool_band.show()
        self.no_class = EmptyState(
            "register",
            lambda: self.tr("No class to show"),
            lambda: self.tr("The classes you teach appear here once the school has entered your duties."),
        )
        self.not_here = EmptyState(
            "sending",
            lambda: self.tr("This class is being loaded"),
            lambda: self.tr("Shown once all of it is here. If it was cleared from this PC, load it again in Devices."),
        )
        self.nobody = EmptyState(
            "search",
            lambda: self.tr("Nobody is found"),
            lambda: self.tr("Only this class is searched. Reading, romaji and the usual form of a kanji will do."),
            act=lambda: self.tr("Show everybody"),
        )
        self._stack = QStackedWidget(self)
        for part in (self.list, self.no_class, self.not_here, self.nobody):
            self._stack.addWidget(part)
        self.body.addWidget(self._stack, 1)

    def _wire(self) -> None:
        self.class_.chosen.connect(self._class_chosen)
        self.find_box.sought.connect(self._show_found)
        self.find_box.entered.connect(self._open_current)
        self.find_box.left_down.connect(self._to_list)
        self.order.chosen.connect(self._show_found)
        self.nobody.asked.connect(self._show_everybody)
        self.list.activated.connect(self._open)
        self.copy_button.clicked.connect(self.copy)
        bind(self, "find", KEY).triggered.connect(self._to_find_box)
        bind(self, "copy_list", KEY).triggered.connect(self.copy)
        bind(self, "choose_scope", SHEET).triggered.connect(self.class_.open_list)

    # -- what is on screen --------------------------------------------------------------------------------------------

    @property
    def shown_class(self) -> HeldClass | None:
        """The class that is shown."""
        return next((each for each in self._classes if each.code == self.class_.key), None)

    def arrive(self, argument: object) -> None:
        """Show a roster; (class, pupil) stands on a pupil's line, where they are here."""
        self.reload()
        match argument:
            case (str() as class_, str() as pupil):
                self._show_class(class_)
                self._stand_on(pupil)
            case _:
                pass
        self.list.setFocus()

    def left(self) -> Left | None:
        held, current = self.shown_class, self.list.currentIndex()
        if held is None:
            return None
        pupil = current.data(RECORD_ROLE).id if current.isValid() else ""
        place = {"class": held.code, "pupil": pupil, "order": self._order.value}
        return Left(place, {FIND: self.find_box.on_screen} if self.find_box.on_screen else {})

    def come_back(self, left: Left) -> bool:
        if not self._show_class(str(left.place.get("class"))):
            return not left.typed
        order = left.place.get("order")
        if order in {each.value for each in Order}:
            self.order.set_key(Order(order))
        self.find_box.setText(left.typed.get(FIND, ""))
        self._show_found()
        self._stand_on(str(left.place.get("pupil")))
        return True

    @Slot(object)
    def records_changed(self, types: frozenset[str]) -> None:
        """The store says that records of these types changed."""
        if types & SHOWN and self.isVisible():
            self.reload()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._show_found()
        elif event.type() is QEvent.Type.StyleChange:
            self._fit()

    def reload(self) -> None:
        """Read classes and roster again; class, line and what is looked for stay."""
        before = self.class_.key
        self._classes = self._from.rosters.classes(self._today())
        held = next((each for each in self._classes if each.code == before), None)
        held = held or next(iter(self._classes), None)
        self.class_.show_options(
            [Option(each.code, each.label) for each in self._classes], None if held is None else held.code
        )
        self.class_.setVisible(held is not None)
        self._read()

    def _read(self) -> None:
        held = self.shown_class
        here = held is not None and held.live
        self._lines = self._from.rosters.lines(held, self._today()) if held is not None and here else ()
        self.tool_band.setVisible(here)
        self.copy_button.setVisible(here)
        self.list.setColumnHidden(OFFICIAL, held is None or not held.names_live)
        self.names_note.set_words(self._names_words)
        self._show_found()

    def _names_words(self) -> str:
        held = self.shown_class
        if held is None or held.names_live:
            return ""
        if held.names:
            return self.tr("Names of the register are being loaded")
        return self.tr("Names of the register: shown to the class teacher")

    @Slot()
    def _show_found(self) -> None:
        current = self.list.currentIndex()
        before = current.data(RECORD_ROLE).id if current.isValid() else ""
        lines = in_order(self._lines, self._order)
        shown = found(lines, self.find_box.on_screen)
        self.table.show(shown)
        self._fit()
        held = self.shown_class
        part = self.no_class if held is None else self.not_here if not held.live else self.list
        self._stack.setCurrentWidget(self.nobody if part is self.list and not shown and self._lines else part)
        self.count.set_words(lambda: self._counted(shown))
        self.copy_button.setEnabled(bool(shown))
        if not self._stand_on(before) and shown:
            self._stand_on(shown[0].id)

    @property
    def _order(self) -> Order:
        return Order(self.order.key)

    def _counted(self, shown: list[RosterLine]) -> str:
        if self.find_box.on_screen.strip():
            return self.tr("%n found", "", len(shown))
        return self.tr("%n pupil(s)", "", sum(not line.who.gone and line.comes_on is None for line in shown))

    def _fit(self) -> None:
        for column in (NAME, READING, OFFICIAL):
            self.list.fit_width(column, WIDEST)

    def _stand_on(self, pupil: str) -> bool:
        at = next((at for at, line in enumerate(self.table.rows) if line.id == pupil), -1)
        if at >= 0:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.list.selectionModel().setCurrentIndex(self.table.index(at, 0), flags)
        return at >= 0

    def _show_class(self, code: str) -> bool:
        if code not in {each.code for each in self._classes}:
            return False
        self.class_.show_key(code)
        self._read()
        return True

    # -- acts ---------------------------------------------------------------------------------------------------------

    @Slot(object)
    def _class_chosen(self, _code: object) -> None:
        self.find_box.clear()
        self.strip.clear()
        self._read()
        self.list.setFocus()

    @Slot()
    def _to_find_box(self) -> None:
        self.find_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_box.selectAll()

    @Slot()
    def _to_list(self) -> None:
        self.list.setFocus()

    @Slot()
    def _show_everybody(self) -> None:
        self.find_box.clear()
        self.list.setFocus()

    @Slot()
    def copy(self) -> None:
        """Copy the list as it is shown, for a spreadsheet."""
        count = len(self.table.rows)
        if count:
            QGuiApplication.clipboard().setText(tsv(*self.table.copied()))
            words = lambda: self.tr("%n line(s) copied. They leave the clipboard after a minute.", "", count)  # noqa: E731
            self.strip.show_message(Message(words, Tone.INFO, passing=True))

    @Slot()
    def _open_current(self) -> None:
        self._open(self.list.currentIndex())

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        held = self.shown_class
        if index.isValid() and held is not None:
            self.opened.emit("pupil", (held.code, index.data(RECORD_ROLE).id))

    def _today(self) -> str:
        return self._from.clock().astimezone(JAPAN).date().isoformat()
