"""A school small enough to be read: two classes, four pupils, four members of staff, one evidence with two parts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sync.protocol.messages import Create, Delete, GroupOutcome, Patch
from sync.records.ids import keyed_id, partition_id
from sync.records.registry import TYPES
from sync.server.edits import create_partition, server_edit
from sync.server.storage import partitions
from sync.server.storage.store import Storage
from tests.kit.ids import CountedIds

PREF = partition_id("pref:05")
BOARD = partition_id("board:052010")
MATH = "2026:3-2:math"
TERM = "2026-1"
CLASS = "2026:3-2"
OTHER = "2026:3-1"


@dataclass(slots=True)
class Person:
    """One member of staff."""

    user: str
    staff: str


@dataclass(slots=True)
class Tiny:
    """The school in one storage. `sato` has class 3-2 and teaches it math; `kato` teaches it math too; `ito` has class
    3-1; `vice` is the vice principal. `pupils` are three of 3-2, `guest` is one of 3-1.
    """

    storage: Storage
    now: datetime
    school: str
    ids: CountedIds
    people: dict[str, Person] = field(default_factory=dict)
    pupils: list[str] = field(default_factory=list)
    guest: str = ""
    evidence: str = ""
    parts: dict[str, str] = field(default_factory=dict)
    duties: dict[str, str] = field(default_factory=dict)
    planned: list[Create] = field(default_factory=list)

    def key(self, type_: str, **fields: Any) -> str:
        """The id of a keyed record of this school."""
        id_ = TYPES[type_].id_for(self.school, fields)
        assert id_ is not None
        return id_

    def edit(self, *ops: Create | Patch | Delete) -> GroupOutcome:
        """One group of the server's own."""
        return server_edit(self.storage, self.school, [ops], self.now)[0]

    def make(self, type_: str, **fields: Any) -> str:
        """One record, made by the server; names as on the wire, `class_` and `at_class` for what Python cannot say."""
        id_ = self.plan(type_, **fields)
        self.done()
        return id_

    def plan(self, type_: str, **fields: Any) -> str:
        """The same, made with the next `done`."""
        set_ = wire(fields)
        id_ = TYPES[type_].id_for(self.school, set_) or self.ids()
        self.planned.append(Create(type=type_, id=id_, set=set_))
        return id_

    def done(self) -> None:
        """Make what was planned."""
        outcome = self.edit(*self.planned)
        assert outcome.outcome == "applied", outcome
        self.planned.clear()

    def score(self, pupil: str, viewpoint: str = "know") -> str:
        """The id of a pupil's score in the part of a viewpoint."""
        return self.key("score", evidence_part=self.parts[viewpoint], pupil=pupil)

    def new_score(self, pupil: str, **fields: Any) -> Create:
        """An op that makes a pupil's score in the first part."""
        part = self.parts["know"]
        base = {"evidence_part": part, "pupil": pupil, "@lesson": MATH}
        return Create(type="score", id=self.score(pupil), set=base | fields)

    def grade(self, pupil: str, viewpoint: str = "know") -> str:
        """The id of a pupil's viewpoint grade in math."""
        return self.key("viewpoint_grade", pupil=pupil, course=MATH, term=TERM, viewpoint=viewpoint)

    def new_grade(self, pupil: str, value: str | None, viewpoint: str = "know", **fields: Any) -> Create:
        """An op that makes a pupil's viewpoint grade in math."""
        key = {"pupil": pupil, "course": MATH, "term": TERM, "viewpoint": viewpoint}
        given = {"@class": CLASS, "basis": "manual"} | ({} if value is None else {"value": value}) | fields
        return Create(type="viewpoint_grade", id=self.grade(pupil, viewpoint), set=key | given)

    def remark(self, pupil: str, box: str = "life") -> str:
        """The id of a pupil's remark."""
        return self.key("remark", pupil=pupil, term=TERM, box=box)

    def new_remark(self, pupil: str, text: str, box: str = "life", **fields: Any) -> Create:
        """An op that makes a pupil's remark."""
        set_ = {"pupil": pupil, "term": TERM, "box": box, "@class": CLASS, "text": text} | fields
        return Create(type="remark", id=self.remark(pupil, box), set=set_)

    def end_duty(self, name: str) -> None:
        """Take a duty away altogether."""
        with self.storage.database.reading() as connection:
            own = partitions.read(connection, self.school)
        assert own is not None
        assert self.edit(Delete(type="duty", id=self.duties[name], base=own.seq)).outcome == "applied"


def wire(fields: dict[str, Any]) -> dict[str, Any]:
    """Python's names as the wire's."""
    return {_name(name): value for name, value in fields.items()}


def tiny_school(storage: Storage, now: datetime, name: int = 0) -> Tiny:
    """Make the school. name: sets the ids of several schools in one storage apart."""
    ids = CountedIds(maker=name + 7)
    _shared(storage, now)
    school = Tiny(storage, now, ids(), ids)
    create_partition(storage, school.school, "school", ids(), (BOARD, PREF))
    school.plan("school_year", year=2026, term_count=3, symbol_set="kanji")
    for no, (start, end) in enumerate((("04-01", "07-20"), ("08-25", "12-24"), ("01-07", "03-24")), 1):
        year = 2026 if no < 3 else 2027
        school.plan("term", year=2026, no=no, name=f"{no}学期", start=f"{year}-{start}", end=f"{year}-{end}")
    for key in ("3-1", "3-2"):
        school.plan("class", year=2026, key=key, label=f"3年{key[-1]}組", kind="regular", grades=[3])
    for subject in ("math", "jpn"):
        _course(school, CLASS, subject)
    _people(school)
    _pupils(school)
    _evidence(school)
    school.done()
    return school


def partition_seq(school: Tiny) -> int:
    """The seq of the school now."""
    with school.storage.database.reading() as connection:
        own = partitions.read(connection, school.school)
    assert own is not None
    return own.seq


def creates(school: Tiny, ops: Iterable[Create]) -> None:
    """Make many records, each by itself."""
    for outcome in server_edit(school.storage, school.school, [(op,) for op in ops], school.now):
        assert outcome.outcome == "applied", outcome


def _shared(storage: Storage, now: datetime) -> None:
    """The prefecture and the board, once a storage."""
    with storage.database.reading() as connection:
        if partitions.read(connection, PREF) is not None:
            return
    create_partition(storage, PREF, "pref:05", partition_id("an epoch of pref:05"))
    create_partition(storage, BOARD, "board:052010", partition_id("an epoch of board:052010"), (None, PREF))
    subject = Create(
        type="subject",
        id=keyed_id(PREF, "subject", "math"),
        set={"code": "math", "name": "算数", "grades": [1, 2, 3, 4, 5, 6], "recorded": "abc_grade"},
    )
    assert server_edit(storage, PREF, [(subject,)], now)[0].outcome == "applied"


def _course(school: Tiny, class_: str, subject: str) -> None:
    school.plan(
        "course",
        year=2026,
        class_=class_,
        subject=subject,
        at_lesson=f"{class_}:{subject}",
        viewpoint_set=keyed_id(PREF, "viewpoint_set", "three"),
        rule=keyed_id(BOARD, "grading_rule", 2026, "P", "*"),
    )


def _people(school: Tiny) -> None:
    duties = {
        "sato": (("homeroom", "class", CLASS), ("subject", "course", MATH)),
        "kato": (("subject", "course", MATH),),
        "ito": (("homeroom", "class", OTHER),),
        "vice": (("vice", "school", "all"),),
    }
    for name, given in duties.items():
        user = school.ids()
        staff = school.plan("staff", user=user, name=name, active=True)
        school.people[name] = Person(user, staff)
        for role, kind, target in given:
            duty = school.plan(
                "duty", staff=staff, role=role, target_kind=kind, target=target, from_="2026-04-01", to="2027-03-31"
            )
            school.duties[f"{name}.{role}"] = duty


def _pupils(school: Tiny) -> None:
    for number, class_ in enumerate((CLASS, CLASS, CLASS, OTHER), 1):
        pupil = school.plan(
            "pupil",
            at_classes=[class_],
            family="見本",
            given=f"{number}郎",
            kana_family="みほん",
            kana_given=f"{number}ろう",
        )
        school.plan("membership", pupil=pupil, class_=class_, from_="2026-04-01", number=number, kind="home")
        if class_ == CLASS:
            school.pupils.append(pupil)
        else:
            school.guest = pupil


def _evidence(school: Tiny) -> None:
    fields = {"at_lesson": MATH, "course": MATH, "term": TERM, "title": "わり算", "kind": "test"}
    school.evidence = school.plan("evidence", **fields)
    for viewpoint in ("know", "think"):
        part = {"evidence": school.evidence, "viewpoint": viewpoint, "at_lesson": MATH}
        school.parts[viewpoint] = school.plan("evidence_part", **part, max=10000, weight=5000)


def _name(name: str) -> str:
    name = name.removesuffix("_")
    return f"@{name[3:]}" if name.startswith("at_") else name
