"""How a record type is declared: one class, read once into a frozen description both ends use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar, Final

from sync.records.field import CODED, Field
from sync.records.ids import keyed_id
from sync.records.roles import DataClass, Partition, Role, TwoEditors

ROUTES: Final = ("@class", "@classes", "@lesson", "@pupil", "@staff", "@box", "@grade")
"""Canonical names of what scopes are made of."""

Fields = Mapping[str, Any]


class Record:
    """Base of every record type. A subclass is data: class attributes and fields, never instantiated.

    TYPE: the name on the wire. KEY: fields whose values make the id, empty = UUIDv7. ROUTES: {canonical route: field
    that plays it}. WRITERS: roles that may write it. FOLLOWS: the field that names the type whose scopes, class and
    writers this record shares, for records about another record. AUTHOR: the field that names the only member of staff
    who may make and change it, of a type that is appended to. `scopes`, `allows` and `faults` are pure functions of
    their arguments.
    """

    TYPE: ClassVar[str]
    KEY: ClassVar[tuple[str, ...]] = ()
    ROUTES: ClassVar[Mapping[str, str]] = MappingProxyType({})
    DATA_CLASS: ClassVar[DataClass] = DataClass.II
    WRITERS: ClassVar[tuple[Role, ...]] = ()
    TWO_EDITORS: ClassVar[TwoEditors] = TwoEditors.UNIT
    PARTITION: ClassVar[Partition] = Partition.SCHOOL
    FOLLOWS: ClassVar[str] = ""
    AUTHOR: ClassVar[str] = ""

    @staticmethod
    def scopes(route: Fields) -> tuple[str, ...]:
        """The scopes of a record with these routes, by canonical name; unsorted, may repeat. Masters are for all."""
        del route
        return ("all",)

    @staticmethod
    def allows(role: Role, fields: Fields) -> bool:
        """Whether a holder of `role`, already among WRITERS, may write this very record."""
        del role, fields
        return True

    @staticmethod
    def faults(fields: Fields) -> tuple[str, ...]:
        """Names of the fields that together break a rule of the type itself; empty when the record is sound."""
        del fields
        return ()


@dataclass(frozen=True, slots=True)
class RecordType:
    """A record type as data.

    `units`: {first field: all its fields}; `unit_names`: {field: first field of its unit}. `fixed` are key and routing
    fields, which belong to no unit and have no version: the key never changes, routing only the server changes.
    """

    name: str
    key: tuple[str, ...]
    fields: Mapping[str, Field]
    units: Mapping[str, tuple[str, ...]]
    unit_names: Mapping[str, str]
    fixed: frozenset[str]
    routes: Mapping[str, str]
    data_class: DataClass
    writers: frozenset[Role]
    two_editors: TwoEditors
    partition: Partition
    follows: str
    author: str
    scope_names: Callable[[Fields], tuple[str, ...]]
    allows: Callable[[Role, Fields], bool]
    faults: Callable[[Fields], tuple[str, ...]]

    def unit_of(self, field: str) -> str:
        """The unit `field` belongs to. Raises KeyError for key, routing and unknown fields."""
        return self.unit_names[field]

    def id_for(self, partition: str, fields: Fields) -> str | None:
        """The id these fields must have in `partition`; None where ids are UUIDv7. KeyError when a part lacks."""
        return keyed_id(partition, self.name, *(fields[part] for part in self.key)) if self.key else None

    def route(self, fields: Fields) -> dict[str, Any]:
        """What the record's scopes are made of, by canonical route name; absent ones left out."""
        return {name: fields[field] for name, field in self.routes.items() if fields.get(field) is not None}

    @property
    def parents(self) -> Mapping[str, str]:
        """{field: type} of the records of the same school that must exist before this one."""
        return {
            name: field.kind.target
            for name, field in self.fields.items()
            if field.kind.name == "ref" and field.kind.target not in CODED and (field.required or name in self.key)
        }


def describe(declared: type[Record]) -> RecordType:
    """The description of a declared type. Raises ValueError when the declaration does not hold together."""
    fields = {_wire_name(name): value for name, value in vars(declared).items() if isinstance(value, Field)}
    fixed = frozenset(declared.KEY) | frozenset(declared.ROUTES.values())
    units: dict[str, tuple[str, ...]] = {}
    for name, field in fields.items():
        if name not in fixed:
            first = field.unit or name
            units[first] = (*units.get(first, ()), name)
    _sound(declared, fields, units)
    return RecordType(
        name=declared.TYPE,
        key=declared.KEY,
        fields=MappingProxyType(fields),
        units=MappingProxyType(units),
        unit_names=MappingProxyType({name: first for first, names in units.items() for name in names}),
        fixed=fixed,
        routes=MappingProxyType(dict(declared.ROUTES)),
        data_class=declared.DATA_CLASS,
        writers=frozenset(declared.WRITERS),
        two_editors=declared.TWO_EDITORS,
        partition=declared.PARTITION,
        follows=declared.FOLLOWS,
        author=declared.AUTHOR,
        scope_names=declared.scopes,
        allows=declared.allows,
        faults=declared.faults,
    )


def _wire_name(attribute: str) -> str:
    """`at_class` is the routing field `@class`; `class_`, `from_` and their like escape Python's own words."""
    name = attribute.removesuffix("_")
    return "@" + name.removeprefix("at_") if name.startswith("at_") else name


def _sound(declared: type[Record], fields: Mapping[str, Field], units: Mapping[str, tuple[str, ...]]) -> None:
    unknown = [name for name in (*declared.KEY, *declared.ROUTES.values()) if name not in fields]
    unknown += [name for name in declared.ROUTES if name not in ROUTES]
    unknown += [first for first, members in units.items() if members[0] != first]
    fixed = {*declared.KEY, *declared.ROUTES.values()}
    if (declared.AUTHOR in fixed) is not (declared.TWO_EDITORS is TwoEditors.APPEND):
        unknown.append("AUTHOR")
    if unknown:
        raise ValueError(f"{declared.TYPE}: {unknown}")
