"""The one interface both ends implement: the client's HTTP half and the server's own core."""

from typing import Protocol

from sync.protocol.errors import Unreachable
from sync.protocol.messages import (
    PullAnswer,
    PullRequest,
    PushAnswer,
    PushRequest,
    VerifyAnswer,
    VerifyRequest,
    WaitAnswer,
)


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

    def wait(self, school: str, seq: int) -> WaitAnswer:
        """Return when the partition's seq is above `seq`, or after the server's time is up."""
        ...
