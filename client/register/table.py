"""A roster as a table."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from client.register.record import RosterLine
from client.register.words import status
from client.widgets import ink
from client.widgets.column_table import Column, ColumnTable
from client.widgets.glyphs import unknown
from client.widgets.marks import CellState

translate = QCoreApplication.translate
_NUMERIC, _EDGE, _MUTED = int(CellState.NUMERIC), int(CellState.PLAIN_EDGE), int(CellState.MUTED)
_STRUCK, _OFFICIAL_FACE = int(CellState.STRUCK), int(CellState.OFFICIAL)
NAME, READING, OFFICIAL = 1, 2, 3
"""Columns of names."""


def _number(line: RosterLine) -> str:
    return "" if line.who.number is None else str(line.who.number)


def _official(line: RosterLine) -> str:
    if not line.common:
        return line.official
    common = translate("Roster", "also {name}").format(name=line.common)
    return "  ".join(part for part in (line.official, common) if part)


def _ink(line: RosterLine) -> int:
    return _MUTED if line.who.gone or line.comes_on is not None else 0


def _struck(line: RosterLine) -> int:
    return _ink(line) | (_STRUCK if line.who.gone else 0)


def _spoken(line: RosterLine) -> str:
    return " ".join(part for part in (_number(line), line.who.name, line.who.kana, status(line)) if part)


def _marked(line: RosterLine) -> str | None:
    return translate("Roster", "other form in the register") if line.who.official else None


def _undrawn(line: RosterLine) -> str | None:
    """Which characters of the register's name are not drawn here as the register writes them."""
    missing = unknown(_official(line), ink.face(ink.Step.BODY, official=True).font)
    return translate("Roster", "not drawn exactly: {characters}").format(characters=missing) if missing else None


_NUMBER: Column[RosterLine] = Column(
    header=lambda: translate("Roster", "No."),
    text=_number,
    state=lambda line: _NUMERIC | _EDGE | _ink(line),
    width=56,
)
_DISPLAY: Column[RosterLine] = Column(
    header=lambda: translate("Roster", "Name"),
    text=lambda line: line.who.name,
    state=_struck,
    spoken=_spoken,
    caption=_marked,
    tooltip=lambda line: line.who.name,
    width=220,
)
_READING: Column[RosterLine] = Column(
    header=lambda: translate("Roster", "Reading"),
    text=lambda line: line.who.kana,
    state=_ink,
    tooltip=lambda line: line.who.kana,
    width=200,
)
_OFFICIAL: Column[RosterLine] = Column(
    header=lambda: translate("Roster", "In the register"),
    text=_official,
    state=lambda line: _OFFICIAL_FACE | _ink(line),
    caption=_undrawn,
    tooltip=lambda line: "\n".join(filter(None, (_official(line), _undrawn(line)))),
    width=260,
)
_STATUS: Column[RosterLine] = Column(
    header=lambda: translate("Roster", "Coming and going"), text=status, state=_ink, width=200
)


class RosterTable(ColumnTable[RosterLine]):
    """Pupils of a class. Names of the register have a column of their own, hidden from who may not see them."""

    COLUMNS = (_NUMBER, _DISPLAY, _READING, _OFFICIAL, _STATUS)

    def copied(self) -> tuple[Sequence[str], list[tuple[str, ...]]]:
        """(headings, rows) for another program. Names of the register stay here: a copied list is daily paper."""
        shared: tuple[Column[Any], ...] = (_NUMBER, _DISPLAY, _READING, _STATUS)
        rows = [tuple(column.text(line) for column in shared) for line in self.rows]
        return [column.header() for column in shared], rows
