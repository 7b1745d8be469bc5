"""How the screens say a moment, whom they speak of, and what somebody else had written before two texts were joined."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any, Final

from client.syncing.record import FieldKind, Subject
from sync.records.merge import merge_text

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


PAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "score": "grades",
        "viewpoint_grade": "grades",
        "attendance": "attendance",
        "attendance_note": "attendance",
        "attendance_day": "attendance",
        "remark": "pupil",
        "course_grade": "pupil",
        "daily_note": "pupil",
    }
)
"""{type: key of the page on which a record of it is worked at, or is at least to be read}."""


def class_of(scope: str) -> str | None:
    """The code of the class or group a scope belongs to, `2026:3-2`; None where it belongs to none."""
    kind, *place = scope.split(":")
    return ":".join(place[:2]) if len(place) >= 2 and kind != "grade" else None


def opens(type_: str) -> bool:
    """Whether there is a page on which a record of this type is worked at."""
    return type_ in PAGES


def theirs(
    about: Subject, before: Mapping[str, Any] | None, mine: Mapping[str, Any], now: Mapping[str, Any]
) -> dict[str, str] | None:
    """The text others had made of `before`, out of which and of `mine` `now` was made: `now` without what is mine.

    None where it is no text, or cannot be told.
    """
    if about.kind is not FieldKind.TEXT or before is None:
        return None
    base, own, result = (str(fields.get(about.unit, "")) for fields in (before, mine, now))
    found = merge_text(own, result, base)
    return None if found is None else {about.unit: found}
