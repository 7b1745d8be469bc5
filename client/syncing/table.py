"""Lists of sync as table models, and the words for what their lines are about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final

from PySide6.QtCore import QCoreApplication, QObject, Qt

from client.syncing.record import Case, FieldKind, Refused, Subject, Waiting
from client.syncing.rules import family_of, moment
from client.terms import Speech
from client.widgets.column_table import Column, ColumnTable, Index
from sync.records.decimals import written
from sync.records.registry import TYPES

translate = QCoreApplication.translate
LEVELS: Final = {300: "A", 200: "B", 100: "C"}


def value_words(about: Subject, value: Mapping[str, Any] | None, speech: Speech) -> str:
    """The value of a unit as a person reads it; empty where there is none. value: its fields, None = deleted."""
    held = {} if value is None else {name: item for name, item in value.items() if item is not None}
    match about.kind:
        case FieldKind.POINTS | FieldKind.LEVELS:
            return score_words(held.get("state"), held.get("value"), levels=about.kind is FieldKind.LEVELS)
        case FieldKind.LETTER | FieldKind.GRADE:
            unrated = translate("Values", "cannot be rated") if "unrated" in held else ""
            return str(held["value"]) if "value" in held else unrated
        case FieldKind.TEXT:
            return str(held.get(about.unit, ""))
        case FieldKind.OTHER:
            told = ((field_words(about.type, name, speech), item) for name, item in held.items() if _says(about, name))
            return translate("Values", ", ").join(f"{name} {item}" for name, item in told)


def _says(about: Subject, field: str) -> bool:
    """Whether a field says something to a person: ids of other records do not."""
    type_ = TYPES.get(about.type)
    kind = type_.fields[field].kind.name if type_ is not None and field in type_.fields else ""
    return kind not in ("ref", "uuid4") and not field.startswith("@")


def score_words(state: str | None, points: int | None, *, levels: bool) -> str:
    """A score as a person reads it: 「85」, 「A」, 「欠席」."""
    if state == "scored" and points is not None:
        return LEVELS.get(points, written(points, 2)) if levels else written(points, 2)
    return {
        None: "",
        "absent": translate("Values", "absent"),
        "excluded": translate("Values", "exempt"),
        "not_submitted": translate("Values", "not handed in"),
        "not_done": translate("Values", "not done"),
        "pending": translate("Values", "pending"),
    }.get(state, state or "")


def field_words(type_: str, name: str, speech: Speech) -> str:
    """What a field of a record type is called."""
    return speech.terms.field(type_, name)


def title_of(about: Subject, speech: Speech) -> str:
    """What a unit is called on a case's list of questions: 「まとめ」, 「メモ」."""
    if about.type == "score" and about.unit == "note":
        return translate("Values", "Note")
    return about.field or speech.terms.type_(about.type)


def path_of(about: Subject, speech: Speech) -> str:
    """Where a unit stands below class and subject: 「わり算 まとめ」."""
    return " ".join(part for part in (about.group, about.field or speech.terms.type_(about.type)) if part)


def person(staff: Mapping[str, str], id_: str | None) -> str:
    """A member of staff as people speak of them; the school itself where nobody did it by hand."""
    name = staff.get(id_ or "", "")
    if not name:
        return translate("People", "the school")
    return translate("People", "{name}-sensei").format(name=family_of(name))


def when(stamp: str | None, now: datetime) -> str:
    """A moment in a few figures: the time today, else day and time."""
    return " ".join(part for part in moment(stamp, now) if part) if stamp else ""


class Counted(QObject):
    """Words with a number: the extractor of translations reads a plural only where an object speaks by `tr`."""

    def fields(self, count: int) -> str:
        """Fields of a place that differ."""
        return self.tr("%n field(s)", "", count)

    def more(self, field: str, others: int) -> str:
        """A field and others that were changed with it."""
        return self.tr("{field} and %n more", "", others).format(field=field)

    def ahead(self, count: int) -> str:
        """Waiting changes of fields that somebody else has changed meanwhile."""
        return self.tr("%n changed by others too", "", count)

    def values(self, place: str, count: int) -> str:
        """Values of a refused group."""
        return self.tr("{place}: %n value(s)", "", count).format(place=place)


_COUNTED = Counted()

# -- lists ------------------------------------------------------------------------------------------------------------


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
    newest = max((item.conflict.current.at or "" for item in case.differences), default="")
    name = about.pupil or speech.terms.type_(about.type)
    return CaseLine(case.key, name, path, when(newest or None, now), case, together)


class WaitingTable(ColumnTable[Waiting]):
    """What waits, counted by place and kind."""

    def __init__(self, speech: Speech) -> None:
        super().__init__(
            columns=(
                Column(
                    header=lambda: translate("WaitingTable", "Class and subject"),
                    text=lambda line: line.place or translate("WaitingTable", "School"),
                    width=260,
                ),
                Column(
                    header=lambda: translate("WaitingTable", "Kind"),
                    text=lambda line: speech.terms.type_(line.type),
                    caption=_ahead,
                    width=320,
                ),
                Column(
                    header=lambda: translate("WaitingTable", "Waiting"),
                    text=lambda line: str(line.count),
                    width=96,
                ),
            )
        )


def _ahead(line: Waiting) -> str | None:
    return _COUNTED.ahead(line.ahead) if line.ahead else None


def reason_words(refused: Refused) -> str:
    """Why the school did not take a group, as a sentence."""
    if refused.outcome == "quarantined":
        return translate("Refused", "It arrived after your duty ended and was passed to the school for review.")
    return {
        "forbidden": translate("Refused", "You are not in charge of this any more."),
        "period_closed": translate("Refused", "This was finalised before your change arrived."),
        "invalid": translate("Refused", "The school's rules do not allow this value."),
        "parent_missing": translate("Refused", "What this belongs to is not at the school any more."),
        "deleted": translate("Refused", "This was deleted at the school."),
        "schema_unknown": translate("Refused", "The school does not know this kind of record yet."),
    }.get(refused.code or "", translate("Refused", "The school did not take this change."))


def refused_title(refused: Refused, speech: Speech) -> str:
    """What a refused group was about, in one line."""
    about = refused.values[0][0] if refused.values else None
    if about is None:
        return translate("Refused", "A change without content")
    place = " ".join(part for part in (about.place, path_of(about, speech)) if part)
    if len(refused.values) == 1:
        return " ".join(part for part in (place, about.pupil) if part)
    return _COUNTED.values(place, len(refused.values))


def refused_values(refused: Refused, speech: Speech) -> str:
    """The values of a refused group that are kept, the first few."""
    told = [
        " ".join(part for part in (about.pupil, value_words(about, fields, speech)) if part)
        for about, fields in refused.values[:3]
    ]
    return translate("Values", ", ").join(text for text in told if text)
