"""Devices that are looked after: what is told of them, what a head or their own teacher orders, and the order itself.

An order is a token of the server's, so that nobody on the way can have a device erased. Form of security.md 7.
"""

from collections.abc import Iterable
from typing import Annotated, Final, Literal

from pydantic import Field

from sync.protocol.errors import BadBody
from sync.protocol.form import UUID, Answer, Request, Version
from sync.protocol.messages import read
from sync.protocol.signed import Forged, PublicKey, payload_of

ORDER_TYPE: Final = "keyaki-order+jwt"
PROOF_TYPE: Final = "keyaki-erased+jwt"
CERTIFICATE_TYPE: Final = "keyaki-erasure+jwt"
REASON_MAX: Final = 200

OrderKind = Literal["lock", "rescue_wipe", "lost_wipe"]
Deed = Literal["suspended", "lost", "wipe", "reinstated", "heard", "ordered", "claimed", "wiped"]
"""What can have been done about a device. lost: 紛失報告. heard: it knows that it is blocked; ordered: it was handed
the order to erase itself. claimed: it says that it has; wiped: it has proved that it is this device which says so.
"""
DeviceState = Literal["pending", "active", "suspended", "wiping", "wiped", "retired", "forked"]


class Order(Answer):
    """What a device has to do. aud: the device; jti: names the order, whose repeat is the same one. iat: Unix seconds.

    lock: close, and forget the lease. rescue_wipe, lost_wipe: erase everything; what was saved and not sent is brought
    first to the school, without an end for the former, once for the latter.
    """

    iss: str
    aud: UUID
    jti: UUID
    iat: Version
    kind: OrderKind

    @property
    def erases(self) -> bool:
        """Whether nothing is to be left."""
        return self.kind != "lock"


class Hello(Request):
    """A device, which may be locked and then holds no tokens, asks whether there is an order. lease: one it has."""

    lease: UUID


class HelloAnswer(Answer):
    """order, keys: the token and what it is checked with; both empty where there is none or nobody knows who asks."""

    order: str = ""
    keys: str = ""


class Erased(Request):
    """A device says that it has carried an order out. order: the token. kept: files it could not take away.

    brought: whether everything that lay in its journals has reached the school. proof: the token of a Proof with the
    same words, empty where the device has no key any more.
    """

    order: Annotated[str, Field(max_length=4_096)]
    kept: Annotated[int, Field(ge=0, le=2**31)] = 0
    brought: bool = True
    proof: Annotated[str, Field(max_length=4_096)] = ""


class Proof(Answer):
    """What a device signs with its own key when it has erased everything. iss: the device; jti: of the order."""

    iss: UUID
    jti: UUID
    kept: Version
    brought: bool


class ErasedAnswer(Answer):
    """The school knows of it. state: `wiped` where it was proved, else as before."""

    state: DeviceState


class DeedRequest(Request):
    """Something is ordered about a device. reason: for those who read the ledger."""

    reason: Annotated[str, Field(max_length=REASON_MAX)] = ""


class DeviceEvent(Answer):
    """A line of what happened to a device. actor: staff; empty for the server or its command.

    kept, brought: what a device that erased itself said. certificate: the school's signed word that it has proved it.
    """

    n: Version
    at: Version
    event: Deed
    actor: str = ""
    reason: str = ""
    kept: Version = 0
    brought: bool = True
    certificate: str = ""


class DeviceLine(Answer):
    """A device. staff: whose; seen: when it was here last, Unix seconds, 0 for never: it signed in, renewed its tokens,
    or, blocked, asked what to do.

    mine: of whoever reads this; here: the one it is read on.
    """

    id: UUID
    name: str
    os: str
    staff: str = ""
    state: DeviceState
    enrolled: Version
    seen: Version = 0
    mine: bool = False
    here: bool = False


class DevicesAnswer(Answer):
    """Devices, the last seen first. heads: whether the reader looks after all of the school's."""

    devices: tuple[DeviceLine, ...]
    heads: bool = False


class LossReport(Answer):
    """What was on a device, as far as the school can tell. Times are Unix seconds, 0 where there is none.

    lease_kind, lease_issued, lease_ends: of the last lease. protection: `vault` (PIN, key of the PC and share of the
    school together) or `key_store` (the key of the PC alone). shares: how many of its leases' shares still exist.
    scopes, counts: what that lease let it hold, and records of the school in them by type. takeout: the permit it is
    out with.
    """

    device: DeviceLine
    lease_kind: str = ""
    lease_issued: Version = 0
    lease_ends: Version = 0
    protection: Literal["vault", "key_store"]
    shares: Version = 0
    scopes: tuple[str, ...] = ()
    counts: dict[str, Version] = Field(default_factory=dict[str, Version])
    takeout: str = ""
    takeout_until: Version = 0
    events: tuple[DeviceEvent, ...] = ()


def order_of(token: str, keys: Iterable[PublicKey]) -> Order:
    """The order in a token signed by one of these keys. Raises Forged."""
    try:
        return read(Order, payload_of(token, ORDER_TYPE, keys))
    except BadBody as error:
        raise Forged("form") from error


def proof_of(token: str, key: PublicKey) -> Proof:
    """What a device has signed with its key. Raises Forged."""
    try:
        return read(Proof, payload_of(token, PROOF_TYPE, (key,)))
    except BadBody as error:
        raise Forged("form") from error
