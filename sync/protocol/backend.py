"""The one interface both ends implement: the client's HTTP half and the server's own core."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sync.protocol.errors import Unreachable
from sync.protocol.frames import Frame
from sync.protocol.messages import (
    Chunk,
    PullAnswer,
    PullRequest,
    PurgedAnswer,
    PurgedRequest,
    PushAnswer,
    PushRequest,
    VerifyAnswer,
    VerifyRequest,
    WaitAnswer,
)


@dataclass(frozen=True, slots=True)
class FilePart:
    """Bytes of an attached file of `size` bytes, from `start` on."""

    sha256: str
    size: int
    start: int = 0
    data: bytes = b""


class WaitStopped(Unreachable):
    """The long poll was broken off by this program itself, because there is something to send."""


class Backend(Protocol):
    """One user's way to the server, already signed in from one device.

    Every call may raise Unreachable, ServerBusy, NotOurs, BadBody (nothing is known, a repeat is safe) and the errors
    of `sync.protocol.errors` that the server answers with. A repeat of any call is safe: outcomes are stored by
    (device, q).
    """

    def push(self, school: str, request: PushRequest) -> PushAnswer:
        """Hand over edit groups: one final outcome each. Raises SeqGap, DeviceForked, EpochChanged, TooLarge."""
        ...

    def pull(self, school: str, request: PullRequest) -> PullAnswer:
        """One page of what changed. Raises EpochChanged, CursorTooOld, ClientTooOld, DeviceForked."""
        ...

    def verify(self, school: str, request: VerifyRequest) -> VerifyAnswer:
        """Sums or rows of parts of one scope, to find and repair a difference. Raises EpochChanged, Forbidden."""
        ...

    def purged(self, school: str, request: PurgedRequest) -> PurgedAnswer:
        """Tell that scopes that had ended are erased from this device. Raises EpochChanged, Forbidden."""
        ...

    def get_chunks(self, school: str, chunks: Sequence[Chunk]) -> tuple[Frame, ...]:
        """The rows of the chunks a page has named.

        Raises ChunkGone, Forbidden: the page is to be asked for again, without chunks.
        """
        ...

    def put_file(self, school: str, part: FilePart) -> int:
        """Hand over bytes of an attached file that lie behind those the server has; how many it has then.

        Without data nothing but that is asked. It has them all, and found them right, when that is the file's size.
        Raises Forbidden, TooLarge, FileDamaged (all of them are to be sent again), FilesTooMany.
        """
        ...

    def get_file(self, school: str, sha256: str, start: int, most: int) -> bytes:
        """At most so many bytes of an attached file. Raises Forbidden, also where there is none; FileComing."""
        ...

    def wait(self, school: str, seq: int) -> WaitAnswer:
        """Return when the partition's seq is above `seq`, or after the server's time is up."""
        ...
