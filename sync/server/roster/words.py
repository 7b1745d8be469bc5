"""The sentences of problems, in Japanese and English, from resources/terms/roster_problems.csv."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

TERMS: Final = Path(__file__).resolve().parents[3] / "resources" / "terms"

Language = Literal["ja", "en"]


@dataclass(frozen=True, slots=True)
class Words:
    """What is wrong and what to do about it; `{hint}` stands for what was expected."""

    what: str
    todo: str

    def fill(self, hint: str | None) -> "Words":
        """Return the sentences with the hint in its place."""
        return Words(self.what.replace("{hint}", hint or "?"), self.todo.replace("{hint}", hint or "?"))


@cache
def words(language: Language) -> Mapping[str, Words]:
    """Return the sentences by problem key."""
    with (TERMS / "roster_problems.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {row["key"]: Words(row[f"what_{language}"], row[f"todo_{language}"]) for row in rows}


@cache
def type_names(language: Language) -> Mapping[str, str]:
    """Return what record types are called, by type, from resources/terms/fields.csv."""
    with (TERMS / "fields.csv").open(encoding="utf-8", newline="") as file:
        return {row["type"]: row[language] for row in csv.DictReader(file) if not row["field"]}


@cache
def headings(language: Language) -> Mapping[str, str]:
    """Return the report's own words by key."""
    with (TERMS / "roster_report.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: row[language] for row in csv.DictReader(file)}
