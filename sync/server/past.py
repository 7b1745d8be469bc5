"""The past of records, for who may read them as they are now: who changed what, when and on which device.

Promised here: no value of a record the caller could not pull at this moment.
"""

from typing import Any

from sync.protocol.past import CHANGES_MAX, PastAsk
from sync.records.registry import TYPES
from sync.server.access import granted_to, may_read, readable
from sync.server.caller import Caller
from sync.server.clock import Clock, day
from sync.server.decide.world import Key, Past
from sync.server.storage import history, records
from sync.server.storage.store import Storage


def past(storage: Storage, caller: Caller, asked: PastAsk, clock: Clock) -> dict[str, Any]:
    """What happened to these records of the caller's school, newest first, in wire form.

    What the caller may not read, what is deleted, and what is not there are left out alike. Raises Forbidden,
    ServerBusy; a repeat is safe.
    """
    with storage.database.reading() as connection:
        partition = readable(connection, caller, caller.school)
        granted = granted_to(storage, connection, partition, caller, day(clock()))
        wanted = {(each.type, each.id) for each in asked.records if each.type in TYPES}
        names = storage.names.read(connection, partition)
        found = records.read(storage.database, connection, names, caller.school, wanted)
        seen = [key for key, stored in found.items() if may_read(granted.scopes, stored.held)]
        told = history.read(storage.database, connection, caller.school, seen)
        changes = [(key, each) for key, pasts in told.items() for each in pasts]
        changes.sort(key=lambda change: change[1].seq, reverse=True)
        kept = changes[:CHANGES_MAX]
        devices = history.device_names(connection, {each.device for _, each in kept})
    wire = [_wire(key, each, devices.get(each.device, "")) for key, each in kept]
    return {"changes": wire} | ({"more": True} if len(kept) < len(changes) else {})


def _wire(key: Key, change: Past, pc: str) -> dict[str, Any]:
    type_, id_ = key
    told: dict[str, Any] = {"type": type_, "id": id_, "unit": change.unit, "seq": change.seq, "device": change.device}
    told |= {"at": change.at, "made": change.made, "outcome": change.outcome.value}
    given = {"old": change.old, "new": change.new, "by": change.staff, "pc": pc or None}
    return told | {name: value for name, value in given.items() if value is not None}
