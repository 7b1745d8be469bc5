"""What is found beside a store when it is opened: its own journal, one that knows more, one of another store."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from client.store.opening import FILE
from client.vault import quarantine
from client.vault import segments as disk
from client.vault.quarantine import QUARANTINE
from sync.protocol.errors import DeviceForked
from sync.protocol.messages import PushRequest, read
from tests.kit.journaled import Store
from tests.kit.logguard import LogGuard
from tests.kit.village import Village

LOG = "keyaki.store"
KNOWS_MORE = "the journal knows of group"


@pytest.fixture
def store(village: Village, tmp_path: Path) -> Iterator[Store]:
    made = Store(village, tmp_path / "store")
    yield made
    made.workspace.close()


def keep(store: Store, aside: Path) -> None:
    """Remember the store's file as it is now."""
    store.workspace.close()
    aside.mkdir()
    shutil.copy(store.folder / FILE, aside)
    store.workspace = store.opened()


def put_back(store: Store, aside: Path) -> None:
    """Let the store lose all that it has committed since, and open it."""
    store.workspace.close()
    for path in store.folder.glob(f"{FILE}*"):
        path.unlink()
    shutil.copy(aside / FILE, store.folder)
    store.workspace = store.opened()


def points(store: Store) -> dict[int, int]:
    part = store.village.parts[0]
    rows = store.workspace.rows("SELECT pupil, value FROM score WHERE evidence_part = ?", (part,))
    return {store.village.pupils.index(row.pupil): row.value for row in rows}


def lost(store: Store, tmp_path: Path, logs: LogGuard) -> None:
    """A store that has lost its groups 2 and 3 and knows it; 1 waits."""
    logs.announce(LOG, KNOWS_MORE)
    store.score(0, 100)
    keep(store, tmp_path / "aside")
    store.score(1, 200)
    store.score(2, 300)
    put_back(store, tmp_path / "aside")


def read_by_the_school(store: Store) -> tuple[int, str]:
    """The school has read the journal, and takes what the author wants back of it under the device's own numbers."""
    until = store.workspace.copies.lost_until()
    assert until is not None
    told = store.reader.beside(store.folder, store.enrolment.device)
    items = [{key: told[q].body[key] for key in ("q", "rev", "group")} for q in range(1, until + 1)]
    epoch = store.workspace.rows("SELECT epoch FROM partition WHERE name = 'school'")[0].epoch
    request = read(PushRequest, {"epoch": epoch, "chain": "0" * 32, "groups": items})
    answer = store.village.core(store.enrolment).push(store.village.school, request)
    return answer.last, answer.chain


def test_a_store_that_lost_commits_sends_nothing_and_numbers_above_its_journal_until_the_school_has_read_it(
    store: Store, tmp_path: Path, logs: LogGuard
) -> None:
    lost(store, tmp_path, logs)
    copies = store.workspace.copies
    assert store.workspace.status().recovering
    assert copies.lost_until() == 3
    assert points(store) == {0: 100}
    assert store.score(3, 400) == 4
    store.workspace.undo("grades")
    assert store.score(4, 500) == 5
    store.agree()
    store.sync()
    assert [row.q for row in store.waiting()] == [1, 4, 5]

    q, chain = read_by_the_school(store)
    assert not copies.closed(2, chain)
    assert store.workspace.status().recovering
    assert copies.closed(q, chain)
    assert not store.workspace.status().recovering
    store.sync()
    assert store.waiting() == []
    assert points(store) == {0: 100, 1: 200, 2: 300, 4: 500}
    store.again()
    assert store.score(0, 600) == 6
    store.sync()
    assert store.waiting() == []
    assert points(store)[0] == 600


def test_it_stays_so_over_starts_and_with_nothing_typed_meanwhile_the_numbers_go_on(
    store: Store, tmp_path: Path, logs: LogGuard
) -> None:
    lost(store, tmp_path, logs)
    logs.announce(LOG, KNOWS_MORE)
    store.again()
    assert (store.workspace.status().recovering, store.workspace.copies.lost_until()) == (True, 3)
    assert store.workspace.copies.closed(*read_by_the_school(store))
    store.sync()
    assert store.score(0, 700) == 4
    store.sync()
    assert store.waiting() == []
    assert points(store) == {0: 700, 1: 200, 2: 300}


def test_groups_that_were_sent_before_they_were_lost_do_not_make_the_store_another_device(
    store: Store, tmp_path: Path, logs: LogGuard
) -> None:
    logs.announce(LOG, KNOWS_MORE)
    store.score(0, 100)
    keep(store, tmp_path / "aside")
    store.score(1, 200)
    store.sync()
    put_back(store, tmp_path / "aside")
    assert store.workspace.status().recovering
    store.sync()
    assert store.workspace.enrolment.device == store.enrolment.device
    assert [row.q for row in store.waiting()] == []
    assert points(store) == {0: 100, 1: 200}
    assert store.workspace.copies.closed(*read_by_the_school(store))
    assert store.score(2, 300) == 3
    store.sync()
    assert store.waiting() == []


def test_an_undo_that_was_lost_is_known_from_the_journal(store: Store, tmp_path: Path, logs: LogGuard) -> None:
    logs.announce(LOG, KNOWS_MORE)
    store.score(0, 100)
    keep(store, tmp_path / "aside")
    store.workspace.undo("grades")
    put_back(store, tmp_path / "aside")
    assert store.workspace.status().recovering
    store.sync()
    assert [row.q for row in store.waiting()] == [1]
    assert store.workspace.copies.closed(*read_by_the_school(store))
    store.sync()
    assert store.waiting() == []
    assert points(store) == {}


def test_the_journal_of_another_store_is_set_aside_whole_and_kept_for_the_school(
    store: Store, village: Village, tmp_path: Path
) -> None:
    store.score(0, 100)
    store.score(1, 200)
    before = [path.read_bytes() for path in store.workspace.copies.segments()]
    store.workspace.close()
    (stream,) = {entry.stream for entry in heads(store)}
    for path in store.folder.glob(f"{FILE}*"):
        path.unlink()
    anew = Store(village, store.folder, bytes(32))
    anew.score(2, 300)
    anew.agree()
    (unread,) = anew.workspace.copies.unread()
    assert unread.stream.bytes == stream
    assert [path.read_bytes() for path in unread.segments] == before
    told = store.reader.told(unread.segments, store.enrolment.device)
    assert [each.q for each in told] == [1, 2]
    anew.workspace.copies.mark_read(unread.stream)
    anew.workspace.copies.mark_read(unread.stream)
    assert anew.workspace.copies.unread() == []
    assert [path.read_bytes() for path in store.folder.glob(f"{QUARANTINE}/read-*/soj-*")] == before
    assert quarantine.shed(store.folder, village.clock()) == 0
    anew.workspace.close()


def heads(store: Store) -> list[quarantine.Head]:
    found = [disk.content(path) for path in disk.segments(store.folder)]
    return [entry.head for entry in quarantine.entries(b"".join(found), quarantine._any)]


def test_a_copied_store_that_becomes_another_device_writes_a_stream_of_its_own_with_all_that_waits(
    store: Store, tmp_path: Path
) -> None:
    store.score(0, 100)
    store.workspace.close()
    shutil.copytree(store.folder, tmp_path / "copy")
    store.workspace = store.opened()
    store.score(1, 200)
    store.sync()
    copy = Store.__new__(Store)
    copy.__dict__ |= store.__dict__
    copy.folder = tmp_path / "copy"
    copy.workspace = copy.opened()
    copy.score(2, 300)
    with pytest.raises(DeviceForked):
        copy.sync()
    assert copy.workspace.enrolment.device != store.enrolment.device
    copy.agree()
    assert len(copy.waiting()) > 0
    assert copy.workspace.copies.unread() == [], "all of it waits here under the new numbers"
    assert len(list(copy.folder.glob(f"{QUARANTINE}/spare-*/soj-*"))) == 1
    copy.score(3, 400)
    copy.agree()
    copy.again()
    copy.agree()
    assert not copy.workspace.status().recovering
    copy.workspace.close()


def test_a_bit_flipped_in_the_log_of_the_database_is_noticed_by_the_journal_and_no_group_is_lost(
    store: Store, tmp_path: Path, logs: LogGuard, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_IDLE_S", "_REST_S"):
        monkeypatch.setattr(f"client.store.writer.{name}", 3_600.0)
    store.again()
    for pupil in range(5):
        store.score(pupil, 100 + pupil)
    whole = store.folder
    shutil.copytree(whole, tmp_path / "cut", ignore=shutil.ignore_patterns("*-shm", "*.lock"))
    store.workspace.close()
    size = (tmp_path / "cut" / f"{FILE}-wal").stat().st_size
    noticed = 0
    for at in range(40, size, size // 9):
        logs.announce(LOG, KNOWS_MORE)
        store.folder = tmp_path / f"flipped{at}"
        shutil.copytree(tmp_path / "cut", store.folder)
        log = store.folder / f"{FILE}-wal"
        data = bytearray(log.read_bytes())
        data[at] ^= 1 << (at % 8)
        log.write_bytes(data)
        store.workspace = store.opened()
        waiting = [row.q for row in store.waiting()]
        assert waiting == list(range(1, len(waiting) + 1))
        assert store.workspace.status().recovering == (len(waiting) < 5)
        noticed += store.workspace.status().recovering
        copies = store.reader.beside(store.folder, store.enrolment.device)
        assert sorted(copies) == [1, 2, 3, 4, 5], "what the database has lost is in the journal"
        assert store.score(0, 999) == 6
        store.workspace.close()
    assert noticed > 5
    store.folder = whole
    store.workspace = store.opened()
