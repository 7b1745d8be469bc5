"""What everything of one sample school is made from, and how a record of it is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from random import Random
from typing import Any, Final

from sync.records.ids import partition_id, v7
from sync.records.registry import TYPES
from sync.records.roles import Partition
from sync.records.year import school_year
from sync.server.sample.calendar import SchoolCalendar, calendar
from sync.server.sample.plan import SchoolPlan

JAPAN: Final = timezone(timedelta(hours=9))
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SampleRecord:
    """One record: where it lives, what it is, its id, and its fields in the form of the wire, nulls left out."""

    partition: str
    type: str
    id: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Premise:
    """Seed, day and plan of one school, with the calendar and the ids of its three partitions."""

    seed: int
    today: date
    plan: SchoolPlan
    calendar: SchoolCalendar
    school: str
    board: str
    prefecture: str

    @property
    def year(self) -> int:
        """The school year."""
        return self.calendar.year

    @property
    def first_day(self) -> str:
        """1 April, as a field."""
        return f"{self.year}-04-01"

    @property
    def last_day(self) -> str:
        """31 March, as a field."""
        return f"{self.year + 1}-03-31"

    def chance(self, *topic: object) -> Random:
        """A stream of chance of its own for a topic, so that one part of the school never shifts another."""
        return Random("|".join(map(str, (self.seed, *topic))))  # noqa: S311  invented on purpose, nothing is protected

    def partition_of(self, type_: str) -> str:
        """The partition the records of a type live in; codes are the board's."""
        home = TYPES[type_].partition
        if home is Partition.PREFECTURE:
            return self.prefecture
        return self.school if home is Partition.SCHOOL else self.board

    def keyed(self, type_: str, **fields: Any) -> SampleRecord:
        """A record whose id comes from its key. Field names as in the registry's classes: `class_`, `at_lesson`."""
        return self.keyed_on_wire(type_, wire(fields))

    def keyed_on_wire(self, type_: str, fields: Mapping[str, Any]) -> SampleRecord:
        """The same with names as on the wire and no nulls: the quick way, for types with very many records."""
        partition = self.partition_of(type_)
        record_id = TYPES[type_].id_for(partition, fields)
        assert record_id is not None, type_
        return SampleRecord(partition, type_, record_id, fields)

    def made(self, type_: str, record_id: str, **fields: Any) -> SampleRecord:
        """A record with an id of its own."""
        return SampleRecord(self.partition_of(type_), type_, record_id, wire(fields))


def premise(seed: int, today: date, plan: SchoolPlan) -> Premise:
    """The premise of the school year that holds `today`."""
    year = school_year(today)
    board, prefecture = partition_id(f"board:{plan.board}"), partition_id(f"pref:{plan.prefecture}")
    school = new_id(Random(f"{seed}|school"), date(1984, 4, 1))  # noqa: S311  as in Premise.chance
    return Premise(seed, today, plan, calendar(year, plan.term_count, plan.ways), school, board, prefecture)


def new_id(chance: Random, day: date, at: time = time(16, 0)) -> str:
    """A UUIDv7 as a device would have made it at that time in Japan."""
    moment = datetime.combine(day, at, JAPAN) - EPOCH
    return v7(moment // timedelta(milliseconds=1) + chance.randrange(60_000), chance.getrandbits(80))


def uuid4(chance: Random) -> str:
    """A random UUID, as another system would have issued it."""
    bits = chance.getrandbits(128) & ~(0xF << 76) & ~(0x3 << 62) | 0x4 << 76 | 0x2 << 62
    text = f"{bits:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def stamp(day: date, at: time) -> str:
    """A time in Japan as a stamp in UTC."""
    return datetime.combine(day, at, JAPAN).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def wire(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields under their names on the wire (`class`, `@lesson`), nulls left out."""
    names = _names(tuple(fields))
    return {name: value for name, value in zip(names, fields.values(), strict=True) if value is not None}


@cache
def _names(arguments: tuple[str, ...]) -> tuple[str, ...]:
    bare = (argument.removesuffix("_") for argument in arguments)
    return tuple(f"@{name[3:]}" if name.startswith("at_") else name for name in bare)
