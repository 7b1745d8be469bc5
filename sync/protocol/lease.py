"""A lease: the school's signed word that a device may open its store for a while, and the share that lets it.

Form of security.md 4.1. The share travels beside the token and is known to the server and this device alone.
"""

import hashlib
from collections.abc import Iterable
from itertools import pairwise
from typing import Annotated, Final, Literal

from pydantic import Field

from sync.protocol.errors import BadBody
from sync.protocol.form import UUID, Answer, Request, Stamp, Version
from sync.protocol.messages import SCOPES_MAX, read
from sync.protocol.signed import Forged, PublicKey, base64url, payload_of, unpadded

LEASE_TYPE: Final = "keyaki-lease+jwt"
SHARE_BYTES: Final = 32
HELD_MAX: Final = 2
"""A header has two slots, each wrapped with one lease."""

Share = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{43}$")]


class Lease(Answer):
    """What a lease says. Times in Unix seconds.

    win: when it may be used without the server, each from and until, in order. n: rises with each lease of a device.
    lsh: SHA-256 of the share. permit, approver (a user), approved_at: of a `takeout` alone; a `desk` lease the school
    gives to everybody at work. purpose: a code.
    """

    iss: str
    aud: UUID
    sub: UUID
    jti: UUID
    iat: Version
    nbf: Version
    exp: Version
    win: tuple[tuple[Version, Version], ...]
    ver: Literal[1]
    kind: Literal["desk", "takeout"]
    school: UUID
    scopes: Annotated[tuple[str, ...], Field(max_length=SCOPES_MAX)]
    max_class: Literal["II", "III"]
    purpose: str
    permit: UUID | None = None
    approver: UUID | None = None
    approved_at: Version | None = None
    n: Version
    prev: UUID | None = None
    lsh: Share

    def holds(self, now: int) -> bool:
        """Whether the store may be opened at this time without asking the server."""
        return self.nbf <= now < self.exp and any(since <= now < until for since, until in self.win)


class Stream(Request):
    """The journal a store writes: its id, and the public key of Ed25519 its records are signed with, in base64url."""

    id: UUID
    key: Share


class LeaseRequest(Request):
    """A new lease is asked for. held: the leases a store's header is wrapped with, at most two.

    newest: the number of the last lease the device knows of; a server that was set back to a backup may know less.
    stream: the store's journal, to be known by the school when it has to be read. key: what the device signs with; the
    first one it names is its own for good.
    """

    newest: Version = 0
    held: tuple[UUID, ...] = Field(default=(), max_length=HELD_MAX, strict=False)
    stream: Stream | None = None
    key: PublicKey | None = None


class LentShare(Answer):
    """The share of a lease given before."""

    lease: UUID
    share: Share


class LeaseAnswer(Answer):
    """A lease, its share, and the server's keys to check it with; the key to seal journals to is one of them.

    held: the shares of leases that were named, given only right after somebody has signed in.
    """

    lease: str
    share: Share
    keys: str
    held: tuple[LentShare, ...] = ()
    server_time: Stamp


def lease_of(token: str, keys: Iterable[PublicKey]) -> Lease:
    """The lease in a token signed by one of these keys, sound in itself. Raises Forged."""
    try:
        lease = read(Lease, payload_of(token, LEASE_TYPE, keys))
    except BadBody as error:
        raise Forged("form") from error
    spans = [moment for span in lease.win for moment in span]
    if any(a >= b for a, b in lease.win) or any(a > b for a, b in pairwise(spans)):
        raise Forged("win")
    if spans and (spans[0] < lease.nbf or spans[-1] > lease.exp):
        raise Forged("win")
    if lease.kind == "takeout":
        _check_takeout(lease)
    return lease


def _check_takeout(lease: Lease) -> None:
    """A take-out names its permit and who approved it before, and holds from beginning to end. Raises Forged."""
    if lease.permit is None or lease.approver is None or lease.approver == lease.sub:
        raise Forged("permit")
    if lease.approved_at is None or lease.approved_at > lease.iat or lease.win != ((lease.nbf, lease.exp),):
        raise Forged("permit")


def share_of(lease: Lease, text: str) -> bytes:
    """The share that belongs to a lease. Raises Forged."""
    share = unpadded(text)
    if share_hash(share) != lease.lsh or len(share) != SHARE_BYTES:
        raise Forged("share")
    return share


def share_hash(share: bytes) -> str:
    """What a lease says of its share."""
    return base64url(hashlib.sha256(share).digest())
