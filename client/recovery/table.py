"""The groups of a recovery as a table, with a mark for each that is to come back; the words of all of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QObject

from client.late_edits.record import Change
from client.recovery.record import Id, Line, Place
from client.syncing.rules import when
from client.syncing.words import path_of, value_words
from client.terms import Speech
from client.widgets.column_table import Column, ColumnTable
from client.widgets.marks import CellState

translate = QCoreApplication.translate
MARK = "✓"
_PLAIN, _STRONG, _MUTED = int(CellState.NONE), int(CellState.STRONG), int(CellState.MUTED)


class Counted(QObject):
    """Words with a number: the extractor of translations reads a plural only where an object speaks by `tr`."""

    def more(self, value: str, others: int) -> str:
        """A value and others that the same act changed."""
        return self.tr("{value} and %n more", "", others).format(value=value)

    def unread(self, count: int, after: str, before: str) -> str:
        """A place that cannot be read, between two times."""
        return self.tr("Between {after} and {before}, %n change(s) cannot be read.", "", count).format(
            after=after, before=before
        )

    def beside(self, count: int, time: str) -> str:
        """A place that cannot be read, near one time."""
        return self.tr("Around {time}, %n change(s) cannot be read.", "", count).format(time=time)

    def lost(self, count: int) -> str:
        """Places that cannot be read, at no time that is known."""
        return self.tr("%n change(s) cannot be read.", "", count)

    def foreign(self, count: int) -> str:
        """What the school does not know."""
        return self.tr("%n kept record(s) are of a store that the school does not know and cannot read.", "", count)


COUNTED = Counted()


@dataclass(frozen=True, slots=True)
class Teller:
    """What the words need: the language and the moment."""

    speech: Speech
    now: datetime

    def pupil(self, line: Line) -> str:
        """Whose value the first is."""
        about = line.changes[0].about if line.changes else None
        if about is None:
            return ""
        number = "" if about.pupil_number is None else str(about.pupil_number)
        return "  ".join(part for part in (number, about.pupil) if part)

    def field(self, line: Line) -> str:
        """What it is about, in one line."""
        if not line.changes:
            return ""
        about, others = line.changes[0].about, len(line.changes) - 1
        told = "  ".join(part for part in (about.place, path_of(about, self.speech)) if part)
        return COUNTED.more(told, others) if others else told

    def value(self, line: Line, *, kept: bool) -> str:
        """The first value: as it is now, or as it was kept."""
        return self._value(line.changes[0], kept=kept) if line.changes else ""

    def values(self, line: Line) -> str:
        """All of a group, each on a line."""
        told = ((change, path_of(change.about, self.speech)) for change in line.changes)
        sides = ((each, field, self._value(each, kept=False), self._value(each, kept=True)) for each, field in told)
        return "\n".join(f"{each.about.pupil}  {field}: {now} → {kept}" for each, field, now, kept in sides)

    def state(self, line: Line) -> str:
        """What the school has of it."""
        if line.open:
            return translate("Recovery", "Not sent")
        if line.state == "other":
            return translate("Recovery", "Another value was sent later")
        if line.code == "not_restored":
            return translate("Recovery", "You chose not to restore it")
        return translate("Recovery", "Not accepted")

    def place(self, place: Place) -> str:
        """A place that cannot be read."""
        after, before = (when(time, self.now) if time else "" for time in (place.after, place.before))
        if after and before and after != before:
            return COUNTED.unread(max(place.count, 1), after, before)
        if after or before:
            return COUNTED.beside(max(place.count, 1), after or before)
        return COUNTED.lost(max(place.count, 1))

    def _value(self, change: Change, *, kept: bool) -> str:
        held = change.late if kept else change.school
        if kept and held is None:
            return translate("Recovery", "delete")
        return value_words(change.about, held, self.speech) or translate("Recovery", "blank")


class LineTable(ColumnTable[Line]):
    """chosen: what is marked to come back."""

    def __init__(self, teller: Teller, parent: QObject) -> None:
        self._teller = teller
        self.chosen: frozenset[Id] = frozenset()
        columns: tuple[Column[Line], ...] = (
            Column(
                header=lambda: translate("Recovery", "Restore"),
                text=lambda line: MARK if line.id in self.chosen else "",
                spoken=self._spoken,
                width=76,
            ),
            Column(header=lambda: translate("Recovery", "Entered"), text=self._made, width=90),
            Column(header=lambda: translate("Recovery", "Name"), text=self._told(Teller.pupil), width=130),
            Column(header=lambda: translate("Recovery", "Field"), text=self._told(Teller.field), width=240),
            Column(header=lambda: translate("Recovery", "Now"), text=self._now, width=140),
            Column(
                header=lambda: translate("Recovery", "Kept on this PC"),
                text=self._kept,
                tooltip=self._told(Teller.values),
                state=lambda line: _STRONG if line.open else _PLAIN,
                width=150,
            ),
            Column(
                header=lambda: translate("Recovery", "State"),
                text=self._told(Teller.state),
                state=lambda line: _PLAIN if line.open else _MUTED,
                width=180,
            ),
        )
        super().__init__(parent, columns=columns)

    def show_all(self, lines: tuple[Line, ...], teller: Teller) -> None:
        """Show these, in these words; marks of what is still there stay."""
        self._teller = teller
        self.chosen &= {line.id for line in lines if line.open}
        self.show(lines)

    def toggle(self, line: Line) -> None:
        """Mark an open group, or take its mark away."""
        if line.open:
            self.chosen ^= {line.id}
            row = self.rows.index(line)
            self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    def _told(self, words: Callable[[Teller, Line], str]) -> Callable[[Line], str]:
        return lambda line: words(self._teller, line)

    def _made(self, line: Line) -> str:
        return when(line.made, self._teller.now)

    def _now(self, line: Line) -> str:
        return self._teller.value(line, kept=False)

    def _kept(self, line: Line) -> str:
        return self._teller.value(line, kept=True)

    def _spoken(self, line: Line) -> str:
        if line.id in self.chosen:
            return translate("Recovery", "to be restored")
        return translate("Recovery", "not to be restored")
