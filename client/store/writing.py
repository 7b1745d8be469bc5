"""A writing connection with what is remembered between its statements: scope sets, and what a commit will change."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import orjson
from sqlcipher3 import dbapi2

from client.store.database import Connection
from sync.engine.rebase import Op

OUTBOX = "outbox"
"""Stands among the changed types for all that waits, was answered or was refused."""


_OPS_MAX = 2_000
"""Waiting groups kept read at a time."""


def former(partition: str) -> str:
    """The partition under which rows stay in sight while their scopes are loaded anew (`client.store.former`)."""
    return f"{partition} former"


def ops_of(item: str) -> list[Op]:
    """The ops in a group as it is stored."""
    return orjson.loads(item)["group"]["ops"]


class Writing:
    """The writing connection; used in the writer thread alone. partition: the school's id."""

    def __init__(self, connection: Connection, school: str) -> None:
        self.connection = connection
        self.school = school
        self.dirty = True
        self._lasting = True
        self._changed: set[str] = set()
        self._sets: dict[tuple[str, tuple[str, ...]], int] = {}
        self._members: dict[int, tuple[str, tuple[str, ...]]] = {}
        self._granted: dict[str, frozenset[str]] = {}
        self._held: dict[int, bool] = {}
        self._ops: dict[int, dict[tuple[str, str], Op]] = {}
        self._buried: set[str] | None = None
        self._waits: bool | None = None
        self.newest: tuple[int, str] | None = None
        """The last group's number and the chain there, once it is known."""
        self.regrouped: dict[int, tuple[str, str]] = {}
        """Kind and exact text of the groups that were put into the outbox, or changed there, since the last commit."""
        self.became = False
        """Whether the store has become another device since the last commit."""
        self.set_back = False
        """Whether it has heard since the last commit that the school was set back to an earlier point."""

    def begin(self, *, lasting: bool) -> None:
        """Begin a transaction. lasting: its commit waits for the disk.

        One that stores what the server would tell again need not: a power cut may take it back, whole, and the next
        round brings it again. The next lasting commit puts it on the disk too, for both lie in one log.
        """
        if lasting is not self._lasting:
            self.connection.execute(f"PRAGMA synchronous = {'FULL' if lasting else 'NORMAL'}")
            self._lasting = lasting
        self.connection.execute("BEGIN IMMEDIATE")

    def run(self, sql: str, *parameters: Any) -> list[Any]:
        """Rows of one statement."""
        return self.connection.execute(sql, parameters).fetchall()

    def change(self, types: Iterable[str]) -> None:
        """Say that records of these types will look different after the commit."""
        self._changed.update(types)

    def changed(self) -> frozenset[str]:
        """What was committed just now."""
        self.dirty = True
        found = frozenset(self._changed)
        self._changed.clear()
        return found

    def forget(self) -> None:
        """Forget what a rolled back transaction may have made untrue."""
        self._changed.clear()
        self._sets.clear()
        self._members.clear()
        self._ops.clear()
        self._buried = self._waits = self.newest = None
        self.regrouped, self.became, self.set_back = {}, False, False
        self.regranted()

    def renumbered(self) -> None:
        """Forget which sets of scopes have which numbers."""
        self._sets.clear()
        self._members.clear()
        self._held.clear()

    def regranted(self) -> None:
        """Forget which scopes are granted."""
        self._granted.clear()
        self._held.clear()

    def granted(self, partition: str) -> frozenset[str]:
        """Names of the scopes of a partition whose rows may be here: live, or being loaded.

        One that is only granted keeps no row that came with another: its load would not take it away again.
        """
        if partition not in self._granted:
            rows = self.run("SELECT name FROM scope WHERE partition = ? AND state <> 'none'", partition)
            self._granted[partition] = frozenset(name for (name,) in rows)
        return self._granted[partition]

    def scope_set(self, partition: str, names: Iterable[str]) -> int:
        """The number of a set of scopes."""
        key = (partition, tuple(sorted(names)))
        if key not in self._sets:
            text = orjson.dumps(key[1]).decode()
            found = self.run("SELECT n FROM scope_set WHERE partition = ? AND names = ?", partition, text)
            if not found:
                self.run("INSERT INTO scope_set (partition, names) VALUES (?, ?)", partition, text)
                found = self.run("SELECT last_insert_rowid()")
            self._sets[key] = found[0][0]
        return self._sets[key]

    def home(self, names: Iterable[str]) -> int:
        """The set of scopes under which a record of the school is shown that only this store knows yet."""
        number = self.scope_set(self.school, names)
        aside = former(self.school)
        if self.holds(number) or not self.granted(aside):
            return number
        kept = self.scope_set(aside, names)
        return kept if self.holds(kept) else number

    def meet(self, partition: str, sets: Iterable[Iterable[str]]) -> None:
        """Look up, or number, all sets of scopes of a page at once: a school has hundreds."""
        keys = {(partition, tuple(sorted(names))) for names in sets}
        texts = {orjson.dumps(key[1]).decode(): key for key in keys if key not in self._sets}
        among = orjson.dumps(list(texts)).decode()
        self.run(
            "INSERT OR IGNORE INTO scope_set (partition, names) SELECT ?, value FROM json_each(?)", partition, among
        )
        found = "SELECT names, n FROM scope_set WHERE partition = ? AND names IN (SELECT value FROM json_each(?))"
        for text, number in self.run(found, partition, among):
            key = texts[text]
            self._sets[key], self._members[number] = number, key

    def scopes(self, number: int) -> tuple[str, tuple[str, ...]]:
        """Partition and names of a set of scopes."""
        if number not in self._members:
            ((partition, text),) = self.run("SELECT partition, names FROM scope_set WHERE n = ?", number)
            self._members[number] = (partition, tuple(orjson.loads(text)))
        return self._members[number]

    def holds(self, number: int) -> bool:
        """Whether at least one scope of the set is granted: only then may its rows be here."""
        if number not in self._held:
            partition, names = self.scopes(number)
            self._held[number] = not self.granted(partition).isdisjoint(names)
        return self._held[number]

    def op(self, q: int, record: tuple[str, str]) -> Op | None:
        """What a waiting group does to a record; None when it does nothing to it itself."""
        if q not in self._ops:
            found = self.run("SELECT item FROM outbox WHERE q = ?", q)
            if len(self._ops) >= _OPS_MAX:
                self._ops.clear()
            self._ops[q] = {(op["type"], op["id"]): op for op in ops_of(found[0][0])} if found else {}
        return self._ops[q].get(record)

    def remember(self, q: int, ops: list[Op]) -> None:
        """What a group does that has just been written."""
        self._ops[q] = {(op["type"], op["id"]): op for op in ops}

    def buried(self, type_: str) -> bool:
        """Whether a deletion of a record of this type is known; of most types there is none."""
        if self._buried is None:
            self._buried = {name for (name,) in self.run("SELECT DISTINCT type FROM tombstone")}
        return type_ in self._buried

    def bury(self, types: Iterable[str]) -> None:
        """Deletions of records of these types are known from now on."""
        if self._buried is not None:
            self._buried.update(types)

    def forget_graves(self) -> None:
        """Forget which types have deletions known."""
        self._buried = None

    def waits(self) -> bool:
        """Whether edits may wait for any record at all."""
        if self._waits is None:
            self._waits = bool(self.run("SELECT 1 FROM underlay LIMIT 1"))
        return self._waits

    def lay(self) -> None:
        """Edits wait from now on."""
        self._waits = True

    def reopened(self, q: int) -> None:
        """Forget what was read of a group that has changed."""
        self._ops.pop(q, None)

    def log_pages(self) -> int:
        """Pages in the write-ahead log that are not in the file yet."""
        ((_, pages, moved),) = self.run("PRAGMA wal_checkpoint(NOOP)")
        return pages - moved

    def checkpoint(self) -> None:
        """Carry the write-ahead log over into the file, as far as nobody reads from it; it is written from its start
        again.
        """
        self.run("PRAGMA wal_checkpoint(PASSIVE)")

    def empty_log(self) -> bool:
        """Carry all of the write-ahead log over into the file, and leave nothing of it; False while somebody reads."""
        ((busy, _, _),) = self.run("PRAGMA wal_checkpoint(TRUNCATE)")
        self.dirty = False
        return not busy

    def close(self) -> None:
        """Empty the write-ahead log as far as the disk lets it, and close; the next opening reads what stays in it."""
        with suppress(dbapi2.Error):
            self.empty_log()
        self.connection.close()
