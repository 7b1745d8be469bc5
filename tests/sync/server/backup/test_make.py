"""A backup is one moment of a database that is being written to, complete, private, and there whole or not at all."""

import hashlib
import json
import sqlite3
import stat
import sys
import threading
from pathlib import Path

import pytest

from sync.server.backup import make
from sync.server.backup.make import back_up
from sync.server.settings import Refusal
from sync.server.storage.engines import FILE
from tests.sync.server.backup.bakery import NOW, Bakery, asked, bakery
from tests.sync.server.process import run, serving


def writing(made: Bakery, done: threading.Event) -> None:
    """Two records a change, change after change."""
    school, number = made.school, 0
    while not done.is_set():
        number += 1
        ops = [school.new_remark(pupil, f"{number}", box=f"box.{number}") for pupil in school.pupils[:2]]
        assert school.edit(*ops).outcome == "applied"


def test_backups_under_writes_are_each_one_moment_and_sound(tmp_path: Path) -> None:
    made = bakery(tmp_path / "data")
    before, done = made.partition().seq, threading.Event()
    thread = threading.Thread(target=writing, args=(made, done))
    thread.start()
    seqs = []
    for number in range(6):
        to = tmp_path / f"backup-{number}"
        manifest = back_up(tmp_path / "data", to, NOW)
        path = to / FILE
        ((seq,),) = asked(path, f"SELECT seq FROM partition WHERE school = '{made.school.school}'")
        seqs.append(seq)
        written = f"SELECT max(seq), count(*) FROM history WHERE school = '{made.school.school}' AND seq > {before}"
        assert asked(path, written) == [(seq, 2 * (seq - before))] or seq == before
        assert asked(path, "SELECT count(*) FROM record") == [(manifest.rows["record"],)]
        assert asked(path, "PRAGMA integrity_check") == [("ok",)]
    done.set()
    thread.join()
    assert seqs == sorted(seqs)
    assert seqs[-1] > seqs[0], "nobody wrote"
    made.storage.close()


def test_what_is_written_while_it_is_made_is_not_in_it_and_does_not_disturb_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, count = bakery(tmp_path / "data"), make.rows_of

    def counted(connection: sqlite3.Connection) -> dict[str, int]:
        rows = count(connection)
        made.note("meanwhile", (made.school, made.other)[made.text() is not None])
        return rows

    monkeypatch.setattr(make, "rows_of", counted)
    manifest = back_up(tmp_path / "data", tmp_path / "b", NOW)
    assert asked(tmp_path / "b" / FILE, "SELECT count(*) FROM record WHERE type = 'remark'") == [(0,)]
    assert asked(tmp_path / "b" / FILE, "SELECT count(*) FROM record") == [(manifest.rows["record"],)]
    made.storage.close()


def test_a_backup_is_two_private_files_that_say_what_they_are(tmp_path: Path) -> None:
    bakery(tmp_path / "data").storage.close()
    manifest = back_up(tmp_path / "data", tmp_path / "b", NOW)
    assert sorted(path.name for path in (tmp_path / "b").iterdir()) == ["manifest.json", "server.db"]
    said = json.loads((tmp_path / "b" / "manifest.json").read_text())
    assert said == manifest.model_dump()
    assert said["made_at"] == "2026-11-20T03:00:00.000Z"
    data = (tmp_path / "b" / FILE).read_bytes()
    assert (len(data), hashlib.sha256(data).hexdigest()) == (said["bytes"], said["sha256"])
    assert data[18:20] == b"\x01\x01", "it needs no log beside it"
    if sys.platform != "win32":
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [tmp_path / "b", *(tmp_path / "b").iterdir()]}
        assert modes == {"b": 0o700, "manifest.json": 0o600, "server.db": 0o600}
    assert not list(tmp_path.glob(".*"))


def test_nothing_is_overwritten_made_of_nothing_or_left_half(tmp_path: Path) -> None:
    bakery(tmp_path / "data").storage.close()
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    for name in ("file", "folder"):
        with pytest.raises(Refusal, match="overwrites nothing"):
            back_up(tmp_path / "data", tmp_path / name, NOW)
    with pytest.raises(Refusal, match="no database"):
        back_up(tmp_path / "nowhere", tmp_path / "b", NOW)
    with pytest.raises(Refusal, match="could not be written"):
        back_up(tmp_path / "data", tmp_path / "missing" / "b", NOW)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "file", "folder"]
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("part", ["middle", "head"])
def test_of_a_damaged_database_there_is_no_backup(tmp_path: Path, part: str) -> None:
    made = bakery(tmp_path / "data")
    made.storage.close()
    path = tmp_path / "data" / FILE
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(0 if part == "head" else size // 2)
        file.write(b"\xa5" * (100 if part == "head" else size // 4))
    with pytest.raises(Refusal, match=r"damaged|not sound|could not be copied"):
        back_up(tmp_path / "data", tmp_path / "b", NOW)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


def test_the_command_backs_up_what_a_server_is_serving(tmp_path: Path) -> None:
    bakery(tmp_path / "data").storage.close()
    with serving("--data", tmp_path / "data"):
        done = run("backup", "--data", tmp_path / "data", tmp_path / "b")
    assert (done.returncode, done.stderr) == (0, "")
    assert "checked" in done.stdout
    again = run("backup", "--data", tmp_path / "data", tmp_path / "b")
    assert (again.returncode, again.stdout) == (1, "")
    assert "overwrites nothing" in again.stderr
    other = run("backup", "--database", "postgresql://x/y", tmp_path / "c")
    assert (other.returncode, "pg_dump" in other.stderr) == (1, True)
    assert run("backup", tmp_path / "c").returncode == 2
