"""What a screen asks for: values to put on a record, a record to remove; compiled into ops elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Base = int | str
"""What an edit was based on: the version of a unit, or `q42` for the value of this store's own edit group 42."""


@dataclass(frozen=True, slots=True)
class Put:
    """Set fields of one record, creating it when it is not there.

    fields: by wire name. A type with a natural key finds its id from the key fields in `fields`; any other type
    changes the record `id`, or makes a new one without it. Fields of a unit that are not given keep what is visible.
    New records need their key and routing fields.
    seen: {unit: base} of what the screen showed; a unit that is not named, and None, take what is visible now.
    resolves: ids of the conflicts this edit settles.
    """

    type: str
    fields: Mapping[str, Any]
    id: str | None = None
    seen: Mapping[str, Base] | None = None
    resolves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remove:
    """Delete one record. seen: the record version the screen showed; None takes what is visible now."""

    type: str
    id: str
    seen: Base | None = None
    resolves: tuple[str, ...] = ()


Edit = Put | Remove
