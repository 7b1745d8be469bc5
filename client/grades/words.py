"""What may be typed for 欠, 免, 未 and the letters: read from resources/terms/entry_words.csv."""

import csv
from pathlib import Path
from typing import Final

from client.grades.rules import EntryWords, word_key
from client.resources import ROOT

FILE: Final = ROOT / "terms" / "entry_words.csv"
UNRATED: Final = "unrated"
"""A row of this meaning only says what is shown: it is decided by its reason, never by a word."""


def entry_words(language: str, file: Path = FILE) -> EntryWords:
    """The words, with what is shown in "ja" or "en". Raises OSError where the file is missing."""
    states: dict[str, str | None] = {}
    levels: dict[str, str] = {}
    characters: dict[str, str] = {}
    headers: dict[str, str] = {}
    shown: dict[str, str] = {}
    with file.open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            if language in row["shown"].split():
                shown[row["means"]] = _written(row["text"])
            if row["set"] == "character":
                characters[row["text"]] = row["means"]
            elif row["set"] == "header":
                headers[word_key(row["text"])] = row["means"]
            elif row["set"] == "level":
                levels[word_key(row["text"])] = row["means"]
            elif row["means"] != UNRATED:
                states[word_key(row["text"])] = row["means"] or None
    return EntryWords(states, levels, characters, headers, shown)


def _written(text: str) -> str:
    return text.capitalize() if text.isascii() else text
