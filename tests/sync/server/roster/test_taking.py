"""An import beside others: it waits for its turn, gives way in words, and writes nothing that has been overtaken."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from sync.protocol.errors import ServerBusy
from sync.protocol.messages import Patch
from sync.records.ids import v7
from sync.records.registry import TYPES
from sync.server.__main__ import main
from sync.server.edits import server_edit
from sync.server.migrate import migrate
from sync.server.roster.importer import BUSY, TRIES, Importer, import_roster
from sync.server.storage import engines, partitions, sources
from sync.server.storage.store import Storage, open_storage
from tests.sync.server.roster.builder import PACKAGES, as_delta, changed, only, only_rows, put

BULK = PACKAGES / "RO_20260401_B105299999010.zip"
NOW = datetime(2026, 5, 6, 15, 30, tzinfo=UTC)
PUPIL = 10
RENAMED = changed(
    as_delta, put("users", PUPIL, "preferredFamilyName", "佐藤"), only("users"), only_rows("users", PUPIL)
)
MASTER = "752fcf65-5eb5-4a57-b684-8d566d5fd4ce"


def importer(storage: Storage, clock: Callable[[], datetime] = lambda: NOW, *, first: int = 1) -> Importer:
    made = count(first)
    return Importer(storage, clock, lambda: v7(1_780_000_000_000, next(made)))


@dataclass(slots=True)
class Disturbance:
    """A clock that lets somebody else rename the pupil whenever a package is being prepared beside the others."""

    storage: Storage
    school: str
    times: int
    asked: int = 0

    def __call__(self) -> datetime:
        step, self.asked = self.asked, self.asked + 1
        if step % 2 == 0 and step < 2 * self.times:  # a preparation asks twice: to map and to decide
            id_, ver, fields = the_pupil(self.storage, self.school)
            unit = {name: fields.get(name) for name in TYPES["pupil"].units["family"]} | {"given": f"他者{step}"}
            rename = Patch(type="pupil", id=id_, set=unit, base={"family": ver})
            (outcome,) = server_edit(self.storage, self.school, [[rename]], NOW)
            assert outcome.outcome == "applied"
        return NOW


def the_pupil(storage: Storage, school: str) -> tuple[str, int, dict[str, object]]:
    """Id, version and fields of the pupil the delta speaks of."""
    with storage.database.reading() as connection:
        partition = partitions.read(connection, school)
        assert partition is not None
        names = storage.names.read(connection, partition)
        held = sources.records(connection, names, school, ["pupil"]).values()
    (pupil,) = [each for each in held if each.fields["master_id"] == MASTER]
    return pupil.id, pupil.ver, dict(pupil.fields)


def the_school(storage: Storage) -> str:
    with storage.database.reading() as connection:
        (school,) = partitions.all_schools(connection)
    return school


@pytest.mark.parametrize("times", [1, TRIES])
def test_what_changed_while_a_package_was_read_is_looked_at_again(storage: Storage, times: int) -> None:
    assert importer(storage).take(BULK.read_bytes(), "bulk.zip").taken
    school = the_school(storage)
    clock = Disturbance(storage, school, times)
    report = importer(storage, clock, first=1_000).take(RENAMED, "delta.zip")
    assert report.taken
    assert report.counts == {"users": 1}
    assert clock.asked == 2 * (times + 1)
    _, _, fields = the_pupil(storage, school)
    assert (fields["family"], str(fields["given"])[:2] == "他者") == ("佐藤", False)
    with storage.database.reading() as connection:
        partition = partitions.read(connection, school)
        assert partition is not None
        assert not sources.records(connection, storage.names.read(connection, partition), school, ["conflict"])


def test_two_imports_at_once_make_every_record_once(storage: Storage) -> None:
    data, start = BULK.read_bytes(), threading.Barrier(2)

    def take(first: int) -> int:
        start.wait(10)
        report = importer(storage, first=first).take(data, "bulk.zip")
        assert report.taken
        return report.changed["pupil"].created

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(take, (1, 100_000))) == [0, 60]


def test_an_import_that_others_do_not_let_write_gives_way_in_words(
    storage: Storage, capsys: pytest.CaptureFixture[str]
) -> None:
    with storage.database.writing() as connection:
        sources.count_taken(storage.database, connection)
        assert import_roster(storage, BULK, as_json=True, wait_s=0) == BUSY
    said = capsys.readouterr()
    assert said.out == ""
    assert BULK.name in said.err
    assert "何も書き込んでいません" in said.err
    assert import_roster(storage, BULK, as_json=True, wait_s=0) == 0


def test_an_import_waits_longer_than_one_push_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "LOCK_WAIT_S", 0.05)
    storage = open_storage(tmp_path)
    migrate(storage.database)
    held, free = threading.Event(), threading.Event()

    def others() -> None:
        with storage.database.writing():
            held.set()
            assert free.wait(10)

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(others)
        assert held.wait(10)
        with pytest.raises(ServerBusy), storage.database.writing():
            pass
        threading.Timer(0.5, free.set).start()
        assert importer(storage).take(BULK.read_bytes(), "bulk.zip").taken
        writing.result()
    storage.close()


def test_a_command_says_that_the_database_is_busy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    busy = open_storage(tmp_path)
    migrate(busy.database)
    with busy.database.writing():
        assert main(["demo", "--data", str(tmp_path)]) == BUSY
    busy.close()
    assert "busy" in capsys.readouterr().err
