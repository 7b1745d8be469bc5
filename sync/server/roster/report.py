"""The answer to an import: what was read, what is wrong and what to do, what changed; as a table of text or as JSON."""

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sync.server.roster.problem import Problem, Problems
from sync.server.roster.words import Language, headings, type_names, words

VALUE_SHOWN: Final = 36
"""Characters of a value that a report shows: a sourcedId, but no longer text about a pupil."""

_GAP = "  "


@dataclass(frozen=True, slots=True)
class Changed:
    """Records of one type an import touched."""

    created: int = 0
    changed: int = 0
    deleted: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """What came of one package. counts: rows read by file. changed: records by type, empty if refused."""

    package: str
    taken: bool
    counts: Mapping[str, int]
    problems: Problems
    changed: Mapping[str, Changed]

    def as_json(self, language: Language = "ja") -> str:
        """Return the report as one JSON object, its sentences in `language`."""
        body = {
            "package": self.package,
            "taken": self.taken,
            "counts": dict(self.counts),
            "errors": self.problems.error_count,
            "warnings": self.problems.warning_count,
            "problems": [_as_object(problem, language) for problem in self.problems.all()],
            "changed": {type_: _as_counts(changed) for type_, changed in self.changed.items()},
        }
        return json.dumps(body, ensure_ascii=False, indent=2)

    def as_text(self, language: Language = "ja") -> str:
        """Return the report as lines with aligned columns, full-width characters counting two."""
        said = headings(language)
        blocks = [said["taken" if self.taken else "refused"].replace("{package}", self.package)]
        blocks.append(_grid([(said["file"], said["rows"]), *((n, str(c)) for n, c in self.counts.items())]))
        if self.problems.all():
            blocks.append(_grid([_problem_heads(said), *_problem_rows(self.problems.all(), said, language)]))
        hidden = self.problems.error_count + self.problems.warning_count - len(self.problems.all())
        if hidden:
            blocks.append(said["hidden"].replace("{count}", str(hidden)))
        if self.changed:
            called = type_names(language)
            blocks.append(_grid([_change_heads(said), *(_change_row(called[t], c) for t, c in self.changed.items())]))
        return "\n\n".join(block for block in blocks if block)


def shortened(value: str) -> str:
    """Return a value as a report shows it: cut, with what would break a line made visible."""
    shown = "".join(c if c.isprintable() or c == "　" else "�" for c in value)
    return shown if len(shown) <= VALUE_SHOWN else shown[: VALUE_SHOWN - 1] + "…"


def _as_object(problem: Problem, language: Language) -> dict[str, Any]:
    said = words(language)[problem.kind.key].fill(problem.hint)
    return {
        "file": problem.file,
        "row": problem.row,
        "column": problem.column,
        "value": None if problem.value is None else shortened(problem.value),
        "number": problem.kind.number,
        "kind": problem.kind.key,
        "severity": problem.kind.severity.value,
        "what": said.what,
        "todo": said.todo,
    }


def _as_counts(changed: Changed) -> dict[str, int]:
    return {
        "created": changed.created,
        "changed": changed.changed,
        "deleted": changed.deleted,
        "unchanged": changed.unchanged,
    }


def _problem_heads(said: Mapping[str, str]) -> Sequence[str]:
    return [said[key] for key in ("file", "row", "column", "value", "number", "severity", "what", "todo")]


def _problem_rows(problems: Iterable[Problem], said: Mapping[str, str], language: Language) -> Iterable[Sequence[str]]:
    for problem in problems:
        sentence = words(language)[problem.kind.key].fill(problem.hint)
        yield (
            problem.file,
            "" if problem.row is None else str(problem.row),
            problem.column or "",
            shortened(problem.value or ""),
            str(problem.kind.number),
            said[problem.kind.severity.value],
            sentence.what,
            sentence.todo,
        )


def _change_heads(said: Mapping[str, str]) -> Sequence[str]:
    return [said[key] for key in ("type", "created", "changed", "deleted", "unchanged")]


def _change_row(called: str, changed: Changed) -> Sequence[str]:
    return called, *map(str, _as_counts(changed).values())


def _grid(rows: Iterable[Sequence[str]]) -> str:
    table = [tuple(row) for row in rows]
    widths = [max(map(_width, column)) for column in zip(*table, strict=True)]
    return "\n".join(_GAP.join(_padded(cell, w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in table)


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))


def _width(text: str) -> int:
    """Columns of a terminal a text takes."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
