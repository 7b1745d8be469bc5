"""The list of cases as a table model, under the headings of their places."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from PySide6.QtCore import QCoreApplication, QObject, Qt

from client.conflicts.record import Case
from client.conflicts.rules import newest
from client.syncing.rules import when
from client.syncing.words import path_of
from client.terms import Speech
from client.widgets.column_table import Column, ColumnTable, Index

translate = QCoreApplication.translate


class Counted(QObject):
    """Words with a number: the extractor of translations reads a plural only where an object speaks by `tr`."""

    def fields(self, count: int) -> str:
        """Fields of a place that differ."""
        return self.tr("%n field(s)", "", count)

    def more(self, field: str, others: int) -> str:
        """A field and others that were changed with it."""
        return self.tr("{field} and %n more", "", others).format(field=field)


_COUNTED = Counted()


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A line of the list of cases: the heading of a place, or a case with its words."""

    id: object
    title: str
    caption: str
    right: str
    case: Case | None = None
    together: str = ""


class CaseTable(ColumnTable[CaseLine]):
    """Cases under the headings of their places; painted by a delegate of its own."""

    COLUMNS: ClassVar[Sequence[Column[Any]]] = (
        Column(
            header=lambda: translate("CaseTable", "To decide"),
            text=lambda line: line.title,
            spoken=lambda line: f"{line.title} {line.caption} {line.right}",
        ),
    )

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.rows[index.row()].case is None:
            return Qt.ItemFlag.ItemNeverHasChildren  # a heading is passed over
        return super().flags(index)


def case_lines(cases: Sequence[Case], speech: Speech, now: datetime) -> list[CaseLine]:
    """The lines for these cases, places in the order of their newest case."""
    places: dict[str, list[Case]] = {}
    for case in cases:
        places.setdefault(case.about.place, []).append(case)
    lines: list[CaseLine] = []
    for place, held in places.items():
        fields = sum(len(case.differences) for case in held)
        count = _COUNTED.fields(fields)
        lines.append(CaseLine(("place", place), place or translate("CaseTable", "Other"), "", count))
        lines += [_case_line(case, speech, now) for case in held]
    return lines


def _case_line(case: Case, speech: Speech, now: datetime) -> CaseLine:
    about, others = case.about, len(case.differences) - 1
    path = path_of(about, speech)
    if others:
        path = _COUNTED.more(path, others)
    together = translate("CaseTable", "changed together") if others else ""
    name = about.pupil or speech.terms.type_(about.type)
    return CaseLine(case.key, name, path, when(newest(case), now), case, together)
