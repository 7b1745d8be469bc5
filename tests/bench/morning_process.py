"""One teacher's morning as a process of its own: signs in or opens yesterday's store, loads, marks the class, listens.

python -m tests.bench.morning_process FOLDER SERVER ISSUER TEACHER CLASS DAY [--window]

The windows' own service syncs, with the rhythm of the product. With --window it is the whole program, offscreen. One
line of JSON when everything is on this device, one more with all that was seen when standard input ends.
"""

import json
import random
import secrets
import sys
import time
from pathlib import Path
from threading import Thread

import client.unlock.enrol  # noqa: F401  as the program does: what does without Qt is loaded before it

# isort: split
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from client import cycles
from client.demo import Visitor
from client.syncing.service import SyncService
from client.unlock.enrol import Enrol, Place
from client.unlock.signin import Provider
from client.workspace import FileSecretStore, Put, ScopeState, Workspace, fresh_id
from sync.engine.http import HttpBackend
from sync.engine.request import Caller
from sync.engine.transport import Transport
from sync.errors import KeyakiError
from sync.protocol.errors import ServerBusy, Unreachable
from tests.bench.machine import memory_mb

VERSION = "0.1.0"
AGAIN_S = 1.0
"""After so long somebody tries again who was not told when."""
TAP_MS = 300
"""A quick hand: a pupil every 0.3 s."""
MARKS = ("ABSENT_SICK", "ABSENT_ACCIDENT", "LATE", "EARLY", "PRESENT")
CLASS_LIST = """
SELECT DISTINCT pupil FROM membership
WHERE "class" = ? AND kind = 'home' AND "from" <= ? AND coalesce("to", '9999') >= ? ORDER BY number
"""
EXPECTED = """
SELECT count(DISTINCT pupil) FROM membership
WHERE kind = 'home' AND "from" <= ? AND coalesce("to", '9999') >= ? AND "class" IN (SELECT value FROM json_each(?))
"""


class Morning(QObject):
    """What one teacher does, and when what was seen. Moments are seconds since 1970."""

    stirred = Signal(frozenset)
    dismissed = Signal()

    def __init__(self, workspace: Workspace, service: SyncService, class_: str, day: str) -> None:
        super().__init__()
        self._workspace, self._service, self._class, self._day = workspace, service, class_, day
        self.saved: dict[str, float] = {}
        self.answered: dict[str, float] = {}
        self.seen: dict[str, float] = {}
        self.errors: list[str] = []
        self.busy = self.silent = 0
        self.loaded = self.held = 0.0
        self._groups: dict[int, str] = {}
        self._list: list[str] = []
        self._tap = QTimer(self, interval=TAP_MS)
        self._tap.timeout.connect(self._mark_next)
        self.stirred.connect(self._look)
        workspace.subscribe(self.stirred.emit)
        service.failed.connect(self._failed)
        service.finished.connect(self._round_done)

    @Slot(object)
    def _failed(self, error: KeyakiError) -> None:
        """What went wrong; a server that says it is busy, or says nothing in time, is come back to, and counted."""
        if isinstance(error, ServerBusy):
            self.busy += 1
        elif isinstance(error, Unreachable):
            self.silent += 1
        else:
            self.errors.append(str(error))

    @Slot(object)
    def _round_done(self, _report: object) -> None:
        """The first round that leaves nothing to be loaded begins the teacher's work."""
        scopes = self._workspace.scopes()
        if not self.loaded and scopes and all(state is ScopeState.LIVE for state in scopes.values()):
            self.loaded = time.time()
            if self._class:
                self._list = [row[0] for row in self._workspace.rows(CLASS_LIST, (self._class, self._day, self._day))]
                self._tap.start()
        self._look(frozenset({"attendance", "outbox"}))

    @Slot()
    def _mark_next(self) -> None:
        if not self._list:
            self._tap.stop()
            return
        pupil = self._list.pop(0)
        fields = {"pupil": pupil, "date": self._day, "@classes": self._classes(pupil)}
        mark = MARKS[len(self._list) % len(MARKS)]
        saved = self._workspace.edit("attendance.mark", [Put("attendance", fields | {"mark": mark})])
        assert saved.q is not None
        self.saved[saved.records[0][1]] = time.time()
        self._groups[saved.q] = saved.records[0][1]
        self._service.edited()

    def _classes(self, pupil: str) -> list[str]:
        return json.loads(self._workspace.rows('SELECT "@classes" FROM pupil WHERE id = ?', (pupil,))[0][0])

    @Slot(frozenset)
    def _look(self, types: frozenset[str]) -> None:
        """Note what is here now and was not before."""
        now = time.time()
        if "outbox" in types and len(self.answered) < len(self.saved):
            waiting = {row[0] for row in self._workspace.rows("SELECT q FROM outbox")}
            for q, id_ in self._groups.items():
                if q not in waiting:
                    self.answered.setdefault(id_, now)
        if "attendance" in types:
            for row in self._workspace.rows("SELECT id FROM attendance WHERE date = ?", (self._day,)):
                self.seen.setdefault(row[0], now)
        done = self.loaded and not self._list and len(self.answered) == len(self.saved)
        if done and not self.held and len(self.seen) >= self._expected():
            self.held = now
            print(json.dumps({"held": now}), flush=True)

    def _expected(self) -> int:
        """Home pupils of all classes whose marks this teacher reads: each gets one."""
        held = [scope.partition(":")[2] for scope in self._workspace.scopes() if scope.startswith("class:")]
        return self._workspace.rows(EXPECTED, (self._day, self._day, json.dumps(held)))[0][0]

    def told(self) -> str:
        """All that was seen, as one line."""
        status = self._workspace.status()
        rows = self._workspace.rows("SELECT id, mark FROM attendance WHERE date = ?", (self._day,))
        return json.dumps(
            {
                "loaded": self.loaded,
                "saved": self.saved,
                "answered": self.answered,
                "seen": self.seen,
                "errors": self.errors,
                "busy": self.busy,
                "silent": self.silent,
                "left": status.waiting + status.conflicts + status.not_accepted,
                "marks": {row[0]: row[1] for row in rows},
                "cpu_s": time.process_time(),
                "mb": memory_mb(),
            }
        )


def main() -> None:
    """One morning."""
    folder, server, issuer, teacher, class_, day, *window = sys.argv[1:]
    if window:
        from tests.bench.morning_window import opened
    else:
        opened = bare
    program = opened(Path(folder), server, issuer, teacher)
    morning = Morning(program.workspace, program.service, class_, day)
    morning.dismissed.connect(QCoreApplication.quit)
    Thread(target=lambda: (sys.stdin.read(), morning.dismissed.emit()), daemon=True).start()
    program.start()
    QCoreApplication.exec()
    print(morning.told(), flush=True)
    program.close()


class Bare:
    """The program without its windows: the store, the service, and Qt's loop."""

    def __init__(self, workspace: Workspace, link: HttpBackend) -> None:
        self.application = QCoreApplication([])
        self.workspace = workspace
        self.service = SyncService(workspace, link, random.uniform, self.application)

    def start(self) -> None:
        """Begin to sync."""
        self.service.start()

    def close(self) -> None:
        """End sync, close the store."""
        assert self.service.close()
        self.workspace.close()


def bare(folder: Path, server: str, issuer: str, teacher: str) -> Bare:
    """Sign in where there is no store yet, and open it."""
    secret, store, transport = FileSecretStore(folder / "secret"), folder / "store", Transport()
    if (folder / "secret").exists():
        workspace = Workspace.open(store, secrets=secret)
    else:
        folder.mkdir(parents=True)
        place = Place(server, Provider(issuer, "keyaki"), f"{teacher}のPC", VERSION)
        joined = None
        while joined is None:
            try:
                attempt = Enrol(place, (), transport, secrets.token_bytes, fresh_id)
                joined = attempt.run(Visitor(teacher), "done", lambda: False)
            except (ServerBusy, Unreachable) as error:  # as a teacher who is told to try again
                told = error.facts.get("retry_s")
                time.sleep((told if isinstance(told, int | float) else AGAIN_S) + random.random())
        workspace = Workspace.open(store, secrets=secret, enrolment=joined.enrolment)
        workspace.keep(joined.tokens)
    return Bare(workspace, HttpBackend(server, Caller(workspace.enrolment.device, VERSION), workspace, transport))


if __name__ == "__main__":
    cycles.settle()  # as the program does
    main()
