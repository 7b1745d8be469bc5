"""A copied store is told so, and the server's log says whose it was: two PCs have spoken with one number."""

import logging
from typing import Final

from sync.protocol.errors import DeviceForked

_LOG: Final = logging.getLogger(__name__)


def forked(school: str, device: str, user: str | None, seen: str) -> DeviceForked:
    """The error to raise, with its line in the log. seen: by what it was noticed.

    The copy signs in as a new device of the same user; that line of the log follows this one.
    """
    _LOG.info("E-%s fork: school %s, device %s, user %s, by its %s", DeviceForked.NUMBER, school, device, user, seen)
    return DeviceForked()
