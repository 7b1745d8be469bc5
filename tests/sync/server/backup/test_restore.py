"""A server set back: all of it as it was, no number twice, nobody let in by a session or on a device of the past."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from sync.protocol.errors import SignInNeeded
from sync.records.registry import NUMBER
from sync.server import migrate as migration
from sync.server.backup import restore as restoring
from sync.server.backup.make import back_up
from sync.server.backup.restore import Restored, begin_anew, restore
from sync.server.identity import tokens
from sync.server.migrate import migrate
from sync.server.settings import Refusal
from sync.server.storage import epochs, identity
from sync.server.storage.engines import FILE, open_database
from sync.server.storage.identity import device, session, token, user_link
from sync.server.storage.store import Storage
from sync.server.storage.tables import past_epoch
from tests.sync.server.backup.bakery import LATER, NOW, TIMES, Bakery, asked, bakery, new_id, reopened
from tests.sync.server.process import run, serving


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def set_back(made: Bakery, folder: Path, backup: Path) -> Restored:
    made.storage.close()
    done = restore(folder, backup, LATER, new_id)
    reopened(made, folder)
    return done


def test_a_restored_server_holds_what_it_held_and_goes_on_in_a_new_epoch(folder: Path, tmp_path: Path) -> None:
    made = bakery(folder)
    made.note("backed up")
    held, before = made.of(made.school.school), made.partition()
    back_up(folder, tmp_path / "b", NOW)
    for number in range(3):
        made.note(f"lost {number}")
    done = set_back(made, folder, tmp_path / "b")
    assert (done.anew.partitions, done.people) == (4, True)
    now, after = made.of(made.school.school), made.partition()
    for name in held.keys() - {"partition", "past_epoch"}:
        assert now[name] == held[name], name
    assert now["past_epoch"] == [(made.school.school, before.epoch, before.seq)]
    assert after.epoch != before.epoch
    assert (after.cut, after.seq) == (before.seq, max(before.seq + epochs.LEAP, epochs.number_at(LATER)))
    assert done.aside is not None
    assert "lost 2" in str(asked(done.aside / FILE, "SELECT data FROM record WHERE type = 'remark'"))
    assert made.note("goes on") == after.seq + 1
    made.storage.close()
    assert sorted(path.name for path in folder.iterdir()) == [done.aside.name, FILE, "server.lock"]


def test_no_number_is_used_twice_though_one_backup_is_restored_again_and_again(folder: Path, tmp_path: Path) -> None:
    made = bakery(folder)
    back_up(folder, tmp_path / "b", NOW)
    used = [made.note("first")]
    for life in range(4):
        made.storage.close()
        if life % 2:
            (folder / FILE).unlink()  # the disk was lost: nothing is left that knows of the numbers since
        restore(folder, tmp_path / "b", LATER + timedelta(hours=life), new_id)
        reopened(made, folder)
        used += [made.note(f"life {life}"), made.note(f"life {life} again")]
    assert used == sorted(set(used))
    made.storage.close()


def test_numbers_rise_with_the_clock_below_what_json_can_say(folder: Path) -> None:
    assert epochs.number_at(LATER) - epochs.number_at(NOW) == 3600 << 20
    assert epochs.number_at(NOW.replace(year=1999)) == 0
    assert epochs.number_at(NOW.replace(year=2270)) < 1 << 53


def test_sessions_of_the_past_are_gone_those_ended_since_and_those_still_good(folder: Path, tmp_path: Path) -> None:
    made = bakery(folder)
    pairs = [made.enrolled(name)[1] for name in ("sato", "kato")]
    back_up(folder, tmp_path / "b", NOW)
    with made.storage.database.writing() as connection:
        stolen = identity.refresh(connection, tokens._hash(pairs[0].refresh))
        assert stolen is not None
        identity.revoke_session(connection, stolen.session, 1)
    done = set_back(made, folder, tmp_path / "b")
    assert done.anew.sessions == 2
    assert made.rows(session) == made.rows(token) == []
    for pair in pairs:
        with pytest.raises(SignInNeeded):
            tokens.caller(made.storage, pair.access, NUMBER, NOW)
        with pytest.raises(SignInNeeded):
            tokens.refresh(made.storage, pair.refresh, TIMES, NOW)
    made.storage.close()


def test_a_device_blocked_since_stays_blocked_and_accounts_linked_since_stay_linked(
    folder: Path, tmp_path: Path
) -> None:
    made = bakery(folder)
    lost, _ = made.enrolled("sato")
    back_up(folder, tmp_path / "b", NOW)
    young, _ = made.enrolled("kato")
    database = made.storage.database
    with database.writing() as connection:
        identity.set_device_status(connection, lost.device, "suspended")
        identity.set_device_status(connection, young.device, "wiped")
        identity.link_user(database, connection, "issuer", "kato", young.user)
    known = made.rows(device), made.rows(user_link)
    assert set_back(made, folder, tmp_path / "b").people
    assert (made.rows(device), made.rows(user_link)) == known
    made.storage.close()


def test_a_device_that_only_the_backup_knows_as_blocked_stays_blocked(folder: Path, tmp_path: Path) -> None:
    made = bakery(folder)
    caller, _ = made.enrolled("sato")
    back_up(folder, tmp_path / "old", NOW)
    with made.storage.database.writing() as connection:
        identity.set_device_status(connection, caller.device, "wiping")
    back_up(folder, tmp_path / "newer", NOW)
    made.storage.close()
    (folder / FILE).unlink()  # the disk was lost, and the newest backup was not found at once
    restore(folder, tmp_path / "old", LATER, new_id)
    assert asked(folder / FILE, "SELECT status FROM device") == [("active",)]
    restore(folder, tmp_path / "newer", LATER, new_id)
    assert asked(folder / FILE, "SELECT status FROM device") == [("wiping",)]


def test_people_of_another_servers_folder_are_not_taken_over(folder: Path, tmp_path: Path) -> None:
    made = bakery(tmp_path / "theirs")
    back_up(tmp_path / "theirs", tmp_path / "b", NOW)
    made.storage.close()
    strange = open_database(folder)
    migrate(strange)
    with strange.writing() as connection:
        identity.link_user(strange, connection, "issuer", "stranger", new_id())
    strange.close()
    done = restore(folder, tmp_path / "b", LATER, new_id)
    assert not done.people
    assert asked(folder / FILE, "SELECT count(*) FROM user_link") == [(0,)]


def test_a_backup_of_older_tables_is_brought_up_to_date(folder: Path, tmp_path: Path) -> None:
    database = open_database(tmp_path / "old")
    config = migration._config()
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(text("INSERT INTO setting VALUES ('kept', 'yes')"))
    database.close()
    assert back_up(tmp_path / "old", tmp_path / "b", NOW).revision == "0001"
    restore(folder, tmp_path / "b", LATER, new_id)
    restored = open_database(folder)
    assert migrate(restored) is False
    restored.close()
    assert asked(folder / FILE, "SELECT * FROM setting") == [("kept", "yes")]


def test_a_damaged_database_is_replaced_and_kept_with_its_log(folder: Path, tmp_path: Path) -> None:
    made = bakery(folder)
    back_up(folder, tmp_path / "b", NOW)
    made.storage.close()
    (folder / FILE).write_bytes(b"no database at all" * 1000)
    (folder / f"{FILE}-wal").write_bytes(b"its log")
    done = set_back(made, folder, tmp_path / "b")
    assert not done.people
    assert done.aside is not None
    assert (done.aside / f"{FILE}-wal").read_bytes() == b"its log"
    assert (done.aside / FILE).read_bytes().startswith(b"no database")
    assert made.note("goes on") > epochs.LEAP
    made.storage.close()


def spoil_file(backup: Path) -> None:
    data = bytearray((backup / FILE).read_bytes())
    data[len(data) // 2] ^= 1
    (backup / FILE).write_bytes(data)


def spoil_rows(backup: Path) -> None:
    change_manifest(backup, rows={})


def spoil_revision(backup: Path) -> None:
    change_manifest(backup, revision="9999")


def spoil_manifest(backup: Path) -> None:
    (backup / "manifest.json").write_text('{"format": 1}')


def lose_manifest(backup: Path) -> None:
    (backup / "manifest.json").unlink()


def lose_file(backup: Path) -> None:
    (backup / FILE).unlink()


def change_manifest(backup: Path, **changed: object) -> None:
    path = backup / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changed))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (spoil_file, "not the file that was backed up"),
        (spoil_rows, "other rows"),
        (spoil_revision, "newer"),
        (spoil_manifest, "damaged, or of a newer program"),
        (lose_manifest, "is not a backup"),
        (lose_file, "could not be copied"),
    ],
)
def test_a_backup_that_is_not_what_it_says_changes_nothing(
    folder: Path, tmp_path: Path, spoil: object, said: str
) -> None:
    made = bakery(folder)
    back_up(folder, tmp_path / "b", NOW)
    made.note("stays")
    held = made.of(made.school.school)
    assert callable(spoil)
    spoil(tmp_path / "b")
    made.storage.close()
    with pytest.raises(Refusal, match=said):
        restore(folder, tmp_path / "b", LATER, new_id)
    reopened(made, folder)
    assert made.of(made.school.school) == held
    made.storage.close()
    assert sorted(path.name for path in folder.iterdir()) == [FILE, "server.lock"]


def test_a_restore_that_fails_at_its_last_step_changes_nothing_and_a_repeat_succeeds(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = bakery(folder)
    back_up(folder, tmp_path / "b", NOW)
    made.note("stays")
    held = made.of(made.school.school)
    made.storage.close()

    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(restoring, "to_disk", full)
        with pytest.raises(Refusal, match="No space left"):
            restore(folder, tmp_path / "b", LATER, new_id)
    reopened(made, folder)
    assert made.of(made.school.school) == held
    set_back(made, folder, tmp_path / "b")
    assert made.of(made.school.school) != held
    made.storage.close()


def test_nothing_is_restored_while_somebody_has_the_database_open(folder: Path, tmp_path: Path) -> None:
    bakery(folder).storage.close()
    back_up(folder, tmp_path / "b", NOW)
    with serving("--data", folder):
        refused = run("restore", "--data", folder, tmp_path / "b")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "stop it first" in refused.stderr
    with closing(sqlite3.connect(folder / FILE)) as older_program:  # one that knew of no lock
        older_program.execute("PRAGMA journal_mode=WAL")
        older_program.execute("SELECT * FROM partition").fetchall()
        with pytest.raises(Refusal, match="stop it first"):
            restore(folder, tmp_path / "b", LATER, new_id)
    assert asked(folder / FILE, "SELECT count(*) FROM past_epoch") == [(0,)]


def test_the_command_says_what_it_did_in_an_empty_folder_and_in_a_full_one(folder: Path, tmp_path: Path) -> None:
    bakery(folder).storage.close()
    back_up(folder, tmp_path / "b", NOW)
    fresh = run("restore", "--data", tmp_path / "new", tmp_path / "b")
    assert (fresh.returncode, fresh.stderr) == (0, "")
    assert "kept in" not in fresh.stdout
    assert "block again" in fresh.stdout
    again = run("restore", "--data", tmp_path / "new", tmp_path / "b")
    assert again.returncode == 0
    assert "kept in before-restore-" in again.stdout
    assert "are those known last" in again.stdout
    assert "everybody signs in again" in again.stdout


def test_a_database_set_back_by_its_own_tools_goes_on_anew(storage: Storage) -> None:
    made = Bakery(storage)
    caller, pair = made.enrolled()
    before = {id_: made.partition(id_) for id_ in (made.school.school, made.other.school)}
    with storage.database.writing() as connection:
        identity.set_device_status(connection, caller.device, "suspended")
        anew = begin_anew(connection, LATER, new_id)
    assert (anew.partitions, anew.sessions) == (4, 1)
    for id_, then in before.items():
        now = made.partition(id_)
        assert now.epoch != then.epoch
        assert (now.cut, now.seq) == (then.seq, epochs.number_at(LATER))
        assert made.rows(past_epoch, id_) == [(id_, then.epoch, then.seq)]
    with pytest.raises(SignInNeeded):
        tokens.refresh(storage, pair.refresh, TIMES, NOW)
    assert [row[6] for row in made.rows(device)] == ["suspended"]
