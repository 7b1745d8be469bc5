"""Open conflicts as people see them, and the edit that settles one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two values. value: {field: value} of the unit, None = the record is deleted.

    by: staff id or None (the server itself), device: its name, at: server stamp, made: device stamp.
    """

    value: Mapping[str, Any] | None
    by: str | None
    device: str
    at: str | None
    made: str | None


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """Two people changed one unit. `group` (device, q) tells which conflicts came from one edit group.

    unit: its first field, or `@record` where deleting met editing. base: the unit before both, None if unknown.
    """

    id: str
    type: str
    target: str
    unit: str
    base: Mapping[str, Any] | None
    current: Side
    incoming: Side
    group: tuple[str, int]


@dataclass(frozen=True, slots=True)
class Settle:
    """A decision about one conflict. choice: current, incoming or other; value: the unit, only for other."""

    conflict: str
    choice: str
    value: Mapping[str, Any] | None = None
