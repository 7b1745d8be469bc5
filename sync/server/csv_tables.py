"""The plain tables in `resources` that the server makes records from; each read once."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import sync

RESOURCES: Final = Path(sync.__file__).parents[1] / "resources"

Row = Mapping[str, str]


@cache
def read_table(folder: str, name: str) -> tuple[Row, ...]:
    """The rows of one table in file order, every cell a text. Raises FileNotFoundError for an unknown name."""
    with (RESOURCES / folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def has_table(folder: str, name: str) -> bool:
    """Whether there is such a table."""
    return (RESOURCES / folder / f"{name}.csv").is_file()


def numbers(cell: str) -> tuple[int, ...]:
    """Whole numbers of a cell, separated by blanks."""
    return tuple(map(int, cell.split()))
