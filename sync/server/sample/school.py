"""The whole sample school as records, masters first."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain

from sync.server.sample import attendance, people, schooldays
from sync.server.sample.children import Child, Roster
from sync.server.sample.evidence import evidence_records, items
from sync.server.sample.grades import Decided, decisions, grade_records, reached
from sync.server.sample.masters import masters
from sync.server.sample.plan import SchoolPlan
from sync.server.sample.premise import Premise, SampleRecord, premise
from sync.server.sample.remarks import Desk, remark_records
from sync.server.sample.roster import roster
from sync.server.sample.scores import Book, results, score_records
from sync.server.sample.staffing import (
    Lesson,
    Teacher,
    attends,
    course_records,
    duties,
    lessons,
    staff_records,
    teachers,
)
from sync.server.sample.talent import Talents

DEFAULT_PLAN = SchoolPlan()
LETTER_POINTS = {"A": 3, "B": 2, "C": 1}


def make_school(seed: int, today: date, plan: SchoolPlan = DEFAULT_PLAN) -> Iterator[SampleRecord]:
    """Records of the school year that holds `today`, as they stand before school begins on that day.

    Order: masters, classes, courses, staff and duties, children, attendance, then course by course evidence, parts,
    scores and letters, at last remarks. What a record refers to comes before it. The same arguments give the same.
    """
    ground = premise(seed, today, plan)
    listed = roster(ground)
    staff = teachers(ground, listed.rooms)
    courses = tuple(lessons(listed.rooms, staff))
    yield from _lists(ground, listed, staff, courses)
    marked = attendance.marks(ground, listed)
    closed = schooldays.closures(ground, listed)
    yield from schooldays.closure_records(ground, closed)
    yield from attendance.day_records(ground, listed, staff, closed)
    yield from attendance.attendance_records(ground, listed, marked, closed)
    yield from attendance.note_records(ground, listed, marked, closed)
    decided = list[tuple[Lesson, Decided]]()
    book = Book(ground, marked, Talents(ground))
    for lesson in courses:
        yield from _lesson(book, listed, lesson, decided)
    desk = Desk(ground, listed, courses, staff, _strengths(decided))
    yield from chain.from_iterable(remark_records(desk, room) for room in listed.rooms)


def _lists(
    ground: Premise, listed: Roster, staff: Mapping[str, Teacher], courses: tuple[Lesson, ...]
) -> Iterator[SampleRecord]:
    yield from masters(ground)
    yield from schooldays.school_day_records(ground)
    yield from people.class_records(ground, listed)
    yield from course_records(ground, courses)
    yield from staff_records(ground, staff)
    yield from duties(ground, listed.rooms, staff, courses)
    yield from people.pupil_records(ground, listed)
    yield from people.official_records(ground, listed)
    yield from people.enrolment_records(ground, listed)
    yield from people.membership_records(ground, listed)


def _lesson(
    book: Book, listed: Roster, lesson: Lesson, decided: list[tuple[Lesson, Decided]]
) -> Iterator[SampleRecord]:
    if lesson.text_only:
        return
    ground = book.premise
    sitting: tuple[Child, ...] = tuple(child for child in listed.children if attends(child, lesson))
    made = items(ground, lesson)
    kept = ground.plan.scored is None or lesson.room.key in ground.plan.scored
    if not kept:  # only what letters are made of
        finished = ground.calendar.finished(ground.today)
        made = tuple(item for item in made if item.unit.term in finished)
    entered = tuple(results(book, lesson, sitting, made))
    if kept:
        yield from evidence_records(ground, lesson, made)
        yield from score_records(ground, lesson, entered)
    of_lesson = tuple(decisions(ground, lesson, sitting, reached(made, entered)))
    decided.extend((lesson, each) for each in of_lesson)
    yield from grade_records(ground, lesson, of_lesson)


def _strengths(decided: list[tuple[Lesson, Decided]]) -> dict[tuple[str, int], list[str]]:
    """Subjects of each child and term, the one with the best letters first; equal ones in the order of report cards."""
    points = defaultdict[tuple[str, int], dict[str, int]](dict)
    for lesson, each in decided:
        if each.viewpoint:
            of_term = points[each.child.id, each.term]
            of_term[lesson.subject] = of_term.get(lesson.subject, 0) + LETTER_POINTS.get(str(each.value), 0)
    return {key: sorted(of_term, key=lambda subject: -of_term[subject]) for key, of_term in points.items()}
