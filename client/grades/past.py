"""What is said of a value a cell had: the value, who, when and where, why, and how it went."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from client.grades.record import UNITS, GradeColumn, PastValue
from client.grades.repository import value_of
from client.grades.rules import shown
from client.syncing.record import Changed
from client.syncing.rules import family_of, moment
from client.terms import EntryWords

translate = QCoreApplication.translate


def as_told(column: GradeColumn, changes: Iterable[Changed]) -> tuple[PastValue, ...]:
    """What school and PC together know of a cell of this column, in their order."""
    _, unit = UNITS[column.kind]
    return tuple(
        PastValue(
            value_of(column, each.after),
            None if each.here else each.by,
            each.at,
            "" if each.here else each.pc,
            each.outcome,
            each.kind.rpartition(".")[2],
            received=each.by is None and not each.here,
        )
        for each in changes
        if each.about.unit == unit
    )


@dataclass(frozen=True, slots=True)
class PastWords:
    """staff: {id: name}. me: the signed-in member of staff. now: the moment, with its time zone."""

    words: EntryWords
    staff: Mapping[str, str]
    me: str | None
    now: datetime

    def value(self, past: PastValue) -> str:
        """The value; a dash where it was blank."""
        return shown(past.value, self.words) or "－"

    def who(self, past: PastValue) -> str:
        """By whom; the school where nobody knows it here."""
        if past.received:
            return translate("PastWords", "School")
        name = self.staff.get(past.by or self.me or "", "")
        if not name:
            return translate("PastWords", "School")
        return translate("PastWords", "{name}-sensei").format(name=family_of(name))

    def when(self, past: PastValue) -> str:
        """Day and time; the time alone where it is today."""
        day, time = moment(past.at, self.now) if past.at else ("", "")
        return f"{day} {time}".strip()

    def where(self, past: PastValue) -> str:
        """The PC; empty where nobody knows it here."""
        if past.received:
            return ""
        return past.device or translate("PastWords", "this PC")

    @staticmethod
    def why(past: PastValue) -> str:
        """Which act it came from."""
        if past.received:
            return translate("PastWords", "received")
        return {
            "typed": translate("PastWords", "typed"),
            "one_key": translate("PastWords", "typed"),
            "cleared": translate("PastWords", "emptied"),
            "filled": translate("PastWords", "filled"),
            "cut": translate("PastWords", "cut"),
            "pasted": translate("PastWords", "pasted"),
            "restored": translate("PastWords", "restored"),
            "undo": translate("PastWords", "undone"),
            "redo": translate("PastWords", "redone"),
            "settle": translate("PastWords", "decided"),
            "resend": translate("PastWords", "sent again"),
        }.get(past.cause, "")

    @staticmethod
    def how(past: PastValue) -> str:
        """How it went; empty where nothing is to be said of it."""
        return {
            None: translate("PastWords", "waiting"),
            "rejected": translate("PastWords", "not accepted"),
            "quarantined": translate("PastWords", "passed to the school"),
            "conflict_kept": translate("PastWords", "both kept"),
        }.get(past.outcome, "")
