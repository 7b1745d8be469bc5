"""Saying again what a restored server has lost: ops name versions and records it may never have heard of (I14).

A base of the lost time becomes the group of this device that made it, which is said again before it. A change of a
record that came in the lost time, made by somebody else, brings the record along: whoever is heard first makes it, and
whoever comes second meets it as any other change. Nothing of either is lost; where two meet, both values stay.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sync.engine.rebase import Ground, Op, units_of
from sync.records.conflict import WHOLE_RECORD
from sync.records.record import RecordType
from sync.records.registry import TYPES
from sync.records.roles import TwoEditors
from sync.records.versions import version_of

Key = tuple[str, str]
"""Type and id of a record."""


@dataclass(slots=True)
class Retelling:
    """Groups are told in the order of their numbers. cut: seq up to which the server still knows everything.

    young: {record: the fields it cannot be without} of records that came after the cut.
    """

    cut: int
    young: Mapping[Key, Mapping[str, Any]]
    _made: dict[tuple[Key, str, int], int] = field(default_factory=dict[tuple[Key, str, int], int])
    _brought: dict[Key, int] = field(default_factory=dict[Key, int])

    def told(self, q: int, ops: Sequence[Op], seq: int | None) -> list[Op]:
        """The ops of group `q` as they are to be said. seq: what it had made before the restore, None for nothing."""
        again = [self._again(q, op) for op in ops]
        for op in ops if seq is not None else ():
            key = (op["type"], op["id"])
            for unit in (*units_of(TYPES[op["type"]], op), WHOLE_RECORD):
                assert seq is not None
                self._made[key, unit, seq] = q
            if op["do"] == "create":
                self._brought.setdefault(key, q)
        return again

    def kept(self, q: int, ops: Iterable[Op]) -> None:
        """Group `q` is said as it was, for the server may know it: records it makes are there for those after it."""
        for op in ops:
            if op["do"] == "create":
                self._brought.setdefault((op["type"], op["id"]), q)

    def _again(self, q: int, op: Op) -> Op:
        key = (op["type"], op["id"])
        if op["do"] == "delete":
            return {**op, "base": self._base(key, WHOLE_RECORD, op["base"])}
        if op["do"] == "create":
            self._brought.setdefault(key, q)
            return op
        if key in self.young and key not in self._brought and op["set"]:
            self._brought[key] = q
            given = {name: value for name, value in {**self.young[key], **op["set"]}.items() if value is not None}
            return {**{name: value for name, value in op.items() if name != "base"}, "do": "create", "set": given}
        return {**op, "base": {unit: self._base(key, unit, base) for unit, base in op["base"].items()}}

    def _base(self, key: Key, unit: str, base: int | str) -> int | str:
        """A base as the server will understand it."""
        if isinstance(base, str) or base <= self.cut:
            return base
        q = self._made.get((key, unit, base)) or self._made.get((key, WHOLE_RECORD, base)) or self._brought.get(key)
        return f"q{q}" if q else base


def names_later(ops: Iterable[Op], cut: int) -> bool:
    """Whether ops stand on a version of the lost time: then no server that was set back has heard them before."""
    return any(isinstance(base, int) and base > cut for op in ops for base in _bases(op))


def _bases(op: Op) -> Iterable[int | str]:
    if op["do"] == "patch":
        return op["base"].values()
    return (op["base"],) if op["do"] == "delete" else ()


def young(type_: RecordType, ground: Ground, cut: int) -> Mapping[str, Any] | None:
    """The fields a record cannot be made without, when it came after the cut; None for an older one.

    None also for one that the server itself makes: it comes again with the edit it came of. A record all of whose
    units have changed since looks young too; making it again then changes nothing but its units.
    """
    if type_.two_editors is TwoEditors.SERVER or ground.fields is None:
        return None
    if min(_versions(type_, ground), default=ground.ver) <= cut:
        return None
    wanted = {*type_.fixed, *(name for name, each in type_.fields.items() if each.required)}
    return {name: value for name, value in ground.fields.items() if name in wanted}


def _versions(type_: RecordType, ground: Ground) -> Iterable[int]:
    return (version_of(ground.fv, ground.ver, unit) for unit in type_.units)
