"""What the attendance page stands on."""

from dataclasses import dataclass
from datetime import date

from client.attendance.repository import AttendanceBook
from client.syncing.repository import Situation
from client.syncing.rules import JAPAN
from client.terms import Speech
from client.workspace import Clock


@dataclass(frozen=True, slots=True)
class Sources:
    """The store, who works here, the words, and the clock."""

    book: AttendanceBook
    situation: Situation
    speech: Speech
    clock: Clock

    @property
    def today(self) -> str:
        """The ISO date in Japan."""
        return self.day.isoformat()

    @property
    def day(self) -> date:
        """The date in Japan."""
        return self.clock().astimezone(JAPAN).date()
