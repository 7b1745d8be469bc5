"""What nobody here goes on with is set aside whole, wherever the program ends meanwhile, and deleted when it is old."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from client.vault import aside, files, quarantine
from client.vault.journal import Hand, Journal, Note
from client.vault.segments import segments
from client.vault.stream import hand_of, name_of
from sync.protocol.journal import Entry, Kind, entries, gaps
from tests.kit.sealing import DEK, Reader

BEGUN = datetime(2026, 11, 26, 8, tzinfo=UTC)
DEVICE = UUID(int=7)
STREAM = name_of(DEK, DEVICE)
STORE = ("store.db", "store.db-wal", "store.db-shm", "header.bin", "lease.bin", "keys.jws")


class Killed(BaseException):
    """The program ends here."""


@pytest.fixture
def hand() -> Hand:
    return hand_of(DEK, DEVICE, Reader().key)


@pytest.fixture
def folder(tmp_path: Path, hand: Hand, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store's folder with a journal of several segments."""
    monkeypatch.setattr("client.vault.journal.SEGMENT_BYTES", 2_000)
    made = tmp_path / "store"
    made.mkdir()
    journal = Journal(made, hand, BEGUN, lambda: BEGUN)
    for q in range(1, 20):
        journal.append([Note(Kind.GROUP, q, b"{}")])
    assert len(segments(made)) > 3
    return made


def found(paths: tuple[Path, ...], hand: Hand) -> list[Entry]:
    return list(entries(b"".join(path.read_bytes() for path in paths), hand.signed))


def until(count: int, act: Callable[[], object]) -> bool:
    """Act until so many files have been moved; whether it was ended there."""
    real, left = files.keep_names, count

    def kept(folder: Path) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Killed
        real(folder)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(files, "keep_names", kept)
        try:
            act()
        except Killed:
            return True
    return False


def test_a_journal_that_is_set_aside_is_whole_wherever_the_program_ended_and_began_again(
    folder: Path, hand: Hand
) -> None:
    count = 0
    while until(count % 2, lambda: quarantine.put(folder)):
        count += 1
    assert count > 3
    assert segments(folder) == []
    (unread,) = quarantine.unread(folder)
    assert unread.stream == STREAM
    whole = found(unread.segments, hand)
    assert [entry.head.q for entry in whole] == list(range(20))
    assert list(gaps(whole)) == []


def test_a_file_that_is_there_already_is_never_replaced(folder: Path, hand: Hand) -> None:
    first = segments(folder)[0]
    content = first.read_bytes()
    quarantine.put(folder)
    first.write_bytes(content + b"more")
    quarantine.put(folder)
    (unread,) = quarantine.unread(folder)
    assert {content, content + b"more"} <= {path.read_bytes() for path in unread.segments}
    assert {entry.head.q for entry in found(unread.segments, hand)} == set(range(20))


def test_what_the_school_has_read_is_kept_for_thirty_days_and_what_it_has_not_for_ever(folder: Path) -> None:
    quarantine.put(folder)
    later = datetime.now(UTC) + timedelta(days=400)
    assert quarantine.shed(folder, later) == 0
    assert len(quarantine.unread(folder)) == 1
    quarantine.mark_read(folder, STREAM)
    assert quarantine.unread(folder) == []
    assert quarantine.shed(folder, datetime.now(UTC) + timedelta(days=29)) == 0
    assert quarantine.shed(folder, datetime.now(UTC) + timedelta(days=31)) == 1
    assert list((folder / "quarantine").iterdir()) == []


def test_what_was_read_is_read_again_after_the_school_was_set_back_and_what_is_spare_is_not(folder: Path) -> None:
    quarantine.put(folder)
    quarantine.mark_read(folder, STREAM)
    quarantine.reopen(folder)
    assert [each.stream for each in quarantine.unread(folder)] == [STREAM]


def test_a_journal_of_which_nothing_has_to_be_read_is_not_offered_for_it(folder: Path) -> None:
    quarantine.put(folder, spare=True)
    quarantine.reopen(folder)
    assert quarantine.unread(folder) == []
    assert quarantine.shed(folder, datetime.now(UTC) + timedelta(days=31)) == 1


def test_a_store_is_set_aside_so_that_at_each_moment_there_is_a_whole_one_or_none(tmp_path: Path) -> None:
    for count in range(20):
        folder = tmp_path / str(count)
        folder.mkdir()
        for name in STORE:
            (folder / name).write_bytes(name.encode())
        ended = until(count, lambda folder=folder: aside.set_aside(folder, "store.db", BEGUN))
        here = {path.name for path in folder.iterdir() if path.is_file()}
        there = {path.name: path.read_bytes() for path in (folder / "quarantine").rglob("*") if path.is_file()}
        assert here | there.keys() == set(STORE), "nothing is deleted"
        assert there == {name: name.encode() for name in there}
        if "store.db" in here:
            assert set(STORE[3:]) <= here, "what opens it lies beside it"
        else:
            assert "store.db-wal" not in here, "no log is left for the next store to read"
        if not ended:
            break
    assert not ended
    assert here == set()


def test_a_store_that_was_set_aside_is_kept_until_the_school_has_read_its_journal(folder: Path) -> None:
    (folder / "store.db").write_bytes(b"damaged")
    aside.set_aside(folder, "store.db", BEGUN)
    quarantine.put(folder)
    later = datetime.now(UTC) + timedelta(days=31)
    assert aside.shed(folder, later) == 0
    quarantine.mark_read(folder, STREAM)
    assert aside.shed(folder, datetime.now(UTC)) == 0
    assert aside.shed(folder, later) == 1
    assert not list((folder / "quarantine").glob("store-*"))


def test_folders_only_their_owner_may_look_into(folder: Path) -> None:
    quarantine.put(folder)
    for path in (folder / "quarantine", *(folder / "quarantine").iterdir()):
        assert path.stat().st_mode & 0o077 == 0
