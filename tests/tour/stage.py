"""A real school to look at: a server process with the sample, the app signed in as a teacher, and her colleague."""

import secrets
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from client import settings as options
from client.app import VERSION, App, Desk
from client.demo import SATO, TANAKA, DemoServer, Switch, Visitor
from client.paths import Profile
from client.rehearsal import HER_PC, LESSON
from client.settings import Settings
from client.start import around
from client.unlock.enrol import Enrol, Place
from client.unlock.signin import Provider
from client.workspace import MemorySecretStore, Put, Remove, Row, Workspace, fresh_id
from sync.engine.http import HttpBackend
from sync.engine.request import Caller
from sync.engine.transport import Transport
from sync.protocol.messages import Delete
from sync.server.edits import server_edit
from sync.server.storage.store import open_storage
from tests.kit.backend import sample_data

PATIENCE_S = 120
Shown = tuple[str, QWidget, bool]
"""Name of a screen, its window, and whether it is one of the main ones."""
MATH = LESSON.removeprefix("lesson:")


def until(what: str, reached: Callable[[], bool]) -> None:
    """Let the windows live until this is so. Raises TimeoutError."""
    end = monotonic() + PATIENCE_S
    while not reached():
        if monotonic() > end:
            raise TimeoutError(what)
        QTest.qWait(20)


def aside(job: Callable[[], Any]) -> Any:
    """Do something in a thread while the windows live; what it raises is raised here."""
    done: list[Any] = []
    failed: list[BaseException] = []

    def work() -> None:
        try:
            done.append(job())
        except BaseException as error:  # noqa: BLE001  handed over to who asked
            failed.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    until("a job beside the windows", lambda: not thread.is_alive())
    if failed:
        raise failed[0]
    return done[0]


class Other:
    """A teacher on another PC: a store of her own, and a network that is never pulled out."""

    def __init__(self, folder: Path, server: DemoServer, teacher: str, pc: str) -> None:
        transport = Transport()
        self.teacher = teacher
        place = Place(server.url, Provider(server.issuer, options.CLIENT_ID.default), pc, VERSION)
        joined = Enrol(place, (), transport, secrets.token_bytes, fresh_id).run(Visitor(teacher), "", lambda: False)
        assert joined is not None
        self.workspace = Workspace.open(folder / pc, secrets=MemorySecretStore(), enrolment=joined.enrolment)
        self.workspace.keep(joined.tokens)
        self.link = HttpBackend(server.url, Caller(joined.enrolment.device, VERSION), self.workspace, transport)
        self.sync()

    def sync(self) -> None:
        """One round."""
        self.workspace.sync(self.link)

    def put(self, type_: str, id_: str, **fields: Any) -> None:
        """Enter values of a record, and send them."""
        self.workspace.edit("grades.typed", [Put(type_, fields, id=id_)])
        self.sync()

    def delete_work(self, part: str) -> None:
        """Delete a work with its scores, and send it."""
        scores = self.workspace.rows("SELECT id FROM score WHERE evidence_part = ?", (part,))
        self.workspace.edit(
            "grades.column", [*(Remove("score", row.id) for row in scores), Remove("evidence_part", part)]
        )
        self.sync()

    def close(self) -> None:
        """Close the store."""
        self.link.close()
        self.workspace.close()


@dataclass(slots=True)
class Others:
    """Who else works at the school, on a server over `folder`: the colleague, and the teacher on her second PC."""

    folder: Path
    server: DemoServer
    sato: Other
    again: Other
    more: list[Other] = field(default_factory=list[Other])

    def join(self, teacher: str, pc: str) -> Other:
        """One more, on a PC of her own."""
        self.more.append(Other(self.folder, self.server, teacher, pc))
        return self.more[-1]

    def change(self, school: str, *ops: Delete) -> None:
        """One edit of the school's own, beside the server."""
        storage = open_storage(self.server.folder)
        outcomes = server_edit(storage, school, [ops], datetime.now(UTC))
        storage.close()
        assert [outcome.outcome for outcome in outcomes] == ["applied"], outcomes

    def close(self) -> None:
        """Close every store."""
        for each in (self.sato, self.again, *self.more):
            each.close()


class Stage:
    """What the tour looks at, and what it does to bring it about."""

    def __init__(self, app: App, desk: Desk, switch: Switch, others: Others) -> None:
        self.app, self.desk, self.switch, self.others = app, desk, switch, others
        self.sato, self.again = others.sato, others.again
        self.desks: list[Desk] = []
        """Other windows; kept to the end, for a thread that looks for cycles must find none that is nobody's."""

    @property
    def page(self) -> Any:
        """The page on screen."""
        return self.desk.window_.page

    def scores(self, title: str, count: int) -> list[Row]:
        """Scores of the newest work of that title in this term, by 出席番号."""
        return self.desk.workspace.rows(
            """
            SELECT score.id, score.evidence_part, membership.number FROM score
            JOIN evidence_part ON evidence_part.id = score.evidence_part
            JOIN evidence ON evidence.id = evidence_part.evidence
            JOIN membership ON membership.pupil = score.pupil
            WHERE score."@lesson" = ? AND evidence.title = ? AND score.state = 'scored'
            ORDER BY evidence.date DESC, evidence_part.viewpoint, membership.number LIMIT ?
            """,
            (MATH, title, count),
        )

    def untouched(self) -> tuple[str, str]:
        """(evidence_part, pupil) of a score that nobody has entered yet, in the newest work."""
        row = self.desk.workspace.rows(
            """
            SELECT evidence_part.id, membership.pupil FROM evidence_part
            JOIN evidence ON evidence.id = evidence_part.evidence
            JOIN membership ON membership."class" = ? AND membership."to" IS NULL
            WHERE evidence_part."@lesson" = ?
              AND NOT EXISTS (SELECT 1 FROM score WHERE score.evidence_part = evidence_part.id)
            ORDER BY evidence.date DESC, membership.number LIMIT 1
            """,
            (MATH.rpartition(":")[0], MATH),
        )[0]
        return row.id, row.pupil

    def put(self, type_: str, id_: str, **fields: Any) -> None:
        """Enter values here; they are sent when there is a network."""
        self.desk.workspace.edit("grades.typed", [Put(type_, fields, id=id_)])

    def offline(self) -> None:
        """Pull the network out, and wait until the window says so."""
        self.switch.off()
        self.desk.service.sync_now()
        until("offline", lambda: self.desk.service.standing.reached is False)

    def online(self, waiting: int = 0) -> None:
        """Give the network back, and wait until only so many changes wait."""
        self.switch.on()
        self.desk.service.sync_now()
        until("sent", lambda: self.desk.workspace.status().waiting == waiting)


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    """Everything up, the class loaded, the window on screen."""
    profile = Profile(folder / "profile")
    shutil.copytree(sample_data(print), folder / "server")
    with DemoServer(folder / "server") as server:
        switch = Switch(server.url)
        place = Place(switch.address, Provider(server.issuer, options.CLIENT_ID.default), "教室PC", VERSION)
        outside = around(place, lambda _: MemorySecretStore(), Visitor(TANAKA), switch)
        application = QApplication.instance() or QApplication([])
        assert isinstance(application, QApplication)
        app = App(application, profile, Settings(profile.settings, {}), outside)
        app.start()
        sato = aside(lambda: Other(folder, server, SATO, HER_PC))
        again = aside(lambda: Other(folder, server, TANAKA, "職員室PC 2"))
        others = Others(folder, server, sato, again)
        app.panel.start_sign_in()
        until("the desk is open", lambda: app.desk is not None)
        desk = app.desk
        assert desk is not None
        until("the class is here", lambda: not desk.workspace.status().loading and bool(desk.workspace.scopes()))
        here = Stage(app, desk, switch, others)
        try:
            yield here
        finally:
            for other in here.desks:
                other.shut()
            others.close()
            app.close()
            switch.off()
