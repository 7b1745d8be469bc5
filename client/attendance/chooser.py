"""What of attendance is on screen: which class, as a day, a month, a year or its seats, and when."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from enum import Enum
from functools import partial
from typing import Final, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from client.attendance.record import Day, Register, Room
from client.attendance.repository import AttendanceBook
from client.attendance.words import day_words, translate
from client.widgets.button import Button, Kind
from client.widgets.segmented import Segmented
from client.widgets.selector import Option, Selector
from sync.records.year import school_year

T = TypeVar("T")
BEFORE, AFTER = timedelta(days=28), timedelta(days=14)
"""Which school days around the one on screen the list offers."""
MONTHS: Final = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)


class View(Enum):
    """How a class is looked at."""

    DAY = "day"
    SEATS = "seats"
    MONTH = "month"
    YEAR = "year"


class Chooser(QObject):
    """Offers the classes this person takes or reads. chosen: another class, view or time is wanted.

    day: ISO date; the month on screen is the one it lies in.
    """

    chosen = Signal()

    def __init__(self, book: AttendanceBook, parent: QWidget) -> None:
        super().__init__(parent)
        self._book = book
        self._rooms: tuple[Room, ...] = ()
        self._calendar: tuple[Day, ...] = ()
        self.room: Room | None = None
        self.day = ""
        self.view = Segmented(
            lambda: self.tr("View"),
            (
                (View.DAY, lambda: self.tr("Day")),
                (View.SEATS, lambda: self.tr("Seats")),
                (View.MONTH, lambda: self.tr("Month")),
                (View.YEAR, lambda: self.tr("Year")),
            ),
            parent,
        )
        self.before = Button(lambda: self.tr("Before"), Kind.ICON, parent, icon="previous")
        self.after = Button(lambda: self.tr("After"), Kind.ICON, parent, icon="next")
        self.when = Selector(lambda: self.tr("When"), parent)
        self.class_ = Selector(lambda: self.tr("Class"), parent)
        for button in (self.before, self.after):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.view.chosen.connect(self._view_chosen)
        self.before.clicked.connect(self.go_before)
        self.after.clicked.connect(self.go_after)
        self.when.chosen.connect(self._when_chosen)
        self.class_.chosen.connect(self._class_chosen)
        for selector in (self.when, self.class_):
            selector.sideways.connect(self._sideways)

    @property
    def shown(self) -> View:
        """The view."""
        return View(self.view.key)

    @property
    def month(self) -> str:
        """The month on screen, `2026-11`."""
        return self.day[:7]

    def reload(self, today: str) -> None:
        """Read classes and calendar again; what was chosen stays where it is still there. Raises StoreError."""
        self._rooms = self._book.rooms(today)
        code = None if self.room is None else self.room.code
        room = _first(self._rooms, lambda each: each.code == code) or (self._rooms[0] if self._rooms else None)
        self._take_room(room)
        self.day = self.day or today
        self._hold()
        self._say()

    def find(self, class_: str, day: str, view: View | None = None) -> bool:
        """Choose a class by code, a date and a view. False where the class is not held."""
        room = _first(self._rooms, lambda each: each.code == class_)
        if room is None:
            return False
        self._take_room(room)
        self.day = day
        if view is not None:
            self.view.set_key(view)
        self._hold()
        self._say()
        self.chosen.emit()
        return True

    @property
    def chosen_place(self) -> tuple[str, str] | None:
        """(class, no term); None where no class is held."""
        return None if self.room is None else (self.room.code, "")

    def show_place(self, class_: str, term: str) -> None:
        """Look at the day that was chosen, of this class; terms are no matter here."""
        if self.room is not None and self.room.code != class_:
            self.find(class_, self.day)

    def find_any(self, classes: Iterable[str], day: str) -> bool:
        """Look at a day of one of these classes, the one on screen before others. False where none is held."""
        here = "" if self.room is None else self.room.code
        return any(self.find(code, day, View.DAY) for code in sorted(classes, key=lambda code: code != here))

    def go_to(self, day: str, view: View) -> None:
        """Look at a day of the class on screen."""
        if self.room is not None:
            self.find(self.room.code, day, view)

    def first_day(self) -> str | None:
        """The first date the calendar knows of the year; None where it knows none."""
        return self._calendar[0].date if self._calendar else None

    def reading(self, room: Room, today: str) -> Callable[[], Register]:
        """How the register on screen is read."""
        match self.shown:
            case View.MONTH:
                return partial(self._book.month, room, self.month, today)
            case View.YEAR:
                return partial(self._book.year, room, today)
            case _:
                return partial(self._book.day, room, self.day, today)

    @Slot()
    def open_list(self) -> None:
        """Open the first list that offers a choice; left and right lead on to the other."""
        (self.class_ if self.class_.choices > 1 else self.when).open_list()

    @Slot()
    def go_before(self) -> None:
        """The school day or the month before."""
        self.step(-1)

    @Slot()
    def go_after(self) -> None:
        """The school day or the month after."""
        self.step(1)

    @Slot(int)
    def step(self, by: int) -> None:
        """The time before (-1) or after (1)."""
        if self.room is None or self.shown is View.YEAR:
            return
        if self.shown is View.MONTH:
            day = _month_away(self.day, by)
        else:
            days = [each.date for each in self._calendar if each.kind in ("school_day", "makeup")]
            ahead = [each for each in days if each > self.day] if by > 0 else [each for each in days if each < self.day]
            day = (ahead[0] if by > 0 else ahead[-1]) if ahead else self.day
        self._move(day)

    def _move(self, day: str) -> None:
        before = self.day
        self.day = day
        self._hold()
        self._say()
        if self.day != before:
            self.chosen.emit()

    def _hold(self) -> None:
        """Keep the day inside the school year of the class."""
        if self.room is not None:
            year = self.room.year
            self.day = min(max(self.day, f"{year}-04-01"), f"{year + 1}-03-31")

    def _take_room(self, room: Room | None) -> None:
        if room is not None and (self.room is None or self.room.year != room.year or not self._calendar):
            self._calendar = self._book.calendar(room.year)
        self.room = room

    def _say(self) -> None:
        held = self.room
        for widget in (self.view, self.before, self.after, self.when, self.class_):
            widget.setVisible(held is not None)
        if held is None:
            return
        whole_year = self.shown is View.YEAR
        for widget in (self.before, self.after, self.when):
            widget.setVisible(not whole_year)
        self.class_.show_options([Option(room.code, room.label) for room in self._rooms], held.code)
        self.when.show_options(self._months() if self.shown is View.MONTH else self._days(), self._when())

    def _when(self) -> str:
        return self.month if self.shown is View.MONTH else self.day

    def _days(self) -> list[Option]:
        here = date.fromisoformat(self.day)
        first, last = (here - BEFORE).isoformat(), (here + AFTER).isoformat()
        near = [day for day in self._calendar if first <= day.date <= last]
        days = [day.date for day in near if day.kind in ("school_day", "makeup")]
        if self.day not in days:
            days = sorted([*days, self.day])
        return [Option(day, _said(day_words, day)) for day in days]

    def _months(self) -> list[Option]:
        year = school_year(date.fromisoformat(self.day))
        keys = [f"{year + (month < MONTHS[0])}-{month:02d}" for month in MONTHS]
        return [Option(key, _said(month_words, key)) for key in keys]

    @Slot(object)
    def _view_chosen(self, _view: object) -> None:
        self._say()
        self.chosen.emit()

    @Slot(object)
    def _when_chosen(self, key: str) -> None:
        self._move(key if len(key) == len("2026-11-20") else _in_month(self.day, key))

    @Slot(object)
    def _class_chosen(self, code: str) -> None:
        self.find(code, self.day)

    @Slot(int)
    def _sideways(self, _step: int) -> None:
        (self.class_ if self.sender() is self.when else self.when).open_list()


def month_words(month: str) -> str:
    """「11月」. month: `2026-11`."""
    return translate("Register", "{month}/{year}").format(month=int(month[5:]), year=month[:4])


def _said(words: Callable[[str], str], key: str) -> Callable[[], str]:
    return lambda: words(key)


def _month_away(day: str, by: int) -> str:
    month = date.fromisoformat(f"{day[:7]}-15") + timedelta(days=30 * by)
    return _in_month(day, month.isoformat()[:7])


def _in_month(day: str, month: str) -> str:
    """The same day of another month, or its last one."""
    for number in range(int(day[8:]), 0, -1):
        try:
            return date(int(month[:4]), int(month[5:]), number).isoformat()
        except ValueError:
            continue
    raise ValueError(day)


def _first(items: Iterable[T], wanted: Callable[[T], bool]) -> T | None:
    return next((item for item in items if wanted(item)), None)
