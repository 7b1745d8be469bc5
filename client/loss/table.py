"""Devices as a table: whose, which, how it stands, when it was here last."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject

from client.loss.words import SILENT_S, Teller
from client.widgets.column_table import Column, ColumnTable
from client.widgets.marks import CellState
from sync.protocol.device import DeviceLine

translate = QCoreApplication.translate
STRONG, MUTED = int(CellState.STRONG), int(CellState.MUTED)
_QUIET: Final = frozenset({"active", "wiped", "retired"})


class DeviceTable(ColumnTable[DeviceLine]):
    """Devices, one a row."""

    def __init__(self, teller: Teller, parent: QObject) -> None:
        self._teller = teller
        columns: tuple[Column[DeviceLine], ...] = (
            Column(header=lambda: translate("Devices", "User"), text=self._who, width=170),
            Column(header=lambda: translate("Devices", "PC"), text=self._name, caption=self._here, width=260),
            Column(header=lambda: translate("Devices", "System"), text=lambda line: line.os, width=110),
            Column(
                header=lambda: translate("Devices", "State"),
                text=self._state,
                state=lambda line: MUTED if line.state in _QUIET else STRONG,
                width=230,
            ),
            Column(header=lambda: translate("Devices", "Last contact"), text=self._seen, state=self._silent, width=210),
            Column(header=lambda: translate("Devices", "Since"), text=self._since, state=lambda _: MUTED, width=120),
        )
        super().__init__(parent, columns=columns)

    def show_all(self, lines: Sequence[DeviceLine], teller: Teller) -> None:
        """Show these, in these words."""
        self._teller = teller
        self.show(list(lines))

    def cells(self) -> list[list[str]]:
        """Every device for another program, its number last."""
        heads = [*(column.header() for column in self.columns), translate("Devices", "Number of the device")]
        return [heads, *([*(column.text(line) for column in self.columns), line.id] for line in self.rows)]

    def _who(self, line: DeviceLine) -> str:
        return self._teller.who(line.staff)

    def _name(self, line: DeviceLine) -> str:
        return line.name

    def _here(self, line: DeviceLine) -> str | None:
        return translate("Devices", "this PC") if line.here else None

    def _state(self, line: DeviceLine) -> str:
        return self._teller.state(line)

    def _seen(self, line: DeviceLine) -> str:
        return self._teller.seen(line)

    def _silent(self, line: DeviceLine) -> int:
        silent = self._teller.now.timestamp() - line.seen > SILENT_S
        return STRONG if silent and line.state == "active" else MUTED

    def _since(self, line: DeviceLine) -> str:
        return self._teller.time(line.enrolled)
