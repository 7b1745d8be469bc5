"""School years, terms and 令和: Qt knows no Japanese calendar, and April is not January."""

from datetime import date
from typing import Final

FIRST_MONTH: Final = 4
ERAS: Final = (
    (date(2019, 5, 1), "令和", "R"),
    (date(1989, 1, 8), "平成", "H"),
    (date(1926, 12, 25), "昭和", "S"),
)
"""Eras with their first day and letter, newest first."""


def school_year(day: date) -> int:
    """The 年度 a day belongs to: 2026 from 1 April 2026 to 31 March 2027."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def era_year(day: date) -> tuple[str, int]:
    """Era name and year of a day, (令和, 8); before 昭和 the name is empty and the year the western one."""
    for first, name, _letter in ERAS:
        if day >= first:
            return name, day.year - first.year + 1
    return "", day.year


def era_date(day: date) -> str:
    """令和8年11月25日; the first year of an era is 元年."""
    name, year = era_year(day)
    return f"{name}{'元' if name and year == 1 else year}年{day.month}月{day.day}日"


def term_code(year: int, no: int) -> str:
    """How records refer to a term; `no` 0 is the whole year."""
    return f"{year}-{no}"


def class_code(year: int, key: str) -> str:
    """How records refer to a class or group."""
    return f"{year}:{key}"


def course_code(class_: str, subject: str) -> str:
    """How records refer to a course of a class or group given by its code."""
    return f"{class_}:{subject}"
