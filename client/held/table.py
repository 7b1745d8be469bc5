"""What lies on this PC, as a table: one line a class, the last one what belongs to none."""

from PySide6.QtCore import QCoreApplication

from client.held.record import HeldClass, Where
from client.syncing.words import scope_words
from client.widgets.column_table import Column, ColumnTable
from client.widgets.marks import CellState

translate = QCoreApplication.translate


def name(held: HeldClass) -> str:
    """What a line is called."""
    return held.label if held.code else translate("HeldTable", "School and own")


def _kinds(held: HeldClass) -> str:
    return translate("HeldTable", ", ").join(scope_words(kind) for kind in held.kinds)


def _where(held: HeldClass) -> str:
    return {
        Where.HERE: translate("HeldTable", "On this PC"),
        Where.COMING: translate("HeldTable", "Still arriving"),
        Where.AWAY: translate("HeldTable", "Cleared; at the school"),
    }[held.where]


class HeldTable(ColumnTable[HeldClass]):
    """What lies here."""

    COLUMNS = (
        Column(header=lambda: translate("HeldTable", "Class"), text=name, width=150),
        Column(
            header=lambda: translate("HeldTable", "Records"),
            text=lambda held: f"{held.count:,}",
            state=lambda _: int(CellState.NUMERIC),
            width=100,
        ),
        Column(
            header=lambda: translate("HeldTable", "Where"),
            text=_where,
            state=lambda held: int(CellState.MUTED if held.where is Where.HERE else CellState.STRONG),
            width=190,
        ),
        Column(header=lambda: translate("HeldTable", "What"), text=_kinds, tooltip=_kinds, width=600),
    )
