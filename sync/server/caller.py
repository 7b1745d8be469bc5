"""Who calls: one user on one device, as the session and the device's row say at this request."""

from dataclasses import dataclass

from sync.protocol.version import Schema


@dataclass(frozen=True, slots=True)
class Caller:
    """A signed-in user on an active device. school: where the device belongs; staff: who the user is there.

    auth_time: when the user last proved who it is, milliseconds since 1970; 0 where that does not matter.
    permit: the take-out the device is out with.
    """

    user: str
    staff: str
    device: str
    device_name: str
    school: str
    schema: Schema
    auth_time: int = 0
    permit: str | None = None
