"""What the page of this PC stands on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from client.held.repository import Held
from client.shell.tasks import Tasks
from client.terms import Speech
from sync.protocol.lease import Lease


@dataclass(frozen=True, slots=True)
class Sources:
    """What the page stands on. lease: the one that holds now; None where the store has no vault."""

    held: Held
    lease: Callable[[], Lease | None]
    speech: Speech
    clock: Callable[[], datetime]
    tasks: Tasks
