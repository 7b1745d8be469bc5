"""Sorts a ColumnTable by the native values of its columns, blanks last."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel

from client.widgets.column_table import SORT_ROLE


class SortProxy(QSortFilterProxyModel):
    """Order by SORT_ROLE: numbers as numbers, readings as their keys; None after everything in ascending order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setSortRole(SORT_ROLE)

    def lessThan(
        self, source_left: QModelIndex | QPersistentModelIndex, source_right: QModelIndex | QPersistentModelIndex
    ) -> bool:
        left, right = source_left.data(SORT_ROLE), source_right.data(SORT_ROLE)
        if left is None or right is None:
            return left is not None and right is None
        return left < right
