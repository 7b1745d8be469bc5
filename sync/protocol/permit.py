"""Take-out permits: what is asked of the school, decided, begun and returned, and what is told of them.

Form of security.md 4. Times are Unix seconds. Members of staff are named by the ids of their records; what somebody
wrote about the purpose is in no token.
"""

from typing import Annotated, Final, Literal

from pydantic import Field

from sync.protocol.form import UUID, Answer, Request, Version
from sync.protocol.lease import LeaseAnswer, LeaseRequest

CLASSES_MAX: Final = 60
TEXT_MAX: Final = 200

ClassCode = Annotated[str, Field(pattern=r"^\d{4}:[A-Za-z0-9_-]{1,20}$")]
"""`2026:3-2`, as scopes name a class or group."""
ScopeKind = Annotated[str, Field(pattern=r"^[a-z]{1,20}$")]
Text = Annotated[str, Field(max_length=TEXT_MAX)]
State = Literal["requested", "approved", "refused", "withdrawn", "active", "returned", "expired", "revoked"]
Happened = Literal[
    "requested", "approved", "refused", "withdrawn", "active", "renewed", "returned", "expired", "revoked"
]


class PermitAsk(Request):
    """A take-out is asked for. id: the device makes it, so that a repeat asks for nothing new. purpose: a code.

    also: kinds of scope that come only when they are asked for.
    """

    id: UUID
    classes: Annotated[tuple[ClassCode, ...], Field(min_length=1, max_length=CLASSES_MAX, strict=False)]
    purpose: Annotated[str, Field(min_length=1, max_length=40)]
    text: Text = ""
    since: Version
    until: Version
    also: Annotated[tuple[ScopeKind, ...], Field(max_length=10, strict=False)] = ()


class PermitVerdict(Request):
    """What a head decides."""

    verdict: Literal["approved", "refused", "revoked"]
    reason: Text = ""


class PermitEvent(Answer):
    """A line of the ledger. actor: staff; empty for the server. lease: where one was given. counts: {type: records}."""

    n: Version
    at: Version
    event: Happened
    actor: str = ""
    device: str = ""
    reason: str = ""
    lease: str = ""
    counts: dict[str, Version] = Field(default_factory=dict[str, Version])


class Permit(Answer):
    """A take-out as it stands. staff: who asked. mine, mine_to_decide: of whoever reads this.

    overdue: it has ended some time ago and nothing was brought back.
    """

    id: UUID
    staff: str
    classes: tuple[str, ...]
    purpose: str
    text: str
    since: Version
    until: Version
    state: State
    also: tuple[str, ...] = ()
    mine: bool = False
    mine_to_decide: bool = False
    overdue: bool = False
    events: tuple[PermitEvent, ...]


class Purpose(Answer):
    """What a take-out may be for, by its code, as the school calls it in both languages."""

    code: str
    ja: str
    en: str


class PermitRules(Answer):
    """What may be asked for. default_h: how long, where nothing else is said; also: kinds of scope to be ticked."""

    purposes: tuple[Purpose, ...]
    default_h: Version
    most_days: Version
    also: tuple[str, ...] = ()


class PermitsAnswer(Answer):
    """Take-outs, newest first. decides, reads: whether the reader decides of some, and reads the ledger."""

    permits: tuple[Permit, ...]
    rules: PermitRules
    decides: bool = False
    reads: bool = False


class PermitAnswer(Answer):
    """One take-out after what was done to it."""

    permit: Permit


class PermitLease(Answer):
    """A take-out that has begun or was returned, and the lease the device has from now on."""

    permit: Permit
    lease: LeaseAnswer


PermitStart = LeaseRequest
"""A start and a return name the leases of the device as every request for a lease does."""
