"""Puts pupils into classes and groups: numbers, spans, home and exchange classes, and the enrolment at the school."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sync.server.roster.edits import Edits
from sync.server.roster.package import EnrolmentRow
from sync.server.roster.places import Place

_OPEN: Final = "9999-12-31"
_DAY: Final = timedelta(days=1)
_Found = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Seat:
    """A pupil's row of enrollments.csv and where it leads."""

    row: EnrolmentRow
    pupil: str
    place: Place

    @property
    def start(self) -> str:
        """The first day in the class: the row's, else the school year's."""
        return (self.row.begin or self.place.start).isoformat()


class Memberships:
    """The places of pupils in classes as they were and as they are to be."""

    def __init__(self, edits: Edits) -> None:
        self._edits = edits
        self._of: dict[str, set[str]] = {}
        self._ended: set[str] = set()
        for id_, fields in edits.known.all("membership"):
            self._of.setdefault(fields["pupil"], set()).add(id_)

    def seat(self, seat: Seat) -> None:
        """Want the membership of a row. A lesson of a class makes none: the class's own row does."""
        row, code = seat.row, seat.place.code
        if seat.place.is_lesson:
            self._edits.remember("enrollments", row.origin.id)
            return
        id_ = self._edits.key("membership", seat.pupil, code, seat.start)
        self._leave_former(seat, id_)
        fields: dict[str, Any] = {"pupil": seat.pupil, "class": code, "from": seat.start}
        if row.number:
            fields["number"] = row.number
        if row.end or not self._edits.known.has("enrollments", row.origin.id, "membership"):
            fields["to"] = row.end.isoformat() if row.end else None
        held = self._edits.get("membership", id_) or {}
        fields["kind"] = "group" if seat.place.is_group else held.get("kind", "home")
        self._edits.want("membership", id_, fields)
        self._edits.remember("enrollments", row.origin.id, "membership", id_)
        self._of.setdefault(seat.pupil, set()).add(id_)

    def _leave_former(self, seat: Seat, id_: str) -> None:
        """A row that says another class or first day than before: the former place ends, or never was.

        A sender may use its ids again for the next year; the places of another year are left alone.
        """
        former = self._edits.known.find("enrollments", seat.row.origin.id, "membership")
        fields = self._edits.get("membership", former) if former and former != id_ else None
        if former is None or fields is None or fields["class"][:4] != seat.place.code[:4]:
            return
        if fields["class"] != seat.place.code and fields["from"] < seat.start:
            self.end(former, (date.fromisoformat(seat.start) - _DAY).isoformat())
        else:
            self._edits.remove("membership", former)

    def end(self, id_: str, last: str) -> None:
        """Want a membership to end on `last` at the latest; one that had not begun by then never was."""
        fields = self._edits.get("membership", id_)
        if fields is None:
            return
        if last < fields["from"]:
            self._edits.remove("membership", id_)
        elif last < (fields.get("to") or _OPEN):
            self._edits.want("membership", id_, {"to": last})
            self._ended.add(id_)

    def of(self, pupil: str) -> list[_Found]:
        """Return id and fields of a pupil's memberships as they are to be, by first day."""
        found = ((id_, self._edits.get("membership", id_)) for id_ in self._of.get(pupil, ()))
        return sorted(
            ((id_, fields) for id_, fields in found if fields is not None),
            key=lambda item: (item[1]["from"], item[1]["class"]),
        )

    def touched(self) -> Iterator[str]:
        """Yield the pupils of whom a membership was wanted or removed."""
        for pupil, ids in self._of.items():
            if any(self._edits.is_touched("membership", id_) for id_ in ids):
                yield pupil

    def settle(self, pupil: str, home: str | None) -> list[str]:
        """Tell home from exchange classes (R23) and return the codes a pupil's records are routed to.

        home: code of the class the sender calls the pupil's own, None if it says none. Of classes at the same time a
        special-support class is the own one and the others are exchange classes. A class that was left for another
        one of the same year is no longer routed to; the last class of a pupil who left the school is (R15).
        """
        self._make_room(pupil)
        mine = self.of(pupil)
        classes = [item for item in mine if item[1]["kind"] != "group"]
        for id_, fields in classes:
            rivals = [other for _, other in classes if _overlap(fields, other)]
            kind = "home" if fields["class"] == self._home_of(rivals, home) else "exchange"
            if fields["kind"] != kind:
                self._edits.want("membership", id_, {"kind": kind, "number": fields.get("number")})
        classes = [item for item in self.of(pupil) if item[1]["kind"] != "group"]
        latest = {f["class"][:4]: f["from"] for _, f in classes if f["kind"] == "home"}
        left = {id_ for id_, f in classes if (f.get("to") or _OPEN) < latest.get(f["class"][:4], "")}
        return sorted({fields["class"] for id_, fields in mine if id_ not in left})

    def _make_room(self, pupil: str) -> None:
        """A class that has just ended ends the day before another of the year begins: nobody is counted twice (R23)."""
        mine = self.of(pupil)
        for id_, fields in mine:
            starts = [
                other["from"]
                for _, other in mine
                if other["class"] != fields["class"] and other["class"][:4] == fields["class"][:4]
                if other["kind"] != "group" and fields["from"] < other["from"] <= (fields.get("to") or _OPEN)
            ]
            if id_ in self._ended and fields["kind"] != "group" and starts:
                self.end(id_, (date.fromisoformat(min(starts)) - _DAY).isoformat())

    def _home_of(self, rivals: list[Mapping[str, Any]], home: str | None) -> str:
        codes = [fields["class"] for fields in rivals]
        special = [code for code in codes if self._is_special(code)]
        if special:
            return special[0]
        return home if home is not None and home in codes else codes[0]

    def _is_special(self, code: str) -> bool:
        year, _, key = code.partition(":")
        fields = self._edits.get("class", self._edits.key("class", year, key)) or {}
        return fields.get("kind") == "special_support"


def _overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return one["from"] <= (other.get("to") or _OPEN) and other["from"] <= (one.get("to") or _OPEN)
