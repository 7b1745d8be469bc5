"""What the store says about itself, as frozen data: whose store it is, what waits, what was refused, what was done."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlcipher3 import dbapi2

from sync.engine.edit import Base


class Row(dbapi2.Row):
    """One row of an answer: `row.value`, `row["@lesson"]`, `row[0]`, tuple(row)."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except IndexError:
            raise AttributeError(name) from None


def base_of(row: Row, unit: str) -> Base:
    """What an edit of `unit` is based on when it starts from this row, for `Put.seen`.

    row: read with the columns `ver`, `fv` and `own` of the record's table; all null (an outer join) = no record, 0.
    """
    if row["ver"] is None:
        return 0
    own: dict[str, int] = json.loads(row["own"]) if row["own"] else {}
    q = own.get(unit) or own.get("@record")
    if q:
        return f"q{q}"
    versions: dict[str, int] = json.loads(row["fv"]) if row["fv"] else {}
    version: int = row["ver"]
    return versions.get(unit, version)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Whose store this is: what the first sign-in said. partitions: {id: name}, names as `school`, `pref:05`.

    former: the device it was until it was found to be a copy; None where it has always been this one. numbers: how far
    its groups had come in a store that was here before, and the chain there.
    """

    device: str
    user: str
    staff: str | None
    school: str
    partitions: Mapping[str, str]
    device_name: str = ""
    former: str | None = None
    numbers: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """An edit group that is on the disk. `q` is None when nothing differed and so nothing was written.

    records: (type, id) of each record touched, in the order of the edits given. uncopied: its copy in the journal could
    not be written; that is tried again.
    """

    q: int | None
    kind: str
    records: tuple[tuple[str, str], ...]
    uncopied: bool = False


class MarkKind(StrEnum):
    """What a cell's corner says."""

    WAITING = "waiting"
    AHEAD = "ahead"
    """Waiting, and somebody else has changed the unit meanwhile: it will become a conflict."""
    UNCOPIED = "uncopied"
    """Waiting, and its copy in the journal is still missing."""
    CONFLICT = "conflict"
    NOT_ACCEPTED = "not_accepted"


@dataclass(frozen=True, slots=True)
class Mark:
    """One unit that is not simply at rest. `ref` is the conflict's id, or the group's number as text."""

    type: str
    id: str
    unit: str
    kind: MarkKind
    ref: str


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """The state of things, counted in the tables.

    waiting: changes (ops) not yet answered, in_flight: those of them being sent, groups: the edit groups they are in.
    conflicts: open ones. not_accepted: refused groups nobody has dealt with. late: groups the school has to look at.
    loading: scopes granted but not complete. last_success: stamp of the last round that went through, or None.
    sign_in_needed, device_stopped, client_too_old: what the server said last. oldest_waiting: device stamp, or None.
    cursor: the school partition's, for a long poll. recovering: commits of this store were lost, and nothing is sent
    until the school has read its journal. uncopied: groups whose copy in the journal is still missing.
    """

    waiting: int
    in_flight: int
    groups: int
    conflicts: int
    not_accepted: int
    late: int
    loading: int
    oldest_waiting: str | None
    last_success: str | None
    sign_in_needed: bool
    device_stopped: bool
    client_too_old: bool
    cursor: int
    recovering: bool = False
    uncopied: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Holding all rows here against the school's. at: stamp of when it was done last, None before the first time.

    rows: how many were put right then. due: whether the next round does it, because somebody asked or rows differed.
    """

    at: str | None
    rows: int
    due: bool


@dataclass(frozen=True, slots=True)
class NotAccepted:
    """A group the server did not take. The values are kept: `edits` = [(type, id, {field: value} or None = removal)].

    outcome: rejected, quarantined (passed to the school) or lost; code: the reason of a rejection.
    """

    q: int
    kind: str
    at: str
    outcome: str
    code: str | None
    edits: tuple[tuple[str, str, Mapping[str, Any] | None], ...]


@dataclass(frozen=True, slots=True)
class Past:
    """One change of a unit made on this device: fields of the unit before and after, device stamp, outcome or None."""

    q: int
    kind: str
    at: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    outcome: str | None
