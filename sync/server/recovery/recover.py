"""The two questions of a recovery: what do the journals I have brought hold, and take this of it."""

import logging
from typing import Any, Final

from sync.protocol.recovery import RecoveryRequest
from sync.server.caller import Caller
from sync.server.clock import Clock
from sync.server.leases.outbox_keys import OutboxKeys
from sync.server.recovery.journals import Journals, read_journals
from sync.server.recovery.listing import listing
from sync.server.recovery.restore import restore
from sync.server.storage import recovery, streams
from sync.server.storage.store import Storage

_LOG: Final = logging.getLogger(__name__)


def shown(storage: Storage, keys: OutboxKeys, caller: Caller) -> dict[str, Any]:
    """What the caller's own journals hold that the school does not have; the answer in wire form. Raises ServerBusy."""
    journals, segments = _read(storage, keys, caller)
    with storage.database.reading() as connection:
        told = listing(connection, caller.school, journals)
    return told | {"segments": segments}


def decided(
    storage: Storage, keys: OutboxKeys, caller: Caller, request: RecoveryRequest, clock: Clock
) -> dict[str, Any]:
    """Carry out the author's decision; the answer in wire form. A repeat is safe. Raises Forbidden, ServerBusy."""
    journals, _ = _read(storage, keys, caller)
    return restore(storage, caller, journals, request, clock)


def _read(storage: Storage, keys: OutboxKeys, caller: Caller) -> tuple[Journals, list[str]]:
    """The caller's journals, and the hashes of the segments they were read from. Nothing opened is kept or logged."""
    with storage.database.reading() as connection:
        known = streams.of_user(connection, caller.user, caller.school)
        brought = dict(recovery.whole(connection, caller.school, caller.user))
    journals = read_journals(brought.values(), known, keys.opened)
    groups = sum(len(each.groups) for each in journals.devices.values())
    told = (caller.school, caller.device, len(brought), groups, len(journals.unread), journals.foreign)
    _LOG.info("recovery: school %s, device %s: %d segments, %d groups, %d places unread, %d foreign records", *told)
    return journals, sorted(brought)
