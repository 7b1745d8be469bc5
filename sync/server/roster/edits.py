"""Collects what the records are to be, and turns the difference from what they are into ops."""

from collections import Counter
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from sync.protocol.messages import Create, Delete, Patch
from sync.records.ids import keyed_id
from sync.server.decide.world import Held, Key
from sync.server.roster.known import NO_ID, NO_RECORD, ORDER, Known, Source
from sync.server.roster.problem import Problem
from sync.server.roster.report import Changed

Op = Create | Patch | Delete


class Edits:
    """The changes of one import in the making. Nothing wanted twice differs; what stays as it is makes no op."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.problems: list[Problem] = []
        self.sources: dict[Source, str] = {}
        self.forgotten: set[Source] = set()
        self._wanted: dict[Key, dict[str, Any]] = {}
        self._removed: dict[Key, None] = {}

    def key(self, type_: str, *parts: object) -> str:
        """Return the id of a keyed record of this school."""
        return keyed_id(self.known.school, type_, *parts)

    def want(self, type_: str, id_: str, fields: Mapping[str, Any]) -> None:
        """Say what fields of a record are to be. None clears a field; a field not named stays as it is."""
        self._wanted.setdefault((type_, id_), {}).update(fields)
        self._removed.pop((type_, id_), None)

    def remove(self, type_: str, id_: str) -> None:
        """Say that a record is to go."""
        self._wanted.pop((type_, id_), None)
        self._removed[type_, id_] = None

    def is_touched(self, type_: str, id_: str) -> bool:
        """Tell whether anything has been said about a record."""
        return (type_, id_) in self._wanted or (type_, id_) in self._removed

    def get(self, type_: str, id_: str) -> Mapping[str, Any] | None:
        """Return a record as it is to be, None if it is not to be there."""
        key = (type_, id_)
        if key in self._removed:
            return None
        held, wanted = self.known.live(type_, id_), self._wanted.get(key)
        if held is None and wanted is None:
            return None
        return {**(held.fields if held else {}), **(wanted or {})}

    def all(self, type_: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield id and fields of every record of a type as it is to be."""
        ids = dict.fromkeys(id_ for id_, _ in self.known.all(type_))
        ids |= dict.fromkeys(id_ for name, id_ in self._wanted if name == type_)
        for id_ in ids:
            fields = self.get(type_, id_)
            if fields is not None:
                yield id_, fields

    def remember(self, kind: str, sourced_id: str, type_: str = NO_RECORD, id_: str = NO_ID) -> None:
        """Remember which record a row became; NO_RECORD for one that may only be referred to."""
        source = Source(kind, sourced_id, type_)
        if self.known.sources.get(source) != id_:
            self.sources[source] = id_
        self.forgotten.discard(source)
        self.sources.pop(source.gone(), None)
        if source.gone() in self.known.sources:
            self.forgotten.add(source.gone())

    def forget(self, kind: str, sourced_id: str) -> None:
        """Remember that the sender has deleted a row."""
        for source, id_ in self.known.sources.items():
            if source.is_live and source.sourced_id == sourced_id and source.kind.partition("/")[0] == kind:
                self.forgotten.add(source)
                self.sources[source.gone()] = id_

    def ops(self) -> tuple[Op, ...]:
        """Return the ops that make the records what they are to be, parents first, removals last."""
        keys = sorted(self._wanted, key=lambda key: ORDER.index(key[0]))
        made = [op for key in keys for op in self._ops(*key)]
        return (*made, *(op for key in self._removed for op in self._deletion(*key)))

    def changed(self) -> dict[str, Changed]:
        """Return how many records of each type change, and how many were looked at and stay."""
        counts: dict[str, Counter[str]] = {}
        for type_, id_ in self._wanted:
            did = self._ops(type_, id_)
            what = "unchanged" if not did else "created" if self.known.live(type_, id_) is None else "changed"
            counts.setdefault(type_, Counter())[what] += 1
        for type_, id_ in self._removed:
            counts.setdefault(type_, Counter())["deleted"] += len(self._deletion(type_, id_))
        return {type_: Changed(**counts[type_]) for type_ in ORDER if type_ in counts}

    def _ops(self, type_: str, id_: str) -> tuple[Op, ...]:
        wanted, held = self._wanted[type_, id_], self.known.live(type_, id_)
        if held is None:
            return (_creation(type_, id_, wanted),)
        differing = {name for name, value in wanted.items() if held.fields.get(name) != value}
        if not differing & held.type.fixed:  # key and routing never change by a patch: such a record is made anew
            return (_patch(held, wanted, differing),) if differing else ()
        return (*self._deletion(type_, id_), _creation(type_, id_, {**held.fields, **wanted}))

    def _deletion(self, type_: str, id_: str) -> tuple[Op, ...]:
        held = self.known.live(type_, id_)
        return () if held is None else (Delete(type=type_, id=id_, base=held.ver),)


def _creation(type_: str, id_: str, fields: Mapping[str, Any]) -> Create:
    return Create(type=type_, id=id_, set={name: value for name, value in fields.items() if value is not None})


def _patch(held: Held, wanted: Mapping[str, Any], differing: AbstractSet[str]) -> Patch:
    """The units in which a record differs, whole."""
    units = sorted({held.type.unit_of(name) for name in differing})
    after = {**held.fields, **wanted}
    changed = {name: after.get(name) for unit in units for name in held.type.units[unit]}
    return Patch(type=held.type.name, id=held.id, set=changed, base={unit: held.version(unit) for unit in units})
