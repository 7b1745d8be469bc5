"""One teacher at work behind the chaos proxy: a real store, the windows' own service, a PC that can be carried off."""

import random
import secrets
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from client.demo import DemoServer, Visitor
from client.shell.translate import Translations
from client.syncing.service import Link, Rhythm, SyncService
from client.syncing.status import sentences
from client.terms import Speech
from client.unlock.enrol import Enrol, Place
from client.unlock.signin import Provider
from client.widgets.ink import said
from client.workspace import FileSecretStore, Put, Workspace, fresh_id
from sync.engine.http import HttpBackend
from sync.engine.request import Caller
from sync.engine.route import Route
from sync.engine.transport import Patience, Transport
from sync.protocol.backend import FilePart
from sync.protocol.frames import Frame
from sync.protocol.messages import (
    Chunk,
    PullAnswer,
    PullRequest,
    PurgedAnswer,
    PurgedRequest,
    PushAnswer,
    PushRequest,
    VerifyAnswer,
    VerifyRequest,
    WaitAnswer,
)
from tests.kit.chaos import ChaosProxy

VERSION = "0.1.0"
RHYTHM = Rhythm(
    settle=0.05, settle_most=0.3, again=0.1, again_most=0.5, ask=(0.3, 0.6), shared=60, barred=60, tick=0.2, still=1
)
PATIENCE = Patience(connect_s=2, stall_s=4, poll_s=20, whole_s=6)
KEPT = ("score", "pupil", "membership", "evidence", "evidence_part", "viewpoint_grade", "conflict", "scope")
CELLS = "SELECT id FROM score WHERE \"@lesson\" LIKE '%:3-2:math' ORDER BY id LIMIT 3"
HEALED_MS = 30_000


class Roaming(Link):
    """A way to the school that leads to another address when the PC is carried elsewhere."""

    def __init__(self, member: Workspace) -> None:
        self._member = member
        self._now: HttpBackend | None = None

    @property
    def now(self) -> HttpBackend:
        """The way of the moment."""
        assert self._now is not None
        return self._now

    def lead(self, address: str, route: Route | None = None) -> None:
        """Go there from now on."""
        before, caller = self._now, Caller(self._member.enrolment.device, VERSION)
        self._now = HttpBackend(address, caller, self._member, Transport(PATIENCE, route))
        if before is not None:
            before.close()

    @property
    def ahead(self) -> timedelta:
        return self.now.ahead

    def still_s(self) -> float:
        return self.now.still_s()

    def push(self, school: str, request: PushRequest) -> PushAnswer:
        return self.now.push(school, request)

    def pull(self, school: str, request: PullRequest) -> PullAnswer:
        return self.now.pull(school, request)

    def get_chunks(self, school: str, chunks: Sequence[Chunk]) -> tuple[Frame, ...]:
        return self.now.get_chunks(school, chunks)

    def verify(self, school: str, request: VerifyRequest) -> VerifyAnswer:
        return self.now.verify(school, request)

    def purged(self, school: str, request: PurgedRequest) -> PurgedAnswer:
        return self.now.purged(school, request)

    def put_file(self, school: str, part: FilePart) -> int:
        return self.now.put_file(school, part)

    def get_file(self, school: str, sha256: str, start: int, most: int) -> bytes:
        return self.now.get_file(school, sha256, start, most)

    def wait(self, school: str, seq: int) -> WaitAnswer:
        return self.now.wait(school, seq)

    def stop_waiting(self) -> None:
        self.now.stop_waiting()

    def watch(self) -> None:
        self.now.watch()

    def drop(self) -> None:
        self.now.drop()

    def close(self) -> None:
        self.now.close()


def joined(backend: DemoServer, folder: Path, teacher: str) -> Workspace:
    """A teacher's store on a new PC, loaded."""
    folder.mkdir()
    place = Place(backend.url, Provider(backend.issuer, "keyaki"), f"{teacher}のPC", VERSION)
    transport = Transport()
    attempt = Enrol(place, (), transport, secrets.token_bytes, fresh_id)
    found = attempt.run(Visitor(teacher), "done", lambda: False)
    assert found is not None
    made = Workspace.open(folder / "store", secrets=FileSecretStore(folder / "secret"), enrolment=found.enrolment)
    made.keep(found.tokens)
    made.sync(HttpBackend(backend.url, Caller(made.enrolment.device, VERSION), made, transport))
    transport.close()
    return made


class Rig(QObject):
    """One teacher at work behind the proxy."""

    def __init__(self, backend: DemoServer, member: Workspace, qtbot: QtBot) -> None:
        super().__init__()
        url = urlsplit(backend.url)
        self.proxy = ChaosProxy((str(url.hostname), int(url.port or 0)))
        self.member, self.link, self._backend, self._qtbot = member, Roaming(member), backend, qtbot
        self.link.lead(self.proxy.address)
        self.service = SyncService(member, self.link, random.uniform, self, RHYTHM)
        self.errors: list[object] = []
        self.service.failed.connect(self.errors.append)

    def begin(self) -> None:
        """Go to work; returns when all is well and the long poll is under way."""
        self.service.start()
        self._qtbot.waitUntil(lambda: self.service.standing.reached is True and self.listening, timeout=HEALED_MS)

    @property
    def listening(self) -> bool:
        return bool(self.proxy.seen) and "/wait?" in self.proxy.seen[-1]

    @property
    def waiting(self) -> int:
        return self.member.status().waiting

    def type_(self, text: str) -> list[str]:
        """Write a note into three cells, as three changes; the notes."""
        notes = [f"{text} {number}" for number in range(3)]
        for row, note in zip(self.member.rows(CELLS), notes, strict=True):
            self.member.edit("grades.score", [Put("score", {"note": note}, id=row.id)])
            self.service.edited()
        return notes

    def kept(self) -> list[Any]:
        """All that a teacher could miss, and what waits to be sent."""
        rows = [[tuple(row) for row in self.member.rows(f'SELECT * FROM "{name}" ORDER BY 1, 2')] for name in KEPT]
        return [*rows, [tuple(row) for row in self.member.rows("SELECT q, item FROM outbox ORDER BY q")]]

    def lines(self, language: str, translations: Translations) -> str:
        """The status line as it is read."""
        translations.show(language)
        words = Speech(lambda: language).sentence
        told = sentences(self.member.status(), self.service.standing, datetime.now().astimezone(), words)
        return " / ".join(said(sentence.words) for sentence in told)

    def wait_for(self, what: Callable[[], bool], timeout_ms: int) -> None:
        self._qtbot.waitUntil(what, timeout=timeout_ms)

    def written(self, notes: list[str]) -> list[int]:
        """How often each note stands in the school's history."""
        with sqlite3.connect(f"file:{self._backend.folder / 'server.db'}?mode=ro", uri=True) as database:
            rows = database.execute("SELECT new FROM history WHERE field = 'note'").fetchall()
        database.close()
        found = Counter(text for (new,) in rows for text in notes if f'"{text}"' in str(new))
        return [found[note] for note in notes]

    def close(self) -> None:
        assert self.service.close()
        self.proxy.close()
