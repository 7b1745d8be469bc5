"""Attached files: taking their bytes, giving them to whoever may read a record that refers to them, collecting them.

A file is known by its hash, and a hash is no right: whoever writes one into a record without having had the bytes gives
nobody the file, neither themselves. A reference counts once its author has uploaded the bytes, or where they could read
the file already.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from sqlalchemy import Connection

from sync.protocol.backend import FilePart
from sync.protocol.errors import BadRequest, FileComing, FileDamaged, FilesTooMany, Forbidden, TooLarge
from sync.records.blobs import CARRIERS, blobs_in
from sync.records.field import SHA256_FORM
from sync.records.registry import TYPES
from sync.records.scopes import RW
from sync.server.access import granted_to, readable
from sync.server.caller import Caller
from sync.server.clock import Clock, day, stamp
from sync.server.decide.world import Held, Key
from sync.server.settings import FileLimits
from sync.server.storage import blobs, file_references, partitions
from sync.server.storage.blobs import Upload, Whole, Whose
from sync.server.storage.engines import Database
from sync.server.storage.file_references import Reference
from sync.server.storage.partitions import Partition
from sync.server.storage.store import Storage

AT_ONCE: Final = 20
"""Files collected in one transaction."""
_WRITERS: Final = frozenset(role for name in CARRIERS for role in TYPES[name].writers)


# -- taking -----------------------------------------------------------------------------------------------------------


def take(storage: Storage, caller: Caller, school: str, part: FilePart, clock: Clock, limits: FileLimits) -> int:
    """Keep bytes of a file and return how many are here; all of them only when their hash is right.

    Bytes that do not lie right behind those that are here change nothing. Raises Forbidden, TooLarge, FileDamaged,
    FilesTooMany, ServerBusy.
    """
    if part.size > limits.largest:
        raise TooLarge(size_bytes=part.size, most_bytes=limits.largest)
    whose, at = Whose(school, caller.staff, part.sha256), stamp(clock())
    with storage.database.writing() as connection:
        _check_writer(storage, connection, caller, school, day(clock()))
        held = _begun(storage.database, connection, whose, part.size, at, limits)
        if part.data and not held.done and part.start == held.got:
            if held.got + len(part.data) > held.size:
                raise BadRequest(header="Content-Range")
            blobs.add(connection, whose, held, part.data, at)
            held = held._replace(got=held.got + len(part.data))
    return held.got if held.done or held.got < held.size else _completed(storage, whose, held, at)


def _check_writer(storage: Storage, connection: Connection, caller: Caller, school: str, today: str) -> None:
    """Files are for who may write a record that has some. Raises Forbidden."""
    partition = partitions.read(connection, school) if school == caller.school else None
    if partition is None or not partition.is_school:
        raise Forbidden
    rows = storage.grants.read(connection, partition, caller.user).on(today).rows
    if not any(row["rights"] == RW and row["role"] in _WRITERS for row in rows):
        raise Forbidden


def _begun(database: Database, connection: Connection, whose: Whose, size: int, at: str, limits: FileLimits) -> Upload:
    """The upload, begun where there was none; two devices of one person share it, and each adds what the other has not.

    One that was begun with another size begins anew: one of the two sizes is wrong.
    """
    held = blobs.upload(connection, whose, lock=True)
    if held is not None and held.size != size and not held.done:
        blobs.drop(connection, whose, held.body)
        held = None
    if held is None:
        if blobs.unused(connection, whose.school, whose.staff) + size > limits.unused:
            raise FilesTooMany(most_bytes=limits.unused)
        blobs.begin(database, connection, whose, size, str(uuid4()), at)
        held = blobs.upload(connection, whose, lock=True)
    assert held is not None
    return held


def _completed(storage: Storage, whose: Whose, held: Upload, at: str) -> int:
    """All bytes have come: look whether they are right. Raises FileDamaged; they are gone then.

    Where records have waited for them the partition's seq rises, so that whoever waits for news asks again.
    """
    with storage.database.reading() as connection:
        right = blobs.sha256_of(connection, whose.school, held) == whose.sha256
    with storage.database.writing() as connection:
        partition = partitions.lock(connection, whose.school)
        assert partition is not None
        now, news = blobs.upload(connection, whose, lock=True), False
        if now == held and right:
            news = blobs.complete(storage.database, connection, whose, held, at)
        elif now == held:
            blobs.drop(connection, whose, held.body)
        if news:
            partition = partition._replace(seq=partition.seq + 1)
            partitions.advance(connection, partition)
    if news:
        storage.changed(partition.school, partition.epoch, partition.seq)
    if not right:
        raise FileDamaged
    return held.size


# -- giving -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class File:
    """An attached file its reader may have. `bytes_from` reads piece by piece, as they are asked for."""

    storage: Storage
    school: str
    whole: Whole

    @property
    def size(self) -> int:
        """In bytes."""
        return self.whole.size

    def bytes_from(self, first: int, end: int) -> Iterator[bytes]:
        """Bytes from `first` on, up to but not with `end`. Raises ServerBusy."""
        for start in range(first, end, 4 * blobs.PIECE):
            with self.storage.database.reading() as connection:
                stop = min(end, start + 4 * blobs.PIECE)
                parts = list(blobs.read(connection, self.school, self.whole.body, start, stop))
            yield from parts


def find(storage: Storage, caller: Caller, school: str, sha256: str, clock: Clock) -> File:
    """The file with this hash, for who may read a record that refers to it now, of any class but I.

    Raises Forbidden, also where there is none; FileComing where its bytes are still on their way.
    """
    if not SHA256_FORM.fullmatch(sha256):
        raise Forbidden
    with storage.database.reading() as connection:
        partition = readable(connection, caller, school)
        held = granted_to(storage, connection, partition, caller, day(clock())).scopes
        scopes = _numbers(storage, connection, partition, held)
        vouched = file_references.readable(connection, school, [sha256], scopes).get(sha256)
        if vouched is None:
            raise Forbidden
        whole = blobs.whole(connection, school, sha256) if vouched else None
    if whole is None:
        raise FileComing
    return File(storage, school, whole)


def numbers(storage: Storage, connection: Connection, partition: Partition, user: str | None, today: str) -> list[int]:
    """Numbers of the scopes a user may read today, as far as anything is in them; none for the server itself."""
    if user is None:
        return []
    granted = storage.grants.read(connection, partition, user).on(today).scopes
    return _numbers(storage, connection, partition, granted)


def _numbers(storage: Storage, connection: Connection, partition: Partition, scopes: Iterable[str]) -> list[int]:
    names = storage.names.read(connection, partition)
    return [names.scope_numbers[scope] for scope in scopes if scope in names.scope_numbers]


# -- referring --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reader:
    """Who pushes: numbers of the scopes they may read today, and the server's stamp."""

    scopes: Sequence[int]
    at: str


@dataclass(frozen=True, slots=True)
class Change:
    """A record before and after one push, and whose edit changed it; nobody's where it was the server's own."""

    before: Held | None
    after: Held
    staff: str | None


def refer(storage: Storage, connection: Connection, school: str, changes: Iterable[Change], reader: Reader) -> None:
    """Keep account of which records refer to which files. To be called with the partition locked, after the write.

    A reference is vouched for at once where its author has uploaded the file, where it stood before, and where whoever
    pushes can read the file already; else as soon as its author has uploaded it.
    """
    left: list[tuple[str, Key]] = []
    for change in changes:
        was, now = _hashes(change.before), _hashes(change.after)
        left += [(sha256, change.after.key) for sha256 in sorted(was - now)]
        if now - was:
            known = _vouched(connection, school, change, now - was, reader.scopes)
            new = [Reference(sha256, *change.after.key, change.staff, sha256 in known) for sha256 in sorted(now - was)]
            file_references.refer(storage.database, connection, school, new)
    if left:
        file_references.leave(connection, school, left, reader.at)


def _vouched(connection: Connection, school: str, change: Change, hashes: set[str], scopes: Iterable[int]) -> set[str]:
    """Those of the files of a change that somebody vouches for already."""
    if change.staff is None:
        return hashes
    found = blobs.uploaded(connection, school, change.staff, hashes)
    found |= file_references.vouched_for(connection, school, hashes, change.after.key)
    if change.after.type.follows:  # a conflict tells nobody more than its record did
        about = change.after.fields
        found |= file_references.vouched_for(connection, school, hashes, (about["target_type"], about["target"]))
    readable_now = file_references.readable(connection, school, hashes - found, scopes)
    return found | {sha256 for sha256, vouched in readable_now.items() if vouched}


def _hashes(held: Held | None) -> set[str]:
    return set() if held is None or held.deleted else {blob.sha256 for blob in blobs_in(held.type, held.fields)}


# -- collecting -------------------------------------------------------------------------------------------------------


def collect(storage: Storage, now: datetime, limits: FileLimits) -> int:
    """Take away the files of every school that nothing has referred to for long, and uploads nobody goes on with.

    Returns how many there were. Raises ServerBusy; a repeat goes on.
    """
    with storage.database.reading() as connection:
        schools = partitions.all_schools(connection)
    return sum(_collect(storage, school, now, limits) for school in schools)


def _collect(storage: Storage, school: str, now: datetime, limits: FileLimits) -> int:
    unread, idle = (stamp(now - timedelta(days=days)) for days in (limits.kept_days, limits.idle_days))
    count = 0
    while True:
        with storage.database.writing() as connection:
            partitions.lock(connection, school)  # or a push might refer to a file that is just being taken away
            gone = blobs.forgotten(connection, school, unread, AT_ONCE)
            still = blobs.abandoned(connection, school, idle, AT_ONCE)
            for sha256, body in gone:
                blobs.forget(connection, school, sha256, body)
            for whose, body in still:
                blobs.drop(connection, whose, body)
        count += len(gone) + len(still)
        if len(gone) + len(still) < AT_ONCE:
            return count
