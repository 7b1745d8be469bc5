"""One school set back in a database that goes on serving the others."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from sync.protocol.errors import EpochChanged
from sync.protocol.messages import Create, PullRequest
from sync.server.backup.make import back_up
from sync.server.backup.school import restore_school
from sync.server.backup.unpack import unpacked
from sync.server.edits import server_edit
from sync.server.settings import Refusal
from sync.server.storage import epochs, partitions
from sync.server.storage.device_events import device_event
from sync.server.storage.engines import Database
from sync.server.storage.identity import device, session, token, user_link
from sync.server.storage.permits import permit, permit_event
from sync.server.storage.recovery import recovery_piece, recovery_segment
from sync.server.storage.snapshots import snapshot
from sync.server.storage.store import Storage, open_storage
from sync.server.storage.tables import METADATA, partition, past_epoch
from sync.server.storage.whole import OF_SCHOOL
from tests.kit.postgres import PostgresServer
from tests.sync.server.backup.bakery import LATER, NOW, Bakery, bakery, new_id
from tests.sync.server.process import run, serving
from tests.sync.server.tiny import BOARD, PREF

PEOPLE = (user_link, device, session, token)


@pytest.fixture
def then(tmp_path: Path) -> Iterator[Bakery]:
    """The same two schools as they were when they were backed up, one of them with a remark."""
    made = bakery(tmp_path / "then")
    made.note("backed up")
    made.desk().push([made.school.new_grade(made.school.pupils[0], "B")])
    yield made
    made.storage.close()


@pytest.fixture
def source(then: Bakery, tmp_path: Path) -> Iterator[Database]:
    """What the backup holds."""
    back_up(tmp_path / "then", tmp_path / "b", NOW)
    (tmp_path / "copy").mkdir()
    with unpacked(tmp_path / "b", tmp_path / "copy") as (_, database):
        yield database


@pytest.fixture
def now(storage: Storage) -> Bakery:
    """The same schools, gone on, on either engine."""
    made = Bakery(storage)
    made.note("backed up")
    made.desk("kato").push([made.school.new_grade(made.school.pupils[0], "C")])
    for number in range(3):
        made.note(f"lost {number}")
        made.note(f"other {number}", made.other)
    return made


def test_every_table_kept_by_school_is_set_back_but_where_its_history_stands() -> None:
    keyed = {table for table in METADATA.tables.values() if next(iter(table.primary_key)).name == "school"}
    left = {partition, past_epoch, snapshot, permit, permit_event, device_event, recovery_segment, recovery_piece}
    assert {*OF_SCHOOL, *left} == keyed


def test_one_school_is_set_back_and_nothing_else_is_touched(then: Bakery, source: Database, now: Bakery) -> None:
    school, storage = now.school.school, now.storage
    held, ended = then.of(school), now.partition()
    others, now_before = {id_: now.of(id_) for id_ in (now.other.school, PREF, BOARD)}, now.of(school)
    people = [now.rows(table) for table in PEOPLE]
    rows = restore_school(source, storage.database, school, LATER, new_id)
    after, own = now.of(school), now.partition()
    assert held["op_result"] != now_before["op_result"] != []
    for table in OF_SCHOOL:
        assert after[table.name] == held[table.name], table.name
    assert rows == sum(len(held[table.name]) for table in OF_SCHOOL)
    assert {id_: now.of(id_) for id_ in others} == others
    assert [now.rows(table) for table in PEOPLE] == people
    cut = then.partition().seq
    assert own == then.partition()._replace(epoch=own.epoch, cut=cut, seq=own.seq)
    assert own.epoch != ended.epoch
    assert own.seq == max(ended.seq + epochs.LEAP, epochs.number_at(LATER))
    assert now.rows(past_epoch, school) == [(school, ended.epoch, cut)]
    assert "backed up" in str(now.text())
    assert now.note("goes on") == own.seq + 1


def test_what_a_process_remembers_of_the_school_is_not_taken_for_what_is_there_now(
    source: Database, now: Bakery
) -> None:
    desk = now.desk()
    pupil = now.school.pupils[1]
    desk.push([now.school.new_remark(pupil, "a scope of its own", box="lost.box")])
    now.school.make("class", year=2026, key="9-9", label="x", kind="regular", grades=[3])
    desk.sync()
    lost, cursor = desk.epoch, desk.cursor
    restore_school(source, now.storage.database, now.school.school, LATER, new_id)
    with pytest.raises(EpochChanged) as told:
        desk.backend.pull(desk.school, PullRequest(epoch=lost, cursor=cursor, grants=desk.hash))
    assert told.value.facts == {"epoch": now.partition().epoch, "seq": now.partition().cut}
    fresh = now.desk("kato")
    assert not any(type_ == "class" and row.fields["key"] == "9-9" for (type_, _), row in fresh.rows.items())
    assert fresh.push([now.school.new_grade(pupil, "A", "think")])[0].outcome == "applied"


def test_a_school_set_back_twice_from_one_backup_uses_no_number_twice(source: Database, now: Bakery) -> None:
    used, told = list[int](), dict[str, int]()
    cut = 0
    for life in range(3):
        told[now.partition().epoch] = now.partition().seq
        restore_school(source, now.storage.database, now.school.school, LATER, new_id)
        cut = now.partition().cut
        used += [now.note(f"life {life}"), now.note(f"life {life} again")]
    assert used == sorted(set(used))
    assert {epoch: seq for _, epoch, seq in now.rows(past_epoch, now.school.school)} == dict.fromkeys(told, cut)


E1, E2, E3, E4 = (f"00000000-0000-4000-8000-00000000000{number}" for number in range(1, 5))


@pytest.mark.parametrize(
    ("theirs", "ours", "told"),
    [
        ({E1: 100}, {E1: 500}, {E1: 100}),
        ({E1: 500}, {E1: 100}, {E1: 500}),
        ({E1: 100}, {E1: 100, E2: 900}, {E1: 100, E2: 100}),
        ({E1: 100}, {E1: 60, E2: 900}, {E1: 100, E2: 60}),
        ({E1: 100}, {E1: 300, E2: 900}, {E1: 100, E2: 100}),
        ({E1: 100, E2: 950}, {E1: 50, E3: 1900}, {E1: 100, E2: 950, E3: 50}),
        ({E1: 100, E2: 950}, {E1: 100, E2: 930, E3: 1900, E4: 40}, {E1: 100, E2: 950, E3: 930, E4: 40}),
        ({E1: 100}, {E2: 900}, {E1: 100, E2: 0}),
    ],
)
def test_each_epoch_that_ever_was_is_told_what_it_has_in_common_with_the_backup(
    storage: Storage, theirs: dict[str, int], ours: dict[str, int], told: dict[str, int]
) -> None:
    made = Bakery(storage)
    with storage.database.writing() as connection:
        held = partitions.lock(connection, made.school.school)
        assert held is not None
        epochs.join(connection, held, (theirs, ours), new_id(), 10_000)
        now = partitions.lock(connection, made.school.school)
        assert now is not None
        for epoch, cut in told.items():
            assert epochs.changed(connection, now, epoch).facts["seq"] == cut
    common = max((min(cut, ours[epoch]) for epoch, cut in theirs.items() if epoch in ours), default=0)
    assert (now.cut, now.seq) == (common, 10_000)
    assert len(made.rows(past_epoch, made.school.school)) == len(told)


def test_a_restore_that_breaks_off_leaves_the_school_as_it_was(source: Database, now: Bakery) -> None:
    before = {id_: now.of(id_) for id_ in (now.school.school, now.other.school)}

    def cut(connection: Connection, cursor: Any, statement: str, *rest: Any) -> None:
        if statement.startswith("UPDATE partition"):
            raise KeyboardInterrupt

    event.listen(now.storage.database.engine, "before_cursor_execute", cut)
    with pytest.raises(KeyboardInterrupt):
        restore_school(source, now.storage.database, now.school.school, LATER, new_id)
    event.remove(now.storage.database.engine, "before_cursor_execute", cut)
    assert {id_: now.of(id_) for id_ in before} == before


def test_a_school_that_one_side_does_not_have_is_refused(source: Database, now: Bakery) -> None:
    stranger = new_id()
    with pytest.raises(Refusal, match="here"):
        restore_school(source, now.storage.database, stranger, LATER, new_id)
    with pytest.raises(Refusal, match="here"):
        restore_school(source, now.storage.database, PREF, LATER, new_id)
    with source.writing() as connection:
        connection.execute(partition.delete().where(partition.c.school == now.school.school))
    before = now.of(now.school.school)
    with pytest.raises(Refusal, match="the backup has no"):
        restore_school(source, now.storage.database, now.school.school, LATER, new_id)
    assert now.of(now.school.school) == before


def test_the_command_sets_one_school_back_while_a_server_serves_both(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    made = bakery(folder)
    named(made)
    made.note("backed up")
    back_up(folder, tmp_path / "b", NOW)
    made.note("lost")
    other = made.note("other", made.other)
    with serving("--data", folder):
        done = run("restore", "--data", folder, tmp_path / "b", "--school", "B105299999010")
        strange = run("restore", "--data", folder, tmp_path / "b", "--school", "B105299999021")
    assert (done.returncode, done.stderr) == (0, "")
    assert "見本小 is what it was at 2026-11-20" in done.stdout
    assert (strange.returncode, strange.stdout) == (1, "")
    assert "backed up" in str(made.text())
    assert made.partition(made.other.school).seq == other
    made.storage.close()


def test_a_school_is_set_back_from_a_restored_postgres_database(postgres: PostgresServer, tmp_path: Path) -> None:
    urls = [postgres.create_database() for _ in range(2)]
    for number, url in enumerate(urls):
        assert run("migrate", "--database", url).returncode == 0
        opened = open_storage(tmp_path, url)
        made = Bakery(opened)
        named(made)
        made.note("backed up")
        if number:
            made.note("lost")
        opened.close()
    done = run("restore", "--database", urls[1], urls[0], "--school", "B105299999010")
    assert (done.returncode, done.stderr) == (0, "")
    made.storage = open_storage(tmp_path, urls[1])
    assert "backed up" in str(made.text())
    made.storage.close()


def named(made: Bakery) -> None:
    """Give the first school its record in the prefecture."""
    values = {"name": "見本小", "kind": "elementary", "school_code": "B105299999010", "board_code": "052010"}
    op = Create(type="school", id=made.school.school, set=values)
    assert server_edit(made.storage, PREF, [(op,)], NOW)[0].outcome == "applied"
