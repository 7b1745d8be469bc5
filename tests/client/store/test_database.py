"""The file is encrypted, every pinned setting holds on every connection, and one process has it."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from client.store import database
from client.store.database import StoreLock, connect, create_file, transaction
from client.store.errors import StoreBusy, StoreDamaged, WriteFailed
from client.store.opening import Opened
from tests.client.store.conftest import SCHOOL

KEY = b"k" * 32
PINNED = {
    "journal_mode": "wal",
    "synchronous": 2,
    "secure_delete": 1,
    "temp_store": 2,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "foreign_keys": 1,
    "wal_autocheckpoint": 4_000,
    "cipher_memory_security": "0",
}


@pytest.mark.parametrize(("writing", "cache"), [(True, -65_536), (False, -16_384)])
def test_every_pinned_setting_holds(opened: Opened, writing: bool, cache: int) -> None:
    connection = connect(opened.path, opened.key, writing=writing)
    held = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in PINNED}
    assert held == PINNED
    assert connection.execute("PRAGMA cache_size").fetchone()[0] == cache
    connection.close()


def test_a_setting_that_does_not_hold_closes_the_store(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_PINNED", (("synchronous", "NORMAL", "2"),))
    with pytest.raises(StoreDamaged) as error:
        connect(opened.path, opened.key, writing=True)
    assert error.value.facts == {"reason": "setting synchronous"}


def test_a_reading_connection_cannot_write(opened: Opened) -> None:
    connection = connect(opened.path, opened.key, writing=False)
    with pytest.raises(dbapi2.OperationalError):
        connection.execute("DELETE FROM meta")
    connection.close()


def test_an_extension_cannot_be_loaded(opened: Opened) -> None:
    connection = connect(opened.path, opened.key, writing=True)
    with pytest.raises(dbapi2.OperationalError, match="not authorized"):
        connection.execute("SELECT load_extension('anything')")
    connection.close()


def test_another_key_opens_nothing_and_says_nothing(opened: Opened, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(StoreDamaged):
        connect(opened.path, KEY, writing=False)
    assert capfd.readouterr() == ("", "")


def test_nothing_that_was_written_can_be_read_in_the_files(opened: Opened) -> None:
    connection = connect(opened.path, opened.key, writing=True)
    with transaction(connection):
        connection.execute("INSERT INTO meta VALUES ('name', '髙橋 さくら')")
    files = [file.read_bytes() for file in opened.path.parent.iterdir()]
    assert len(files) == 4  # the file, its write-ahead log, the log's index, the lock
    for name in ("髙橋", SCHOOL, "SQLite format"):
        assert not any(name.encode() in content for content in files)
    connection.close()


@pytest.mark.skipif(sys.platform == "win32", reason="#2 2026-11-25: Windows says who may read in its own way")
def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    create_file(tmp_path / "profile" / "store.db")
    assert (tmp_path / "profile" / "store.db").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "profile").stat().st_mode & 0o777 == 0o700


def test_a_second_process_is_told_that_the_store_is_open(opened: Opened) -> None:
    lock = opened.path.parent / "store.lock"
    script = f"from pathlib import Path; from client.store.database import StoreLock; StoreLock(Path({str(lock)!r}))"
    other = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert StoreBusy.__name__ in other.stderr


def test_a_released_lock_can_be_taken(tmp_path: Path) -> None:
    StoreLock(tmp_path / "lock").release()
    StoreLock(tmp_path / "lock").release()


def test_a_failed_transaction_leaves_nothing(opened: Opened) -> None:
    connection = connect(opened.path, opened.key, writing=True)

    def fail() -> None:
        with transaction(connection):
            connection.execute("INSERT INTO meta VALUES ('name', 'value')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert connection.execute("SELECT count(*) FROM meta WHERE key = 'name'").fetchone()[0] == 0
    connection.close()


def test_what_the_disk_refuses_has_a_name(opened: Opened) -> None:
    connection = connect(opened.path, opened.key, writing=True)
    with pytest.raises(WriteFailed), transaction(connection):
        connection.execute("INSERT INTO no_such_table VALUES (1)")
    connection.close()
