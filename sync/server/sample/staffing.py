"""Who works at the sample school, and who teaches what to whom: staff, courses, duties (domain.md 14)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sync.server.csv_tables import Row
from sync.server.masters import usual
from sync.server.sample.children import Child, Room
from sync.server.sample.masters import STAGE, grading_rule, viewpoint_set
from sync.server.sample.names import Name, NamePool
from sync.server.sample.premise import Premise, SampleRecord, new_id, uuid4
from sync.server.sample.roster import GROUP

POSTS: Final = (
    ("principal", "校長", 58),
    ("vice", "教頭", 52),
    ("academic", "教務主任", 47),
    ("nurse", "養護教諭", 41),
    ("clerk", "主任事務主事", 45),
    ("small_group", "教諭(算数 少人数指導)", 33),
)
KNOWN: Final = {
    "nurse": ("伊藤", "真由美", "いとう", "まゆみ"),
    "small_group": ("佐藤", "涼", "さとう", "りょう"),
    "3-2": ("田中", "葵", "たなか", "あおい"),
}
"""People the guided tour speaks of."""
SPECIAL_SUBJECTS: Final = ("jpn", "math")
SMALL_GROUP_GRADES: Final = (3, 4)
ACADEMIC_TEACHES: Final = ("sci", 4)
SWAPS: Final = {4: ("mus",), 5: ("sci", "soc", "eng", "mus"), 6: ("sci", "soc", "eng", "mus")}
"""Subjects one class teacher of a grade teaches to all its classes: the first by the teacher of class 1, and so on."""


@dataclass(frozen=True, slots=True)
class Teacher:
    """A member of staff. `place` is the post or the key of the class."""

    id: str
    place: str
    name: Name
    post: str

    @property
    def full_name(self) -> str:
        """Family and given name, with a blank between."""
        return f"{self.name.family} {self.name.given}"


@dataclass(frozen=True, slots=True)
class Lesson:
    """A course: one subject of one class, and who teaches it, the first of them in charge."""

    room: Room
    subject: str
    recorded: str
    teachers: tuple[Teacher, ...]

    @property
    def code(self) -> str:
        """How records refer to it, `2026:3-2:math`."""
        return f"{self.room.code}:{self.subject}"

    @property
    def text_only(self) -> bool:
        """Whether it is assessed in text alone (R39, R40)."""
        return self.recorded == "text"


def teachers(premise: Premise, rooms: tuple[Room, ...]) -> Mapping[str, Teacher]:
    """All staff by place: those with a post, then one for each class."""
    chance, pool = premise.chance("staff"), NamePool(premise.chance("staff names"))
    known = {place: pool.take(Name(*parts)) for place, parts in KNOWN.items()}
    places = [*POSTS, *((room.key, "教諭", chance.randrange(25, 58)) for room in rooms)]
    staff = dict[str, Teacher]()
    for place, post, age in places:
        name = known.get(place) or pool.adult(age, premise.year)
        joined = date(premise.year - chance.randrange(1, 6), 4, 1)
        staff[place] = Teacher(new_id(chance, joined), place, name, post)
    return staff


def lessons(rooms: tuple[Room, ...], staff: Mapping[str, Teacher]) -> Iterator[Lesson]:
    """Every course of every class. Activities that are marked by a circle alone have none."""
    for room in rooms:
        offered = (
            [row for row in usual.table("subjects") if row["code"] in SPECIAL_SUBJECTS]
            if room.special
            else usual.subjects_of(room.grade)
        )
        for row in offered:
            if row["recorded"] != "circle":
                yield Lesson(room, row["code"], row["recorded"], tuple(_taught_by(room, row, staff)))


def attends(child: Child, lesson: Lesson) -> bool:
    """Whether a child sits in a course: those of the home class, and as a guest all but what the own class teaches."""
    if child.guest and lesson.room.code == child.guest:
        return lesson.subject not in SPECIAL_SUBJECTS
    return lesson.room.code == child.home


def staff_records(premise: Premise, staff: Mapping[str, Teacher]) -> Iterator[SampleRecord]:
    """One record for each member of staff."""
    chance = premise.chance("users")
    for teacher in staff.values():
        kana = f"{teacher.name.kana_family} {teacher.name.kana_given}"
        yield premise.made(
            "staff", teacher.id, user=uuid4(chance), name=teacher.full_name, kana=kana, post=teacher.post, active=True
        )


def course_records(premise: Premise, courses: tuple[Lesson, ...]) -> Iterator[SampleRecord]:
    """One record for each course."""
    viewpoints, rule = viewpoint_set(premise).id, grading_rule(premise, STAGE).id
    for lesson in courses:
        yield premise.keyed(
            "course",
            year=premise.year,
            class_=lesson.room.code,
            subject=lesson.subject,
            at_lesson=lesson.code,
            viewpoint_set=viewpoints,
            rule=rule,
            text_only=lesson.text_only,
        )


def duties(
    premise: Premise, rooms: tuple[Room, ...], staff: Mapping[str, Teacher], courses: tuple[Lesson, ...]
) -> Iterator[SampleRecord]:
    """Every duty of the year; a person may hold several."""
    chance = premise.chance("duties")
    for teacher, role, kind, target in _assigned(premise, rooms, staff, courses):
        yield premise.made(
            "duty",
            new_id(chance, date(premise.year, 4, 1)),
            staff=teacher.id,
            role=role,
            target_kind=kind,
            target=target,
            from_=premise.first_day,
            to=premise.last_day,
        )


def _taught_by(room: Room, row: Row, staff: Mapping[str, Teacher]) -> Iterator[Teacher]:
    swaps = SWAPS.get(room.grade, ())
    specialist = f"{room.grade}-{swaps.index(row['code']) + 1}" if row["code"] in swaps else ""
    if (row["code"], room.grade) == ACADEMIC_TEACHES:
        specialist = "academic"
    yield staff.get(specialist, staff[room.key])
    if row["code"] == "math" and room.grade in SMALL_GROUP_GRADES:
        yield staff["small_group"]


def _assigned(
    premise: Premise, rooms: tuple[Room, ...], staff: Mapping[str, Teacher], courses: tuple[Lesson, ...]
) -> Iterator[tuple[Teacher, str, str, str]]:
    for role in ("principal", "vice", "academic", "nurse", "clerk"):
        yield staff[role], role, "school", premise.school
    yield staff["academic"], "form_owner", "school", premise.school
    yield staff[rooms[-1 if not rooms[-1].special else -2].key], "ict", "school", premise.school
    for grade in range(1, 7):
        yield staff[f"{grade}-1"], "grade_lead", "grade", f"{premise.year}:{grade}"
    for room in rooms:
        yield staff[room.key], "special" if room.special else "homeroom", "class", room.code
    yield staff["small_group"], "resource", "group", f"{premise.year}:{GROUP}"
    for lesson in courses:
        for teacher in lesson.teachers:
            yield teacher, "subject", "course", lesson.code
