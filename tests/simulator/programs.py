"""Several programs in one process: one device begins the day with a release that knows less (I12), another keeps little
of what grows (I15).
"""

import gc
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Final

from client.store import overlay, schema, sync_log, undo
from client.workspace import Edit, Put
from sync.protocol.version import Schema
from sync.records.record import RecordType
from sync.records.registry import NUMBER, TYPES

ALL: Final[Mapping[str, RecordType]] = dict(TYPES)
_INDEXES: Final = dict(schema.INDEXES)
_LOG: Final[int] = vars(sync_log)["_LOG_MAX"]
_CACHES: Final = (schema.table, schema.read_sql, schema.put_sql, overlay._show_sql)


def _held(view: Mapping[str, Any]) -> dict[str, Any]:
    """The dictionary behind a read-only view of it, which every module has imported."""
    (held,) = gc.get_referents(view)
    assert isinstance(held, dict)
    return held


def _without(type_: RecordType, lacking: Iterable[str]) -> RecordType:
    """A type as it was before these fields, each a unit of its own, were added."""
    fewer = set(lacking)
    assert all(type_.units[name] == (name,) for name in fewer), "a unit comes and goes as a whole"
    return replace(
        type_,
        fields={name: each for name, each in type_.fields.items() if name not in fewer},
        units={name: names for name, names in type_.units.items() if name not in fewer},
        unit_names={name: unit for name, unit in type_.unit_names.items() if name not in fewer},
    )


@dataclass(frozen=True, slots=True)
class Program:
    """A release of the client. lacking: fields it does not know, by type; types: those it does not know at all.

    undo, log: so many steps of a screen, and so many lines of what happened in sync, it keeps.
    """

    number: Schema
    lacking: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    types: frozenset[str] = frozenset()
    undo: int = undo.DEPTH
    log: int = _LOG

    def registry(self) -> dict[str, RecordType]:
        """The record types as this release has them."""
        known = {name: type_ for name, type_ in ALL.items() if name not in self.types}
        return known | {name: _without(ALL[name], fields) for name, fields in self.lacking.items()}

    def knows(self, type_: str, name: str) -> bool:
        """Whether it has this field of that type."""
        return type_ not in self.types and name not in self.lacking.get(type_, ())

    def offers(self, edits: Iterable[Edit]) -> bool:
        """Whether its screens have what these edits write."""
        puts = [edit for edit in edits if isinstance(edit, Put)]
        return all(self.knows(put.type, name) for put in puts for name in put.fields)


NEW: Final = Program(NUMBER)
OLD: Final = Program(
    Schema(NUMBER.major, NUMBER.minor - 1), {"score": frozenset({"note"})}, frozenset({"viewpoint_grade"})
)
SPARING: Final = replace(NEW, undo=3, log=2)
"""The newest, which keeps so little that a day comes to the end of it."""
_REGISTRIES: Final = {program.number: program.registry() for program in (NEW, OLD)}


@dataclass(slots=True)
class _Now:
    """Which program's registry is in force, and for which the client's statements were made."""

    program: Program = NEW
    client: Program = NEW


_now = _Now()


@contextmanager
def serving() -> Generator[None]:
    """The server, which knows everything, is at work in place of a client."""
    with _in_force(NEW):
        yield


@contextmanager
def running(program: Program) -> Generator[None]:
    """A client of this release is at work. Its own thread works only while it is waited for."""
    with _in_force(program):
        before = _now.client
        _client(program)
        try:
            yield
        finally:
            _client(before)


@contextmanager
def _in_force(program: Program) -> Generator[None]:
    before = _now.program
    _take(program)
    try:
        yield
    finally:
        _take(before)


def _take(program: Program) -> None:
    if _now.program.number != program.number:
        types, indexes = _held(TYPES), _held(schema.INDEXES)
        types.clear()
        types.update(_REGISTRIES[program.number])
        indexes.clear()
        indexes.update({name: columns for name, columns in _INDEXES.items() if name not in program.types})
        _now.program = program


def _client(program: Program) -> None:
    if _now.client is not program:
        if _now.client.number != program.number:
            for remembered in _CACHES:
                remembered.cache_clear()
            vars(schema)["NUMBER"] = program.number
        vars(undo)["DEPTH"], vars(sync_log)["_LOG_MAX"] = program.undo, program.log
        _now.client = program
