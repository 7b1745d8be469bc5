"""Which days have been played, in all: a small table that grows by a line with each stretch of days."""

import csv
from dataclasses import dataclass
from pathlib import Path

HEAD = ("from", "to", "steps", "failed", "code")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days `first` to `last`, both included, of so many steps each; failed: their seeds; code: what was tested."""

    first: int
    last: int
    length: int
    failed: tuple[int, ...]
    code: str


def read(path: Path) -> list[Stretch]:
    """What has been played so far; nothing where there is no table."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Stretch(int(a), int(b), int(steps), tuple(map(int, failed.split())), code)
            for a, b, steps, failed, code in list(csv.reader(file))[1:]
        ]


def add(path: Path, new: Stretch) -> None:
    """Put one more line at the end; the table is made where there is none."""
    fresh = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        if fresh:
            lines.writerow(HEAD)
        lines.writerow((new.first, new.last, new.length, " ".join(map(str, new.failed)), new.code))


def next_day(played: list[Stretch]) -> int:
    """The first day nobody has played."""
    return max((stretch.last + 1 for stretch in played), default=0)


def said(played: list[Stretch]) -> str:
    """How much has been played in all."""
    days = sum(stretch.last - stretch.first + 1 for stretch in played)
    steps = sum((stretch.last - stretch.first + 1) * stretch.length for stretch in played)
    return f"{days} days and {steps} steps in all, {sum(len(stretch.failed) for stretch in played)} days failed"
