"""Fills an empty partition with records known to be sound: the rows a decision would store, without deciding.

For the sample school alone, whose tests check every record of it; records of anybody else are decided.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from sync.errors import Defect
from sync.protocol.messages import Outcome
from sync.records.registry import TYPES
from sync.server.clock import day, stamp
from sync.server.decide.world import CREATED, Actor, Held, Key, Past, server_actor
from sync.server.edits import CHUNK
from sync.server.storage import grants, history, names, partitions, records
from sync.server.storage.engines import Database
from sync.server.storage.names import Names
from sync.server.storage.partitions import Partition

Fresh = tuple[str, str, Mapping[str, Any]]
"""A record to be: type, id, and fields without nulls."""


def fill(
    database: Database, connection: Connection, school: str, fresh: Iterable[Fresh], at: datetime
) -> Iterator[int]:
    """Store records in an empty partition, `CHUNK` with each seq; yields how many are done so far.

    What is stored is what `bulk_edit` stores, but within the caller's transaction, so that nobody ever meets a
    partition half filled. at: the moment now. Raises Defect where the partition is missing or not empty, or where a
    record comes twice.
    """
    partition = partitions.lock(connection, school)
    if partition is None or partition.seq:
        raise Defect(assumed="only an empty partition is filled", school=school)
    filling = _Filling(database, connection, partition, server_actor(stamp(at)), Names(partition.epoch))
    source = iter(fresh)
    while chunk := list(islice(source, CHUNK)):
        filling.add(chunk)
        yield len(filling.keys)
    filling.end(day(at))


@dataclass(slots=True)
class _Filling:
    """A partition on its way from empty to filled."""

    database: Database
    connection: Connection
    partition: Partition
    actor: Actor
    names: Names
    keys: set[Key] = field(default_factory=set[Key])

    def add(self, chunk: list[Fresh]) -> None:
        """Store one chunk of records with the next seq."""
        seq, school, known = self.partition.seq + 1, self.partition.school, len(self.keys)
        held = [Held(TYPES[type_], id_, fields, {}, seq) for type_, id_, fields in chunk]
        self.keys.update(each.key for each in held)
        if len(self.keys) != known + len(held):
            raise Defect(assumed="no record comes twice", school=school)
        rows = records.rows_of(self.connection, self.names, school, ((each, None) for each in held), {})
        records.write(self.database, self.connection, school, rows)
        came = self._came(seq)
        history.write(self.database, self.connection, school, self.actor, [{each.key: [came] for each in held}])
        regrant = any(each.type.name in grants.SOURCES for each in held)
        self.partition = self.partition._replace(seq=seq, granted=seq if regrant else self.partition.granted)

    def end(self, today: str) -> None:
        """Store what hangs on the records as a whole: the names they use, and grants. today: in Japan."""
        partition, after = self.partition, self.names
        for statement, rows in names.added(Names(partition.epoch), after, partition.school):
            self.connection.execute(statement, rows)
        if partition.granted:
            grants.derive(self.connection, after, partition.school, today)
        counts = {"scope_n": len(after.scopes), "set_n": len(after.sets), "layout_n": len(after.layouts)}
        partitions.advance(self.connection, partition._replace(**counts))

    def _came(self, seq: int) -> Past:
        who = self.actor
        return Past(CREATED, seq, 0, None, None, who.staff, who.device, who.at, who.at, Outcome.APPLIED, seq)
