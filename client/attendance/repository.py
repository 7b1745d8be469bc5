"""The classes somebody takes, their registers, and what is marked, taken or seated as one edit group."""

import json
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from client.attendance.arrangement import Seat
from client.attendance.reading import TYPES, RegisterReader
from client.attendance.record import SAVING, Change, Day, Line, Place, Register, Room
from client.workspace import Base, Grant, Put, Row, Saved, ScopeState, Workspace, base_of
from sync.records.registry import TYPES as RECORDS
from sync.records.registry import may_write
from sync.records.roles import Role
from sync.records.scopes import RW

SHOWS: Final = frozenset({*TYPES, "seat", "closure", "school_day", "symbol", "code_item", "pupil"}) | frozenset(
    {"membership", "enrolment", "conflict", "outbox"}
)
"""Record types whose change may change what a register shows."""
RECENT: Final = 10
"""School days beside the one that is taken."""

_LABELS = 'SELECT year || \':\' || "key" AS code, label FROM "class"'
_SEATS = 'SELECT id, ver, fv, own, pupil, "row", "column" FROM seat WHERE "class" = ?'
_OWN = """
SELECT target FROM duty WHERE staff = ? AND role IN ('homeroom', 'special', 'deputy') AND target_kind = 'class'
AND "from" <= ? AND coalesce("to", '9999') >= ?
"""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a record of attendance stands. pupil: None where it is the day's. classes: by code."""

    date: str
    pupil: str | None
    classes: tuple[str, ...]


class AttendanceBook:
    """All that the attendance page asks of the store. Every method may raise StoreError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._reader = RegisterReader(workspace)

    # -- reading ------------------------------------------------------------------------------------------------------

    def rooms(self, today: str) -> tuple[Room, ...]:
        """The classes whose attendance is granted on an ISO day; the own one first, then by code."""
        states, granted = self._workspace.scopes(), self._granted(today)
        own = {row.target for row in self._workspace.rows(_OWN, (self._workspace.enrolment.staff, today, today))}
        labels = {row.code: row.label for row in self._workspace.rows(_LABELS)}
        rooms = [
            Room(
                code,
                labels[code],
                live=states.get(f"class:{code}") is ScopeState.LIVE,
                writable=any(map(_writes, grants)),
                own=code in own,
            )
            for code, grants in granted.items()
            if code in labels
        ]
        return tuple(sorted(rooms, key=lambda room: (not room.own, not room.writable, room.code)))

    def _granted(self, today: str) -> dict[str, list[Grant]]:
        granted: dict[str, list[Grant]] = {}
        for grant in self._workspace.grants():
            kind, _, code = grant.scope.partition(":")
            if kind == "class" and grant.since <= today and (grant.until is None or today <= grant.until):
                granted.setdefault(code, []).append(grant)
        return granted

    def calendar(self, year: int) -> tuple[Day, ...]:
        """Every date the school's calendar knows of a school year."""
        return tuple(self._reader.school_days(f"{year}-04-01", f"{year + 1}-03-31"))

    def day(self, room: Room, day: str, today: str) -> Register:
        """The register of one day, with the school days before it that are shown beside it; the day stands last."""
        first = (date.fromisoformat(day) - timedelta(days=60)).isoformat()
        before = [each.date for each in self._reader.school_days(first, day) if _is_school(each) and each.date < day]
        return self._reader.register(room, [*before[-RECENT:], day], today)

    def month(self, room: Room, month: str, today: str) -> Register:
        """The register of a month, `2026-11`: every date of it."""
        return self._reader.register(room, list(_dates(month)), today)

    def year(self, room: Room, today: str) -> Register:
        """The register of the whole year: the dates with school, or with a mark that should not be there."""
        dates = [day.date for day in self.calendar(room.year) if _is_school(day)]
        return self._reader.register(room, dates or [f"{room.year}-04-01"], today)

    def seats(self, room: Room) -> dict[str, Seat]:
        """{pupil: seat} of a class, as it is kept; empty before it is arranged for the first time."""
        rows = self._workspace.rows(_SEATS, (room.code,))
        return {row.pupil: (row["row"], row["column"]) for row in rows if row["row"] and row["column"]}

    def renewed(self, register: Register, places: frozenset[Place]) -> Register:
        """The register with these cells read again."""
        return self._reader.renewed(register, places)

    # -- writing ------------------------------------------------------------------------------------------------------

    def post(self, register: Register, changes: Iterable[Change], cause: str) -> "Future[Saved]":
        """Write the cells of one act as one edit group. cause: the act's word, `marked`, `corrected`.

        The Future ends when all is on the disk, or with InvalidEdit, DiskFull or StoreDamaged: then nothing is.
        """
        puts = [put for change in changes for put in _puts(register, change)]
        return self._workspace.post(f"attendance.{cause}", puts, screen=screen_of(register.room))

    def seat(self, room: Room, seats: Mapping[str, Seat]) -> None:
        """Keep these seats, and wait until they are on the disk: those that are others become one edit group."""
        held = {row.pupil: row for row in self._workspace.rows(_SEATS, (room.code,))}
        puts = [
            Put("seat", {"class": room.code, "pupil": pupil, "row": row, "column": column}, seen={"row": seen})
            for pupil, (row, column) in seats.items()
            for now, seen in [_kept(held.get(pupil))]
            if now != (row, column)
        ]
        if puts:
            self._workspace.edit("attendance.seated", puts, screen=screen_of(room))

    def take(self, room: Room, day: str) -> "Future[Saved]":
        """出欠を確定: say that the class's day has been taken."""
        put = Put("attendance_day", {"class": room.code, "date": day, "taken": True})
        return self._workspace.post("attendance.taken", [put], screen=screen_of(room))

    def undo(self, room: Room) -> Saved | None:
        """Take back the last act on this class; None when there is none. Raises UndoRefused."""
        return self._workspace.undo(screen_of(room))

    def redo(self, room: Room) -> Saved | None:
        """Do the last act again that was taken back; None when there is none. Raises UndoRefused."""
        return self._workspace.redo(screen_of(room))

    def place_of(self, type_: str, id_: str) -> Found | None:
        """Where a mark, its reason or a taken day stands; None where it is not held here."""
        if type_ not in TYPES:
            return None
        whose = 'NULL, json_array("class")' if type_ == "attendance_day" else 'pupil, "@classes"'
        rows = self._workspace.rows(f"SELECT date, {whose} FROM {type_} WHERE id = ?", (id_,))  # noqa: S608  fixed names
        return Found(rows[0][0], rows[0][1], tuple(json.loads(rows[0][2]))) if rows else None


def screen_of(room: Room) -> str:
    """The undo stack of a class: one for its day, its month and its seats."""
    return f"attendance.{room.code}"


def _kept(row: Row | None) -> tuple[Seat | None, Base]:
    """A kept seat, and what an edit of it is based on."""
    return (None, 0) if row is None else ((row["row"], row["column"]), base_of(row, "row"))


def _writes(grant: Grant) -> bool:
    return grant.rights == RW and may_write(RECORDS["attendance"], Role(grant.role), {})


def _is_school(day: Day) -> bool:
    return day.kind in ("school_day", "makeup")


def _dates(month: str) -> Iterator[str]:
    day = date.fromisoformat(f"{month}-01")
    while day.isoformat()[:7] == month:
        yield day.isoformat()
        day += timedelta(days=1)


def _puts(register: Register, change: Change) -> Iterator[Put]:
    """The edits of one cell. A cell whose own last edit is on its way is based on that edit (seen is left out)."""
    cell, line = change.cell, change.line
    if change.mark is not None:
        unit = {"mark": change.mark.status, "late_at": change.mark.late_at, "left_at": change.mark.left_at}
        late = register.days[change.at].taken is not None
        fields = _key(line, cell.date) | unit | {"source": "correction" if late else "teacher"}
        yield Put("attendance", fields, seen={"mark": cell.seen} if _settled(cell.state) else None)
    if change.note is not None:
        reason, text = change.note
        unit = {"reason": reason, "text": text or None}
        seen = {"reason": cell.note.seen} if _settled(cell.note.state) else None
        yield Put("attendance_note", _key(line, cell.date) | unit, seen=seen)


def _key(line: Line, day: str) -> dict[str, Any]:
    return {"pupil": line.id, "date": day, "@classes": list(line.classes)}


def _settled(state: int) -> bool:
    return not state & SAVING
