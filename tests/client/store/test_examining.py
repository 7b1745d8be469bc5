"""The file is looked through once a day beside the work: a flipped bit is noticed, and nothing else taken for one."""

import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from client.store import writer as writing_thread
from client.store.copyist import Copyist
from client.store.database import Connection, connect
from client.store.errors import StoreDamaged
from client.store.examining import Examiner, mark_of
from client.store.opening import Opened, open_store, set_store_aside
from client.store.writer import Writer
from client.store.writing import Writing
from client.vault.keystore import MemorySecretStore, Present
from tests.client.store.conftest import SCHOOL
from tests.kit.logguard import LogGuard

ROWS = 300
FLIPS = int(os.environ.get("KEYAKI_FLIPS", "60"))
"""Flipped bits of the file; a campaign asks for more."""


class Life:
    """A store whose writer rests for a moment only. told: what it said had changed; now: moved by a test."""

    def __init__(self, opened: Opened) -> None:
        self.opened, self.told = opened, list[str]()
        self.now = datetime(2026, 11, 26, tzinfo=UTC)
        self.writer = self.again()

    def again(self) -> Writer:
        opened, clock = self.opened, lambda: self.now
        self.examiner = Examiner(opened.path, opened.key, clock)
        self.writer = Writer(
            lambda: Writing(connect(opened.path, opened.key, writing=True), SCHOOL),
            self.told.extend,
            Copyist(opened.path.parent, clock),
            self.examiner,
        )
        return self.writer

    def write(self, rows: int = 1) -> None:
        sql = "INSERT INTO sync_log (at, what, facts) VALUES ('', 'x', hex(randomblob(1000)))"
        self.writer.edit(lambda writing: [writing.run(sql) for _ in range(rows)]).result()

    def examined(self) -> str | None:
        """When the file was found whole last. Asked beside the writer, whose rest a job would end."""
        connection = connect(self.opened.path, self.opened.key, writing=False)
        rows = connection.execute("SELECT value FROM meta WHERE key = 'examined'").fetchall()
        connection.close()
        return rows[0][0] if rows else None


@pytest.fixture
def life(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> Iterator[Life]:
    monkeypatch.setattr(writing_thread, "_IDLE_S", 0.02)
    made = Life(opened)
    made.write(ROWS)
    until(lambda: made.examined() is not None)
    yield made
    made.writer.close()


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


class Busy:
    """A connection beside which others write when it looks through the file, before and after."""

    def __init__(self, connection: Connection, write: Callable[[], object]) -> None:
        self._connection, self._write = connection, write

    def execute(self, sql: str) -> Any:
        if "integrity" not in sql:
            return self._connection.execute(sql)
        for _ in range(20):
            self._write()
        assert self._connection.execute(sql).fetchall() == []
        for _ in range(20):
            self._write()
        return self._connection.execute(sql)

    def close(self) -> None:
        self._connection.close()


def flip(path: Path, at: int, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 1 << bit]))


def test_it_is_looked_through_at_most_once_a_day_whatever_the_clock_does(life: Life) -> None:
    first = life.examined()
    life.now += timedelta(hours=23)
    life.write()
    time.sleep(0.2)
    assert life.examined() == first
    life.writer.close()
    life.again()
    life.write()
    time.sleep(0.2)
    assert life.examined() == first, "nor after a start"
    life.now += timedelta(hours=1)
    life.write()
    until(lambda: life.examined() == life.now.isoformat())
    life.now -= timedelta(days=300)
    life.write()
    until(lambda: life.examined() == life.now.isoformat())
    assert not mark_of(life.opened.path).exists()


def test_edits_beside_it_are_no_damage_and_their_log_is_emptied_afterwards(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = list[bool]()

    def busily(path: Path, key: bytes, *, writing: bool) -> Busy:
        return Busy(connect(path, key, writing=writing), lambda: (life.write(50), looked.append(True)))

    monkeypatch.setattr("client.store.examining.connect", busily)
    life.now += timedelta(days=2)
    life.write()
    until(lambda: looked != [])
    until(lambda: life.examined() == life.now.isoformat())
    until(lambda: life.opened.path.with_name("store.db-wal").stat().st_size == 0)
    assert not mark_of(life.opened.path).exists()
    assert (len(looked), life.told) == (40, [])


@pytest.mark.timeout(3_600)
def test_every_flipped_bit_of_the_file_is_noticed_and_no_sound_copy_is_doubted(
    life: Life, tmp_path: Path, logs: LogGuard
) -> None:
    logs.announce("keyaki.store", "the store is damaged")
    life.writer.close()
    rng, copy = random.Random(20261126), tmp_path / "copy" / "store.db"
    copy.parent.mkdir()

    def whole() -> bool | None:
        found = list[bool | None]()
        connection = connect(life.opened.path, life.opened.key, writing=True)
        examiner = Examiner(copy, life.opened.key, lambda: life.now)
        life.now += timedelta(days=2)
        examiner.begin(Writing(connection, SCHOOL), found.append)
        examiner.close()
        connection.close()
        (said,) = found
        return said

    for n in range(FLIPS):
        shutil.copyfile(life.opened.path, copy)
        if n % 10 == 0:
            assert whole() is True
            assert not mark_of(copy).exists()
        at = rng.randrange(copy.stat().st_size) if n % 5 else rng.randrange(4_096)
        flip(copy, at, rng.randrange(8))
        assert whole() is False, at
        assert mark_of(copy).exists()
        mark_of(copy).unlink()


def test_damage_is_told_and_the_store_is_not_opened_again_until_it_is_set_aside(life: Life, logs: LogGuard) -> None:
    logs.announce("keyaki.store", "the store is damaged")
    opened = life.opened
    flip(opened.path, opened.path.stat().st_size // 2, 3)
    life.now += timedelta(days=2)
    life.write()
    until(lambda: life.told == ["damage"])
    life.write()
    life.writer.close()
    opened.lock.release()
    secrets = MemorySecretStore(Present(opened.key))
    for _ in range(2):
        with pytest.raises(StoreDamaged) as caught:
            open_store(opened.path.parent, secrets, None)
        assert caught.value.facts == {"reason": "examined"}
    set_store_aside(opened.path.parent, life.now)
    (aside,) = (opened.path.parent / "quarantine").iterdir()
    assert {"store.db", "store.db-damaged"} <= {path.name for path in aside.iterdir()}
    mark_of(opened.path).touch()  # a kill while it was set aside
    open_store(opened.path.parent, secrets, opened.enrolment).lock.release()
    assert not mark_of(opened.path).exists()
