"""The list of cases as a table model, under the headings of their places."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from PySide6.QtCore import QCoreApplication, QObject, Qt

from client.conflicts.record import Case, People
from client.conflicts.rules import newest
from client.syncing.rules import when
from client.syncing.words import path_of, person
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
    """A line of the list of cases: a heading, or a case with its words.

    asked: who is asked to settle it, or who asks this person.
    """

    id: object
    title: str
    caption: str
    right: str
    case: Case | None = None
    together: str = ""
    asked: str = ""


class CaseTable(ColumnTable[CaseLine]):
    """Cases under the headings of their places; painted by a delegate of its own."""

    COLUMNS: ClassVar[Sequence[Column[Any]]] = (
        Column(
            header=lambda: translate("CaseTable", "To decide"),
            text=lambda line: line.title,
            spoken=lambda line: " ".join(filter(None, (line.title, line.caption, line.right, line.asked))),
        ),
    )

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.rows[index.row()].case is None:
            return Qt.ItemFlag.ItemNeverHasChildren  # a heading is passed over
        return super().flags(index)


def case_lines(cases: Sequence[Case], people: People, speech: Speech, now: datetime) -> list[CaseLine]:
    """The lines for these cases: what this person is asked to settle, then places in the order of their newest case."""
    mine = [case for case in cases if case.is_given_to(people.me)]
    places: dict[str, list[Case]] = {}
    for case in cases:
        if case not in mine:
            places.setdefault(case.about.place, []).append(case)
    groups = [(("place", place), place or translate("CaseTable", "Other"), held) for place, held in places.items()]
    if mine:
        groups.insert(0, (("mine", ""), translate("CaseTable", "Asked of you"), mine))
    lines: list[CaseLine] = []
    for key, title, held in groups:
        count = _COUNTED.fields(sum(len(case.differences) for case in held))
        lines.append(CaseLine(key, title, "", count))
        lines += [_case_line(case, people, speech, now) for case in held]
    return lines


def _case_line(case: Case, people: People, speech: Speech, now: datetime) -> CaseLine:
    about, others = case.about, len(case.differences) - 1
    path = path_of(about, speech)
    if case.is_given_to(people.me):  # not under the heading of its place
        path = " ".join(part for part in (about.place, path) if part)
    if others:
        path = _COUNTED.more(path, others)
    together = translate("CaseTable", "changed together") if others else ""
    name = about.pupil or speech.terms.type_(about.type)
    return CaseLine(case.key, name, path, when(newest(case), now), case, together, _asked(case, people))


def _asked(case: Case, people: People) -> str:
    """Who asks this person, or whom somebody has asked; empty where nobody is asked."""
    given = case.given
    if given is None:
        return ""
    if case.is_given_to(people.me):
        return translate("CaseTable", "from {who}").format(who=person(people.staff, given.asked_by))
    return translate("CaseTable", "asked {who}").format(who=person(people.staff, given.assignee))
