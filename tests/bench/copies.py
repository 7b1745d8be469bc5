"""Many schools, or one with very many classes, out of one small sample school's records: poured anew under new ids.

Making a school anew takes ten times as long, and names run out. What a copy says is the same; whose it is is not.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from sync.records.registry import TYPES
from sync.server.sample.plan import Marks, SchoolPlan
from sync.server.sample.premise import Premise, SampleRecord, premise
from sync.server.sample.school import make_school

SEED = 1
SMALL = SchoolPlan(
    pupils=96,
    classes_per_grade=1,
    special_class=False,
    transfers=0,
    long_absent=0,
    scored=frozenset(),
    marks=Marks.NONE,
)
BROAD = SchoolPlan(
    pupils=120,
    classes_per_grade=1,
    special_class=False,
    transfers=0,
    long_absent=0,
    scored=frozenset({"3-1"}),
    marks=Marks.NONE,
)
LEFT_OUT = frozenset({"attendance_day", "remark", "course_grade"})
"""Of small schools: what no measurement of many schools looks at."""
_TAIL = 24
"""Where the last twelve digits of a UUID begin."""
_CLASS = re.compile(r"^(\d{4}:|)(\d)-1(?=$|:)")


@dataclass(slots=True)
class Copy:
    """One copy under way. number: of the copy, from 1; school: the id of the school it becomes.

    class_no: what the only class of each grade is called; None leaves it.
    """

    number: int
    school: str
    class_no: int | None = None
    _ids: dict[str, str] = field(default_factory=dict[str, str])

    def of(self, records: Iterable[SampleRecord]) -> Iterator[SampleRecord]:
        """The copies of a school's records, in their order: what a record refers to comes before it."""
        for each in records:
            fields = {name: self._value(value) for name, value in each.fields.items()}
            if each.type == "staff":
                fields["user"] = twisted(each.fields["user"], self.number)
            if self.class_no is not None and each.type == "class":
                fields["key"] = self._code(fields["key"])
                fields["label"] = fields["label"].replace("1組", f"{self.class_no}組")
            id_ = TYPES[each.type].id_for(self.school, fields) or twisted(each.id, self.number)
            self._ids[each.id] = id_
            yield SampleRecord(self.school, each.type, id_, fields)

    def _value(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._value(each) for each in value]
        if not isinstance(value, str):
            return value
        return self._ids.get(value) or (self._code(value) if self.class_no is not None else value)

    def _code(self, text: str) -> str:
        return _CLASS.sub(rf"\g<1>\2-{self.class_no}", text)


def twisted(id_: str, number: int) -> str:
    """Another id for each number, and for each id."""
    return f"{id_[:_TAIL]}{int(id_[_TAIL:], 16) ^ number:012x}"


@cache
def ground(plan: SchoolPlan, day: date) -> Premise:
    """What the school all copies are made from stands on; its board and prefecture are theirs."""
    return premise(SEED, day, plan)


@cache
def original(plan: SchoolPlan, day: date) -> tuple[SampleRecord, ...]:
    """The records of that school, those of the shared partitions included."""
    return tuple(make_school(SEED, day, plan))


def school_id(number: int, day: date) -> str:
    """The id of one of many schools."""
    return twisted(ground(SMALL, day).school, number)


def small_school(number: int, day: date) -> Iterator[SampleRecord]:
    """The records of one of many schools: 96 pupils, lists, duties, and the letters of one class."""
    place = ground(SMALL, day)
    kept = (
        each
        for each in original(SMALL, day)
        if each.partition == place.school and each.type not in LEFT_OUT and _of_grade_3(each.type, each.fields)
    )
    return Copy(number, school_id(number, day)).of(kept)


def broad_school(copies: int, day: date) -> Iterator[SampleRecord]:
    """The records of one school with six classes for each copy; posts of the whole school are held once."""
    place = ground(BROAD, day)
    yield from (each for each in original(BROAD, day) if each.partition != place.school)
    known: set[str] = set()
    for number in range(1, copies + 1):
        for each in Copy(number, place.school, number).of(_own(BROAD, day)):
            whole = each.type == "duty" and each.fields["target_kind"] in ("school", "grade")
            if each.id not in known and not (whole and number > 1):
                known.add(each.id)
                yield each


def shared(day: date) -> list[SampleRecord]:
    """The records of the board and the prefecture, but for the school's own."""
    place = ground(SMALL, day)
    return [each for each in original(SMALL, day) if each.partition != place.school and each.type != "school"]


def named(number: int, day: date) -> SampleRecord:
    """The prefecture's record of one of many schools."""
    own = next(each for each in original(SMALL, day) if each.type == "school")
    fields = dict(own.fields) | {"name": f"けやき市立第{number}小学校", "school_code": f"B1052{number:08}"}
    return SampleRecord(own.partition, own.type, school_id(number, day), fields)


def _own(plan: SchoolPlan, day: date) -> Iterable[SampleRecord]:
    school = ground(plan, day).school
    return (each for each in original(plan, day) if each.partition == school)


def _of_grade_3(type_: str, fields: Mapping[str, Any]) -> bool:
    return type_ != "viewpoint_grade" or ":3-1:" in fields["course"]
