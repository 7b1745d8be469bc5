"""A clock that stands still until a test moves it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(slots=True)
class HeldClock:
    """Call it for the moment now, in UTC. Starts on a school morning: 2026-11-20 8:31 in Japan."""

    now: datetime = datetime(2026, 11, 19, 23, 31, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The moment now."""
        return self.now

    def pass_(self, **span: float) -> None:
        """Let time go by: `pass_(minutes=5)`; negative spans set the clock back."""
        self.now += timedelta(**span)
