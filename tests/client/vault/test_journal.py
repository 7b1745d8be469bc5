"""A store's journal: what was appended is there after any end of the program, and nothing of it is given up."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from client.vault import journal as module
from client.vault import segments
from client.vault.errors import DiskRefused, JournalForeign
from client.vault.journal import Hand, Journal, Note
from sync.protocol.errors import TooLarge
from sync.protocol.journal import SEAL_BYTES, Entry, Kind, body_of, entries, gaps

BEGUN = datetime(2026, 11, 1, 8, tzinfo=UTC)


def hand(seed: int = 1) -> Hand:
    """A device's hand. Its seal hides nothing, so that a test can read."""
    key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)

    def signed(_: object, digest: bytes, signature: bytes) -> bool:
        try:
            key.public_key().verify(signature, digest)
        except InvalidSignature:
            return False
        return True

    return Hand(bytes([seed]) * 16, 1, lambda _, plain: bytes(SEAL_BYTES) + plain, key.sign, signed)


@dataclass
class Desk:
    """A folder in which journals are opened one after another."""

    folder: Path
    at: datetime = BEGUN
    hand: Hand = field(default_factory=hand)
    since: datetime = BEGUN

    def open(self) -> Journal:
        return Journal(self.folder, self.hand, self.since, lambda: self.at)

    def found(self) -> list[Entry]:
        data = b"".join(segments.content(path) for path in segments.segments(self.folder))
        return list(entries(data, self.hand.signed))

    def told(self) -> list[tuple[Kind, int, bytes]]:
        return [(entry.head.kind, entry.head.q, body_of(entry.sealed[SEAL_BYTES:])) for entry in self.found()]

    def write(self, journal: Journal, *qs: int) -> None:
        for q in qs:
            journal.append([Note(Kind.GROUP, q, b'{"q":%d}' % q)])


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_stream_begins_by_saying_so_and_goes_on_where_it_was(desk: Desk) -> None:
    desk.write(desk.open(), 1, 2)
    again = desk.open()
    assert (again.reached.jseq, again.reached.q) == (2, 2)
    again.append([Note(Kind.VOID, 2, b"{}")])
    assert [(kind, q) for kind, q, _ in desk.told()] == [
        (Kind.START, 0),
        (Kind.GROUP, 1),
        (Kind.GROUP, 2),
        (Kind.VOID, 2),
    ]
    assert list(gaps(desk.found())) == []


def test_nothing_is_made_before_there_is_something_to_keep(desk: Desk) -> None:
    assert desk.open().reached.jseq == -1
    assert list(desk.folder.iterdir()) == []


def test_after_a_power_cut_at_any_byte_what_was_called_kept_is_there(desk: Desk, tmp_path: Path) -> None:
    journal = desk.open()
    desk.write(journal, 1)
    path = segments.segment(desk.folder, 0)
    kept = path.stat().st_size
    desk.write(journal, 2)
    whole = path.read_bytes()
    for end in [*range(kept, len(whole), 7), len(whole)]:
        for tail in (b"", bytes(64)):
            other = Desk(tmp_path / f"{end}-{len(tail)}")
            other.folder.mkdir()
            segments.segment(other.folder, 0).write_bytes(whole[:end] + tail)
            again = other.open()
            assert again.reached.q == (2 if end == len(whole) else 1)
            other.write(again, 3)
            assert [q for _, q, _ in other.told()] == ([0, 1, 2, 3] if end == len(whole) else [0, 1, 3])
            assert list(gaps(other.found())) == []
            aside = [file.read_bytes() for file in other.folder.glob("quarantine/*")]
            assert aside == [left for left in [(whole[:end] + tail)[kept if end < len(whole) else end :]] if left]


@pytest.mark.parametrize("broken", ["write", "fsync"])
def test_what_the_disk_refuses_is_not_there_and_the_next_try_goes_on(
    desk: Desk, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = desk.open()
    desk.write(journal, 1)
    reached = journal.reached
    with monkeypatch.context() as patched:
        patched.setattr(f"client.vault.segments.os.{broken}", half_a_write if broken == "write" else refuses)
        with pytest.raises(DiskRefused):
            desk.write(journal, 2)
    assert journal.reached == reached
    desk.write(journal, 2, 3)
    assert [q for _, q, _ in desk.told()] == [0, 1, 2, 3]
    assert list(gaps(desk.found())) == []


REAL_WRITE: Callable[[int, bytes], int] = segments.os.write
HALVES: list[int] = []


def half_a_write(handle: int, data: bytes) -> int:
    """A disk that fills up in the middle of a record."""
    HALVES.append(handle)
    if len(HALVES) % 2 == 0:
        raise OSError(28, "full")
    return REAL_WRITE(handle, data[: len(data) // 2])


def refuses(_: int) -> None:
    """A disk that does not keep."""
    raise OSError(5, "broken")


def test_a_group_too_large_for_a_record_leaves_the_journal_as_it_was(desk: Desk) -> None:
    journal = desk.open()
    desk.write(journal, 1)
    with pytest.raises(TooLarge):
        journal.append([Note(Kind.GROUP, 2, bytes(2 << 20))])
    desk.write(journal, 3)
    assert [q for _, q, _ in desk.told()] == [0, 1, 3]


def test_a_full_segment_is_followed_by_another_that_carries_the_chain_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SEGMENT_BYTES", 2_000)
    desk.write(desk.open(), *range(1, 9))
    names = [path.name for path in segments.segments(desk.folder)]
    assert names == ["soj-000000000000.kyj", "soj-000000000004.kyj", "soj-000000000008.kyj"]
    assert all(path.stat().st_size <= 2_000 for path in segments.segments(desk.folder))
    desk.write(desk.open(), 9)
    assert [q for _, q, _ in desk.told()] == list(range(10))
    assert list(gaps(desk.found())) == []


def test_a_segment_is_followed_by_another_after_a_week(desk: Desk) -> None:
    desk.at = datetime.now(UTC)
    desk.since = desk.at
    desk.write(desk.open(), 1)
    desk.at += timedelta(days=6, hours=23)
    desk.write(desk.open(), 2)
    assert len(segments.segments(desk.folder)) == 1
    desk.at += timedelta(hours=2)
    desk.write(desk.open(), 3)
    assert len(segments.segments(desk.folder)) == 2


def test_only_old_segments_all_of_which_came_back_are_taken_away_and_never_the_newest(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SEGMENT_BYTES", 2_000)
    desk.at = datetime.now(UTC)
    desk.since = desk.at
    journal = desk.open()
    desk.write(journal, *range(1, 9))
    assert journal.shed(lambda _: True) == 0, "younger than a week"
    desk.at += timedelta(days=8)
    assert journal.shed(lambda q: q < 7) == 1
    assert [q for _, q, _ in desk.told()] == [4, 5, 6, 7, 8]
    assert journal.shed(lambda _: True) == 1
    assert [q for _, q, _ in desk.told()] == [8]
    again = desk.open()
    desk.write(again, 9)
    assert [q for _, q, _ in desk.told()] == [8, 9]
    assert list(gaps(desk.found())) == []


def test_a_segment_begun_in_vain_is_no_end_of_the_stream(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = desk.open()
    desk.write(journal, 1, 2)
    segments.segment(desk.folder, 3).write_bytes(b"KYJREC1\n and then the power went")
    monkeypatch.setattr(module, "SEGMENT_BYTES", 1_000)
    desk.write(desk.open(), 3)
    assert [q for _, q, _ in desk.told()] == [0, 1, 2, 3]
    assert list(gaps(desk.found())) == []


def test_another_stores_journal_is_not_written_to(desk: Desk) -> None:
    desk.write(desk.open(), 1)
    before = segments.segment(desk.folder, 0).read_bytes()
    desk.hand = hand(2)
    with pytest.raises(JournalForeign):
        desk.open()
    assert segments.segment(desk.folder, 0).read_bytes() == before


def test_a_segment_damaged_all_through_is_kept_aside_before_another_takes_its_place(desk: Desk) -> None:
    segments.segment(desk.folder, 0).write_bytes(b"\xff" * 500)
    desk.write(desk.open(), 1)
    assert [q for _, q, _ in desk.told()] == [0, 1]
    assert [file.read_bytes() for file in desk.folder.glob("quarantine/*")] == [b"\xff" * 500]


def test_many_records_are_kept_with_one_wait_for_the_disk_and_are_told_by_their_heads(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[int] = []
    journal = desk.open()
    desk.write(journal, 1)
    with monkeypatch.context() as patched:
        patched.setattr("client.vault.segments.os.fsync", waits.append)
        journal.append([Note(Kind.GROUP, q, b"{}") for q in range(2, 40)])
    assert len(waits) == 1
    assert [q for _, q, _ in desk.told()] == list(range(40))
    assert list(gaps(desk.found())) == []
    assert [(head.jseq, head.q) for head in desk.open().heads(36)] == [(37, 37), (38, 38), (39, 39)]


def test_heads_are_found_over_several_segments(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SEGMENT_BYTES", 2_000)
    desk.write(desk.open(), *range(1, 14))
    assert len(segments.segments(desk.folder)) > 3
    for after in range(-1, 14):
        assert [head.jseq for head in desk.open().heads(after)] == list(range(after + 1, 14))
