"""What a caller may read: the own school, the board and prefecture above it; of these the records of its scopes."""

from collections.abc import Set as AbstractSet

from sqlalchemy import Connection

from sync.protocol.errors import Forbidden
from sync.records.registry import data_class_of, scopes_of
from sync.records.roles import DataClass
from sync.server.caller import Caller
from sync.server.decide.world import Held
from sync.server.storage import partitions, permits
from sync.server.storage.partitions import Partition
from sync.server.storage.store import DayGrants, Storage, day_grants


def readable(connection: Connection, caller: Caller, partition: str) -> Partition:
    """The partition, if the caller may read of it. Raises Forbidden, also where there is none."""
    found = partitions.read(connection, partition)
    if found is not None and partition != caller.school:
        own = partitions.read(connection, caller.school)
        if own is None or partition not in (own.board, own.pref):
            found = None
    if found is None:
        raise Forbidden
    return found


def granted_to(storage: Storage, connection: Connection, partition: Partition, caller: Caller, today: str) -> DayGrants:
    """What the caller's device may hold today: the user's grants; while it is out, those its permit lets out."""
    held = storage.grants.read(connection, partition, caller.user)
    row = None
    if caller.permit is not None and partition.is_school:
        row = permits.find(connection, partition.school, caller.permit)
    if row is None:
        return held.on(today)
    return day_grants((opened for opened in held.all if row.lets_out(opened.scope)), today)


def may_read(scopes: AbstractSet[str], held: Held) -> bool:
    """Whether a record can be sent to whoever holds these scopes: it is there, in one of them, and not of class I."""
    if held.deleted or data_class_of(held.type, held.fields) is DataClass.I:
        return False
    return not scopes.isdisjoint(scopes_of(held.type, held.fields))
