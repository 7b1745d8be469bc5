"""All tables of a package, with what was taken from the same sender before: what checks across files look at."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import MappingProxyType

from sync.server.roster.layout import LAYOUTS
from sync.server.roster.manifest import Manifest, Mode
from sync.server.roster.table import Row, Table

Earlier = Mapping[str, AbstractSet[str]]
"""sourcedIds taken earlier from this sender and not deleted since, by file name without `.csv`."""

NONE_EARLIER: Earlier = MappingProxyType({})
_NO_IDS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sent:
    """One package as sent. `tables`: the files that could be read, by name without `.csv`."""

    manifest: Manifest
    tables: Mapping[str, Table]
    earlier: Earlier

    def rows(self, name: str) -> Iterator[tuple[Table, Row]]:
        """Yield the rows of a file that stay, each with its table; none if the file was not sent."""
        for table, row in self.all_rows(name):
            if not row.is_deletion:
                yield table, row

    def all_rows(self, name: str) -> Iterator[tuple[Table, Row]]:
        """Yield the rows of a file, deletions included."""
        table = self.tables.get(name)
        if table is not None:
            yield from ((table, row) for row in table.rows)

    def ids(self, name: str) -> AbstractSet[str] | None:
        """Return the sourcedIds one may refer to in a file, or None when nothing can be said about them.

        A whole (bulk) file stands alone; a delta, or a file left out of one, stands on what was taken earlier. None:
        the file was sent but could not be read, or is optional and was not sent.
        """
        table = self.tables.get(name)
        mode = self.manifest.mode(name)
        if table is None and (mode is not Mode.ABSENT or not LAYOUTS[name].needed):
            return None
        present = {row.id for _, row in self.rows(name)} | (table.dropped if table else _NO_IDS)
        if mode is Mode.BULK:
            return present
        gone = {row.id for _, row in self.all_rows(name) if row.is_deletion}
        return (self.earlier.get(name, _NO_IDS) - gone) | present
