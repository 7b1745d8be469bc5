"""Scopes, sets of scopes and layouts by small numbers, per school: only ever added to, so that they may be cached."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import orjson
from sqlalchemy import Connection, bindparam, insert, select

from sync.records.record import RecordType
from sync.server.storage.intset import int_set, members
from sync.server.storage.partitions import Partition
from sync.server.storage.tables import layout, scope, scope_set

_SCOPES: Final = (
    select(scope.c.n, scope.c.name)
    .where(scope.c.school == bindparam("school"), scope.c.n > bindparam("above"))
    .order_by(scope.c.n)
)
_SETS: Final = (
    select(scope_set.c.n, scope_set.c.scopes)
    .where(scope_set.c.school == bindparam("school"), scope_set.c.n > bindparam("above"))
    .order_by(scope_set.c.n)
)
_LAYOUTS: Final = (
    select(layout.c.n, layout.c.type, layout.c.columns)
    .where(layout.c.school == bindparam("school"), layout.c.n > bindparam("above"))
    .order_by(layout.c.n)
)


_SCHOOLS_MAX: Final = 2_000
"""Schools whose names one process remembers; 30 to 150 kB each."""


@dataclass(frozen=True, slots=True)
class Layout:
    """In which order a record's fields are kept."""

    type: str
    columns: tuple[str, ...]


@dataclass(slots=True)
class Names:
    """The numbered scopes, scope sets and layouts of one school. Numbers count from 1.

    A transaction works on a copy (`draft`) and adds to it; the copy is remembered only after the commit.
    """

    epoch: str
    scopes: list[str] = field(default_factory=list[str])
    sets: list[str] = field(default_factory=list[str])
    layouts: list[Layout] = field(default_factory=list[Layout])
    scope_numbers: dict[str, int] = field(default_factory=dict[str, int])
    set_numbers: dict[tuple[str, ...], int] = field(default_factory=dict[tuple[str, ...], int])
    layout_numbers: dict[Layout, int] = field(default_factory=dict[Layout, int])
    current: dict[str, int] = field(default_factory=dict[str, int])

    def draft(self) -> "Names":
        """A copy to add to."""
        return Names(
            self.epoch,
            self.scopes.copy(),
            self.sets.copy(),
            self.layouts.copy(),
            self.scope_numbers.copy(),
            self.set_numbers.copy(),
            self.layout_numbers.copy(),
            self.current.copy(),
        )

    def set_number(self, names: tuple[str, ...]) -> int:
        """The number of a set of scopes, sorted names; a new one if need be."""
        number = self.set_numbers.get(names)
        if number is None:
            self.sets.append(int_set(map(self.scope_number, names)))
            number = self.set_numbers[names] = len(self.sets)
        return number

    def scope_number(self, name: str) -> int:
        """The number of a scope, a new one if need be."""
        number = self.scope_numbers.get(name)
        if number is None:
            self.scopes.append(name)
            number = self.scope_numbers[name] = len(self.scopes)
        return number

    def names_of(self, scopes: str) -> tuple[str, ...]:
        """The names in a set's text form, sorted."""
        return tuple(sorted(self.scopes[number - 1] for number in members(scopes)))

    def sets_with(self, scopes: Container[int]) -> list[int]:
        """Numbers of the sets that have any of these scopes in them, ascending."""
        return [n for n, text in enumerate(self.sets, 1) if any(number in scopes for number in members(text))]

    def pack(self, type_: RecordType, fields: Mapping[str, Any]) -> tuple[int, str]:
        """A record's layout number and its fields as kept: the inside of a JSON array, null for what is missing."""
        number = self.current.get(type_.name)
        if number is None:
            number = self.current[type_.name] = self._number(Layout(type_.name, tuple(type_.fields)))
        columns = self.layouts[number - 1].columns
        if not fields.keys() <= type_.fields.keys():
            extra = tuple(sorted(name for name in fields if name not in type_.fields))
            number = self._number(Layout(type_.name, (*type_.fields, *extra)))
            columns = self.layouts[number - 1].columns
        return number, orjson.dumps([fields.get(name) for name in columns])[1:-1].decode()

    def unpack(self, number: int, data: str) -> dict[str, Any]:
        """The fields of a kept record, nulls left out."""
        values = orjson.loads(f"[{data}]")
        return {
            name: value
            for name, value in zip(self.layouts[number - 1].columns, values, strict=True)
            if value is not None
        }

    def _number(self, wanted: Layout) -> int:
        number = self.layout_numbers.get(wanted)
        if number is None:
            self.layouts.append(wanted)
            number = self.layout_numbers[wanted] = len(self.layouts)
        return number


class NameCache:
    """What this process remembers of schools' names; safe for threads, for a remembered copy never changes.

    most: how many schools; at one more it starts afresh.
    """

    def __init__(self, most: int = _SCHOOLS_MAX) -> None:
        self._most = most
        self._schools: dict[str, Names] = {}

    def read(self, connection: Connection, partition: Partition) -> Names:
        """The names as this transaction sees them."""
        known = self._schools.get(partition.school)
        if known is not None and _fits(known, partition):
            return known
        names = known.draft() if known is not None and _grew(known, partition) else Names(partition.epoch)
        for number, name in connection.execute(_SCOPES, {"school": partition.school, "above": len(names.scopes)}):
            assert names.scope_number(name) == number
        for number, scopes in connection.execute(_SETS, {"school": partition.school, "above": len(names.sets)}):
            names.sets.append(scopes)
            names.set_numbers[names.names_of(scopes)] = number
        for number, type_, columns in connection.execute(
            _LAYOUTS, {"school": partition.school, "above": len(names.layouts)}
        ):
            item = Layout(type_, tuple(orjson.loads(columns)))
            names.layouts.append(item)
            names.layout_numbers[item] = number
        self.remember(partition.school, names)
        return names

    def remember(self, school: str, names: Names) -> None:
        """Keep what was read, or what a transaction added; that only after its commit."""
        if len(self._schools) >= self._most and school not in self._schools:
            self._schools.clear()
        self._schools[school] = names


def added(before: Names, after: Names, school: str) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    """The statements and rows that store what `after` has more than `before`."""
    first = len(before.scopes)
    rows = [{"school": school, "n": first + i + 1, "name": name} for i, name in enumerate(after.scopes[first:])]
    if rows:
        yield insert(scope), rows
    first = len(before.sets)
    rows = [{"school": school, "n": first + i + 1, "scopes": text} for i, text in enumerate(after.sets[first:])]
    if rows:
        yield insert(scope_set), rows
    first = len(before.layouts)
    rows = [
        {"school": school, "n": first + i + 1, "type": item.type, "columns": orjson.dumps(item.columns).decode()}
        for i, item in enumerate(after.layouts[first:])
    ]
    if rows:
        yield insert(layout), rows


def _fits(known: Names, partition: Partition) -> bool:
    """Whether what is remembered is enough. More than enough is fine: a number once given never means another thing."""
    return known.epoch == partition.epoch and all(a >= b for a, b in zip(_sizes(known), _told(partition), strict=True))


def _grew(known: Names, partition: Partition) -> bool:
    return known.epoch == partition.epoch and all(a <= b for a, b in zip(_sizes(known), _told(partition), strict=True))


def _sizes(known: Names) -> tuple[int, int, int]:
    return len(known.scopes), len(known.sets), len(known.layouts)


def _told(partition: Partition) -> tuple[int, int, int]:
    return partition.scope_n, partition.set_n, partition.layout_n
