"""Words that are data: record types, fields, numbered errors and what may be typed, read from resources/terms."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Final

from client.resources import ROOT
from sync.errors import KeyakiError
from sync.records.text import folded

LANGUAGES = ("ja", "en")
TEXTS = ("happened", "safe", "teacher", "it", "repeat")
UNRATED: Final = "unrated"
"""An entry word of this meaning is only shown: it is decided by its reason, never by a word."""


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """What is said of one error: number, what happened, what is safe, what the teacher and IT do, may it be repeated.

    A text whose facts are not known is empty.
    """

    number: str
    happened: str
    safe: str
    teacher: str
    it: str
    repeat: str

    def sentence(self, joint: str) -> str:
        """What a teacher reads: whole sentences, `joint` between them."""
        return joint.join(text for text in (self.happened, self.safe, self.teacher) if text)


class Terms:
    """The words of one language, "ja" or "en". Raises KeyError for a type, field or number without words."""

    def __init__(self, language: str, folder: Path = ROOT / "terms") -> None:
        self._language = language
        self._fields = {(row["type"], row["field"]): row[language] for row in _rows(folder / "fields.csv")}
        self._errors = {row["number"]: row for row in _rows(folder / "errors.csv")}

    def type_(self, name: str) -> str:
        """The word for a record type."""
        return self._fields[name, ""]

    def field(self, type_: str, name: str) -> str:
        """The word for a field of a record type, by its wire name."""
        return self._fields[type_, name]

    def error(self, error: KeyakiError, **facts: object) -> ErrorWords:
        """The words for an error. facts: what the sentence needs besides the error's own facts."""
        number = f"E-{error.number}"
        row = self._errors[number]
        known = {**error.facts, **facts}
        said = {text: _filled(row[f"{text}_{self._language}"], known) for text in TEXTS}
        return ErrorWords(number, **said)

    def sentence(self, error: KeyakiError, **facts: object) -> str:
        """What a teacher reads of an error, without its number."""
        return self.error(error, **facts).sentence("" if self._language == "ja" else " ")


@dataclass(frozen=True, slots=True)
class EntryWords:
    """What may be typed besides numbers. Keys are folded and in small letters.

    states: {text: state, None for 未}. levels: {text: letter}. characters: {character typed: character meant}. headers:
    {heading of a list from elsewhere: id, number or name}. shown: {state: what a cell shows} in the screen's language.
    """

    states: Mapping[str, str | None]
    levels: Mapping[str, str]
    characters: Mapping[str, str]
    headers: Mapping[str, str]
    shown: Mapping[str, str]


def word_key(text: str) -> str:
    """A text as the word lists know it."""
    return folded(text).casefold()


def entry_words(language: str, folder: Path = ROOT / "terms") -> EntryWords:
    """The words, with what is shown in "ja" or "en". Raises OSError where the file is missing."""
    states: dict[str, str | None] = {}
    levels: dict[str, str] = {}
    characters: dict[str, str] = {}
    headers: dict[str, str] = {}
    shown: dict[str, str] = {}
    for row in _rows(folder / "entry_words.csv"):
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


class Speech:
    """The words of the language on screen, whichever it is when they are asked for.

    language: what is shown at the moment, "ja" or "en".
    """

    def __init__(self, language: Callable[[], str], folder: Path = ROOT / "terms") -> None:
        self._language, self._folder = language, folder
        self._terms: dict[str, Terms] = {}
        self._entry_words: dict[str, EntryWords] = {}

    @property
    def language(self) -> str:
        """The language of the moment; English where none was chosen yet."""
        return self._language() or "en"

    @property
    def terms(self) -> Terms:
        """The words of the moment."""
        if self.language not in self._terms:
            self._terms[self.language] = Terms(self.language, self._folder)
        return self._terms[self.language]

    @property
    def entry_words(self) -> EntryWords:
        """What may be typed besides numbers, shown in the language of the moment."""
        if self.language not in self._entry_words:
            self._entry_words[self.language] = entry_words(self.language, self._folder)
        return self._entry_words[self.language]

    def sentence(self, error: KeyakiError, **facts: object) -> str:
        """What a teacher reads of an error, as `Terms.sentence`."""
        return self.terms.sentence(error, **facts)


def _written(text: str) -> str:
    return text.capitalize() if text.isascii() else text


def _filled(text: str, facts: Mapping[str, object]) -> str:
    """The text with its facts put in; empty when one of them is not known."""
    needed = {name for _, name, _, _ in Formatter().parse(text) if name}
    return text.format_map(facts) if needed <= facts.keys() else ""


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
