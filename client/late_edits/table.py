"""Late edits and what one of them would change, as table models; the words of both."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QObject

from client.late_edits.record import Change, Late
from client.syncing.rules import when
from client.syncing.words import path_of, person, value_words
from client.terms import Speech
from client.widgets.column_table import Column, ColumnTable
from client.widgets.marks import CellState

translate = QCoreApplication.translate
_PLAIN, _STRONG, _MUTED = int(CellState.NONE), int(CellState.STRONG), int(CellState.MUTED)


class Counted(QObject):
    """Words with a number: the extractor of translations reads a plural only where an object speaks by `tr`."""

    def more(self, field: str, others: int) -> str:
        """A field and others that the same act changed."""
        return self.tr("{field} and %n more", "", others).format(field=field)


_COUNTED = Counted()


@dataclass(frozen=True, slots=True)
class Teller:
    """What the words need: names of the staff, the language and the moment."""

    staff: Mapping[str, str]
    speech: Speech
    now: datetime

    def author(self, late: Late) -> str:
        """Who made it."""
        return person(self.staff, late.author)

    def about(self, late: Late) -> str:
        """What it is about, in one line."""
        if not late.changes:
            return ""
        about, others = late.changes[0].about, len(late.changes) - 1
        told = "  ".join(part for part in (about.place, path_of(about, self.speech), about.pupil) if part)
        return _COUNTED.more(told, others) if others else told

    def state(self, late: Late) -> str:
        """What stands about it, in a word or two."""
        words, said = self._decided(late), late.decision
        if late.open or said.by is not None:
            return words
        return translate("LateEdits", "{state}; waiting to be sent").format(state=words)

    @staticmethod
    def _decided(late: Late) -> str:
        said = late.decision
        if said.state == "declined":
            return translate("LateEdits", "Declined")
        if said.state == "accepted":
            if said.outcome == "conflict_kept":
                return translate("LateEdits", "Accepted; both values kept")
            return translate("LateEdits", "Accepted")
        return translate("LateEdits", "Not possible") if said.refused else translate("LateEdits", "To decide")

    def value(self, change: Change, *, late: bool) -> str:
        """A value as a person reads it."""
        held = change.late if late else change.school
        if late and held is None:
            return translate("LateEdits", "delete")
        return value_words(change.about, held, self.speech) or translate("LateEdits", "blank")


class LateTable(ColumnTable[Late]):
    """The late edits of a school."""

    def __init__(self, teller: Teller, parent: QObject) -> None:
        self._teller = teller
        columns: tuple[Column[Late], ...] = (
            Column(
                header=lambda: translate("LateEdits", "Changed by"),
                text=self._author,
                width=150,
            ),
            Column(
                header=lambda: translate("LateEdits", "What"),
                text=self._about,
                tooltip=self._about,
                width=520,
            ),
            Column(
                header=lambda: translate("LateEdits", "Arrived"),
                text=lambda late: when(late.arrived, self._teller.now),
                width=130,
            ),
            Column(
                header=lambda: translate("LateEdits", "State"),
                text=self._state,
                state=lambda late: _STRONG if late.open else _MUTED,
                width=240,
            ),
        )
        super().__init__(parent, columns=columns)

    def _author(self, late: Late) -> str:
        return self._teller.author(late)

    def _about(self, late: Late) -> str:
        return self._teller.about(late)

    def _state(self, late: Late) -> str:
        return self._teller.state(late)

    def show_all(self, found: list[Late], teller: Teller) -> None:
        """Show these, in these words."""
        self._teller = teller
        self.show(found)


class ChangeTable(ColumnTable[Change]):
    """What one late edit would change."""

    def __init__(self, teller: Teller, parent: QObject) -> None:
        self._teller = teller
        columns: tuple[Column[Change], ...] = (
            Column(header=lambda: translate("LateEdits", "Name"), text=_name, width=200),
            Column(
                header=lambda: translate("LateEdits", "Field"),
                text=self._field,
                width=300,
            ),
            self._valued(lambda: translate("LateEdits", "The school's value"), late=False),
            self._valued(lambda: translate("LateEdits", "Late value"), late=True),
        )
        super().__init__(parent, columns=columns)

    def _field(self, change: Change) -> str:
        return path_of(change.about, self._teller.speech)

    def _valued(self, header: Callable[[], str], *, late: bool) -> Column[Change]:
        def words(change: Change) -> str:
            return self._teller.value(change, late=late)

        return Column(header=header, text=words, tooltip=words, state=lambda _: _STRONG if late else _PLAIN, width=260)

    def show_changes(self, late: Late, teller: Teller) -> None:
        """Show the changes of this one, in these words."""
        self._teller = teller
        self.show(late.changes)


def _name(change: Change) -> str:
    about = change.about
    number = "" if about.pupil_number is None else str(about.pupil_number)
    return "  ".join(part for part in (number, about.pupil) if part)
