"""A store that has become a device of its own tells which one it was, so that those who look after devices see it."""

import logging
from typing import Final

from sqlalchemy import Connection

from sync.protocol.errors import Forbidden
from sync.protocol.session import Continues, SessionRequest
from sync.server.identity.tokens import check_status
from sync.server.storage import identity
from sync.server.storage.identity import DeviceRow

_LOG: Final = logging.getLogger(__name__)
_OVER: Final = ("wiped", "retired")
"""Devices that have ended in good order: whose store is gone with them begins anew."""


def former_of(connection: Connection, owner: DeviceRow, request: SessionRequest, *, new: bool) -> Continues | None:
    """What a device that signs in tells of the one it goes on from; None where it tells nothing, or names one that this
    server does not know, which a restore may have forgotten.

    owner: whose the device is; new: it was not here before. Raises Forbidden where the former device is another's, and
    DeviceSuspended or DeviceWiped where a new one would go on from a copy of what is blocked.
    """
    told = request.continues
    if told is None:
        return None
    held = identity.find_device(connection, told.device)
    if told.device == request.device.id or (held is not None and (held.user, held.school) != owner[:2]):
        raise Forbidden(reason="former")
    if held is None:
        _LOG.info("device %s goes on from %s, which is not known here", request.device.id, told.device)
        return None
    if new and not (told.why == "lost" and held.status in _OVER):
        check_status(held.status)
    return told
