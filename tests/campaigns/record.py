"""What was played, and on which program: a table that grows by a line with each part of a campaign."""

import csv
import subprocess
from dataclasses import astuple, dataclass, fields
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Line:
    """Seeds `first` to `last`, both included. tried, noticed: as in `Tally`, in all; failed: their seeds."""

    part: str
    promise: str
    first: int
    last: int
    tried: int
    unit: str
    noticed: int
    failed: str
    seconds: int
    code: str


def add(path: Path, line: Line) -> None:
    """Put one more line at the end; the table is made where there is none."""
    fresh = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        if fresh:
            lines.writerow(field.name for field in fields(Line))
        lines.writerow(astuple(line))


@cache
def code() -> str:
    """The commit that is played."""
    order = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(order, capture_output=True, text=True, check=False).stdout.strip()
