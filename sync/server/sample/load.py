"""The school the speed of loading is measured with: an exact number of records (protocol.md 12)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Final

from sync.server.sample.plan import Marks, SchoolPlan
from sync.server.sample.premise import SampleRecord
from sync.server.sample.school import make_school

GRADES: Final = frozenset({"viewpoint_grade", "course_grade"})
COUNTED: Final = GRADES | {"remark", "attendance"}
"""Types whose records are counted; what they refer to comes before them and is not."""
GRADES_AND_REMARKS: Final = 61
"""Per pupil: 36,600 for 600 pupils."""
DAYS: Final = 200
"""Marks per pupil, one for each school day: 120,000 more for 600 pupils."""
PLAN: Final = SchoolPlan(transfers=0, long_absent=0, scored=frozenset())


def make_load(seed: int, year: int, *, every_day: bool, plan: SchoolPlan = PLAN) -> Iterator[SampleRecord]:
    """A finished school year: 61 letters, grades and remarks for each pupil, and 200 marks if `every_day`.

    36,600 or 156,600 counted records for 600 pupils, heavier than life on purpose. Lists and masters come first.
    """
    marks = Marks.EVERY_DAY if every_day else Marks.NONE
    graded = defaultdict[str, list[SampleRecord]](list)
    told = defaultdict[str, list[SampleRecord]](list)
    marked = defaultdict[str, int](int)
    for record in make_school(seed, date(year + 1, 3, 31), replace(plan, marks=marks)):
        pupil = record.fields.get("pupil", "")
        if record.type in GRADES:
            graded[pupil].append(record)
        elif record.type == "remark":
            told[pupil].append(record)
        elif record.type == "attendance":
            marked[pupil] += 1
            if marked[pupil] <= DAYS:
                yield record
        elif record.type != "attendance_day":
            yield record
    for pupil, remarks in told.items():
        by_term = sorted(graded[pupil], key=_term_order)
        yield from chain(by_term[: GRADES_AND_REMARKS - len(remarks)], remarks)


def _term_order(record: SampleRecord) -> int:
    """Terms as they come, the whole year last."""
    return int(record.fields["term"][-1]) or 9
