"""Code lists of the profile: grades, subjects, and how a list of values is written in one cell."""

import csv
import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from sync.server.roster.words import TERMS

GRADES: Final[Mapping[str, int]] = {**{f"P{n}": n for n in range(1, 7)}, **{f"J{n}": n + 6 for n in range(1, 4)}}
"""Grade codes and our grade numbers 1-9 (J1-J3 are 7-9, R10)."""

BOARD_CODE: Final = re.compile(r"[0-4][0-9]{5}")
"""教育委員会コード: prefecture and number."""

SCHOOL_CODE: Final = re.compile(r"[A-H][12][0-4][0-9][123][0-9]{8}")
"""学校コード; the weights of its check digit are not public, so its form is all that is looked at."""

SCHOOL_KINDS: Final[Mapping[str, str]] = {
    "B1": "elementary",
    "C1": "junior_high",
    "C2": "compulsory",
    "E1": "special",
}
"""Our kind of school by the first two characters of its 学校コード."""

_GRADE = re.compile("|".join(GRADES))


def split(value: str) -> tuple[str, ...]:
    """Return the values of a multi-value cell; an empty cell holds none."""
    return tuple(value.split(",")) if value else ()


def is_joined_wrongly(value: str) -> bool:
    """Tell whether a grades cell holds several known grades that are not separated by single commas (check 22)."""
    return len(_GRADE.findall(value)) > 1 and any(part not in GRADES for part in split(value))


@cache
def subjects() -> Mapping[str, str]:
    """Return our subject code by the profile's code (`P010` -> `jpn`), from resources/terms/roster_subjects.csv."""
    with (TERMS / "roster_subjects.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["subject"] for row in csv.DictReader(file)}
