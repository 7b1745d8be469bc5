"""One teacher's client as a process of its own, without windows: reads orders as JSON lines, answers in JSON lines.

python -m tests.kit.desk_process FOLDER SERVER ISSUER TEACHER
"""

import json
import secrets
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from client.conflicts.repository import Conflicts
from client.demo import Visitor
from client.unlock.enrol import Enrol, Place
from client.unlock.record import Known
from client.unlock.signin import Provider
from client.workspace import FileSecretStore, Put, Workspace, fresh_id
from sync.engine.http import HttpBackend
from sync.engine.request import Caller
from sync.engine.transport import Patience, Transport
from sync.errors import KeyakiError

VERSION = "0.1.0"
PATIENCE = Patience(connect_s=5, stall_s=20, whole_s=60)


class DeskProcess:
    """The store in `folder`, joined on the first start, and its way to the server."""

    def __init__(self, folder: Path, server: str, issuer: str, teacher: str) -> None:
        self._teacher = teacher
        self._transport = transport = Transport(PATIENCE)
        self._place = place = Place(server, Provider(issuer, "keyaki"), f"{teacher}のPC", VERSION)
        secret, store = FileSecretStore(folder / "secret"), folder / "store"
        if (folder / "secret").exists():
            self.workspace = Workspace.open(store, secrets=secret)
        else:
            folder.mkdir(parents=True)
            joined = Enrol(place, (), transport, secrets.token_bytes, fresh_id).run(
                Visitor(teacher), "done", lambda: False
            )
            assert joined is not None
            self.workspace = Workspace.open(store, secrets=secret, enrolment=joined.enrolment)
            self.workspace.keep(joined.tokens)
        caller = Caller(self.workspace.enrolment.device, VERSION)
        self.link = HttpBackend(server, caller, self.workspace, transport)

    def sign_in(self, issuer: str) -> Any:
        """Sign in again on the same device, as a teacher does whose session has ended."""
        own, place = self.workspace.enrolment, replace(self._place, provider=Provider(issuer, "keyaki"))
        known = Known(own.device, own.user, own.school, "")
        joined = Enrol(place, (known,), self._transport, secrets.token_bytes, fresh_id).run(
            Visitor(self._teacher), "done", lambda: False, known
        )
        assert joined is not None
        self.workspace.keep(joined.tokens)

    def put(self, type: str, fields: Mapping[str, Any], id: str | None = None) -> Any:  # noqa: A002
        """Save one record's fields; answered when they are on the disk."""
        return self.workspace.edit("grades.score", [Put(type, fields, id)]).q

    def sync(self) -> Any:
        """One round."""
        report = self.workspace.sync(self.link)
        return {"outcomes": dict(report.outcomes), "rows": report.rows, "loaded": list(report.loaded)}

    def rows(self, sql: str, params: list[Any] | None = None) -> Any:
        """Rows of the local store, as lists."""
        return [list(row) for row in self.workspace.rows(sql, params or [])]

    def status(self) -> Any:
        """How things stand."""
        status = self.workspace.status()
        return {name: getattr(status, name) for name in status.__slots__}

    def device(self) -> Any:
        """This device's id."""
        return self.workspace.enrolment.device

    def conflicts(self) -> Any:
        """Open conflicts: id, target, and both values with who and where."""
        return [
            {
                "id": each.id,
                "target": each.target,
                "unit": each.unit,
                "assignee": each.assignee,
                "asked_by": each.asked_by,
                "base": each.base,
                "current": {"value": each.current.value, "by": each.current.by, "device": each.current.device},
                "incoming": {"value": each.incoming.value, "by": each.incoming.by, "device": each.incoming.device},
            }
            for each in self.workspace.conflicts()
        ]

    def colleagues(self, day: str) -> Any:
        """{staff id: name} of those who else may settle every open conflict on that day."""
        known = Conflicts(self.workspace)
        return {each.id: each.name for each in known.colleagues(known.differences(), day)}

    def give(self, conflict: str, whom: str | None) -> Any:
        """Ask a member of staff to settle one conflict."""
        return Conflicts(self.workspace).give([conflict], whom).q

    def resolve(self, conflict: str, choice: Any, value: Mapping[str, Any] | None = None) -> Any:
        """Settle one conflict."""
        return self.workspace.resolve(conflict, choice, value).q


def main(kind: type[DeskProcess] = DeskProcess) -> None:
    """Serve orders until standard input ends. kind: a desk that knows more orders than these."""
    folder, server, issuer, teacher = sys.argv[1:]
    desk = kind(Path(folder), server, issuer, teacher)
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        order: dict[str, Any] = json.loads(line)
        act: Callable[..., Any] = getattr(desk, order.pop("do"))
        try:
            answer = {"done": act(**order)}
        except KeyakiError as error:
            answer = {"error": error.number, "name": type(error).__name__}
        print(json.dumps(answer, ensure_ascii=False), flush=True)
    desk.link.close()
    desk.workspace.close()


if __name__ == "__main__":
    main()
