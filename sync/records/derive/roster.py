"""A class list as a school keeps it: numbers stand, leavers stay, guests are shown once (R13, R14, R15, R23)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sync.records.kana import collation_key

HOME: Final = "home"


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One line of a class list on a day. `left_on` = the last day in the class; such a line is struck through (R15)."""

    pupil: str
    number: int | None
    guest: bool
    joined_on: str
    left_on: str | None


def roster(memberships: Iterable[Mapping[str, Any]], kana: Mapping[str, str], day: str) -> list[RosterEntry]:
    """The lines of one class or group on `day`, in the order of the numbers, guests and unnumbered ones behind by kana.

    memberships: fields of `membership` records of that class. kana: {pupil id: reading}. day: ISO date.
    A pupil with several memberships of the class is shown once, by the latest; nobody is shown before the first day.
    """
    latest: dict[str, Mapping[str, Any]] = {}
    for membership in sorted(memberships, key=lambda item: item["from"]):
        if membership["from"] <= day:
            latest[membership["pupil"]] = membership
    entries = [_entry(membership, day) for membership in latest.values()]
    return sorted(entries, key=lambda entry: _place(entry, kana.get(entry.pupil, "")))


def next_number(memberships: Iterable[Mapping[str, Any]]) -> int:
    """The 出席番号 of a pupil who comes now: above every number used this year, whoever has left (R14)."""
    return max((membership.get("number") or 0 for membership in memberships), default=0) + 1


def _entry(membership: Mapping[str, Any], day: str) -> RosterEntry:
    left = membership.get("to")
    return RosterEntry(
        pupil=membership["pupil"],
        number=membership.get("number"),
        guest=membership.get("kind", HOME) != HOME,
        joined_on=membership["from"],
        left_on=left if left is not None and left < day else None,
    )


def _place(entry: RosterEntry, reading: str) -> tuple[bool, int, tuple[str, str, str]]:
    return entry.number is None, entry.number or 0, collation_key(reading)
