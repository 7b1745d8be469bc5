"""Each saved group lies once more in the journal beside the store, which the school alone can read."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from client.vault import segments as disk
from client.workspace import MarkKind, Put, Row
from sync.protocol.journal import Entry, Head, Kind, entries
from tests.kit.journaled import Store
from tests.kit.logguard import LogGuard
from tests.kit.sealing import Reader
from tests.kit.village import Village

JOURNAL = "keyaki.store"


@pytest.fixture
def store(village: Village, tmp_path: Path) -> Iterator[Store]:
    made = Store(village, tmp_path / "store")
    yield made
    made.workspace.close()


def test_whatever_is_saved_is_in_the_journal_before_it_is_called_saved(store: Store) -> None:
    store.score(0, 100)
    store.agree()
    store.workspace.edit(
        "grades.paste", [Put("score", store.village.score(1, p) | store.village.points(p)) for p in range(5)]
    )
    store.agree()
    store.workspace.post("grades.score", [Put("score", store.village.score(0, 1) | store.village.points(7))]).result()
    store.agree()
    assert [row.q for row in store.waiting()] == [1, 2, 3]
    assert (store.workspace.status().uncopied, store.workspace.copies.kept) == (0, True)


def test_a_group_taken_back_before_it_was_sent_is_a_void_in_the_journal(store: Store) -> None:
    store.score(0, 100)
    store.score(1, 200)
    store.workspace.undo("grades")
    store.agree()
    told = store.reader.told(store.workspace.copies.segments(), store.enrolment.device)
    assert [(each.kind, each.q, each.rev) for each in told] == [
        (Kind.GROUP, 1, 0),
        (Kind.GROUP, 2, 0),
        (Kind.VOID, 2, 1),
    ]
    store.workspace.redo("grades")
    store.agree()
    assert [row.q for row in store.waiting()] == [1, 2, 3]


def test_nothing_is_written_twice_and_the_journal_goes_on_after_a_start(store: Store) -> None:
    store.score(0, 100)
    store.again()
    store.again()
    store.score(1, 200)
    store.sync()
    store.score(2, 300)
    told = store.reader.told(store.workspace.copies.segments(), store.enrolment.device)
    assert [(each.jseq, each.q) for each in told] == [(1, 1), (2, 2), (3, 3)]
    assert not store.workspace.status().recovering


def test_a_store_without_a_key_to_seal_to_has_no_journal_says_so_and_begins_one_with_all_that_waits(
    store: Store,
) -> None:
    store.workspace.close()
    store.workspace = store.village.opened(store.folder, store.secrets)
    assert not store.workspace.copies.kept
    store.workspace.copies.keep(lambda _: None)
    assert not store.workspace.copies.kept
    store.score(0, 100)
    store.score(1, 200)
    assert store.workspace.copies.segments() == []
    assert store.workspace.status().uncopied == 0
    store.workspace.copies.keep(store.reader.hands())
    assert store.workspace.copies.kept
    store.agree()
    assert len(store.waiting()) == 2


def test_another_key_of_the_school_seals_what_comes_and_the_chain_goes_on(store: Store) -> None:
    store.score(0, 100)
    first, store.reader = store.reader, Reader(20271126)
    store.workspace.copies.keep(store.reader.hands())
    store.score(1, 200)
    kids = [(entry.head.kid, entry.head.q) for entry in records(store)]
    assert kids == [(first.kid, 0), (first.kid, 1), (20271126, 2)]


def records(store: Store) -> list[Entry]:
    data = b"".join(disk.content(path) for path in store.workspace.copies.segments())
    return list(entries(data, any_hand))


def any_hand(_head: Head, _digest: bytes, _signature: bytes) -> bool:
    return True


def no_room(_handle: int, _data: object = None) -> None:
    raise OSError(28, "full")


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_an_edit_stays_when_the_journal_cannot_be_written_and_the_copy_is_made_up_for(
    store: Store, call: str, monkeypatch: pytest.MonkeyPatch, logs: LogGuard
) -> None:
    logs.announce(JOURNAL, "journal_write_failed")
    store.score(0, 100)
    with monkeypatch.context() as patched:
        patched.setattr(f"client.vault.segments.os.{call}", no_room)
        fields = store.village.score(0, 1) | store.village.points(200)
        saved = store.workspace.edit("grades.score", [Put("score", fields)])
        assert saved.uncopied
        assert store.workspace.status().uncopied == 1
        assert store.score(2, 300) == 3
        assert store.workspace.status().uncopied == 2
        taken_back = store.workspace.undo("grades")
        assert taken_back is not None
        assert taken_back.uncopied
        assert [row.value for row in scores(store)] == [100, 200]
        told = {mark.ref: mark.kind for mark in store.workspace.marks("score")}
        assert told == {"1": MarkKind.WAITING, "2": MarkKind.UNCOPIED}
    fields = store.village.score(0, 3) | store.village.points(400)
    assert not store.workspace.edit("grades.score", [Put("score", fields)]).uncopied
    assert store.workspace.status().uncopied == 0
    assert {mark.kind for mark in store.workspace.marks("score")} == {MarkKind.WAITING}
    store.agree()


def scores(store: Store) -> list[Row]:
    part = store.village.parts[0]
    return store.workspace.rows("SELECT value FROM score WHERE evidence_part = ? ORDER BY value", (part,))


def test_a_copy_that_is_missing_is_tried_again_without_an_edit(
    store: Store, monkeypatch: pytest.MonkeyPatch, logs: LogGuard
) -> None:
    logs.announce(JOURNAL, "journal_write_failed")
    monkeypatch.setattr("client.store.writer._COPY_S", 0.05)
    monkeypatch.setattr("client.store.writer._IDLE_S", 0.05)
    with monkeypatch.context() as patched:
        patched.setattr("client.vault.segments.os.fsync", no_room)
        store.score(0, 100)
        assert store.workspace.status().uncopied == 1
    until(lambda: store.workspace.status().uncopied == 0)
    store.agree()


def until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not done():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_what_the_school_has_answered_needs_no_copy_any_more(
    store: Store, monkeypatch: pytest.MonkeyPatch, logs: LogGuard
) -> None:
    logs.announce(JOURNAL, "journal_write_failed")
    with monkeypatch.context() as patched:
        patched.setattr("client.vault.segments.os.fsync", no_room)
        store.score(0, 100)
        store.sync()
        assert (store.workspace.status().waiting, store.workspace.status().uncopied) == (0, 0)


def test_copies_that_were_missing_at_the_end_are_written_at_the_next_start(
    store: Store, monkeypatch: pytest.MonkeyPatch, logs: LogGuard
) -> None:
    logs.announce(JOURNAL, "journal_write_failed")
    store.score(0, 100)
    with monkeypatch.context() as patched:
        patched.setattr("client.vault.segments.os.fsync", no_room)
        store.score(1, 200)
        store.workspace.undo("grades")
        store.workspace.close()
    store.workspace = store.opened()
    assert store.workspace.status().uncopied == 0
    store.agree()
    told = store.reader.told(store.workspace.copies.segments(), store.enrolment.device)
    assert [each.q for each in told if each.q == 1] == [1], "what was there is not written again"


def test_a_journal_that_is_gone_is_written_anew_from_all_that_waits(store: Store) -> None:
    store.score(0, 100)
    store.score(1, 200)
    store.workspace.close()
    for path in disk.segments(store.folder):
        path.unlink()
    store.workspace = store.opened()
    store.agree()
    assert len(store.waiting()) == 2
    assert not store.workspace.status().recovering


def test_a_journal_that_cannot_be_read_at_the_start_blocks_nobody_and_is_made_up_for(
    store: Store, monkeypatch: pytest.MonkeyPatch, logs: LogGuard
) -> None:
    logs.announce(JOURNAL, "journal_write_failed")
    store.score(0, 100)
    store.workspace.close()

    def broken(path: Path) -> bytes:
        raise OSError(5, "input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", broken)
        store.workspace = store.opened()
        assert store.score(1, 200) == 2
        assert store.workspace.status().uncopied == 2
    store.score(2, 300)
    assert store.workspace.status().uncopied == 0
    store.agree()
    assert len(store.waiting()) == 3
    told = store.reader.told(store.workspace.copies.segments(), store.enrolment.device)
    assert [each.q for each in told] == [1, 2, 3]


def test_no_name_and_no_remark_lies_in_the_journal_as_it_was_typed(store: Store) -> None:
    canary = "カナリアが鳴いた"
    fields = {"author": store.enrolment.staff, "title": canary, "body": canary}
    store.workspace.edit("notice.post", [Put("notice", fields)])
    store.score(0, 100)
    data = b"".join(path.read_bytes() for path in store.folder.rglob("soj-*"))
    for code in ("utf-8", "utf-16-le", "utf-16-be", "shift_jis"):
        assert canary.encode(code) not in data
        for teacher in store.village.teachers:
            assert teacher.name.encode(code) not in data
    for word in (store.enrolment.user, store.enrolment.device, store.village.parts[0], "score"):
        assert word.encode() not in data
