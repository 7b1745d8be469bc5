"""One pull under way: what it reads from where, what it has gathered, and the token that says where it goes on."""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import orjson
from sqlalchemy import Connection

from sync.protocol.digest import canonical
from sync.protocol.errors import BadRequest
from sync.protocol.messages import PullRequest
from sync.records.field import INT_MAX, UUID_FORM
from sync.server.caller import Caller
from sync.server.frames import BYTES_MAX, Page
from sync.server.storage.names import Names
from sync.server.storage.pages import START, PlaceKey
from sync.server.storage.partitions import Partition
from sync.server.storage.snapshots import Kept
from sync.server.storage.store import Storage

CHUNKS_MAX: Final = 64
"""Chunks one page names: they are asked for together, and proxies take no endless path."""
_CHUNK_BYTES_MAX: Final = 1024 * 1024
"""Bytes of all chunks one page names: so much is lost at most when a load is killed (I20)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the page before ended. top: from which seq on the load is to be merged; sweep: whether that page was still
    sweeping; behind: the last key.
    """

    top: int
    sweep: bool
    behind: PlaceKey


@dataclass(slots=True)
class Reading:
    """One pull under way. since: {scope number: the cursor it is read from}; load: whether it may sweep; chunked:
    whether the reader takes chunks. wanted: numbers of the scope sets whose rows it had to read one by one.
    """

    storage: Storage
    connection: Connection
    partition: Partition
    names: Names
    since: Mapping[int, int]
    load: bool
    chunked: bool
    max: int
    page: Page
    chunks: list[Kept] = field(default_factory=list[Kept])
    wanted: list[int] = field(default_factory=list[int])
    out: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])
    gone: list[tuple[str, str, int]] = field(default_factory=list[tuple[str, str, int]])
    touched: set[int] = field(default_factory=set[int])

    @property
    def room(self) -> int:
        """Rows that still fit on the page."""
        full = self.page.bytes >= BYTES_MAX
        return 0 if full else self.max - self.page.size - len(self.out) - len(self.gone)

    def takes(self, chunks: Sequence[Kept]) -> bool:
        """Put chunks on the page as if their rows were on it; False where they do not fit. An empty one takes any."""
        rows = sum(chunk.rows for chunk in chunks)
        size = sum(chunk.size for chunk in (*self.chunks, *chunks))
        fits = rows <= self.room and size <= _CHUNK_BYTES_MAX and len(self.chunks) + len(chunks) <= CHUNKS_MAX
        if self.page.size and not fits:
            return False
        self.chunks += chunks
        self.page.size += rows
        self.page.bytes += sum(chunk.text for chunk in chunks)
        return True


def after(seq: int) -> PlaceKey:
    """The place behind everything touched at `seq`."""
    return (seq + 1, *START[1:])


def fingerprint(school: str, caller: Caller, request: PullRequest) -> str:
    """What a `next` continues: this reader's very request. A load goes on when grants change, and when a copied store
    has become a device of its own (I20).
    """
    grants = "" if request.cursor is None else request.grants
    asked = [school, caller.user, request.epoch, request.cursor, grants, request.loading]
    return hashlib.sha256(canonical(asked)).hexdigest()[:16]


def token_of(place: Place, bound: str) -> str:
    """The `next` of a page. bound: the request's fingerprint."""
    text = orjson.dumps([bound, place.top, place.sweep, *place.behind])
    return urlsafe_b64encode(text).decode().rstrip("=")


def place_of(token: str, bound: str) -> Place:
    """The place in a `next`. Raises BadRequest for one that is not ours or continues something else."""
    try:
        match orjson.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4))):
            case [str(said), int(top), bool(sweep), int(number), str(type_), str(id_)] if (
                said == bound and 0 <= top <= INT_MAX and 0 <= number <= INT_MAX and UUID_FORM.fullmatch(id_)
            ):
                return Place(top, sweep, (number, type_, id_))
            case _:
                pass
    except ValueError:
        pass
    raise BadRequest(reason="next")
