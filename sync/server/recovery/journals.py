"""Reading journals: which groups of which device they hold, as their author pushed or would have pushed them.

Nothing read here is believed further than its signature: a record counts when the key its stream was registered with
has signed it, the server could open it, and it is about a device of the very user who asks.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

from sync.protocol import codec
from sync.protocol.digest import group_hash
from sync.protocol.errors import BadBody
from sync.protocol.journal import Entry, Head, Kind, Signed, body_of, entries, gaps
from sync.protocol.messages import Item, read
from sync.protocol.outbox_key import signed_by
from sync.protocol.recovery import Unread
from sync.server.storage.streams import StreamRow

Opened = Callable[[int, bytes, bytes], bytes | None]
"""(kid, info, sealed) -> plain, or None."""


@dataclass(frozen=True, slots=True)
class Found:
    """One group as a journal holds it. item: as it is pushed; hash: of that; void: taken back before it was sent."""

    item: Item
    hash: str
    void: bool

    @property
    def emptied(self) -> bool:
        """Whether its device had to forget what it said, after it had sent it."""
        return self.item.gone is not None and not self.void


@dataclass(slots=True)
class DeviceJournal:
    """What is known of one device. streams: of which it was read; highest: the last number any of their records names,
    legible or not.
    """

    device: str
    streams: set[str] = field(default_factory=set[str])
    groups: dict[int, Found] = field(default_factory=dict[int, Found])
    highest: int = 0


@dataclass(slots=True)
class Journals:
    """All journals of one user. owned: the user's devices that have told of one; foreign: records of others."""

    owned: frozenset[str] = frozenset()
    devices: dict[str, DeviceJournal] = field(default_factory=dict[str, DeviceJournal])
    unread: list[Unread] = field(default_factory=list[Unread])
    foreign: int = 0


def read_journals(segments: Iterable[bytes], streams: Sequence[StreamRow], opened: Opened) -> Journals:
    """What these segments tell of these streams, which are one user's, each of one device or several in turn."""
    known = {UUID(row.stream).bytes: row for row in streams}
    checks = {stream: signed_by(row.key) for stream, row in known.items()}
    found, foreign = _records(segments, checks)
    journals = Journals(frozenset(row.device for row in streams), foreign=foreign)
    owners = {(row.stream, row.device): row.user for row in streams}
    for stream, records in found.items():
        _Reader(journals, known[stream], owners, opened).take(records)
    return journals


def _records(segments: Iterable[bytes], checks: dict[bytes, Signed]) -> tuple[dict[bytes, list[Entry]], int]:
    """The whole records of each stream, in their order and each once; and how many look like another's."""
    foreign: set[tuple[bytes, int]] = set()
    found: dict[bytes, dict[tuple[int, bytes], Entry]] = defaultdict(dict)

    def signed(head: Head, digest: bytes, signature: bytes) -> bool:
        check = checks.get(head.stream)
        if check is None:
            foreign.add((head.stream, head.jseq))
            return False
        return check(head, digest, signature)

    for data in segments:
        for entry in entries(data, signed):
            found[entry.head.stream][entry.head.jseq, entry.digest] = entry
    return {stream: [each for _, each in sorted(held.items())] for stream, held in found.items()}, len(foreign)


@dataclass(slots=True)
class _Reader:
    """Takes the records of one stream, in their order."""

    journals: Journals
    row: StreamRow
    owners: dict[tuple[str, str], str]
    opened: Opened
    made: dict[int, str] = field(default_factory=dict[int, str])

    def take(self, records: Sequence[Entry]) -> None:
        """Keep of each group what was written last, and name what is missing."""
        closed: list[int] = []
        for entry in records:
            if entry.head.kind is Kind.START:
                continue
            body = self._body(entry)
            if body is None:
                closed.append(entry.head.jseq)
                held = self._device(self.row.device)
                held.highest = max(held.highest, entry.head.q)
            else:
                self._keep(entry, *body)
        times = sorted(self.made.items())
        for after, before, count in (*_missing(records), *((jseq, jseq, 1) for jseq in closed)):
            self.journals.unread.append(Unread(device=self.row.device, count=count, **_beside(times, after, before)))

    def _body(self, entry: Entry) -> tuple[str, Item, str] | None:
        """Device, item and hash; None for what cannot be opened or is not this user's."""
        plain = self.opened(entry.head.kid, entry.info, entry.sealed)
        try:
            raw: Any = None if plain is None else codec.decode(body_of(plain))
            if not isinstance(raw, dict):
                return None
            pushed = cast("dict[str, Any]", raw)
            user, device = str(pushed.pop("uid", "")), str(pushed.pop("did", ""))
            item = read(Item, pushed)
        except BadBody:
            return None
        if self.owners.get((self.row.stream, device)) != user or item.q != entry.head.q:
            return None
        return device, item, group_hash(pushed)

    def _keep(self, entry: Entry, device: str, item: Item, hash_: str) -> None:
        held = self._device(device)
        held.highest = max(held.highest, item.q)
        self.made[entry.head.jseq] = item.group.at
        before, found = held.groups.get(item.q), Found(item, hash_, entry.head.kind is Kind.VOID)
        if before is None or (before.item.rev <= item.rev and not (found.emptied and before.hash == hash_)):
            held.groups[item.q] = found

    def _device(self, device: str) -> DeviceJournal:
        held = self.journals.devices.setdefault(device, DeviceJournal(device))
        held.streams.add(self.row.stream)
        return held


def _missing(records: Sequence[Entry]) -> Iterator[tuple[int, int, int]]:
    """After which record, before which one, and how many."""
    for gap in gaps(records):
        if gap.after is not None and gap.before is not None:
            yield gap.after.head.jseq, gap.before.head.jseq, gap.missing


def _beside(times: Sequence[tuple[int, str]], after: int, before: int) -> dict[str, str]:
    """When the nearest groups on both sides were made."""
    earlier, later = [at for jseq, at in times if jseq <= after], [at for jseq, at in times if jseq >= before]
    return ({"after": earlier[-1]} if earlier else {}) | ({"before": later[0]} if later else {})
