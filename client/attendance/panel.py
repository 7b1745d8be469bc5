"""S5 to S7 出欠: a class's day, its seats, its month and its year, on one page and with the same keys."""

from functools import partial
from random import SystemRandom

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from client.attendance.beside import Beside
from client.attendance.choices import ReasonMenu
from client.attendance.chooser import Chooser, View
from client.attendance.day import DayView
from client.attendance.entry import RESUME, RegisterEntry
from client.attendance.leaving import Leaving
from client.attendance.legend import Legend
from client.attendance.month import MonthView
from client.attendance.notice import TAKE, DayNotice
from client.attendance.reading import TYPES
from client.attendance.reason import ReasonBar
from client.attendance.record import Change, Register
from client.attendance.repository import SHOWS
from client.attendance.rules import Fault, Finding
from client.attendance.seating import SeatingView
from client.attendance.sheet import OpenRegister
from client.attendance.sources import Sources
from client.attendance.table import LineTable
from client.attendance.view import RegisterView
from client.attendance.words import no_school_words
from client.shell.actions import SHEET, bind
from client.shell.pages import Left, Page, PageFrame
from client.widgets.button import Button, Kind
from client.widgets.empty_state import EmptyState
from client.widgets.grid.view import GridView
from client.widgets.ink import Tone
from client.widgets.message_strip import Message

KEY = "attendance"
ROOM_TYPES = frozenset({"class", "grant", "school_day", "school_year"})


def page(sources: Sources) -> Page:
    """The page for the window's list."""
    title = lambda: QCoreApplication.translate("AttendancePage", "Roll call")  # noqa: E731  asked at each change
    return Page(KEY, "attendance", title, lambda: AttendancePage(sources), screens=(SHEET,))


class AttendancePage(PageFrame):
    """The register on screen in one of its views, what chooses it, and what stands beside it."""

    def __init__(self, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("Attendance"), parent)
        self._from = sources
        self.sheet = OpenRegister(sources.book, self)
        self.chooser = Chooser(sources.book, self)
        self.reason, self.notice = ReasonBar(self), DayNotice(self.strip, self)
        self.day_view = DayView(self.sheet, sources.speech, self)
        self.month_view = MonthView(self.sheet, sources.speech, self)
        self._menus = ReasonMenu(self.day_view), ReasonMenu(self.month_view)
        self.seat_view = SeatingView(sources.book, self.sheet, sources.speech, SystemRandom(), self)
        self.beside = Beside(sources, lambda: self.sheet.register, lambda: self.view, self)
        self.register_side = self.side = self.beside.side
        self._leaving = Leaving(self.chooser, self.reason, self._shown_grid, lambda: self.sheet.register)
        self._build_header()
        self._build_body()
        self._wire()

    # -- construction -------------------------------------------------------------------------------------------------

    def _build_header(self) -> None:
        chooser = self.chooser
        for widget in (chooser.view, chooser.before, chooser.when, chooser.after, chooser.class_):
            self.selectors.addWidget(widget)
        self.undo_button = Button(lambda: self.tr("Undo"), Kind.ICON, self, icon="undo")
        self.redo_button = Button(lambda: self.tr("Redo"), Kind.ICON, self, icon="redo")
        for button in (self.undo_button, self.redo_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor where somebody is marking
            self.buttons.addWidget(button)
        self.legend = Legend(self)
        self.tools.addWidget(self.legend, 1)

    def _build_body(self) -> None:
        self._stack = QStackedWidget(self)
        self.no_room = EmptyState(
            "attendance",
            lambda: self.tr("No class to take"),
            lambda: self.tr("The classes you are in charge of appear here once the school has entered your duties."),
        )
        self.not_here = EmptyState(
            "sending",
            lambda: self.tr("This class is being loaded"),
            lambda: self.tr("Shown once all of it is here. If it was cleared from this PC, load it again in Devices."),
        )
        for widget in (self.day_view, self.month_view, self.seat_view, self.no_room, self.not_here):
            self._stack.addWidget(widget)
        self.body.addWidget(self.reason)
        self.body.addWidget(self._stack, 1)

    def _wire(self) -> None:
        self.chooser.chosen.connect(self._chosen)
        self.sheet.changed.connect(self._register_changed)
        self.sheet.failed.connect(self.day_view.entry.tell)
        for view in self._views():
            view.entry.said.connect(self.strip.show_message)
            view.entry.done.connect(self._act_done)
            view.entry.reason_asked.connect(self._reason_asked)
            view.entry.stepped.connect(self.chooser.step)
            view.grid.table.moved.connect(self.beside.soon)
        self.reason.given.connect(self._reason_given)
        self.reason.dropped.connect(self._focus)
        self.legend.chosen.connect(self._mark_current)
        self.strip.asked.connect(self._strip_asked)
        self.register_side.take_asked.connect(self.take)
        self.beside.acted.connect(self._focus)
        self.register_side.opened.connect(self._open_finding)
        self.undo_button.clicked.connect(self._undo)
        self.redo_button.clicked.connect(self._redo)
        bind(self, "undo", SHEET).triggered.connect(self._undo)
        bind(self, "redo", SHEET).triggered.connect(self._redo)
        bind(self, "choose_scope", SHEET).triggered.connect(self.chooser.open_list)
        bind(self, "take", KEY).triggered.connect(self.take)

    def _views(self) -> tuple[RegisterView | SeatingView, ...]:
        return self.day_view, self.month_view, self.seat_view

    @property
    def view(self) -> RegisterView | SeatingView:
        """The view on screen."""
        shown = {View.DAY: self.day_view, View.SEATS: self.seat_view}
        return shown.get(self.chooser.shown, self.month_view)

    @property
    def entry(self) -> RegisterEntry:
        """What takes the keys of the view on screen."""
        return self.view.entry

    def _shown_grid(self) -> tuple[GridView, LineTable] | None:
        return (self.view.grid, self.view.table) if isinstance(self.view, RegisterView) else None

    # -- what is on screen --------------------------------------------------------------------------------------------

    def arrive(self, argument: object) -> None:
        """Show the class; (type, id) of a mark stands on it, (class, day) opens that day."""
        if self.chooser.room is None or not self.chooser.room.live:
            self._reload()
        match argument:
            case (str() as what, str() as which):
                if what in TYPES:
                    self._go_to(what, which)
                else:
                    self.chooser.find(what, which, View.DAY)
            case _:
                pass
        self._focus()

    def leave(self) -> bool:
        return self.view.grid.commit()

    def left(self) -> Left | None:
        return self._leaving.left()

    def come_back(self, left: Left) -> bool:
        return self._leaving.come_back(left)

    @Slot(object)
    def records_changed(self, types: frozenset[str]) -> None:
        """The store says that records of these types changed."""
        if self.isVisible() and (types & ROOM_TYPES or self._stack.currentWidget() in (self.no_room, self.not_here)):
            self._reload()
        elif types & SHOWS:
            self.sheet.records_changed(types)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.sheet.wake()
        self.beside.soon()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.beside.stop()
        self.sheet.sleep()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and self.sheet.register is not None:
            for view in (self.day_view, self.month_view):
                view.table.forget_words()
            self.chooser.reload(self._from.today)
            self._register_changed()

    def _reload(self) -> None:
        self.chooser.reload(self._from.today)
        self._chosen()

    @Slot()
    def _chosen(self) -> None:
        self.view.grid.finish()
        self.reason.close_quietly()
        room = self.chooser.room
        here = room is not None and room.live
        self._stack.setCurrentWidget(self.view if here else self.no_room if room is None else self.not_here)
        for part in (self.tool_band, self.undo_button, self.redo_button, self.register_side):
            part.setVisible(here)
        if room is None or not here:
            return
        self.notice.forget()
        self.sheet.open(self.chooser.reading(room, self._from.today))
        self._focus()

    @Slot()
    def _register_changed(self) -> None:
        register = self.sheet.register
        if register is None:
            return
        self.view.show_register(register)
        self.legend.show_book(register)
        self._say(register)
        self.beside.soon()

    def _say(self, register: Register) -> None:
        if self.chooser.shown in (View.MONTH, View.YEAR):
            self.strip.clear()
        else:
            self.notice.show_day(register)

    @Slot()
    def _focus(self) -> None:
        self.view.setFocus()

    # -- acts ---------------------------------------------------------------------------------------------------------

    @Slot()
    def take(self) -> None:
        """出欠を確定 of the day on screen."""
        register, here = self.sheet.register, self.view.here()
        if register is None or not self.view.grid.finish():
            return
        day = register.days[-1 if here is None else here[1]]
        if not register.dates.open(day.date):
            self.strip.show_message(Message(partial(no_school_words, day), Tone.WARN))
        elif not register.room.writable or day.date > register.today:
            self.strip.show_message(Message(lambda: self.tr("This day cannot be taken here, or not yet.")))
        elif day.taken is None:
            self.sheet.take(day.date)

    @Slot()
    def _undo(self) -> None:
        self.entry.undo()

    @Slot()
    def _redo(self) -> None:
        self.entry.redo()

    @Slot(str)
    def _mark_current(self, status: str) -> None:
        here = self.view.here()
        if here is not None:
            self.entry.mark(*here, status)
        self._focus()

    @Slot(object)
    def _reason_asked(self, changes: tuple[Change, ...]) -> None:
        register = self.sheet.register
        if register is not None:
            self.reason.ask(changes, register)

    @Slot(object, str)
    def _reason_given(self, changes: tuple[Change, ...], text: str) -> None:
        self.entry.correct(changes, text)
        self._focus()

    @Slot()
    def _act_done(self) -> None:
        register = self.sheet.register
        if register is not None:
            self.notice.forget()
            self._say(register)

    @Slot(str)
    def _strip_asked(self, act: str) -> None:
        if act == RESUME:
            self.entry.resume()
        elif act == TAKE:
            self.take()
            self._focus()

    # -- ways in ------------------------------------------------------------------------------------------------------

    def _go_to(self, type_: str, id_: str) -> None:
        found = self._from.book.place_of(type_, id_)
        if found is not None and self.chooser.find_any(found.classes, found.date):
            self.view.go(found.pupil, found.date)

    @Slot(object)
    def _open_finding(self, finding: Finding) -> None:
        if finding.fault is Fault.NOT_TAKEN:
            self.chooser.go_to(finding.date, View.DAY)
        else:
            self.view.go(finding.pupil, finding.date)
        self._focus()
