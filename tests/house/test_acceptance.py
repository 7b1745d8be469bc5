"""The table of promises names tests that are there, and leaves no promise out."""

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
TABLE = TESTS / "ACCEPTANCE.md"
PROMISES = 26
_NAMED = re.compile(r"`([\w/]+\.py)(?:::(\w+))?`")


def rows() -> list[list[str]]:
    """The cells of each row."""
    lines = TABLE.read_text("utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| A")]


def test_every_promise_stands_in_the_table_once() -> None:
    assert [row[0] for row in rows()] == [f"A{number}" for number in range(1, PROMISES + 1)]


def test_every_test_that_is_named_is_there() -> None:
    missing: list[str] = []
    for row in rows():
        for file, name in _NAMED.findall(row[2]):
            path = TESTS / file
            if not path.is_file() or (name and f"def {name}(" not in path.read_text("utf-8")):
                missing.append(f"{row[0]}: {file}::{name}")
    assert missing == []


def test_a_promise_without_a_test_says_why() -> None:
    assert [row[0] for row in rows() if not _NAMED.search(row[2]) and not (row[3] or row[4])] == []
