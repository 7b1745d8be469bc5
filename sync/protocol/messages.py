"""The messages of push, pull and what goes with them, as frozen models that check their form."""

from enum import StrEnum
from operator import not_
from typing import Annotated, Any, Final, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, Field, ValidationError

from sync.protocol.errors import BadBody
from sync.protocol.form import UUID, Answer, Base, Chain, ChunkId, Code, Day, Hash, Request, Stamp, Version
from sync.protocol.frames import Frame
from sync.protocol.version import BODY_MAX, GROUP_OPS_MAX, PAGE_ROWS_MAX

M = TypeVar("M", bound=BaseModel)

SCOPES_MAX: Final = 500
"""Scopes named in one message."""
BUCKETS: Final = 256
"""Parts of a scope that are compared one by one to find a difference."""
NIL_DEVICE: Final = "00000000-0000-0000-0000-000000000000"
"""The device of edits the server makes itself."""


class Edit(Request):
    """What every op has. `resolves` names the conflicts it settles and travels only when it names one."""

    type: Code
    id: UUID
    resolves: tuple[UUID, ...] = Field(default=(), strict=False, exclude_if=not_)


class Create(Edit):
    """A new record: all its key, routing and given fields in `set`. Over a deleted record it revives it."""

    do: Literal["create"] = "create"
    set: dict[str, Any]


class Patch(Edit):
    """New values for whole units; `base` names each unit's version, by the unit's first field."""

    do: Literal["patch"] = "patch"
    set: dict[str, Any]
    base: dict[str, Base]


class Delete(Edit):
    """The record is to go; `base` is the record's version the teacher saw."""

    do: Literal["delete"] = "delete"
    base: Base


Op = Annotated[Create | Patch | Delete, Field(discriminator="do")]


class Group(Request):
    """One user action, all or nothing. `at` is the device's clock, for people only; `kind` names the action."""

    at: Stamp
    kind: Code
    ops: tuple[Op, ...] = Field(max_length=GROUP_OPS_MAX, strict=False)


class Item(Request):
    """One numbered group of the outbox. `rev` rises while an unsent group is merged with a later edit.

    gone: the hash of a group that was sent once and whose content this device may not hold any more: it has no ops
    then. It travels only then.
    """

    q: int = Field(ge=1, le=2**53)
    rev: int = Field(ge=0, le=2**31)
    group: Group
    gone: Hash | None = Field(default=None, exclude_if=not_)


class Outcome(StrEnum):
    """How a group ended. Final: an outcome is never evaluated again."""

    APPLIED = "applied"
    SAME = "same"
    MERGED = "merged"
    CONFLICT_KEPT = "conflict_kept"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"
    LOST = "lost"


class Rejection(StrEnum):
    """Why a group was rejected."""

    FORBIDDEN = "forbidden"
    PERIOD_CLOSED = "period_closed"
    INVALID = "invalid"
    PARENT_MISSING = "parent_missing"
    DELETED = "deleted"
    SCHEMA_UNKNOWN = "schema_unknown"
    NOT_RESTORED = "not_restored"


class Joined(Answer):
    """Somebody else whose change of a unit was put together with the group's. by: staff id, None where the school did
    it by itself; device: what people call it, empty where nobody knows; at: the server's stamp.
    """

    op: Version
    unit: str
    by: str | None = None
    device: str
    at: Stamp


class GroupOutcome(Answer):
    """A group's outcome. `ops` lists [op index, unit, outcome, conflict id or null] of what was not simply applied;
    of a rejected group [op index, unit or null]. merged: of merged units, whose changes met there.
    """

    q: Version
    outcome: Outcome
    seq: Version | None = None
    code: Rejection | None = None
    ops: tuple[tuple[Any, ...], ...] = ()
    merged: tuple[Joined, ...] = ()


class PushRequest(Request):
    """Groups in order of `q`, with the epoch they were made in and the chain value before the first."""

    epoch: UUID
    chain: Chain
    groups: tuple[Item, ...] = Field(min_length=1, strict=False)


class PushAnswer(Answer):
    """One outcome per group, and the current rows of every record with an op that was not simply applied.

    since, cursor, grants: nothing else has changed between these two for whoever holds this grant set.
    """

    epoch: UUID
    last: Version
    chain: Chain
    outcomes: tuple[GroupOutcome, ...]
    frames: tuple[Frame, ...] = ()
    since: Version | None = None
    cursor: Version | None = None
    grants: str = ""


class Grant(Answer):
    """One scope opened to this user. Days of Asia/Tokyo, both included; no `until` = open."""

    scope: str
    role: str
    rights: Literal["r", "rw"]
    since: Day = Field(alias="from")
    until: Day | None = None


class GrantSet(Answer):
    """The user's whole valid set in a partition, sorted by scope and role, and its hash."""

    hash: str
    rows: tuple[Grant, ...]


class PullRequest(Request):
    """What changed since `cursor`; null starts a load. `loading` names every granted scope that is not live: the
    cursor it is read from, or null for not now. `next` is the opaque key of the page before, sent back as it is.
    chunks: rows of a load may come as chunks.
    """

    epoch: UUID | None = None
    cursor: Version | None = None
    grants: str = Field(default="", max_length=16)
    loading: dict[str, Version | None] = Field(default_factory=dict[str, int | None])
    next: str | None = Field(default=None, max_length=512)
    max: int = Field(default=5000, ge=1, le=PAGE_ROWS_MAX)
    ack: tuple[int, Chain] | None = Field(default=None, strict=False)
    sums: bool = False
    chunks: bool = False


class Chunk(NamedTuple):
    """Rows packed for everybody who loads them: id, bytes on the wire, how many rows there are."""

    id: ChunkId
    size: Annotated[int, Field(strict=True, ge=1, le=BODY_MAX)]
    rows: Version


class PullAnswer(Answer):
    """One page. `grants` comes alone. Without `next` it is the last page and `cursor` is set. chain: after the last of
    the outcomes, so that a copied store does not take another's for its own. chunks: they belong to the page, too.
    """

    epoch: UUID
    cursor: Version | None = None
    next: str | None = None
    grants: GrantSet | None = None
    out: tuple[tuple[str, str, str], ...] = ()
    deleted: tuple[tuple[str, str, Version], ...] = Field(default=(), alias="del")
    frames: tuple[Frame, ...] = ()
    chunks: tuple[Chunk, ...] = ()
    sums: dict[str, dict[str, tuple[str, Version]]] = Field(default_factory=dict[str, dict[str, tuple[str, int]]])
    outcomes: tuple[GroupOutcome, ...] = ()
    chain: Chain | None = None


class VerifyRequest(Request):
    """What one scope holds at `cursor`. Without `buckets` their sums are asked for, with them their rows.

    A record lies in the bucket that the last two hex digits of its id name.
    """

    epoch: UUID
    cursor: Version
    grants: str = Field(max_length=16)
    scope: str = Field(max_length=80)
    buckets: tuple[Annotated[int, Field(ge=0, lt=BUCKETS)], ...] = Field(default=(), max_length=BUCKETS, strict=False)


class VerifyAnswer(Answer):
    """`cursor` is the partition's seq; where it is not the asked one, nothing else is said. `grants` comes alone.

    sums: {bucket, decimal: (sum, count)} of those that hold rows. frames: every row of the buckets in `whole`, which
    are the first of those asked for that fit on a page.
    """

    epoch: UUID
    cursor: Version | None = None
    grants: GrantSet | None = None
    sums: dict[int, tuple[str, Version]] = Field(default_factory=dict[int, tuple[str, int]])
    frames: tuple[Frame, ...] = ()
    whole: tuple[int, ...] = ()


class PurgedRequest(Request):
    """Scopes whose end this device has carried out: nothing of their rows is in its store any more."""

    epoch: UUID
    scopes: tuple[Annotated[str, Field(min_length=1, max_length=80)], ...] = Field(
        min_length=1, max_length=SCOPES_MAX, strict=False
    )


class PurgedAnswer(Answer):
    """The end of these scopes on this device is on record."""

    epoch: UUID


class WaitAnswer(Answer):
    """The partition's `seq` now; equal to the asked one when the wait ran out."""

    epoch: UUID
    seq: Version


class FileAnswer(Answer):
    """How many bytes of an attached file the server has; all of them only when their hash is right."""

    got: Version


def read(model: type[M], value: Any) -> M:
    """`value` as the message it must be. Raises BadBody with the place of the first fault; no value is named."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False, include_url=False)[0]
        raise BadBody(reason="form", at=".".join(map(str, first["loc"])), fault=first["type"]) from None


def wire(message: BaseModel) -> dict[str, Any]:
    """The JSON form of a message, by its wire names, keys with empty or false values left out."""
    return _lean(message.model_dump(mode="python", by_alias=True))


def _lean(raw: dict[str, Any]) -> dict[str, Any]:
    said = ((name, value) for name, value in raw.items() if value is not None and value is not False)
    return {name: value for name, value in said if value not in ((), {}, "")}
