"""Sample schools the tests look at: the usual one, and small ones that are made quickly."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from sync.records.registry import TYPES, faults_of_new, scopes_of
from sync.server.sample.plan import SchoolPlan
from sync.server.sample.premise import SampleRecord
from sync.server.sample.school import make_school

TODAY = date(2026, 11, 25)
SMALL = SchoolPlan(pupils=90, classes_per_grade=1, transfers=2, long_absent=1)


class Made:
    """A school's records, by type and by id."""

    def __init__(self, records: tuple[SampleRecord, ...]) -> None:
        self.records = records
        self.by_id = {record.id: record for record in records}

    def of(self, type_: str) -> list[Mapping[str, Any]]:
        """Fields of all records of a type, in order."""
        return [record.fields for record in self.records if record.type == type_]

    def ids(self, type_: str) -> list[str]:
        """Ids of all records of a type, in order."""
        return [record.id for record in self.records if record.type == type_]

    def pupils_of(self, code: str) -> list[tuple[int, str, Mapping[str, Any]]]:
        """(number, pupil id, pupil) of a class, by number."""
        places = [each for each in self.of("membership") if each["class"] == code]
        return sorted((each["number"], each["pupil"], self.by_id[each["pupil"]].fields) for each in places)

    def grade_of(self) -> dict[str, int]:
        """Grade of every pupil, from the regular class they sit in."""
        regular = {
            f"{each['year']}:{each['key']}": each["grades"][0] for each in self.of("class") if each["kind"] == "regular"
        }
        return {each["pupil"]: regular[each["class"]] for each in self.of("membership") if each["class"] in regular}


@cache
def usual() -> Made:
    """The school of the demo on a day in November."""
    return Made(tuple(make_school(1, TODAY)))


@cache
def small(today: date, seed: int = 3, term_count: int = 3) -> Made:
    """A school of six classes and a special-support one."""
    return Made(tuple(make_school(seed, today, replace(SMALL, term_count=term_count))))


def unsound(made: Made) -> list[object]:
    """Records that break the registry: fields, key, partition, scopes, a reference to what has not come yet."""
    wrong = list[object]()
    seen = set[str]()
    for record in made.records:
        type_ = TYPES[record.type]
        keyed = type_.id_for(record.partition, record.fields)
        if faults_of_new(type_, record.fields) or keyed not in (None, record.id) or not scopes_of(type_, record.fields):
            wrong.append(record)
        for name, value in record.fields.items():
            for target in value if isinstance(value, list) else [value]:
                if _refers(record, name) and target not in seen:
                    wrong.append((record.type, name, target))
        seen |= {record.id, *_codes(record)}
    return wrong


def _refers(record: SampleRecord, name: str) -> bool:
    kind = TYPES[record.type].fields[name].kind
    named = kind.name == "ref" or (kind.name == "set" and kind.target in ("class", "course"))
    return named and not (record.type == "course" and name == "@lesson")


def _codes(record: SampleRecord) -> list[str]:
    fields = record.fields
    if record.type in ("class", "group"):
        return [f"{fields['year']}:{fields['key']}"]
    if record.type == "course":
        return [f"{fields['class']}:{fields['subject']}"]
    return [f"{fields['year']}-{fields['no']}"] if record.type == "term" else []
