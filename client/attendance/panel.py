"""S5 to S7 出欠: a class's day, its seats, its month and its year, on one page and with the same keys."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from client.attendance.chooser import Chooser, View
from client.attendance.day import DayView
from client.attendance.entry import RESUME, RegisterEntry
from client.attendance.leaving import Leaving
from client.attendance.legend import Legend
from client.attendance.reason import ReasonBar
from client.attendance.reading import TYPES
from client.attendance.record import Change, Line, Register
from client.attendance.repository import SHOWS
from client.attendance.rules import Finding, findings
from client.attendance.sheet import OpenRegister
from client.attendance.side import RegisterSide
from client.attendance.sources import Sources
from client.attendance.table import LineTable, no_school_words
from client.shell.actions import SHEET, bind
from client.shell.pages import Left, Page, PageFrame
from client.widgets.button import Button, Kind
from client.widgets.empty_state import EmptyState
from client.widgets.grid.view import GridView
from client.widgets.ink import Tone
from client.widgets.marks import PROBLEM
from client.widgets.message_strip import Act, Message

KEY = "attendance"
TAKE = "take"
ROOM_TYPES = frozenset({"class", "grant", "school_day", "school_year"})
TOLD_MS = 40
"""What follows the cursor follows it when the hand rests."""


def page(sources: Sources) -> Page:
    """The page for the window's list."""
    title = lambda: QCoreApplication.translate("AttendancePage", "Roll call")  # noqa: E731  asked at each change
    return Page(KEY, "attendance", title, lambda: AttendancePage(sources), screens=(SHEET,))


class AttendancePage(PageFrame):
    """The register on screen in one of its views, what chooses it, and what stands beside it."""

    def __init__(self, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("Attendance"), parent)
        self._from = sources
        self._stated: object = None
        self.sheet = OpenRegister(sources.book, self)
        self.chooser = Chooser(sources.book, self)
        self.reason = ReasonBar(self)
        self.day_view = DayView(self.sheet, sources.speech, self)
        self.register_side = self.side = RegisterSide(sources.clock)
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
            lambda: self.tr("Its attendance appears as soon as all of it is on this PC."),
        )
        for widget in (self.day_view, self.no_room, self.not_here):
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
            view.grid.moved.connect(self._tell_soon)
        self.reason.given.connect(self._reason_given)
        self.reason.dropped.connect(self._focus)
        self.legend.chosen.connect(self._mark_current)
        self.strip.asked.connect(self._strip_asked)
        self.register_side.take_asked.connect(self.take)
        self.register_side.reason_chosen.connect(self._reason_chosen)
        self.register_side.opened.connect(self._open_finding)
        self.undo_button.clicked.connect(self.undo)
        self.redo_button.clicked.connect(self.redo)
        bind(self, "undo", SHEET).triggered.connect(self.undo)
        bind(self, "redo", SHEET).triggered.connect(self.redo)
        bind(self, "choose_scope", SHEET).triggered.connect(self.chooser.open_list)
        bind(self, "take", KEY).triggered.connect(self.take)
        self._rest = QTimer(self, singleShot=True, interval=TOLD_MS)
        self._rest.timeout.connect(self._tell)

    def _views(self) -> tuple[DayView, ...]:
        return (self.day_view,)

    @property
    def view(self) -> DayView:
        """The view on screen."""
        return self.day_view

    @property
    def entry(self) -> RegisterEntry:
        """What takes the keys of the view on screen."""
        return self.view.entry

    def _shown_grid(self) -> tuple[GridView, LineTable] | None:
        return self.view.grid, self.view.table

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
        self._tell_soon()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._rest.stop()
        self.sheet.sleep()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and self.sheet.register is not None:
            for view in self._views():
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
        book, today, day = self._from.book, self._from.today, self.chooser.day
        self._stated = None
        self.sheet.open(partial(book.day, room, day, today))
        self._focus()

    @Slot()
    def _register_changed(self) -> None:
        register = self.sheet.register
        if register is None:
            return
        self.view.show_register(register)
        self.legend.show_book(register)
        self._state(register)
        self._tell_soon()

    def _state(self, register: Register) -> None:
        """Say of a day what its list alone does not: that it is not taken, or that there is no school."""
        day = register.days[-1]
        open_ = register.dates.open(day.date)
        key = (register.room.code, day.date, open_, day.taken is not None)
        if key == self._stated:
            return
        self._stated = key
        if not open_:
            self.strip.show_message(Message(partial(no_school_words, day)))
        elif day.taken is None and day.date <= register.today:
            acts = (Act(TAKE, lambda: self.tr("Take attendance")),) if register.room.writable else ()
            self.strip.show_message(Message(partial(self._untaken, register.room.label), Tone.WARN, acts))
        else:
            self.strip.clear()

    def _untaken(self, room: str) -> str:
        return self.tr('Attendance for {room} has not been taken yet. (This is not "all present".)').format(room=room)

    @Slot()
    def _tell_soon(self) -> None:
        if self.isVisible():
            self._rest.start()

    @Slot()
    def _tell(self) -> None:
        register, here = self.sheet.register, self._here()
        if register is None:
            return
        at = len(register.days) - 1 if here is None else here[1]
        self.register_side.show_day(register, at, self._from.situation.staff())
        self.register_side.show_line(None if here is None else here[0], register, at)
        self.register_side.show_findings(findings(register, PROBLEM), register)

    def _here(self) -> tuple[Line, int] | None:
        """The line and the day the cursor is on."""
        return self.view.here()

    @Slot()
    def _focus(self) -> None:
        self.view.setFocus()

    # -- acts ---------------------------------------------------------------------------------------------------------

    @Slot()
    def take(self) -> None:
        """出欠を確定 of the day on screen."""
        register, here = self.sheet.register, self._here()
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
    def undo(self) -> None:
        """Take back the last act."""
        self.entry.undo()

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back last."""
        self.entry.redo()

    @Slot(str)
    def _mark_current(self, status: str) -> None:
        here = self._here()
        if here is not None:
            self.entry.mark(*here, status)
        self._focus()

    @Slot(str)
    def _reason_chosen(self, code: str) -> None:
        here = self._here()
        if here is not None:
            line, at = here
            self.entry.want([Change(line, at, note=(code, line.cells[at].note.text))])
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
        if register is not None and self._stated is not None:
            self._stated = None
            self._state(register)

    @Slot(str)
    def _strip_asked(self, act: str) -> None:
        if act == RESUME:
            self.entry.resume()
        elif act == TAKE:
            self.take()
            self._focus()

    # -- ways in ------------------------------------------------------------------------------------------------------

    def _go_to(self, type_: str, id_: str) -> None:
        place, room = self._from.book.place_of(type_, id_), self.chooser.room
        if place is not None and room is not None:
            self.chooser.go_to(place[1], View.DAY)
            self.view.go(*place)

    @Slot(object)
    def _open_finding(self, finding: Finding) -> None:
        self.view.go(finding.pupil, finding.date)
