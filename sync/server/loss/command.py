"""`keyaki-server devices suspend|reinstate|wipe`: what those who look after devices order without the program."""

import sys
from datetime import datetime
from typing import Final

from sync.protocol.errors import Forbidden
from sync.server.loss.orders import Wanted, done
from sync.server.loss.states import Asked
from sync.server.settings import Refusal
from sync.server.storage import device_events
from sync.server.storage.store import Storage

DEEDS: Final[dict[str, Asked]] = {"suspend": "suspended", "reinstate": "reinstated", "wipe": "wipe", "lost": "lost"}
"""What each word of the command does."""


def order_command(storage: Storage, word: str, device: str, reason: str, now: datetime) -> int:
    """Do it and say so; returns the exit code 0. Raises Refusal where there is no such device, or it cannot be done."""
    with storage.database.writing() as connection:
        row = device_events.whole(connection, device)
        if row is None:
            raise Refusal(f"there is no device {device} here")
        try:
            done(connection, row, Wanted(device, DEEDS[word], now, None, reason))
        except Forbidden as error:
            raise Refusal(f"device {device} is {row['status']}: {word} is not possible") from error
        after = device_events.whole(connection, device)
    sys.stdout.write(f"{device}  {after['status'] if after else '-'}\n")
    return 0
