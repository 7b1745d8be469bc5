"""Words that are data: record types, fields and numbered errors, read from resources/terms."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from client.resources import ROOT
from sync.errors import KeyakiError

LANGUAGES = ("ja", "en")
TEXTS = ("happened", "safe", "teacher", "it", "repeat")


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


class Speech:
    """The words of the language on screen, whichever it is when they are asked for.

    language: what is shown at the moment, "ja" or "en".
    """

    def __init__(self, language: Callable[[], str], folder: Path = ROOT / "terms") -> None:
        self._language, self._folder = language, folder
        self._terms: dict[str, Terms] = {}

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

    def sentence(self, error: KeyakiError, **facts: object) -> str:
        """What a teacher reads of an error, as `Terms.sentence`."""
        return self.terms.sentence(error, **facts)


def _filled(text: str, facts: Mapping[str, object]) -> str:
    """The text with its facts put in; empty when one of them is not known."""
    needed = {name for _, name, _, _ in Formatter().parse(text) if name}
    return text.format_map(facts) if needed <= facts.keys() else ""


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
