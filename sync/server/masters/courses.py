"""Courses of a year's classes, and who teaches them where the roster names the class teacher alone."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import Connection

from sync.protocol.messages import Create
from sync.records.configured import Key, Stated, holding, rule_for
from sync.records.ids import IdMaker
from sync.records.registry import TYPES
from sync.records.roles import Partition as Level
from sync.records.year import class_code, course_code
from sync.server.clock import day
from sync.server.masters import usual
from sync.server.masters.school import Books, Fields, books
from sync.server.storage.partitions import Partition
from sync.server.storage.store import Storage

UNMARKED = "circle"
"""How what is marked by a circle alone is recorded; it has no course."""
TAUGHT_APART = "special_support"


def courses(storage: Storage, connection: Connection, own: Partition, year: int) -> Iterator[Create]:
    """A course for each class of the year and subject of its grades that has none and never had one."""
    above = books(storage, connection, str(own.pref), "subject", "viewpoint_set")
    held = books(storage, connection, own.school, "class", "course", "grading_rule")
    rules = _rules(books(storage, connection, str(own.board), "grading_rule"), held)
    sets = sorted((fields["valid_from"], id_) for id_, fields in above.all("viewpoint_set"))
    subjects = sorted((fields for _, fields in above.all("subject")), key=lambda fields: fields.get("order", 0))
    for fields in _classes(held, year):
        stage = stage_of(fields)
        for subject in subjects:
            taught = set(subject["grades"]).intersection(fields["grades"])
            rule = rule_for(rules, year, stage, subject["code"])
            if not taught or subject["recorded"] == UNMARKED or rule is None or not sets:
                continue
            course = _course(fields, subject) | {"viewpoint_set": sets[-1][1], "rule": rule.id}
            id_ = TYPES["course"].id_for(own.school, course)
            if id_ is not None and ("course", id_) not in held.records:
                yield Create(type="course", id=id_, set=course)


def duties(
    storage: Storage, connection: Connection, own: Partition, when: tuple[int, datetime], new_id: IdMaker
) -> Iterator[Create]:
    """Elementary courses that nobody teaches or ever taught go to the class teacher.

    when: the school year, and the moment now.
    """
    year, now = when
    held = books(storage, connection, own.school, "class", "course", "duty")
    taught = {each.fields["target"] for each in held.records.values() if each.fields.get("role") == "subject"}
    classes = {class_code(year, fields["key"]): fields for fields in _classes(held, year)}
    teachers = dict(_class_teachers(held, day(now)))
    for _, course in held.all("course"):
        class_, code = course["class"], course["@lesson"]
        if class_ in classes and class_ in teachers and stage_of(classes[class_]) == "P" and code not in taught:
            duty = {"staff": teachers[class_]["staff"], "role": "subject", "target_kind": "course", "target": code}
            span = {"from": f"{year}-04-01", "to": f"{year + 1}-03-31"}
            yield Create(type="duty", id=new_id(), set=duty | span)


def stage_of(class_: Fields) -> str:
    """P for a class of elementary grades, J for one of junior high alone (R10)."""
    return "J" if min(class_["grades"], default=1) in usual.STAGES["J"] else "P"


def _classes(held: Books, year: int) -> Iterator[Fields]:
    wanted = (fields for _, fields in held.all("class") if fields["year"] == year and fields["kind"] != TAUGHT_APART)
    yield from sorted(wanted, key=lambda fields: fields["key"])


def _class_teachers(held: Books, today: str) -> Iterator[tuple[str, Fields]]:
    """Class codes with the duty of their teacher, also one to come, unless it has ended; of several, the first."""
    own = [fields for _, fields in held.all("duty") if fields["role"] == "homeroom"]
    running = [fields for fields in own if fields.get("to") is None or today <= fields["to"]]
    yield from ((fields["target"], fields) for fields in sorted(running, key=lambda each: each["from"], reverse=True))


def _course(class_: Fields, subject: Fields) -> dict[str, object]:
    code = class_code(class_["year"], class_["key"])
    return {
        "year": class_["year"],
        "class": code,
        "subject": subject["code"],
        "@lesson": course_code(code, subject["code"]),
        "text_only": subject["recorded"] == "text",
    }


def _rules(board: Books, school: Books) -> Mapping[Key, Stated]:
    """The grading rules that hold at the school, by year, stage and subject."""
    both = ((Level.BOARD, board), (Level.SCHOOL, school))
    stated = (Stated(level, id_, fields) for level, books_ in both for id_, fields in books_.all("grading_rule"))
    return holding(TYPES["grading_rule"], stated)
