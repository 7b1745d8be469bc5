"""What waits, as a table model."""

from PySide6.QtCore import QCoreApplication, QObject

from client.syncing.record import Waiting
from client.terms import Speech
from client.widgets.column_table import Column, ColumnTable

translate = QCoreApplication.translate


class Counted(QObject):
    """Words with a number: the extractor of translations reads a plural only where an object speaks by `tr`."""

    def ahead(self, count: int) -> str:
        """Waiting changes of fields that somebody else has changed meanwhile."""
        return self.tr("%n changed by others too", "", count)


_COUNTED = Counted()


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
