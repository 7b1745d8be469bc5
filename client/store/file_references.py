"""Which attached files the store still speaks of."""

from collections.abc import Iterable
from re import compile as pattern
from typing import Final

from client.store.database import Connection
from client.store.schema import quoted
from sync.records.blobs import HOLDING

_SHOWN: Final = (
    *((type_, name) for type_, names in HOLDING.items() for name in names),
    *(("underlay", "fields"), ("underlay", "last"), ("outbox", "item"), ("not_accepted", "item")),
)
"""Tables and columns in which a file is referred to that may be seen, or is to be sent."""
_KEPT: Final = (("accepted", "item"), ("undo", "again"))
_HASH: Final = pattern(r'"sha256":"([0-9a-f]{64})"')


def shown(connection: Connection) -> frozenset[str]:
    """Hashes of the files that records shown here refer to, and edits that wait or were not accepted."""
    return _hashes(connection, _SHOWN)


def mentioned(connection: Connection) -> frozenset[str]:
    """Those that something kept here may bring back: what was sent lately, and what can be done again."""
    return _hashes(connection, _KEPT)


def _hashes(connection: Connection, sources: Iterable[tuple[str, str]]) -> frozenset[str]:
    found: set[str] = set()
    for table, column in sources:
        sql = f"SELECT {quoted(column)} FROM {quoted(table)} WHERE instr({quoted(column)}, '\"sha256\"')"  # noqa: S608
        for (text,) in connection.execute(sql):
            found.update(_HASH.findall(text))
    return frozenset(found)
