"""How the screens say a moment, and whom they speak of."""

from datetime import date, datetime, timedelta, timezone
from typing import Final

JAPAN: Final = timezone(timedelta(hours=9))
"""Schools keep Japan's time, whatever the PC is set to."""


def moment(stamp: str, now: datetime) -> tuple[str, str]:
    """(day, time) of a stamp in Japan, `9/12` and `14:31`; the day is empty where it is today's."""
    at = datetime.fromisoformat(stamp).astimezone(JAPAN)
    today = now.astimezone(JAPAN).date()
    year = "" if at.year == today.year else f"{at.year}/"
    day = "" if at.date() == today else f"{year}{at.month}/{at.day}"
    return day, f"{at.hour}:{at.minute:02d}"


def family_of(name: str) -> str:
    """The family name of a member of staff, whose name is kept with a space between the two."""
    return name.replace("\u3000", " ").partition(" ")[0]


def when(stamp: str | None, now: datetime) -> str:
    """A moment in a few figures, `14:32` today, else with its day, `9/10 14:32`; empty where there is none."""
    return " ".join(part for part in moment(stamp, now) if part) if stamp else ""


def short_date(iso: str) -> str:
    """A day in a few figures, `9/12`. iso: as records hold it."""
    day = date.fromisoformat(iso)
    return f"{day.month}/{day.day}"
