"""What attendance says: of a day, of a cell, of what was refused, and of what is not right."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from PySide6.QtCore import QCoreApplication

from client.attendance.record import Cell, Day, Line, Register, Sent
from client.attendance.rules import Fault, Refused, Why, reason_name, written_times
from client.register.record import RosterRow
from client.syncing.rules import short_date
from client.widgets.grid.edit import Refusal
from sync.records.derive.attendance import PRESENT

translate = QCoreApplication.translate
"""Under this name lupdate finds the words."""


def status_name(status: str | None, register: Register) -> str:
    """What a status is called by the board."""
    if status is None:
        return translate("Register", "no school")
    symbol = register.book.symbols.get(status)
    return status if symbol is None else symbol.name


def told(cell: Cell, register: Register) -> str:
    """A cell in a few words: mark, times, reason, and what its marks say."""
    reason = reason_name(cell.note.reason, register.book)
    shown = cell.mark.status if cell.mark.status not in (None, PRESENT) else cell.status
    parts = (
        status_name(shown, register),
        written_times(cell.mark),
        reason,
        cell.note.text,
        mark_words(cell.state | cell.note.state),
    )
    return " ".join(part for part in parts if part)


def spoken(line: Line, at: int, register: Register) -> str:
    """The full name of a cell: who, which day, what."""
    number = "" if line.who.number is None else str(line.who.number)
    day = short_date(register.days[at].date)
    return " ".join(part for part in (number, line.who.name, day, told(line.cells[at], register)) if part)


def standing(who: RosterRow) -> str | None:
    """A few words about somebody who has left, or is a guest."""
    if who.guest and not who.gone:
        return translate("Register", "guest")
    if not who.gone:
        return None
    return {
        "transferred": translate("Register", "moved away"),
        "graduated": translate("Register", "graduated"),
        "deferred": translate("Register", "deferred"),
    }.get(who.leave or "", translate("Register", "left"))


def mark_words(state: int) -> str:
    """What the marks of a cell say, the gravest one. state: int(Sent)."""
    if state & int(Sent.REFUSED):
        return translate("Register", "not accepted")
    if state & int(Sent.CONFLICT):
        return translate("Register", "needs a decision")
    if state & int(Sent.UNCOPIED):
        return translate("Register", "saved on this PC, no backup copy")
    if state & int(Sent.WAITING):
        return translate("Register", "saved on this PC, not sent yet")
    return translate("Register", "being saved") if state & int(Sent.SAVING) else ""


def weekday(day: str) -> str:
    """「金」. day: ISO date."""
    return (
        translate("Register", "Mon"),
        translate("Register", "Tue"),
        translate("Register", "Wed"),
        translate("Register", "Thu"),
        translate("Register", "Fri"),
        translate("Register", "Sat"),
        translate("Register", "Sun"),
    )[date.fromisoformat(day).weekday()]


def month_name(month: str) -> str:
    """「11月」. month: `2026-11`."""
    return (
        translate("Register", "January"),
        translate("Register", "February"),
        translate("Register", "March"),
        translate("Register", "April"),
        translate("Register", "May"),
        translate("Register", "June"),
        translate("Register", "July"),
        translate("Register", "August"),
        translate("Register", "September"),
        translate("Register", "October"),
        translate("Register", "November"),
        translate("Register", "December"),
    )[int(month[5:]) - 1]


def day_words(day: str) -> str:
    """A day in a few figures with its weekday, `9/12 (Fri)`."""
    return translate("Register", "{day} ({weekday})").format(day=short_date(day), weekday=weekday(day))


def no_school_words(day: Day) -> str:
    """Why nothing is taken on a day: 「11/23は授業日ではありません（勤労感謝の日）。」."""
    if day.closed is not None:
        cause = day.cause or translate("Register", "closure")
        return _WHY[Why.CLOSED]().format(day=short_date(day.date), cause=cause)
    if day.kind is None:
        return translate("Register", "The school's calendar says nothing of {day}.").format(day=day_words(day.date))
    return _WHY[Why.NO_SCHOOL]().format(day=short_date(day.date), title=day.title or weekday(day.date))


def refusal(refused: Refused, day: Day, register: Register) -> Refusal:
    """The sentence for a text that cannot be taken, or for a cell that takes none."""
    given = [symbol for symbol in register.book.symbols.values() if symbol.stored and symbol.keys]
    keys = " ".join(symbol.keys[0].upper() for symbol in given)

    def sentence() -> str:
        title, cause = day.title or weekday(day.date), day.cause or translate("Register", "closure")
        return _WHY[refused.why]().format(
            value=refused.text, day=short_date(day.date), title=title, cause=cause, keys=keys
        )

    return Refusal(sentence)


_WHY: Final[Mapping[Why, Callable[[], str]]] = {
    Why.UNKNOWN_KEY: lambda: translate("Register", '"{value}" is none of the keys {keys}.'),
    Why.NO_SCHOOL: lambda: translate("Register", "{day} is no school day ({title})."),
    Why.CLOSED: lambda: translate("Register", "The class is closed on {day} ({cause}). Nothing is marked."),
    Why.NOT_HERE: lambda: translate("Register", "This pupil does not belong to the class on {day}."),
    Why.READ_ONLY: lambda: translate("Register", "The teachers of this class take its attendance; you can read it."),
    Why.NO_TIME: lambda: translate("Register", "Only who came late or left early has a time."),
    Why.NOT_A_TIME: lambda: translate("Register", '"{value}" is no time such as 9:30.'),
    Why.NOT_A_REASON: lambda: translate(
        "Register", '"{value}" is not on the school\'s list. Write it under "Details".'
    ),
    Why.TOO_LONG: lambda: translate("Register", "At most 100 characters."),
}


def fault_words(fault: Fault, day: str) -> str:
    """What a finding says."""
    return _FAULTS[fault]().format(day=day_words(day))


_FAULTS: Final[Mapping[Fault, Callable[[], str]]] = {
    Fault.NOT_TAKEN: lambda: translate("Register", "{day}: not taken yet"),
    Fault.ON_CLOSED_DAY: lambda: translate("Register", "{day}: marked on a day without school; it does not count"),
    Fault.OUTSIDE: lambda: translate("Register", "{day}: marked outside the class; it does not count"),
    Fault.TO_DECIDE: lambda: translate("Register", "{day}: two people say different things"),
    Fault.UNEXPLAINED: lambda: translate("Register", "{day}: changed later without a reason"),
    Fault.PRESENT: lambda: translate("Register", "More days absent than there were to attend"),
    Fault.MUST: lambda: translate("Register", "More days suspended than there were school days"),
    Fault.LATE: lambda: translate("Register", "More days late than days present"),
}
