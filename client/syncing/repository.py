"""Reads what waits, what was refused and what differs, and says of each what it is about."""

from collections.abc import Iterable, Mapping
from typing import Any

from client.syncing.about import Unit, about
from client.syncing.record import Difference, Refused, Waiting
from client.workspace import MarkKind, Saved, Settle, Workspace
from sync.records.registry import TYPES

_STAFF = "SELECT id, name FROM staff"
_SETTLED = "SELECT resolved_by FROM conflict WHERE id = ? AND state = 'resolved'"


class Situation:
    """All that the pages of sync ask of the store. Every method may raise StoreError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @property
    def me(self) -> str | None:
        """The signed-in member of staff."""
        return self._workspace.enrolment.staff

    @property
    def device_name(self) -> str:
        """What people call this PC."""
        return self._workspace.enrolment.device_name

    def staff(self) -> dict[str, str]:
        """{staff id: name}."""
        return {row.id: row.name for row in self._workspace.rows(_STAFF)}

    def differences(self) -> list[Difference]:
        """Open conflicts with what they are about, newest first."""
        conflicts = self._workspace.conflicts()
        told = about(self._workspace, ((item.type, item.target, item.unit) for item in conflicts))
        device = self._workspace.enrolment.device
        return [
            Difference(item, told[item.type, item.target, item.unit], here=item.group[0] == device)
            for item in conflicts
        ]

    def settle(self, choices: Iterable[Settle]) -> Saved:
        """Settle several conflicts as one edit group. Raises InvalidEdit when one is not open any more."""
        return self._workspace.settle(choices)

    def settled_by(self, conflict: str) -> str | None:
        """Who settled a conflict (staff id); None where it is open, gone, or was settled by no person."""
        rows = self._workspace.rows(_SETTLED, (conflict,))
        return rows[0].resolved_by if rows else None

    def waiting(self) -> list[Waiting]:
        """What waits to be sent, counted by place and kind."""
        units = {
            (mark.type, mark.id, mark.unit): mark.kind is MarkKind.AHEAD
            for mark in self._workspace.marks(*TYPES)
            if mark.kind in (MarkKind.WAITING, MarkKind.AHEAD)
        }
        told = about(self._workspace, units)
        counted: dict[tuple[str, str], list[Unit]] = {}
        for unit in units:
            counted.setdefault((told[unit].place, unit[0]), []).append(unit)
        return [
            Waiting(place, type_, len(held), sum(units[unit] for unit in held), (type_, held[0][1]))
            for (place, type_), held in sorted(counted.items())
        ]

    def refused(self) -> list[Refused]:
        """Groups the school did not take, oldest first."""
        groups = self._workspace.not_accepted()
        edits = [edit for group in groups for edit in group.edits]
        kept = {(type_, id_): fields for type_, id_, fields in edits if fields is not None}
        told = about(self._workspace, ((type_, id_, _first(type_, fields)) for type_, id_, fields in edits), kept)
        return [
            Refused(
                group.q,
                group.at,
                group.outcome,
                group.code,
                tuple((told[type_, id_, _first(type_, fields)], fields) for type_, id_, fields in group.edits),
            )
            for group in groups
        ]

    def resend(self, q: int) -> Saved:
        """Save the values of a refused group again, based on what is visible now."""
        return self._workspace.resend(q)

    def withdraw(self, q: int) -> None:
        """Forget a refused group."""
        self._workspace.withdraw(q)


def _first(type_: str, fields: Mapping[str, Any] | None) -> str:
    """The first unit among the fields of an edit; empty for a removal."""
    if fields is None or type_ not in TYPES:
        return ""
    return next((unit for unit in TYPES[type_].units if unit in fields), "")
