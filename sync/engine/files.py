"""Attached files on their way: a part at a time, between the other steps of a round, so that no edit waits for one.

What the server has is asked of it and what is here is counted here, so that a transfer goes on wherever it was broken
off. A file that cannot be carried now is left alone for the rest of the round.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol

from sync.errors import KeyakiError
from sync.protocol.backend import Backend, FilePart
from sync.protocol.errors import (
    BadBody,
    BadRequest,
    CaptivePortal,
    FileComing,
    FileDamaged,
    FilesTooMany,
    Forbidden,
    NotOurs,
    ProxyLimit,
    ProxyRefused,
    TooLarge,
)

PART: Final = 1024 * 1024
"""Bytes asked for, or handed over, in one step."""
_LEFT: Final = (Forbidden, FileComing, FileDamaged, FilesTooMany, TooLarge, BadRequest, BadBody)
"""What befalls one file, and nothing else of the round."""
_FILTERED: Final = (NotOurs, CaptivePortal, ProxyRefused)
"""Somebody on the way who lets no files through; one who lets nothing through is met by every other call, too."""
_STUCK_MAX: Final = 8
"""Steps of one file in a round that may bring nothing: another device of the same person may be at it, too."""


class Way(StrEnum):
    """Which way a file goes."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Transfer:
    """A file to be carried. start: bytes of it that are at its goal already, as far as this store knows."""

    way: Way
    sha256: str
    size: int
    start: int = 0

    @property
    def key(self) -> tuple[Way, str]:
        """What tells it from others."""
        return (self.way, self.sha256)


class FileStore(Protocol):
    """The attached files of a local store, as the engine drives them."""

    def next_file(self, but: Collection[tuple[Way, str]]) -> Transfer | None:
        """What is to be carried next, none of `but`: files somebody waits for, then those an edit refers to."""
        ...

    def file_bytes(self, sha256: str, start: int, most: int) -> bytes:
        """At most so many bytes of a file that is here whole."""
        ...

    def file_sent(self, sha256: str) -> None:
        """Remember that the school has a file."""
        ...

    def file_came(self, sha256: str, start: int, data: bytes) -> Callable[[], int]:
        """Keep bytes that lie right behind those that are here; others are ignored. Returns how many are here then.

        Raises FileDamaged where all have come and are not those of the file; none is here any more then.
        """
        ...

    def file_stopped(self, transfer: Transfer, error: KeyakiError) -> None:
        """Remember why a file could not be carried."""
        ...


@dataclass(slots=True)
class Carrier:
    """Carries the files of one round. left: those not to be tried again; held: bytes the server has, by hash."""

    store: FileStore
    backend: Backend
    school: str
    left: set[tuple[Way, str]] = field(default_factory=set[tuple[Way, str]])
    held: dict[str, int] = field(default_factory=dict[str, int])
    stuck: dict[str, int] = field(default_factory=dict[str, int])

    def step(self) -> Transfer | None:
        """Carry one part of one file, and return how far it is; None where there is nothing left to carry.

        Raises what the network or the server answered to whoever asks anything at all.
        """
        transfer = self.store.next_file(self.left)
        if transfer is None:
            return None
        try:
            reached = self._up(transfer) if transfer.way is Way.UP else self._down(transfer)
        except ProxyLimit as error:
            self._no_further(transfer, error)
            return transfer
        except (*_LEFT, *_FILTERED) as error:
            self._leave(transfer, error)
            return transfer
        if reached >= transfer.size:
            self.left.add(transfer.key)
        elif reached <= transfer.start:
            self._no_further(transfer, BadBody(reason="octets"))
        return Transfer(transfer.way, transfer.sha256, transfer.size, reached)

    def _up(self, transfer: Transfer) -> int:
        """Ask what the server has of a large file first; a small one goes at once."""
        sha256, size = transfer.sha256, transfer.size
        start = self.held.get(sha256, 0 if size <= PART else None)
        if start is None:
            part = FilePart(sha256, size)
        else:
            part = FilePart(sha256, size, start, self.store.file_bytes(sha256, start, PART))
        got = self.held[sha256] = self.backend.put_file(self.school, part)
        if got >= size:
            self.store.file_sent(sha256)
        return got if start is not None else max(got, 1)

    def _down(self, transfer: Transfer) -> int:
        data = self.backend.get_file(self.school, transfer.sha256, transfer.start, PART)
        if not data:
            raise BadBody(reason="octets")
        return self.store.file_came(transfer.sha256, transfer.start, data)()

    def _no_further(self, transfer: Transfer, error: KeyakiError) -> None:
        """A step that brought nothing may be tried again, but not for ever."""
        count = self.stuck[transfer.sha256] = self.stuck.get(transfer.sha256, 0) + 1
        if count >= _STUCK_MAX:
            self._leave(transfer, error)

    def _leave(self, transfer: Transfer, error: KeyakiError) -> None:
        self.left.add(transfer.key)
        self.store.file_stopped(transfer, error)
