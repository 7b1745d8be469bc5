"""What a column of values amounts to: mean, median, range, how many, and how they spread. Pure, exact."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from client.grades.record import POINT, ColumnKind, GradeColumn, Value
from client.grades.rules import decimal

CLASSES: Final = 6
"""Bars of a small distribution of points."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a column amounts to: mean and median of the points to one place, how many have a value, how many wait.

    counts: how many fall into each class, from low to high, or into A, B, C. range: 「58–100」, None without points.
    """

    mean: str | None
    scored: int
    blank: int
    counts: tuple[int, ...]
    labels: tuple[str, ...] = ()
    median: str | None = None
    range: str | None = None


def summary(column: GradeColumn, values: Iterable[Value]) -> Summary:
    """Sum a column up over the pupils who are there. 欠, 免 and 未 stay out of the mean."""
    held = list(values)
    blank = sum(value.blank for value in held)
    if column.kind is not ColumnKind.POINTS:
        told = [value.letter or (str(value.grade) if value.grade is not None else None) for value in held]
        labels = ("A", "B", "C") if column.letters else ("3", "2", "1")
        if any(text in ("4", "5") for text in told):
            labels = ("5", "4", "3", "2", "1")
        counts = tuple(told.count(label) for label in labels)
        return Summary(None, sum(counts), blank, counts, labels)
    points = sorted(value.points for value in held if value.points is not None)
    classes = _classes(points, column.maximum)
    if not points:
        return Summary(None, 0, blank, classes)
    return Summary(
        mean=tenths(Fraction(sum(points), len(points) * POINT)),
        scored=len(points),
        blank=blank,
        counts=classes,
        median=tenths(Fraction(points[(len(points) - 1) // 2] + points[len(points) // 2], 2 * POINT)),
        range=f"{decimal(points[0])}–{decimal(points[-1])}",
    )


def tenths(number: Fraction) -> str:
    """A number with one decimal place, halves away from zero."""
    scaled = (abs(number) * 20 + 1) // 2
    return f"{'-' if number < 0 else ''}{scaled // 10}.{scaled % 10}"


def _classes(points: Sequence[int], maximum: int | None) -> tuple[int, ...]:
    top = maximum or max(points, default=POINT)
    counts = [0] * CLASSES
    for value in points:
        counts[min(value * CLASSES // max(top, 1), CLASSES - 1)] += 1
    return tuple(counts)
