"""Take-outs as a table, and the words about one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QObject

from client.syncing.rules import when
from client.syncing.words import person
from client.widgets.column_table import Column, ColumnTable
from client.widgets.ink import Tone
from client.widgets.marks import CellState
from sync.protocol.permit import Permit, PermitEvent, Purpose

translate = QCoreApplication.translate
TONES = {"requested": Tone.WARN, "approved": Tone.INFO, "active": Tone.WARN, "expired": Tone.WARN}
_STRONG, _MUTED = int(CellState.STRONG), int(CellState.MUTED)


@dataclass(frozen=True, slots=True)
class Teller:
    """What the words need: names of staff and classes, the purposes as the school calls them, language and moment."""

    staff: Mapping[str, str]
    classes: Mapping[str, str]
    language: str
    now: datetime
    purposes: Sequence[Purpose] = field(default=())

    def who(self, staff: str) -> str:
        """A member of staff."""
        return person(self.staff, staff)

    def purpose(self, permit: Permit) -> str:
        """What it is for: the school's word, and what was written."""
        known = next((each for each in self.purposes if each.code == permit.purpose), None)
        word = permit.purpose if known is None else (known.ja if self.language == "ja" else known.en)
        return (
            translate("Takeouts", "{purpose}: {text}").format(purpose=word, text=permit.text) if permit.text else word
        )

    def class_names(self, permit: Permit) -> str:
        """The classes it names."""
        names = [self.classes.get(code, code.partition(":")[2]) for code in permit.classes]
        return translate("Takeouts", ", ").join(names)

    def time(self, at: int) -> str:
        """A moment in a few figures."""
        return when(datetime.fromtimestamp(at, UTC).isoformat(), self.now)

    def span(self, permit: Permit) -> str:
        """From when until when."""
        since, until = self.time(permit.since), self.time(permit.until)
        return translate("Takeouts", "{since} to {until}").format(since=since, until=until)

    def state(self, permit: Permit) -> str:
        """What stands about it."""
        if permit.overdue:
            return translate("Takeouts", "Not returned in time")
        return {
            "requested": translate("Takeouts", "Waiting for a decision"),
            "approved": translate("Takeouts", "Approved"),
            "refused": translate("Takeouts", "Declined"),
            "withdrawn": translate("Takeouts", "Taken back"),
            "active": translate("Takeouts", "Taken out"),
            "returned": translate("Takeouts", "Returned"),
            "expired": translate("Takeouts", "Over"),
            "revoked": translate("Takeouts", "Ended by the school"),
        }[permit.state]

    def line(self, event: PermitEvent) -> str:
        """A line of the ledger: when, what, who, why, and how much."""
        words = {
            "requested": translate("Takeouts", "asked for"),
            "approved": translate("Takeouts", "approved"),
            "refused": translate("Takeouts", "declined"),
            "withdrawn": translate("Takeouts", "taken back"),
            "active": translate("Takeouts", "taken out"),
            "renewed": translate("Takeouts", "permission renewed on the PC"),
            "returned": translate("Takeouts", "returned"),
            "expired": translate("Takeouts", "over"),
            "revoked": translate("Takeouts", "ended by the school"),
        }[event.event]
        counted = sum(event.counts.values())
        records = translate("Takeouts", "{count} records").format(count=f"{counted:,}") if counted else ""
        who = self.who(event.actor) if event.actor else ""
        return "  ".join(part for part in (self.time(event.at), words, who, event.reason, records) if part)


class PermitTable(ColumnTable[Permit]):
    """Take-outs, one a row."""

    def __init__(self, teller: Teller, parent: QObject) -> None:
        self._teller = teller
        columns: tuple[Column[Permit], ...] = (
            Column(header=lambda: translate("Takeouts", "Who"), text=self._who, width=150),
            Column(
                header=lambda: translate("Takeouts", "Classes"), text=self._classes, tooltip=self._classes, width=220
            ),
            Column(
                header=lambda: translate("Takeouts", "Purpose"), text=self._purpose, tooltip=self._purpose, width=320
            ),
            Column(header=lambda: translate("Takeouts", "From and until"), text=self._span, width=240),
            Column(
                header=lambda: translate("Takeouts", "State"),
                text=self._state,
                state=lambda permit: _STRONG if permit.state in TONES else _MUTED,
                width=200,
            ),
        )
        super().__init__(parent, columns=columns)

    def show_all(self, permits: Sequence[Permit], teller: Teller) -> None:
        """Show these, in these words."""
        self._teller = teller
        self.show(list(permits))

    def cells(self) -> list[list[str]]:
        """Every line of the ledger for another program, with what stands here: one row a line."""
        heads = [column.header() for column in self.columns]
        rows = [[*heads, translate("Takeouts", "What happened")]]
        for permit in self.rows:
            said = [column.text(permit) for column in self.columns]
            rows += [[*said, self._teller.line(event)] for event in permit.events]
        return rows

    def _who(self, permit: Permit) -> str:
        return self._teller.who(permit.staff)

    def _classes(self, permit: Permit) -> str:
        return self._teller.class_names(permit)

    def _purpose(self, permit: Permit) -> str:
        return self._teller.purpose(permit)

    def _span(self, permit: Permit) -> str:
        return self._teller.span(permit)

    def _state(self, permit: Permit) -> str:
        return self._teller.state(permit)
