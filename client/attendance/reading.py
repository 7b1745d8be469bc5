"""Reads a register from the local store: the calendar, the list, the marks, their reasons and the symbols."""

import json
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Final

from client.attendance.record import (
    NO_NOTE,
    UNMARKED,
    Cell,
    Day,
    Line,
    Mark,
    Note,
    Place,
    Reason,
    Register,
    Room,
    Sent,
    Symbol,
    SymbolSet,
    Taken,
)
from client.attendance.rules import key_table
from client.configuration import repository as configured
from client.register.repository import class_list
from client.workspace import MarkKind, Row, Workspace, base_of
from sync.records.attendance import MARKS
from sync.records.derive.attendance import USUAL, WHOLE_DAY, SchoolDates, Span, effective
from sync.records.ids import keyed_id
from sync.records.masters import STATUSES

_DAYS = "SELECT date, kind, title FROM school_day WHERE date BETWEEN ? AND ? ORDER BY date"
_CLOSURES = """
SELECT date, counts_as, cause, part, (SELECT name FROM code_item WHERE "set" = 'closure_cause' AND code = cause) AS name
FROM closure WHERE "class" = ? AND date BETWEEN ? AND ?
"""
_TAKEN = 'SELECT id, date, taken, "by", at FROM attendance_day WHERE "class" = ? AND date BETWEEN ? AND ?'
_CLASSES = 'SELECT year || \':\' || "key" AS code FROM "class"'
_SPANS = 'SELECT pupil, "from", "to" FROM membership WHERE "class" = ?'
_ENROLLED = """
SELECT pupil, "from", "to" FROM enrolment WHERE pupil IN (SELECT pupil FROM membership WHERE "class" = ?)
"""
_MARKS = "SELECT id, ver, fv, own, pupil, date, mark, late_at, left_at, source FROM attendance"
_NOTES = "SELECT id, ver, fv, own, pupil, date, reason, text FROM attendance_note"
_RANGE = "WHERE date BETWEEN ? AND ? AND pupil IN (SELECT value FROM json_each(?))"
_THESE = "WHERE id IN (SELECT value FROM json_each(?))"
REASON_SET: Final = "attendance_reason"

STATES: Final = {
    MarkKind.WAITING: int(Sent.WAITING),
    MarkKind.AHEAD: int(Sent.WAITING),
    MarkKind.UNCOPIED: int(Sent.WAITING | Sent.UNCOPIED),
    MarkKind.CONFLICT: int(Sent.CONFLICT),
    MarkKind.NOT_ACCEPTED: int(Sent.REFUSED),
}
TYPES: Final = ("attendance", "attendance_note", "attendance_day")


@dataclass(frozen=True, slots=True)
class Filled:
    """Cells and notes of what exists, by pupil and date."""

    marks: Mapping[Place, Cell]
    notes: Mapping[Place, Note]


class RegisterReader:
    """Reads registers. Every method may raise StoreError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._school = workspace.enrolment.school

    def register(self, room: Room, dates: Iterable[str], today: str) -> Register:
        """A class on these ISO dates, in order, with the list of the last of them."""
        wanted = tuple(dates)
        first, last = wanted[0], wanted[-1]
        states = self._states()
        days, calendar = self._days(room, wanted, states)
        listed = class_list(self._workspace, room.code, last)
        spans, classes = self._spans(room), self._classes()
        filled = self._filled(first, last, [who.pupil for who in listed.rows], states)
        lines: list[Line] = []
        for who in listed.rows:
            line = Line(who, spans.get(who.pupil, ()), tuple(sorted(classes & {*listed.classes[who.pupil]})), ())
            cells = tuple(_cell(line, date, calendar, filled) for date in wanted)
            lines.append(replace(line, cells=cells))
        return Register(room, today, days, calendar, tuple(lines), self.book(room.year))

    def renewed(self, register: Register, places: AbstractSet[Place]) -> Register:
        """The register with these cells read again: what an act on few of thousands needs."""
        pupils = {pupil for pupil, _ in places}
        states = self._states()
        ids = [json.dumps([keyed_id(self._school, type_, *place) for place in places]) for type_ in TYPES[:2]]
        ask = self._workspace.rows
        filled = Filled(
            dict(_marks(ask(f"{_MARKS} {_THESE}", (ids[0],)), states)),
            dict(_notes(ask(f"{_NOTES} {_THESE}", (ids[1],)), states)),
        )
        lines = (
            replace(
                line,
                cells=tuple(
                    _cell(line, cell.date, register.dates, filled) if (line.id, cell.date) in places else cell
                    for cell in line.cells
                ),
            )
            if line.id in pupils
            else line
            for line in register.lines
        )
        return replace(register, lines=tuple(lines))

    def school_days(self, first: str, last: str) -> list[Day]:
        """The days of the calendar between two ISO dates, both included, without what is known of a class."""
        rows = self._workspace.rows(_DAYS, (first, last))
        return [Day(row.date, row.kind, row.title or "") for row in rows]

    def book(self, year: int) -> SymbolSet:
        """The symbols, keys and reasons of a school year."""
        rows = configured.symbols(self._workspace, year)
        symbols = {status: _symbol(status, rows[status]) for status in STATUSES if status in rows}
        reasons = [
            Reason(row.code, row.name, row.short or row.name, frozenset(json.loads(row.attrs) if row.attrs else ()))
            for row in configured.codes(self._workspace, REASON_SET)
        ]
        return SymbolSet(symbols, key_table(symbols.values()), tuple(reasons))

    # -- days ---------------------------------------------------------------------------------------------------------

    def _days(
        self, room: Room, dates: tuple[str, ...], states: Mapping[str, int]
    ) -> tuple[tuple[Day, ...], SchoolDates]:
        span = dates[0], dates[-1]
        known = {day.date: day for day in self.school_days(*span)}
        closed = {
            row.date: row
            for row in self._workspace.rows(_CLOSURES, (room.code, *span))
            if (row.part or WHOLE_DAY) == WHOLE_DAY and row.counts_as is not None
        }
        taken = {row.date: row for row in self._workspace.rows(_TAKEN, (room.code, *span)) if row.taken}

        def made(date: str) -> Day:
            day, shut, done = known.get(date) or Day(date), closed.get(date), taken.get(date)
            if shut is not None:
                day = replace(day, closed=shut.counts_as, cause=shut.name or "")
            if done is not None:
                day = replace(day, taken=Taken(done["by"], done.at), state=states.get(done.id, 0))
            return day

        kinds = {date: day.kind for date, day in known.items() if day.kind is not None}
        shut = {date: row.counts_as for date, row in closed.items()}
        return tuple(map(made, dates)), SchoolDates(kinds, shut, frozenset(taken))

    def _classes(self) -> frozenset[str]:
        """The codes of all classes; other codes a pupil may have are groups, where nobody takes attendance."""
        return frozenset(row.code for row in self._workspace.rows(_CLASSES))

    def _spans(self, room: Room) -> dict[str, tuple[Span, ...]]:
        """When each pupil belongs to the class: the days of the membership on which the pupil is enrolled (R06)."""
        enrolled: dict[str, list[Span]] = {}
        for row in self._workspace.rows(_ENROLLED, (room.code,)):
            enrolled.setdefault(row.pupil, []).append(Span(row["from"], row["to"]))
        spans: dict[str, list[Span]] = {}
        for row in self._workspace.rows(_SPANS, (room.code,)):
            own = Span(row["from"], row["to"])
            spans.setdefault(row.pupil, []).extend(_common(own, enrolled.get(row.pupil)))
        return {pupil: tuple(held) for pupil, held in spans.items()}

    # -- cells --------------------------------------------------------------------------------------------------------

    def _filled(self, first: str, last: str, pupils: list[str], states: Mapping[str, int]) -> Filled:
        asked = (first, last, json.dumps(pupils))
        return Filled(
            dict(_marks(self._workspace.rows(f"{_MARKS} {_RANGE}", asked), states)),
            dict(_notes(self._workspace.rows(f"{_NOTES} {_RANGE}", asked), states)),
        )

    def _states(self) -> dict[str, int]:
        states: dict[str, int] = {}
        for mark in self._workspace.marks(*TYPES):
            states[mark.id] = states.get(mark.id, 0) | STATES[mark.kind]
        return states


def _common(own: Span, enrolled: list[Span] | None) -> list[Span]:
    """The days two things hold; all of its own where nothing is known of the enrolment."""
    if enrolled is None:
        return [own]
    found: list[Span] = []
    for other in enrolled:
        ends = [last for last in (own.last, other.last) if last is not None]
        span = Span(max(own.first, other.first), min(ends) if ends else None)
        if span.last is None or span.first <= span.last:
            found.append(span)
    return found


def _cell(line: Line, date: str, dates: SchoolDates, filled: Filled) -> Cell:
    place = line.id, date
    held = filled.marks.get(place)
    status = effective(date, line.spans, dates, None if held is None else held.mark.status)
    note = filled.notes.get(place, NO_NOTE)
    return Cell(date, status, note=note) if held is None else replace(held, status=status, note=note)


def _marks(rows: Iterable[Row], states: Mapping[str, int]) -> Iterator[tuple[Place, Cell]]:
    for row in rows:
        id_, ver, fv, own, pupil, date, status, late_at, left_at, source = row
        seen = base_of(row, "mark") if fv or own else ver
        mark = UNMARKED if status is None else Mark(status, late_at, left_at)
        state = states.get(id_, 0)
        yield (pupil, date), Cell(date, None, mark, source, exists=True, seen=seen, state=state)


def _notes(rows: Iterable[Row], states: Mapping[str, int]) -> Iterator[tuple[Place, Note]]:
    for row in rows:
        seen, state = base_of(row, "reason"), states.get(row.id, 0)
        yield (row.pupil, row.date), Note(row.reason, row.text or "", exists=True, seen=seen, state=state)


def _symbol(status: str, row: Row) -> Symbol:
    usual: AbstractSet[str] = USUAL.get(status, frozenset())
    counts: AbstractSet[str] = usual if row["counts"] is None else frozenset(json.loads(row["counts"]))
    return Symbol(status, row.symbol, row.name, tuple((row["keys"] or "").split()), counts, stored=status in MARKS)
