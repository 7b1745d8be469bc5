"""What is set up at one school, and above it, when its year is prepared: records as read, deleted ones included."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from sync.server.decide.world import Held, Key
from sync.server.storage import partitions, sources
from sync.server.storage.store import Storage

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Books:
    """Records of some types in one partition."""

    partition: str
    records: Mapping[Key, Held]

    def any(self, type_: str, **wanted: object) -> bool:
        """Whether there is or was a record of a type with these fields."""
        return any(
            name == type_ and all(held.fields.get(field) == value for field, value in wanted.items())
            for (name, _), held in self.records.items()
        )

    def all(self, type_: str) -> Iterator[tuple[str, Fields]]:
        """Id and fields of every record of a type that is not deleted."""
        for (name, id_), held in self.records.items():
            if name == type_ and not held.deleted:
                yield id_, held.fields

    def live(self, type_: str, id_: str) -> Held | None:
        """A record unless it is missing or deleted."""
        held = self.records.get((type_, id_))
        return None if held is None or held.deleted else held


def books(storage: Storage, connection: Connection, partition: str, *types: str) -> Books:
    """The records of these types in a partition; none where there is no such partition."""
    own = partitions.read(connection, partition)
    if own is None:
        return Books(partition, {})
    names = storage.names.read(connection, own)
    return Books(partition, sources.records(connection, names, partition, types))
