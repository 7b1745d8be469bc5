"""One thread writes: edits come before batches, a batch lets them through, and a failure harms nobody else."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from threading import Event, current_thread
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from client.store.ambient import utc_now
from client.store.copyist import Copyist
from client.store.database import connect
from client.store.errors import DiskFull, StoreClosed, WriteFailed
from client.store.examining import Examiner
from client.store.opening import Opened
from client.store.writer import Steps, Writer
from client.store.writing import Writing
from sync.errors import Defect
from tests.client.store.conftest import SCHOOL
from tests.kit.logguard import LogGuard

CHANGED = list[frozenset[str]]


@pytest.fixture
def told() -> CHANGED:
    """What the writer said had changed."""
    return []


def copyist(opened: Opened) -> Copyist:
    """Of a store to which the school has given no key yet."""
    return Copyist(opened.path.parent, utc_now)


def opened_writer(opened: Opened, told: Callable[[frozenset[str]], None]) -> Writer:
    examiner = Examiner(opened.path, opened.key, utc_now)
    return Writer(
        lambda: Writing(connect(opened.path, opened.key, writing=True), SCHOOL), told, copyist(opened), examiner
    )


@pytest.fixture
def writer(opened: Opened, told: CHANGED) -> Iterator[Writer]:
    """A writer over the store."""
    made = opened_writer(opened, told.append)
    yield made
    made.close()


def note(name: str) -> Any:
    """A job that writes its name down and returns how many names there are."""

    def job(writing: Writing) -> int:
        writing.run("INSERT INTO sync_log (at, what, facts) VALUES ('', ?, '')", name)
        return writing.run("SELECT count(*) FROM sync_log")[0][0]

    return job


def written(opened: Opened) -> list[str]:
    """The names on the disk, in order."""
    connection = connect(opened.path, opened.key, writing=False)
    rows = [what for (what,) in connection.execute("SELECT what FROM sync_log ORDER BY n")]
    connection.close()
    return rows


def test_a_job_is_on_the_disk_when_its_future_ends(writer: Writer, opened: Opened) -> None:
    assert writer.edit(note("edit")).result() == 1
    assert written(opened) == ["edit"]


def test_edits_come_between_the_steps_of_a_batch(writer: Writer, opened: Opened) -> None:
    edits: list[Future[int]] = []

    def batch(writing: Writing) -> Steps[str]:
        note("first step")(writing)
        edits.append(writer.edit(note("edit")))
        yield False
        note("second step")(writing)
        return "done"

    assert writer.batch(batch).result() == "done"
    assert edits[0].result() == 2
    assert written(opened) == ["first step", "edit", "second step"]


def test_edits_that_wait_come_before_a_batch_that_waited_longer(writer: Writer, opened: Opened) -> None:
    hold, held = Event(), Event()

    def slow(writing: Writing) -> None:
        held.set()
        hold.wait(10)

    first = writer.edit(slow)
    held.wait(10)
    batch, edit = writer.later(note("batch")), writer.edit(note("edit"))
    hold.set()
    for future in (first, batch, edit):
        future.result()
    assert written(opened) == ["edit", "batch"]


def test_a_batch_that_fails_keeps_the_steps_it_had_committed_and_no_others(writer: Writer, opened: Opened) -> None:
    def batch(writing: Writing) -> Steps[None]:
        note("kept")(writing)
        yield True
        note("lost")(writing)
        raise Defect(assumed="nothing")

    with pytest.raises(Defect):
        writer.batch(batch).result()
    writer.edit(note("after")).result()
    assert written(opened) == ["kept", "after"]


def test_a_job_that_fails_leaves_nothing_and_the_next_one_runs(writer: Writer, opened: Opened, told: CHANGED) -> None:
    def job(writing: Writing) -> None:
        note("lost")(writing)
        writing.change(["score"])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        writer.edit(job).result()
    writer.edit(note("after")).result()
    assert written(opened) == ["after"]
    assert told == [frozenset()]


def test_after_the_disk_has_refused_the_old_connection_is_not_used_again(
    writer: Writer, opened: Opened, logs: LogGuard
) -> None:
    logs.announce("keyaki.store", "dropped")
    used: list[Writing] = []

    def refused(writing: Writing) -> None:
        used.append(writing)
        note("lost")(writing)
        raise dbapi2.OperationalError("disk I/O error")

    def again(writing: Writing) -> None:
        used.append(writing)
        note("after")(writing)

    with pytest.raises(WriteFailed):
        writer.edit(refused).result()
    writer.edit(again).result()
    assert used[0] is not used[1]
    assert written(opened) == ["after"]


def test_a_batch_does_not_go_on_over_a_connection_an_edit_has_lost(
    writer: Writer, opened: Opened, logs: LogGuard
) -> None:
    logs.announce("keyaki.store", "dropped")

    def refused(writing: Writing) -> None:
        raise dbapi2.OperationalError("disk I/O error")

    def batch(writing: Writing) -> Steps[None]:
        note("first step")(writing)
        lost.append(writer.edit(refused))
        yield False
        note("second step")(writing)

    lost: list[Future[None]] = []
    with pytest.raises(WriteFailed):
        writer.batch(batch).result()
    with pytest.raises(WriteFailed):
        lost[0].result()
    writer.edit(note("after")).result()
    assert written(opened) == ["first step", "after"]


def test_a_full_disk_is_told_as_that_and_writing_goes_on_when_there_is_room(writer: Writer, opened: Opened) -> None:
    def full(writing: Writing) -> None:
        (pages,) = writing.run("PRAGMA page_count")[0]
        writing.run(f"PRAGMA max_page_count = {pages}")
        writing.run("INSERT INTO sync_log (at, what, facts) VALUES ('', 'lost', hex(zeroblob(100000)))")

    with pytest.raises(DiskFull):
        writer.edit(full).result()
    writer.edit(lambda writing: writing.run("PRAGMA max_page_count = 1000000")).result()
    writer.edit(note("after")).result()
    assert written(opened) == ["after"]


def test_what_a_commit_changed_is_told_once_and_after_it(writer: Writer, told: CHANGED) -> None:
    writer.edit(lambda writing: writing.change(["score", "remark"])).result()
    writer.edit(note("nothing")).result()
    writer.close()
    assert told == [frozenset({"score", "remark"}), frozenset()]


def test_closing_finishes_every_job_and_refuses_new_ones(opened: Opened) -> None:
    writer = opened_writer(opened, lambda _: None)
    futures = [writer.edit(note(str(n))) for n in range(20)]
    writer.close()
    assert [future.result() for future in futures] == list(range(1, 21))
    with pytest.raises(StoreClosed):
        writer.edit(note("late"))


def test_the_write_ahead_log_is_empty_when_the_store_is_closed(opened: Opened, writer: Writer) -> None:
    writer.edit(note("edit")).result()
    log = Path(f"{opened.path}-wal")
    assert log.stat().st_size > 0
    writer.close()
    assert not log.exists()


def test_the_write_ahead_log_is_emptied_when_nothing_has_been_written_for_a_while(
    opened: Opened, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("client.store.writer._IDLE_S", 0.05)
    writer.edit(note("edit")).result()
    log = Path(f"{opened.path}-wal")
    for _ in range(200):
        if log.stat().st_size == 0:
            break
        Event().wait(0.02)
    assert log.stat().st_size == 0
    writer.edit(note("after")).result()
    assert written(opened) == ["edit", "after"]


def test_what_the_server_would_tell_again_does_not_wait_for_the_disk_and_an_edit_after_it_does(writer: Writer) -> None:
    def waits(writing: Writing) -> bool:
        return writing.run("PRAGMA synchronous")[0][0] == 2

    def batch(writing: Writing) -> Steps[bool]:
        yield True
        return waits(writing)

    asked = [writer.later(waits), writer.later(waits, lasting=False), writer.batch(batch), writer.later(waits)]
    assert [future.result() for future in asked] == [True, False, False, True]
    assert writer.edit(waits).result()


def test_a_batch_comes_to_its_end_although_edits_keep_coming(writer: Writer, opened: Opened) -> None:
    edits: list[Future[int]] = []

    def again(future: Future[int]) -> None:
        if not batch.done():
            edits.append(writer.edit(note("edit")))
            edits[-1].add_done_callback(again)

    def steps(writing: Writing) -> Steps[None]:
        begun.set()
        go.wait(10)
        for n in range(3):
            note(f"step {n}")(writing)
            yield True

    begun, go = Event(), Event()
    batch = writer.batch(steps)
    begun.wait(10)
    again(Future())
    go.set()
    batch.result(10)
    writer.close()
    assert [what for what in written(opened) if what != "edit"] == ["step 0", "step 1", "step 2"]


def test_a_job_that_is_cancelled_before_its_turn_is_not_done_and_stops_nobody(writer: Writer, opened: Opened) -> None:
    hold, held = Event(), Event()

    def slow(writing: Writing) -> None:
        held.set()
        hold.wait(10)

    def nothing(writing: Writing) -> Steps[None]:
        yield False
        note("batch")(writing)

    writer.edit(slow)
    held.wait(10)
    edit, batch = writer.edit(note("edit")), writer.batch(nothing)
    assert edit.cancel()
    assert batch.cancel()
    hold.set()
    writer.edit(note("after")).result(10)
    assert written(opened) == ["after"]


def test_a_job_that_is_done_stays_done_when_whoever_is_told_of_it_fails(opened: Opened, logs: LogGuard) -> None:
    logs.announce("keyaki.store", "whoever is told", logging.ERROR)

    def told(changed: frozenset[str]) -> None:
        raise ZeroDivisionError

    writer = opened_writer(opened, told)
    assert [writer.edit(note(name)).result(10) for name in ("first", "second")] == [1, 2]
    writer.close()
    assert written(opened) == ["first", "second"]


def test_a_log_the_disk_does_not_let_empty_harms_no_edit_and_no_closing(
    opened: Opened, logs: LogGuard, monkeypatch: pytest.MonkeyPatch
) -> None:
    logs.announce("keyaki.store", "log stays")
    logs.announce("keyaki.store", "dropped")
    tried = Event()

    def refused(writing: Writing) -> None:
        tried.set()
        raise dbapi2.OperationalError("disk I/O error")

    monkeypatch.setattr("client.store.writer._IDLE_S", 0.05)
    monkeypatch.setattr(Writing, "empty_log", refused)
    writer = opened_writer(opened, lambda _: None)
    writer.edit(note("edit")).result(10)
    assert tried.wait(10)
    assert writer.edit(note("after")).result(10) == 2
    writer.close()
    assert written(opened) == ["edit", "after"]


def wide(writing: Writing) -> None:
    """Write ten pages and a little more."""
    writing.run("INSERT INTO sync_log (at, what, facts) VALUES ('', 'wide', hex(zeroblob(20000)))")


def test_the_write_ahead_log_begins_anew_after_a_short_rest(
    writer: Writer, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("client.store.writer._IDLE_S", 3_600.0)
    watching = connect(opened.path, opened.key, writing=False)
    for _ in range(5):
        for _ in range(20):
            writer.edit(wide).result(10)
        rest = 500
        while Writing(watching, SCHOOL).log_pages() and rest:
            Event().wait(0.02)
            rest -= 1
        assert rest
    watching.close()
    assert Path(f"{opened.path}-wal").stat().st_size < 2 * 20 * 16 * 4_120


def test_the_write_ahead_log_stays_short_in_a_batch_that_leaves_no_rest(
    writer: Writer, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("client.store.writer._IDLE_S", 3_600.0)
    monkeypatch.setattr("client.store.writer._REST_S", 3_600.0)

    def steps(writing: Writing) -> Steps[None]:
        for _ in range(250):
            wide(writing)
            yield True

    writer.batch(steps).result(30)
    assert Path(f"{opened.path}-wal").stat().st_size < 1_050 * 4_120


def growing(batches: int) -> Any:
    """A batch whose log is too long after every hundred of its portions."""

    def steps(writing: Writing) -> Steps[int]:
        for _ in range(batches):
            for _ in range(100):
                wide(writing)
            yield True
        return writing.run("SELECT count(*) FROM sync_log")[0][0]

    return steps


def test_edits_pass_while_the_log_of_a_batch_is_carried_over(
    writer: Writer, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("client.store.writer._IDLE_S", 3_600.0)
    carried_over, begun, go_on = Writing.checkpoint, Event(), Event()

    def slowly(writing: Writing) -> None:
        begun.set()
        assert go_on.wait(10)
        carried_over(writing)

    monkeypatch.setattr(Writing, "checkpoint", slowly)
    batch = writer.batch(growing(3))
    assert begun.wait(10)
    assert [writer.edit(note(name)).result(10) for name in ("first", "second")] == [101, 102]
    assert not batch.done()
    go_on.set()
    assert batch.result(10) == 302
    assert Path(f"{opened.path}-wal").stat().st_size < 1_500 * 4_120


def test_a_log_that_edits_go_on_adding_to_is_carried_over_all_the_same(
    writer: Writer, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("client.store.writer._IDLE_S", 3_600.0)
    carried_over = Writing.checkpoint
    edits: list[Future[int]] = []

    def between(writing: Writing) -> None:
        if current_thread().name != "keyaki-writer":
            edits.append(writer.edit(note("edit")))
            edits[-1].result(10)
        carried_over(writing)
        if current_thread().name != "keyaki-writer":
            edits.append(writer.edit(note("edit")))
            edits[-1].result(10)

    monkeypatch.setattr(Writing, "checkpoint", between)
    writer.batch(growing(3)).result(10)
    assert written(opened).count("edit") == len(edits) > 6
    assert Path(f"{opened.path}-wal").stat().st_size < 1_500 * 4_120


def test_a_log_the_disk_does_not_let_be_carried_over_harms_no_batch_and_no_edit(
    writer: Writer, logs: LogGuard, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried_over, refused = Writing.checkpoint, Event()

    def first_refused(writing: Writing) -> None:
        if not refused.is_set():
            refused.set()
            raise dbapi2.OperationalError("disk I/O error")
        carried_over(writing)

    logs.announce("keyaki.store", "log stays")
    monkeypatch.setattr(Writing, "checkpoint", first_refused)
    batch = writer.batch(growing(3))
    assert batch.result(10) == 300
    assert refused.is_set()
    assert writer.edit(note("after")).result(10) == 301
