"""Every record type, by name; what both ends look up. Adding a type is one class in its group and its words."""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType, ModuleType
from typing import Any, Final

from sync.protocol.version import Schema
from sync.records import assessment, attendance, calendar, conflict, late_edit, masters, messages, pupils, staff, texts
from sync.records.record import Fields, Record, RecordType, describe
from sync.records.roles import DataClass, Role

NUMBER: Final = Schema(1, 5)
"""Raised by every change of the registry; inside a major it only grows."""

GROUPS: Final[tuple[ModuleType, ...]] = (
    masters,
    calendar,
    staff,
    pupils,
    attendance,
    assessment,
    texts,
    messages,
    conflict,
    late_edit,
)


def _declared() -> Iterator[RecordType]:
    for group in GROUPS:
        for item in vars(group).values():
            if isinstance(item, type) and issubclass(item, Record) and item.__dict__.get("TYPE") and _own(item, group):
                yield describe(item)


def _own(item: type[Record], group: ModuleType) -> bool:
    return item.__module__ == group.__name__


TYPES: Final[Mapping[str, RecordType]] = MappingProxyType({type_.name: type_ for type_ in _declared()})


def followed(type_: RecordType, fields: Fields) -> RecordType:
    """The type whose scopes, class and writers a record has: its target's where it follows one. KeyError if unknown."""
    return TYPES[fields[type_.follows]] if type_.follows else type_


def scopes_of(type_: RecordType, fields: Fields) -> tuple[str, ...]:
    """A record's scopes, sorted, each once. Raises KeyError when a routing field they hang on is missing."""
    return tuple(sorted(set(followed(type_, fields).scope_names(type_.route(fields)))))


def data_class_of(type_: RecordType, fields: Fields) -> DataClass:
    """A record's importance class."""
    return followed(type_, fields).data_class


def may_write(type_: RecordType, role: Role, fields: Fields) -> bool:
    """Whether a grant of `role` lets its holder write this record, scopes and days apart."""
    return role in type_.writers and type_.allows(role, fields)


def opens(rights: Mapping[str, Collection[str]], type_: RecordType, fields: Fields) -> bool:
    """Whether a record in this state can be written with these rights. rights: {scope: roles that write there}."""
    meant = followed(type_, fields)
    return any(
        may_write(meant, Role(role), fields)
        for scope in meant.scope_names(type_.route(fields))
        for role in rights.get(scope, ())
    )


def faults_of_new(type_: RecordType, fields: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the fields that make a new record unsound: unknown, missing, of wrong form, or against its own rule."""
    wrong = [name for name, value in fields.items() if not _sound(type_, name, value)]
    wrong += [name for name, field in type_.fields.items() if field.required and fields.get(name) is None]
    return tuple(wrong) or type_.faults(fields)


def faults_of_patch(type_: RecordType, after: Fields, changed: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the fields that make a change unsound. `after` is the record as it would be.

    A required field may be cleared later (domain.md 15.1 rule 6); key and routing fields never change; units come
    whole.
    """
    fixed = type_.fixed
    wrong = [name for name, value in changed.items() if name in fixed or not _sound(type_, name, value)]
    if wrong:
        return tuple(wrong)
    units = {type_.unit_of(name) for name in changed}
    missing = [name for unit in units for name in type_.units[unit] if name not in changed]
    return tuple(missing) or type_.faults(after)


def _sound(type_: RecordType, name: str, value: Any) -> bool:
    field = type_.fields.get(name)
    return field is not None and (value is None or field.kind.check(value))
