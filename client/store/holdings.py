"""What of the school lies in a store, and what somebody puts away from it and wants back later.

What is put away goes as if its grant had ended, but the school is only asked to send nothing of it for now.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Final

import orjson

from client.store import file_upkeep
from client.store.database import Connection
from client.store.errors import StillWaiting
from client.store.partitions import forget_pages, without_live
from client.store.purge import purge
from client.store.readers import Readers
from client.store.schema import quoted, table
from client.store.writer import Writer
from client.store.writing import Writing, former
from sync.records.registry import TYPES

_SETS: Final = "SELECT n, names FROM scope_set WHERE partition IN (?, ?)"
_LIVE: Final = "SELECT name FROM scope WHERE partition = ? AND state = 'live'"
_AWAY: Final = "SELECT name FROM away WHERE partition = ?"


class Holdings:
    """What lies in the store in `folder` of the partition `school`."""

    def __init__(self, writer: Writer, readers: Readers, school: str, folder: Path) -> None:
        self._writer, self._readers, self._school, self._folder = writer, readers, school, folder

    def counts(self) -> Mapping[tuple[str, ...], int]:
        """{all the scopes of a record: how many such records lie here}. Raises StoreDamaged."""
        return self._readers.ask(lambda connection: _counts(connection, self._school))

    def away(self) -> frozenset[str]:
        """Scopes that are granted and were put away. Raises StoreDamaged."""
        return self._readers.ask(lambda connection: frozenset(n for (n,) in connection.execute(_AWAY, (self._school,))))

    @property
    def size(self) -> int:
        """Bytes of the encrypted files."""
        return sum(path.stat().st_size for path in self._folder.glob("store.db*"))

    def put_away(self, scopes: Iterable[str]) -> None:
        """Take what is complete of these scopes away from here, until `bring_back`; what is in others as well stays.

        Not for scopes people write to without having seen them, as those of the whole school: an edit of what is not
        here is saved and sent, but not shown. The records are out of sight when this returns; no byte of them is left
        after the next round, with or without a network. What was sent of them cannot be told again to a server that is
        set back. Raises StillWaiting while anything waits to be sent, and what an edit may raise: nothing is away then.
        """
        names = list(scopes)
        self._writer.edit(lambda writing: _put_away(writing, self._school, names)).result()

    def bring_back(self, scopes: Iterable[str]) -> None:
        """Have these scopes loaded again by the next rounds. Raises what an edit may raise."""
        names = list(scopes)
        self._writer.edit(lambda writing: _bring_back(writing, self._school, names)).result()


def _counts(connection: Connection, school: str) -> dict[tuple[str, ...], int]:
    sets = connection.execute(_SETS, (school, former(school)))
    names: dict[int, tuple[str, ...]] = {n: tuple(orjson.loads(text)) for n, text in sets}
    found: Counter[tuple[str, ...]] = Counter()
    for type_ in filter(table, TYPES):
        sql = f"SELECT scope_set, count(*) FROM {quoted(type_)} GROUP BY 1"  # noqa: S608  names from the registry
        for number, count in connection.execute(sql):
            if number in names:
                found[names[number]] += count
    return dict(found)


def _put_away(writing: Writing, school: str, wanted: Collection[str]) -> None:
    ((waiting,),) = writing.run("SELECT count(*) FROM outbox")
    if waiting:
        raise StillWaiting(count=waiting)
    names = [name for (name,) in writing.run(_LIVE, school) if name in wanted]
    rows = [(school, name) for name in names]
    writing.connection.executemany("INSERT OR IGNORE INTO away VALUES (?, ?)", rows)
    for name in names:
        writing.run("DELETE FROM scope WHERE partition IN (?, ?) AND name = ?", school, former(school), name)
    writing.regranted()
    files = file_upkeep.before_purge(writing)
    purge(writing, school, for_good=True)
    file_upkeep.purge(writing, files)
    forget_pages(writing, school)
    without_live(writing, school)
    writing.change(["grant"])


def _bring_back(writing: Writing, school: str, wanted: Collection[str]) -> None:
    names = [name for (name,) in writing.run(_AWAY, school) if name in wanted]
    for name in names:
        writing.run("DELETE FROM away WHERE partition = ? AND name = ?", school, name)
        writing.run("INSERT OR IGNORE INTO scope VALUES (?, ?, 'none', NULL)", school, name)
    writing.regranted()
    forget_pages(writing, school)
    writing.change(["grant"])
