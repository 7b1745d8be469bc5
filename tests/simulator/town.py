"""The school of the simulator: two classes, three lessons, teachers whose duties come and go."""

from copy import copy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import select

from sync.protocol.messages import Create, Delete, Patch
from sync.records.ids import partition_id
from sync.records.scopes import ClassKey, of_duty, of_staff, valid_on
from sync.server.snapshots import pack
from sync.server.storage import epochs, partitions
from sync.server.storage.blobs import blob
from sync.server.storage.recovery import unrestored
from sync.server.storage.snapshots import Chunking
from sync.server.storage.store import Storage
from sync.server.storage.streams import stream
from sync.server.storage.tables import purged
from tests.kit.village import BOARD, CLASS, LESSON, PREF, TERM, Teacher, Village
from tests.simulator.keeping import InFolder, Keeping, Kept
from tests.simulator.programs import serving

OTHER_CLASS = "2026:3-1"
LESSONS = (LESSON, "2026:3-2:jpn", "2026:3-1:math")
CLASSES = (CLASS, OTHER_CLASS)
GRADE = "2026:3"
SPAN = {"from": "2026-04-01", "to": "2027-03-31"}

CHUNKING = Chunking(least=1, rows=3, spared=1, apart_s=0, kept_s=600)
"""So small that every load meets chunks of several parts, new ones, old ones and ones that are of no use any more."""

Duty = tuple[int, str, str, str]
"""Teacher, role, kind and code of its target."""

MOVING: tuple[Duty, ...] = (
    (0, "subject", "course", LESSONS[0]),
    (0, "subject", "course", LESSONS[1]),
    (1, "homeroom", "class", CLASSES[1]),
    (2, "subject", "course", LESSONS[0]),
    (2, "subject", "course", LESSONS[2]),
    (2, "homeroom", "class", CLASSES[0]),
)
"""Duties that are given and taken away while the day goes on."""
FIXED: tuple[Duty, ...] = (
    (1, "subject", "course", LESSONS[0]),
    (1, "subject", "course", LESSONS[1]),
    (1, "subject", "course", LESSONS[2]),
)


@dataclass(frozen=True, slots=True)
class Held:
    """What a server held at one moment: a copy of its data, and which duties stood, as in the town."""

    kept: Kept
    duties: dict[Duty, str | None]


@dataclass
class Town(Village):
    """A village with a second class, more lessons and a third teacher.

    held: {duty: its record's id, None = not now}; lesson_parts: the evidence part of each lesson. keeping: how its
    server keeps its data; kept: that data.
    """

    keeping: Keeping = InFolder
    kept: Kept = field(init=False)
    held: dict[Duty, str | None] = field(default_factory=dict)
    lesson_parts: dict[str, list[str]] = field(default_factory=dict)

    def _opened(self) -> Storage:
        return self.kept.open()

    def _open(self) -> None:
        """Open the data. Scope sets are packed at once, for whoever comes next, and in tiny chunks."""
        self.storage = self._opened()
        self.storage.chunking = CHUNKING
        self.storage.wanted = lambda school, sets: pack(self.storage, school, sets, self.clock)

    def _people(self) -> None:
        self.teachers.append(Teacher(self.ids(), self.ids(), "鈴木 茜"))
        super()._people()
        self.add(
            ("class", {"year": 2026, "key": "3-1", "label": "3年1組", "kind": "regular", "grades": [3]}),
        )

    def _lesson(self) -> None:
        subject = {"code": "jpn", "name": "国語", "grades": [3], "recorded": "abc_grade"}
        self.add(("subject", subject), partition=partition_id(PREF))
        rule = {"year": 2026, "stage": "P", "subject": "jpn", "table": [], "cut_a": 8000, "cut_b": 5000}
        (other,) = self.add(("grading_rule", rule), partition=partition_id(BOARD))
        for lesson in LESSONS:
            class_, _, code = lesson.rpartition(":")
            course = {"year": 2026, "class": class_, "subject": code, "@lesson": lesson}
            kept = self._rule if code == "math" else other
            self.add(("course", course | {"viewpoint_set": self._viewpoints, "rule": kept}))
            about = {"@lesson": lesson, "course": lesson, "term": TERM, "kind": "test", "title": "テスト"}
            (evidence,) = self.add(("evidence", about))
            part = {"viewpoint": "know", "@lesson": lesson, "max": 10000, "weight": 10000, "evidence": evidence}
            self.lesson_parts[lesson] = self.add(("evidence_part", part))
        self.parts = self.lesson_parts[LESSON]
        self.held = dict.fromkeys(MOVING)
        for duty in (*FIXED, *MOVING[:3], MOVING[3]):
            self.give(duty)

    def __post_init__(self) -> None:
        self.kept = self.keeping(self.folder)
        super().__post_init__()
        self.storage.close()
        self._open()

    def same_again(self, folder: Path) -> "Town":
        """This town once more, over a copy of its data; this one must be closed."""
        other = copy(self)
        other.folder, other.kept = folder, self.kept.copied(folder)
        other.clock, other.ids, other.held = replace(self.clock), replace(self.ids), dict(self.held)
        other._open()
        return other

    def copied(self, folder: Path) -> Held:
        """What the server holds now. folder: where a copy of its data may lie."""
        self.storage.close()
        return Held(self.kept.copied(folder), dict(self.held))

    def set_back(self, then: Held) -> None:
        """Set the server back to a copy, as its command does; who reaches it must reach it anew."""
        self.storage.close()
        self.kept.remove()
        self.kept, self.held = then.kept.copied(self.folder), dict(then.duties)
        self._open()
        self.clock.pass_(minutes=1)
        with self.storage.database.writing() as connection:
            partition = partitions.lock(connection, self.school)
            assert partition is not None
            epochs.begin(connection, partition, self.ids(), epochs.number_at(self.clock()))

    def change(self, *ops: Create | Patch | Delete) -> None:
        """As of any village: it is the server that acts, whichever program runs at a desk."""
        with serving():
            super().change(*ops)

    def give(self, duty: Duty) -> None:
        """A duty begins."""
        teacher, role, kind, target = duty
        fields = {"staff": self.teachers[teacher].staff, "role": role, "target_kind": kind, "target": target}
        id_ = self.ids()
        self.change(Create(type="duty", id=id_, set=fields | SPAN))
        self.held[duty] = id_

    def take(self, duty: Duty) -> None:
        """A duty is over."""
        id_ = self.held[duty]
        assert id_ is not None
        self.change(Delete(type="duty", id=id_, base=2**53))
        self.held[duty] = None

    def move(self, pupil: int, classes: list[str]) -> None:
        """A pupil is in other classes from now on."""
        number = str(pupil + 1)
        held = {"family": "髙橋", "given": number, "kana_family": "たかはし", "kana_given": number}
        id_ = self.pupils[pupil]
        self.change(
            Delete(type="pupil", id=id_, base=2**53),
            Create(type="pupil", id=id_, set=held | {"@classes": sorted(classes)}),
        )

    def confirmed(self, device: str) -> frozenset[str]:
        """Scopes of which a device has told the school that nothing is left there."""
        with self.storage.database.reading() as connection:
            own = select(purged.c.scope).where(purged.c.school == self.school, purged.c.device == device)
            return frozenset(connection.execute(own).scalars())

    def kept_apart(self) -> str:
        """What the school keeps of groups that were to be recovered and did not come back."""
        with self.storage.database.reading() as connection:
            own = select(unrestored.c.item).where(unrestored.c.school == self.school)
            return " ".join(connection.execute(own).scalars())

    def streams(self) -> frozenset[str]:
        """The journals the school has been told of."""
        with self.storage.database.reading() as connection:
            return frozenset(connection.execute(select(stream.c.stream)).scalars())

    def whole_files(self) -> set[str]:
        """The attached files the school has."""
        with self.storage.database.reading() as connection:
            return set(connection.execute(select(blob.c.sha256).where(blob.c.school == self.school)).scalars())

    def scopes(self, teacher: int, day: str) -> frozenset[str]:
        """What a teacher may see of the school today, told from the duties and not from the server's grants."""
        who = self.teachers[teacher].staff
        opened = list(of_staff(who, "1900-01-01", None))
        keys = [ClassKey(code, (3,)) for code in CLASSES]
        for (whose, role, kind, target), id_ in self.held.items():
            if whose == teacher and id_ is not None:
                opened += of_duty(self._fields(who, role, kind, target), keys)
        return frozenset(each.scope for each in opened if valid_on(each, day))

    @staticmethod
    def _fields(who: str, role: str, kind: str, target: str) -> dict[str, Any]:
        return {"staff": who, "role": role, "target_kind": kind, "target": target} | SPAN
