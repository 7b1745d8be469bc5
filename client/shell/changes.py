"""News that records of some types changed: the one signal by which pages hear of each other's writes and of sync."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal


class Changes(QObject):
    """Who writes or receives says which record types changed; who shows one of them reads again."""

    changed = Signal(object)  # frozenset[str] of record type names

    def announce(self, types: Iterable[str]) -> None:
        """Say that records of these types changed. An empty set says nothing."""
        names = frozenset(types)
        if names:
            self.changed.emit(names)
