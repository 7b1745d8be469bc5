"""Reads open conflicts with what they are about, and writes decisions."""

from collections.abc import Iterable

from client.conflicts.record import Difference
from client.syncing.repository import Situation
from client.workspace import Saved, Settle, Workspace

_SETTLED = "SELECT resolved_by FROM conflict WHERE id = ? AND state = 'resolved'"


class Conflicts:
    """All that the page of decisions asks of the store. Every method may raise StoreError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._situation = workspace, Situation(workspace)

    def differences(self) -> list[Difference]:
        """Open conflicts with what they are about, newest first."""
        held = self._workspace.conflicts()
        told = self._situation.subjects((item.type, item.target, item.unit) for item in held)
        device = self._workspace.enrolment.device
        return [
            Difference(item, told[item.type, item.target, item.unit], here=item.group[0] == device) for item in held
        ]

    def settle(self, choices: Iterable[Settle]) -> Saved:
        """Settle several conflicts as one edit group. Raises InvalidEdit when one is not open any more."""
        return self._workspace.settle(choices)

    def settled_by(self, conflict: str) -> str | None:
        """Who settled a conflict (staff id); None where it is open, gone, or was settled by no person."""
        rows = self._workspace.rows(_SETTLED, (conflict,))
        return rows[0].resolved_by if rows else None
