"""What the page stands on; the program hands it over when it is put together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from client.summing_up.repository import Decisions
from client.terms import Speech


@dataclass(frozen=True, slots=True)
class Sources:
    """decisions: what is asked of the store. clock: the moment, with its time zone."""

    decisions: Decisions
    speech: Speech
    clock: Callable[[], datetime]
