"""What take-outs need of the store: which classes may be asked for, and that all is sent before one begins or ends."""

from collections.abc import Callable

from client.takeout.record import ClassChoice, NotAllSent, Office
from client.workspace import Workspace
from sync.protocol.lease import LeaseAnswer, LeaseRequest

_LABELS = """
SELECT year || ':' || key AS code, label FROM class UNION SELECT year || ':' || key, name FROM "group"
"""
_KINDS = ("roster", "class", "homeroom", "lesson")


class Takeouts:
    """Take-outs of one store. office: the school's side. round_: one whole round of sync; may wait."""

    def __init__(self, workspace: Workspace, office: Office, round_: Callable[[], object]) -> None:
        self._workspace, self.office, self.round = workspace, office, round_

    @property
    def device(self) -> str:
        """Which device this is."""
        return self._workspace.enrolment.device

    def labels(self) -> list[ClassChoice]:
        """All classes and groups that are known here, by code. Raises StoreError."""
        rows = self._workspace.rows(_LABELS)
        return [ClassChoice(row.code, row.label) for row in sorted(rows, key=lambda row: row.code)]

    def classes(self) -> list[ClassChoice]:
        """Classes and groups the user has something to do with, by code. Raises StoreError."""
        labels = {choice.code: choice.label for choice in self.labels()}
        scopes = (grant.scope.split(":") for grant in self._workspace.grants())
        codes = {":".join(parts[1:3]) for parts in scopes if parts[0] in _KINDS and len(parts) >= 3}
        return [ClassChoice(code, labels.get(code, code.partition(":")[2])) for code in sorted(codes)]

    def start(self, permit: str, request: LeaseRequest) -> LeaseAnswer:
        """Send everything, then begin; the lease the device has from now on. What the permit does not let out goes with
        the next round.

        Raises NotAllSent, PermitRefused and what a round may raise; nothing has begun then.
        """
        self._send_all()
        return self.office.start(permit, request).lease

    def give_back(self, permit: str, request: LeaseRequest) -> LeaseAnswer:
        """Send everything, then return; all the user may read comes with the next rounds. Raises as `start`."""
        self._send_all()
        return self.office.give_back(permit, request).lease

    def _send_all(self) -> None:
        self.round()
        waiting = self._workspace.status().waiting
        if waiting:
            raise NotAllSent(count=waiting)
