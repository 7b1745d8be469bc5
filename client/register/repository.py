"""Reads class lists from the local store."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from client.register.record import HeldClass, RosterLine, RosterRow
from client.workspace import Row, ScopeState, Workspace
from sync.records.derive.roster import HOME, RosterEntry, roster

_MEMBERSHIPS = 'SELECT pupil, number, kind, "from", "to" FROM membership WHERE "class" = ?'
_PUPILS = """
SELECT pupil.id, family, given, kana_family, kana_given, "@classes"
FROM pupil WHERE id IN (SELECT pupil FROM membership WHERE "class" = ?)
"""
_LEAVES = """
SELECT pupil, leave FROM enrolment
WHERE leave IS NOT NULL AND pupil IN (SELECT pupil FROM membership WHERE "class" = ?)
"""
_OFFICIAL = """
SELECT pupil, family, given FROM pupil_official
WHERE pupil IN (SELECT pupil FROM membership WHERE "class" = ?)
"""
_NAMES = """
SELECT pupil, family, given, common_family, common_given FROM pupil_official
WHERE pupil IN (SELECT pupil FROM membership WHERE "class" = ?)
"""
_ENROLMENTS = """
SELECT pupil, "from", entry, "to", leave FROM enrolment
WHERE pupil IN (SELECT pupil FROM membership WHERE "class" = ?)
"""
_ANNOUNCED = """
SELECT membership.pupil, number, kind, min(membership."from") AS "from", family, given, kana_family, kana_given
FROM membership JOIN pupil ON pupil.id = membership.pupil
WHERE "class" = ? AND membership."from" > ? GROUP BY membership.pupil
"""
_LABELS = """
SELECT year || ':' || "key" AS code, label FROM "class" UNION SELECT year || ':' || "key", name FROM "group"
"""
_OWN = """
SELECT target FROM duty WHERE staff = ? AND role IN ('homeroom', 'special') AND target_kind = 'class'
AND "from" <= ? AND coalesce("to", '9999') >= ?
"""


@dataclass(frozen=True, slots=True)
class ClassList:
    """The lines of a class in order, and the classes each pupil belongs to, by code."""

    rows: tuple[RosterRow, ...]
    classes: Mapping[str, tuple[str, ...]]


def class_list(workspace: Workspace, class_: str, day: str) -> ClassList:
    """The list of a class or group, given by its code, on an ISO day. Empty where nothing of it is held here.

    Raises StoreError.
    """
    pupils = {row.id: row for row in workspace.rows(_PUPILS, (class_,))}
    readings = {id_: row.kana_family + row.kana_given for id_, row in pupils.items()}
    memberships = [dict(row) for row in workspace.rows(_MEMBERSHIPS, (class_,))]
    leaves: dict[str, str] = {row.pupil: row.leave for row in workspace.rows(_LEAVES, (class_,))}
    official = {row.pupil: (row.family, row.given) for row in workspace.rows(_OFFICIAL, (class_,))}
    entries = [entry for entry in roster(memberships, readings, day) if entry.pupil in pupils]
    rows = tuple(_row(entry, pupils[entry.pupil], leaves, official) for entry in entries)
    return ClassList(rows, {id_: tuple(json.loads(row["@classes"])) for id_, row in pupils.items()})


def _row(
    entry: RosterEntry, pupil: Any, leaves: Mapping[str, str], official: Mapping[str, tuple[str | None, str | None]]
) -> RosterRow:
    register = official.get(entry.pupil, (None, None))
    return RosterRow(
        pupil=entry.pupil,
        number=entry.number,
        family=pupil.family,
        given=pupil.given,
        kana=f"{pupil.kana_family} {pupil.kana_given}",
        guest=entry.guest,
        left_on=entry.left_on,
        leave=leaves.get(entry.pupil) if entry.left_on is not None else None,
        official=any(
            written is not None and written != shown
            for written, shown in zip(register, (pupil.family, pupil.given), strict=True)
        ),
    )


class Rosters:
    """All that the roster page asks of the store. Every method may raise StoreError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def classes(self, today: str) -> tuple[HeldClass, ...]:
        """The classes and groups whose roster is granted on an ISO day; the own class first, then by code."""
        states, held = self._workspace.scopes(), self._granted(today)
        labels = {row.code: row.label for row in self._workspace.rows(_LABELS)}
        own = self._own(today)
        classes = [
            HeldClass(
                code=code,
                label=labels.get(code, code.partition(":")[2]),
                live=states.get(f"roster:{code}") is ScopeState.LIVE,
                own=code in own,
                names=f"homeroom:{code}" in held,
                names_live=states.get(f"homeroom:{code}") is ScopeState.LIVE,
            )
            for code in (scope.removeprefix("roster:") for scope in held if scope.startswith("roster:"))
        ]
        return tuple(sorted(classes, key=lambda each: (not each.own, not each.names, each.code)))

    def _granted(self, today: str) -> set[str]:
        grants = self._workspace.grants()
        return {each.scope for each in grants if each.since <= today and (each.until is None or today <= each.until)}

    def _own(self, today: str) -> set[str]:
        rows = self._workspace.rows(_OWN, (self._workspace.enrolment.staff, today, today))
        return {row.target for row in rows}

    def lines(self, class_: HeldClass, day: str) -> tuple[RosterLine, ...]:
        """The roster of a class on an ISO day: who is in it, who has left, and who is announced."""
        code = class_.code
        rows = {row.pupil: row for row in class_list(self._workspace, code, day).rows}
        moves = [dict(row) for row in self._workspace.rows(_MEMBERSHIPS, (code,))]
        names = {row.pupil: row for row in self._workspace.rows(_NAMES, (code,))} if class_.names_live else {}
        enrolments = {(row.pupil, row["from"]): row for row in self._workspace.rows(_ENROLMENTS, (code,))}
        first = min((move["from"] for move in moves), default=day)
        lines: list[RosterLine] = []
        for pupil, who in rows.items():
            here = max((m for m in moves if m["pupil"] == pupil and m["from"] <= day), key=lambda m: m["from"])
            line = _named(who, names.get(pupil))
            if here["from"] > first:
                entry = enrolments.get((pupil, here["from"]))
                line = replace(line, came_on=here["from"], came=None if entry is None else entry.entry)
            if here["to"] is not None and day <= here["to"] < _last_day(code):
                ends = (e.leave for (each, _), e in enrolments.items() if each == pupil and e["to"] == here["to"])
                line = replace(line, leaves_on=here["to"], leaves_for=next(ends, None))
            lines.append(line)
        return (*lines, *self._announced(code, day, rows.keys()))

    def _announced(self, code: str, day: str, here: Collection[str]) -> Iterator[RosterLine]:
        """Who is known to come, and is not on the list yet."""
        for row in self._workspace.rows(_ANNOUNCED, (code, day)):
            if row.pupil not in here:
                kana = f"{row.kana_family} {row.kana_given}"
                who = RosterRow(row.pupil, row.number, row.family, row.given, kana, guest=row.kind != HOME)
                yield RosterLine(who, comes_on=row["from"])


def _named(who: RosterRow, names: Row | None) -> RosterLine:
    """A pupil's line with the names of the register that are others than the one on daily lists."""
    if names is None:
        return RosterLine(who)
    official = " ".join(part for part in (names.family, names.given) if part)
    common = " ".join(part for part in (names.common_family, names.common_given) if part)
    return RosterLine(
        who, official="" if official == who.name else official, common="" if common == who.name else common
    )


def _last_day(class_: str) -> str:
    """31 March of the school year of a class, given by its code: with that day nobody is about to leave."""
    return f"{int(class_.partition(':')[0]) + 1}-03-31"
