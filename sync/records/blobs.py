"""References to attached files: what a record says of a file whose bytes lie elsewhere, under their SHA-256."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple, cast

from sync.records.record import Fields, RecordType
from sync.records.registry import TYPES

_KEYS: Final = frozenset({"sha256", "size", "media"})


CARRIERS: Final = frozenset(
    type_.name for type_ in TYPES.values() if any(field.kind.blobs for field in type_.fields.values())
)
"""Types that people attach files to."""


def _holding(type_: RecordType) -> tuple[str, ...]:
    """Fields that may hold a file: the type's own ones, or what is kept of other records until something is decided."""
    kept = ("any", "list") if "state" in type_.fields else ()
    return tuple(name for name, field in type_.fields.items() if field.kind.blobs or field.kind.name in kept)


HOLDING: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {type_.name: found for type_ in TYPES.values() if (found := _holding(type_))}
)
"""{type: its fields that may hold references to files}."""


class Blob(NamedTuple):
    """One attached file. sha256: of its bytes, hex; media: its media type; size: in bytes."""

    sha256: str
    media: str
    size: int

    @property
    def value(self) -> dict[str, Any]:
        """As a field holds it."""
        return {"sha256": self.sha256, "size": self.size, "media": self.media}


def file_set(blobs: Iterable[Blob]) -> list[dict[str, Any]]:
    """The value of a field for several files."""
    return [blob.value for blob in sorted(set(blobs))]


def blobs_in(type_: RecordType, fields: Fields) -> set[Blob]:
    """The files a record refers to. What keeps values for a decision refers to none once that is made."""
    if type_.name not in CARRIERS and fields.get("state") != "open":
        return set()
    return {blob for name in HOLDING.get(type_.name, ()) for blob in blobs_within(fields.get(name))}


def blobs_within(value: Any) -> Iterator[Blob]:
    """All files in a JSON value, at whatever depth."""
    if isinstance(value, list):
        for item in cast("list[Any]", value):
            yield from blobs_within(item)
    elif isinstance(value, dict):
        held = cast("dict[str, Any]", value)
        if held.keys() == _KEYS:
            yield Blob(held["sha256"], held["media"], held["size"])
        else:
            for item in held.values():
                yield from blobs_within(item)
