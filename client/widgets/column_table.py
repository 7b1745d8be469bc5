"""A table is a list of records, a tuple of columns and roles: the one base of every table model."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from client.widgets.marks import CellState

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex

RECORD_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The record of the row."""
STATE_ROLE = int(Qt.ItemDataRole.UserRole) + 2
"""int(CellState): the marks and the setting of the cell."""
CAPTION_ROLE = int(Qt.ItemDataRole.UserRole) + 3
"""A few small words at the right end of a cell, or None."""
HEADING_ROLE = int(Qt.ItemDataRole.UserRole) + 4
"""The Heading of a section, where it has more than one line."""

_NO_PARENT = QModelIndex()


class Align(Enum):
    """Where words stand in a header cell; RIGHT ends where the figures of its column end."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Heading:
    """A header cell of several lines. Neighbouring sections with the same group key stand under one group title.

    brief: what is written instead of the title where there is one line alone, and so no group title over it.
    """

    title: str
    group_key: Hashable = None
    group: str = ""
    captions: tuple[str, ...] = ()
    closed: bool = False
    align: Align = Align.RIGHT
    brief: str = ""


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """How one column of a table is made from a record.

    header: its words, asked at every change of language. text: what is shown, and what an editor starts with. state:
    int(CellState) of the cell. spoken: the full name of the cell for screen readers (default: the text); a blank one
    says its column. caption: small words at the cell's right end. editable: whether an editor may open; a cell whose
    state has ONE_KEY is never editable in Qt's sense. width in pixels at 100 %.
    """

    header: Callable[[], str]
    text: Callable[[R], str]
    state: Callable[[R], int] | None = None
    spoken: Callable[[R], str] | None = None
    caption: Callable[[R], str | None] | None = None
    editable: Callable[[R], bool] | None = None
    heading: Callable[[], Heading] | None = None
    tooltip: Callable[[R], str] | None = None
    width: int = 120


class ColumnTable(QAbstractTableModel, Generic[R]):
    """Rows of R under COLUMNS, or under columns handed in where they are data.

    `rows` is the only truth. `show` changes it: rows whose key and order stay the same are announced one by one, so
    that selection and an open editor live on; anything else is one reset. `data` is a look-up and nothing else.
    """

    COLUMNS: ClassVar[Sequence[Column[Any]]] = ()

    def __init__(self, parent: QObject | None = None, *, columns: Sequence[Column[R]] | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[Column[R], ...] = tuple(self.COLUMNS if columns is None else columns)
        self.rows: list[R] = []

    def key(self, record: R) -> Hashable:
        """What makes a row the same row after a reload.

        Override where records are not equal to themselves over time.
        """
        return getattr(record, "id", None) or id(record)

    def show(self, rows: Sequence[R], *, columns: Sequence[Column[R]] | None = None) -> None:
        """Show these records (and columns) from now on."""
        wanted = self.columns if columns is None else tuple(columns)
        same = len(wanted) == len(self.columns) and [self.key(r) for r in rows] == [self.key(r) for r in self.rows]
        if not same:
            self.beginResetModel()
            self.rows, self.columns = list(rows), wanted
            self.endResetModel()
            return
        renewed = wanted is not self.columns
        self.columns = wanted
        changed = [at for at, (old, new) in enumerate(zip(self.rows, rows, strict=True)) if renewed or old != new]
        self.rows = list(rows)
        for at in changed:
            self.row_changed(at)
        if renewed and wanted:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(wanted) - 1)

    def put(self, row: int, record: R) -> None:
        """Replace one record; its cells are painted again, nothing else moves."""
        self.rows[row] = record
        self.row_changed(row)

    def row_changed(self, row: int) -> None:
        """Announce all cells of one row."""
        if self.columns:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        record, column = self.rows[index.row()], self.columns[index.column()]
        made = _MAKERS.get(role)
        return None if made is None else made(column, record)

    def said(self, row: int, column: int) -> tuple[str, int]:
        """What a cell shows, and its state: for who paints all cells of a screen."""
        made, record = self.columns[column], self.rows[row]
        return made.text(record), 0 if made.state is None else made.state(record)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.header()
        if role == HEADING_ROLE and column.heading is not None:
            return column.heading()
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        editable = self.columns[index.column()].editable
        if editable is not None and editable(self.rows[index.row()]):
            return _EDITABLE
        return _PLAIN


_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE = _PLAIN | Qt.ItemFlag.ItemIsEditable


def _text(column: Column[Any], record: Any) -> str:
    return column.text(record)


def _record(_column: Column[Any], record: Any) -> Any:
    return record


def _state(column: Column[Any], record: Any) -> int:
    return int(CellState.NONE) if column.state is None else column.state(record)


def _spoken(column: Column[Any], record: Any) -> str:
    said = column.text(record) if column.spoken is None else column.spoken(record)
    return said or QCoreApplication.translate("ColumnTable", "{column} blank").format(column=column.header()).strip()


def _caption(column: Column[Any], record: Any) -> str | None:
    return None if column.caption is None else column.caption(record)


def _tooltip(column: Column[Any], record: Any) -> str | None:
    return None if column.tooltip is None else column.tooltip(record)


_MAKERS: dict[int, Callable[[Column[Any], Any], Any]] = {
    int(Qt.ItemDataRole.DisplayRole): _text,
    int(Qt.ItemDataRole.EditRole): _text,
    int(Qt.ItemDataRole.ToolTipRole): _tooltip,
    int(Qt.ItemDataRole.AccessibleTextRole): _spoken,
    RECORD_ROLE: _record,
    STATE_ROLE: _state,
    CAPTION_ROLE: _caption,
}
