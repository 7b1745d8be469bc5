"""PostgreSQL set back to a moment by its own log, as the page says, and real clients that went on after that moment."""

import shutil
import signal
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

import psycopg
import pytest
from sqlalchemy import make_url, select

from client.workspace import MemorySecretStore, Put, Workspace
from sync.server.storage.store import Storage, open_storage
from sync.server.storage.tables import history, op_result
from tests.kit.leftovers import temporary_folder
from tests.kit.postgres import CARELESS, PostgresServer, find_binaries, make_cluster, own, run_as_nobody, running
from tests.kit.village import LESSON, TERM, Village
from tests.sync.server.process import run

PATIENCE_S = 60
PUPILS, PART = 8, 1
CODE = "B105299999010"
Shown = tuple[dict[int, int], list[str]]


@dataclass
class Recorded(Village):
    """A village school on a PostgreSQL server, of which a database has been asked."""

    url: str = ""

    def _opened(self) -> Storage:
        return open_storage(self.folder, self.url)


@dataclass(slots=True)
class Teacher:
    """A teacher's store, over whatever server the village has now."""

    village: Recorded
    folder: Path
    number: int
    secrets: MemorySecretStore = field(default_factory=MemorySecretStore)
    workspace: Workspace = field(init=False)

    def __post_init__(self) -> None:
        self.workspace = self.village.opened(self.folder, self.secrets, self.village.enrolment(self.number))

    def sync(self) -> dict[str, int]:
        """One round; {outcome: groups}."""
        return dict(self.workspace.sync(self.village.core(self.workspace.enrolment)).outcomes)

    def put(self, pupil: int, points: int) -> None:
        """Type one value."""
        fields = self.village.score(PART, pupil) | self.village.points(points)
        self.workspace.edit("grades.score", [Put("score", fields)])

    def plan(self, title: str) -> None:
        """Make a record that only this teacher can have made."""
        about = {"@lesson": LESSON, "course": LESSON, "term": TERM, "kind": "test", "title": title}
        self.workspace.edit("evidence.new", [Put("evidence", about)])

    def shown(self) -> Shown:
        """{pupil: points} of the part, and all titles, twice if they are there twice."""
        rows = self.workspace.rows(
            "SELECT pupil, value FROM score WHERE evidence_part = ?", (self.village.parts[PART],)
        )
        titles = self.workspace.rows("SELECT title FROM evidence ORDER BY title")
        return {self.village.pupils.index(row.pupil): row.value for row in rows}, [row.title for row in titles]


class Cluster:
    """A PostgreSQL server that keeps the log of all changes, as the page says, and can be set back by it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data"
        make_cluster(folder)
        self.log = folder / "wal"
        self.log.mkdir()
        own(self.log)
        say(
            self.data,
            "wal_level = replica",
            "archive_mode = on",
            f"archive_command = 'test ! -f {self.log}/%f && cp %p {self.log}/%f'",
            "archive_timeout = 300",
        )

    @contextmanager
    def up(self, end: signal.Signals = signal.SIGINT) -> Iterator[PostgresServer]:
        """The server, until the end of the block."""
        with running(self.folder, CARELESS, end=end) as server:
            yield server

    def back_up(self) -> None:
        """A base backup."""
        how = ("--host", self.folder, "--username", "keyaki", "--format=tar", "--gzip", "--checkpoint=fast")
        run_as_nobody(self.folder, find_binaries() / "pg_basebackup", f"--pgdata={self.folder / 'base'}", *how)

    def set_aside(self, *, last: bool) -> None:
        """Make room for what is recovered. last: what could not be archived any more is brought to the archive."""
        aside = self.data.rename(self.folder / "data-aside")
        for path in (aside / "pg_wal").glob("0*") if last else ():
            if not (self.log / path.name).exists():
                shutil.copy2(path, self.log)
                own(self.log / path.name)

    def recover(self, data: Path, moment: str, *settings: str) -> None:
        """Make a data folder that goes on from the base backup to a moment when it is started."""
        data.mkdir(0o700)
        _unpack(self.folder / "base" / "base.tar.gz", data)
        _unpack(self.folder / "base" / "pg_wal.tar.gz", data / "pg_wal")
        say(
            data,
            f"restore_command = 'cp {self.log}/%f %p'",
            f"recovery_target_time = '{moment}'",
            "recovery_target_action = 'pause'",
            *settings,
        )
        (data / "recovery.signal").touch()
        for path in (data, *data.rglob("*")):
            own(path)


def say(data: Path, *settings: str) -> None:
    """Add lines to the postgresql.conf of a data folder."""
    with (data / "postgresql.conf").open("a") as file:
        file.write("".join(f"{line}\n" for line in settings))


def _unpack(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="tar")


def asked(server: PostgresServer, question: str) -> str:
    """What PostgreSQL answers, as text."""
    with psycopg.connect(server.conninfo("postgres"), autocommit=True) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return str(row[0])


def wait_until(server: PostgresServer, question: str, answer: str) -> None:
    until = monotonic() + PATIENCE_S
    while asked(server, question) != answer:
        assert monotonic() < until, (server.folder / "log").read_text()
        sleep(0.05)


def go_on(server: PostgresServer) -> None:
    """The moment is the right one: from here on people work with what there is."""
    wait_until(server, "SELECT pg_get_wal_replay_pause_state()", "paused")
    asked(server, "SELECT pg_wal_replay_resume()")
    wait_until(server, "SELECT pg_is_in_recovery()", "False")


def noted(server: PostgresServer) -> str:
    """A moment that lies between what was and what will be."""
    sleep(0.02)
    moment = asked(server, "SELECT clock_timestamp()")
    sleep(0.02)
    return moment


def same(village: Recorded, server: PostgresServer) -> str:
    """The URL of the village's database on another server."""
    return server.url(str(make_url(village.url).database))


def command(*words: str) -> str:
    """What a command of the server says that must succeed."""
    done = run(*words)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with temporary_folder("keyaki-moment-") as folder:
        yield Cluster(folder)


@pytest.mark.parametrize("died", [False, True])
def test_a_server_set_back_to_a_moment_gets_back_what_its_clients_had_said_since_once_each(
    cluster: Cluster, tmp_path: Path, *, died: bool
) -> None:
    with cluster.up(signal.SIGQUIT if died else signal.SIGINT) as server:
        village, one, other = at_work(server, tmp_path)
        cluster.back_up()
        everybody_works(one, other, pupil=2)
        then, moment = one.shown(), noted(server)
        truth = go_on_working(one, other)
        village.close()
    cluster.set_aside(last=died)
    cluster.recover(cluster.data, moment)
    with cluster.up() as server:
        village.url = same(village, server)
        early = run("restored", "--database", village.url)
        assert (early.returncode, early.stdout) == (1, "")
        assert early.stderr.startswith("PostgreSQL is still recovering")
        go_on(server)
        assert "3 partitions go on in a new epoch" in command("restored", "--database", village.url)
        village.storage = village._opened()
        all_is_there_again(village, (one, other), tmp_path, (then, truth))
        village.close()


def test_one_school_is_set_back_to_a_moment_from_a_recovery_beside_the_living_server(
    cluster: Cluster, tmp_path: Path
) -> None:
    with cluster.up() as server, temporary_folder("keyaki-beside-") as beside:
        village, one, other = at_work(server, tmp_path)
        cluster.back_up()
        everybody_works(one, other, pupil=2)
        then, moment = one.shown(), noted(server)
        truth = go_on_working(one, other)
        asked(server, "SELECT pg_switch_wal()")
        wait_until(server, "SELECT archived_count > 2 FROM pg_stat_archiver", "True")
        own(beside)
        cluster.recover(beside / "data", moment, "archive_mode = off")
        with running(beside, CARELESS) as past:
            go_on(past)
            command("migrate", "--database", same(village, past))
            told = command("restore", "--database", village.url, "--school", CODE, same(village, past))
        assert told.startswith("見本小 is what it was")
        assert [path.name for path in cluster.log.glob("*.history")] == []
        all_is_there_again(village, (one, other), tmp_path, (then, truth))
        village.close()


def at_work(server: PostgresServer, folder: Path) -> tuple[Recorded, Teacher, Teacher]:
    """A school whose two teachers have begun their day."""
    village = Recorded(folder / "server", pupil_count=PUPILS, url=server.create_database())
    one, other = (Teacher(village, folder / f"pc{number}", number) for number in range(2))
    everybody_works(one, other, pupil=0)
    return village, one, other


def everybody_works(one: Teacher, other: Teacher, pupil: int) -> None:
    """Both type a value and make a record, and see each other's."""
    for place, teacher in enumerate((one, other)):
        teacher.put(pupil + place, 100 * (pupil + place))
        teacher.plan(f"テスト {pupil + place}")
        teacher.sync()
    one.sync()


def go_on_working(one: Teacher, other: Teacher) -> Shown:
    """What is done after the moment, in the end something that is not sent; what everybody is to see at last."""
    everybody_works(one, other, pupil=4)
    one.put(2, 777)  # of before the moment, changed after it
    for teacher in (other, one, other):
        teacher.sync()
    assert one.shown() == other.shown()
    one.put(6, 600)
    return one.shown()


def all_is_there_again(
    village: Recorded, teachers: tuple[Teacher, Teacher], folder: Path, shown: tuple[Shown, Shown]
) -> None:
    """A new device sees what was at the moment; when all have met the server, everybody sees all of it, once each.

    shown: at the moment, and at last.
    """
    stranger = Teacher(village, folder / "pc2", 0)
    stranger.sync()
    assert stranger.shown() == shown[0]
    everybody = (*teachers, stranger)
    for teacher in (*everybody, *everybody):
        teacher.sync()
    assert [teacher.shown() for teacher in everybody] == [shown[1]] * 3
    none_is_there_twice(village)
    for teacher in everybody:
        assert teacher.workspace.status().waiting == 0
        assert teacher.workspace.not_accepted() == []
        assert teacher.workspace.conflicts() == []
        teacher.workspace.close()


def none_is_there_twice(village: Recorded) -> None:
    """Every group has one outcome, and every change stands in the history once."""
    change = (history.c.type, history.c.id, history.c.field, history.c.new, history.c.device, history.c.dseq)
    with village.storage.database.reading() as connection:
        groups = connection.execute(select(op_result.c.device, op_result.c.hash)).all()
        changes = connection.execute(select(*change)).all()
    assert len(set(groups)) == len(groups)
    assert len(set(changes)) == len(changes)
