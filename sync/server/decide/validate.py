"""Whether an op is sound: known to the registry, its id made of its key, its routes true, its parents there."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Final, cast

from sync.protocol.messages import Create, Delete, Patch, Rejection
from sync.records.assessment import CourseGrade, highest_grade
from sync.records.conflict import Conflict
from sync.records.field import CODED
from sync.records.ids import keyed_id
from sync.records.record import RecordType
from sync.records.registry import TYPES, faults_of_new, faults_of_patch
from sync.records.roles import Partition
from sync.server.decide.world import Draft, Held, Key, Refused, Values

Op = Create | Patch | Delete

_DEEP: Final = 6
"""How deep a value may nest: a list of objects of lists is the deepest the registry knows."""
_V7: Final = "7"
_V7_AT: Final = 14


def type_of(op: Op) -> RecordType:
    """The type of the op's record. Raises Refused(schema_unknown) where this server does not know it."""
    type_ = TYPES.get(op.type)
    if type_ is None:
        raise Refused(Rejection.SCHEMA_UNKNOWN)
    if not isinstance(op, Delete):
        unknown = [name for name in op.set if name not in type_.fields]
        if unknown:
            raise Refused(Rejection.SCHEMA_UNKNOWN, *unknown)
    return type_


def new_fields(type_: RecordType, op: Create, partition: str) -> dict[str, Any]:
    """The fields of a new record, nulls left out. Raises Refused(invalid) for a fault of form, rule or id."""
    _plain(op.set)
    fields = {name: value for name, value in op.set.items() if value is not None}
    faults = faults_of_new(type_, fields)
    if faults:
        raise Refused(Rejection.INVALID, *faults)
    wanted = type_.id_for(partition, fields)
    if wanted != op.id if wanted is not None else op.id[_V7_AT] != _V7:
        raise Refused(Rejection.INVALID, "id")
    return fields


def patched_fields(held: Held, op: Patch) -> dict[str, Any]:
    """The record's fields if the patch were simply applied. Raises Refused(invalid) for a fault of form or rule."""
    _plain(op.set)
    after = {name: value for name, value in {**held.fields, **op.set}.items() if value is not None}
    try:
        faults = faults_of_patch(held.type, after, op.set)
    except KeyError as missing:  # a rule of the type looked for a field that the patch clears
        raise Refused(Rejection.INVALID, str(missing.args[0])) from None
    if faults:
        raise Refused(Rejection.INVALID, *faults)
    units = {held.type.unit_of(name) for name in op.set}
    if units != set(op.base):
        raise Refused(Rejection.INVALID, *sorted(units ^ set(op.base)))
    return after


def check_place(draft: Draft, type_: RecordType, fields: Values) -> None:
    """A new record's parents are there and its pupil belongs to the classes it is routed to.

    Raises Refused(parent_missing) or Refused(invalid).
    """
    missing = [name for name, keys in parents(draft.world.partition, type_, fields) if not _any_stands(draft, keys)]
    if missing:
        raise Refused(Rejection.PARENT_MISSING, *missing)


def check_routes(draft: Draft, type_: RecordType, fields: Values) -> None:
    """A client routes a pupil's record only to classes, groups and lessons of that pupil. Raises Refused(invalid)."""
    pupil = draft.get(("pupil", fields["pupil"])) if "pupil" in type_.fields else None
    if pupil is None:
        return
    own = pupil.fields["@classes"]
    wrong = [
        type_.routes[route]
        for route, value in type_.route(fields).items()
        if any(code not in own for code in _classes(route, value))
    ]
    if wrong:
        raise Refused(Rejection.INVALID, *wrong)


def check_period(draft: Draft, type_: RecordType, fields: Values) -> None:
    """A sealed year is read only for ever (R21). Raises Refused(period_closed)."""
    if draft.world.sealed and not draft.world.sealed.isdisjoint(years(type_, fields)):
        raise Refused(Rejection.PERIOD_CLOSED)


def check_grade(draft: Draft, type_: RecordType, fields: Values) -> None:
    """A 評定 is one of those there are in the grades of the record's class (R08, R10). Raises Refused(invalid)."""
    if type_.name != CourseGrade.TYPE or fields.get("value") is None:
        return
    for key in _of_code(draft.world.partition, "class", fields["@class"]):
        held = draft.get(key)
        if held is not None and key[0] == "class" and fields["value"] > highest_grade(held.fields["grades"]):
            raise Refused(Rejection.INVALID, "value")


def ruled_by(partition: str, op: Op, held: Held) -> Iterator[Key]:
    """Keys of the records a rule looks at when this op changes a record that is there."""
    if held.type.name == CourseGrade.TYPE and isinstance(op, Patch) and op.set.get("value") is not None:
        yield from _of_code(partition, "class", held.fields["@class"])
    if held.type.name == Conflict.TYPE:
        yield (held.fields["target_type"], held.fields["target"])


def wanted(partition: str, op: Op) -> Iterator[Key]:
    """Keys of all records one op's decision may look at, as far as the op itself tells."""
    yield (op.type, op.id)
    for conflict in op.resolves:
        yield ("conflict", conflict)
    if isinstance(op, Create) and op.type in TYPES:
        for _, choices in parents(partition, TYPES[op.type], op.set):
            yield from choices


def years(type_: RecordType, fields: Values) -> Iterator[str]:
    """The school years a record belongs to, read from the codes of its term, classes and lessons."""
    return (code[:4] for name in _dated(type_.name) for code in _codes(fields.get(name)))


def parents(partition: str, type_: RecordType, fields: Values) -> Iterator[tuple[str, tuple[Key, ...]]]:
    """For each record of the same school that must be there: the field, and the keys one of which has to exist."""
    for name, target, coded in _referring(type_.name):
        for code in _codes(fields.get(name)):
            yield name, _of_code(partition, target, code) if coded else ((target, code),)


@lru_cache(maxsize=256)
def _dated(name_of_type: str) -> tuple[str, ...]:
    """Fields whose codes begin with a school year."""
    return tuple(name for name, field in TYPES[name_of_type].fields.items() if field.kind.target in CODED)


@lru_cache(maxsize=256)
def _referring(name_of_type: str) -> tuple[tuple[str, str, bool], ...]:
    """What a new record refers to inside a school: field, type, whether by code."""
    type_ = TYPES[name_of_type]
    return tuple(
        (name, field.kind.target, field.kind.target in CODED)
        for name, field in type_.fields.items()
        if field.kind.name in ("ref", "set")
        and field.kind.target in TYPES
        and TYPES[field.kind.target].partition is Partition.SCHOOL
        and field.kind.target != name_of_type  # a course is routed to its own lesson
        and (field.required or name in type_.fixed)
    )


@lru_cache(maxsize=4096)
def _of_code(partition: str, target: str, code: str) -> tuple[Key, ...]:
    """Keys of the records a code may mean: a class's code may be a group's."""
    if target == "course":
        class_, _, subject = code.rpartition(":")
        return (("course", keyed_id(partition, "course", class_[:4], class_, subject)),)
    if target == "term":
        year, _, number = code.partition("-")
        return (("term", keyed_id(partition, "term", year, number)),)
    year, _, key = code.partition(":")
    return tuple((type_, keyed_id(partition, type_, year, key)) for type_ in ("class", "group"))


def _classes(route: str, value: Any) -> list[str]:
    """Codes of the classes or groups a routing value names."""
    if route == "@classes":
        return value
    if route == "@lesson":
        return [value.rpartition(":")[0]]
    return [value] if route == "@class" else []


def _codes(value: Any) -> list[str]:
    """The ids or codes in a reference or a set of them; what has another form is refused elsewhere."""
    if type(value) is str:
        return [value]
    return [code for code in cast("list[Any]", value) if type(code) is str] if isinstance(value, list) else []


def _any_stands(draft: Draft, keys: Iterable[Key]) -> bool:
    for key in keys:
        held = draft.get(key)
        if held is not None and not held.deleted:
            return True
    return False


def _plain(values: Values) -> None:
    """Refuse what nests deeper than any field: hashing it would cost more than reading it."""
    for name, value in values.items():
        if isinstance(value, (list, dict)) and _depth(value) > _DEEP:
            raise Refused(Rejection.INVALID, name)


def _depth(value: Any) -> int:
    depth, level = 0, [value]
    while level and depth <= _DEEP:
        depth += 1
        level = [inner for item in level for inner in _inside(item)]
    return depth


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return cast("dict[str, Any]", value).values()
    return cast("list[Any]", value) if isinstance(value, list) else ()
