"""A village school with one class, two teachers of one lesson and a real server over it, made in a moment."""

import shutil
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from client.workspace import Enrolment, MemorySecretStore, Workspace
from sync.protocol.messages import Create, Delete, Patch
from sync.records.ids import partition_id
from sync.records.registry import NUMBER, TYPES
from sync.server.caller import Caller
from sync.server.core import Core
from sync.server.edits import bulk_edit, create_partition, server_edit
from sync.server.migrate import migrate
from sync.server.storage.store import Storage, open_storage
from tests.kit.clock import HeldClock
from tests.kit.ids import CountedIds

CLASS = "2026:3-2"
LESSON = "2026:3-2:math"
TERM = "2026-1"
PREF, BOARD = "pref:05", "board:052010"


@dataclass(frozen=True, slots=True)
class Teacher:
    """A member of staff who may sign in."""

    staff: str
    user: str
    name: str


@dataclass
class Village:
    """The school, its server and who works there. parts, pupils: ids, to be scored one against the other."""

    folder: Path
    pupil_count: int = 5
    part_count: int = 2
    clock: HeldClock = field(default_factory=HeldClock)
    ids: CountedIds = field(default_factory=CountedIds)
    storage: Storage = field(init=False)
    school: str = field(init=False)
    teachers: list[Teacher] = field(init=False)
    pupils: list[str] = field(init=False)
    parts: list[str] = field(init=False)
    duties: dict[tuple[str, str], str] = field(init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.storage = self._opened()
        migrate(self.storage.database)
        self.school = self.ids()
        pref, board = partition_id(PREF), partition_id(BOARD)
        create_partition(self.storage, pref, PREF, self.ids())
        create_partition(self.storage, board, BOARD, self.ids(), (None, pref))
        create_partition(self.storage, self.school, "school", self.ids(), (board, pref))
        self.teachers = [Teacher(self.ids(), self.ids(), name) for name in ("田中 葵", "佐藤 涼")]
        self.duties = {}
        self.pupils = [self.ids() for _ in range(self.pupil_count)]
        self._masters(pref, board)
        self._people()
        self._lesson()

    def close(self) -> None:
        """Let go of the database."""
        self.storage.close()

    def twin(self, folder: Path) -> "Village":
        """The same school once more, with a database, a clock and ids of its own. This one must be closed."""
        shutil.copytree(self.folder, folder)
        other = copy(self)
        other.folder = folder
        other.storage = other._opened()
        other.clock, other.ids = replace(self.clock), replace(self.ids)
        return other

    def enrolment(self, teacher: int, device: str | None = None) -> Enrolment:
        """A fresh device of a teacher."""
        who = self.teachers[teacher]
        partitions = {partition_id(PREF): PREF, partition_id(BOARD): BOARD, self.school: "school"}
        return Enrolment(device or self.ids(), who.user, who.staff, self.school, partitions, f"PC {teacher}")

    def opened(self, folder: Path, secrets: MemorySecretStore, enrolment: Enrolment | None = None) -> Workspace:
        """A device's store, on the village's clock. enrolment: whose it is to be when it is not there yet."""
        return Workspace.open(folder, secrets=secrets, enrolment=enrolment, clock=self.clock, ids=self.ids)

    def core(self, enrolment: Enrolment) -> Core:
        """The server as this device reaches it."""
        assert enrolment.staff is not None
        caller = Caller(enrolment.user, enrolment.staff, enrolment.device, enrolment.device_name, self.school, NUMBER)
        return Core(self.storage, caller, self.clock, wait_s=0)

    def add(self, *records: tuple[str, dict[str, Any]], partition: str | None = None) -> list[str]:
        """Records the server makes itself; their ids."""
        where = partition or self.school
        ops = [
            Create(type=type_, id=TYPES[type_].id_for(where, fields) or self.ids(), set=fields)
            for type_, fields in records
        ]
        refused = bulk_edit(self.storage, where, ops, self.clock())
        assert refused == [], refused
        return [op.id for op in ops]

    def change(self, *ops: Create | Patch | Delete) -> None:
        """One edit of the server's own."""
        outcomes = server_edit(self.storage, self.school, [ops], self.clock())
        assert [outcome.outcome for outcome in outcomes] == ["applied"], outcomes

    def score(self, part: int, pupil: int) -> dict[str, Any]:
        """Key and routing fields of a pupil's score in a part."""
        return {"evidence_part": self.parts[part], "pupil": self.pupils[pupil], "@lesson": LESSON}

    def score_id(self, part: int, pupil: int) -> str:
        """The id such a score has."""
        found = TYPES["score"].id_for(self.school, self.score(part, pupil))
        assert found is not None
        return found

    def scored(self, cells: Iterable[tuple[int, int, int]]) -> list[str]:
        """Scores the server holds: (part, pupil, points scaled by 100)."""
        return self.add(*(("score", self.score(part, pupil) | self.points(value)) for part, pupil, value in cells))

    @staticmethod
    def points(value: int) -> dict[str, Any]:
        """The unit of a scored result, in hundredths."""
        return {"state": "scored", "value": value}

    def change_in(self, partition: str, type_: str, id_: str, fields: dict[str, Any]) -> None:
        """A record with an id of its own, made by the server."""
        refused = bulk_edit(self.storage, partition, [Create(type=type_, id=id_, set=fields)], self.clock())
        assert refused == [], refused

    def _opened(self) -> Storage:
        """The server's storage, over what is in the folder."""
        return open_storage(self.folder)

    def _masters(self, pref: str, board: str) -> None:
        school = {"name": "見本小", "kind": "elementary", "school_code": "B105299999010", "board_code": "052010"}
        self.change_in(pref, "school", self.school, school)
        items = [{"code": "know", "name": "知識・技能", "order": 1}]
        subject = {"code": "math", "name": "算数", "grades": [3], "recorded": "abc_grade"}
        self._viewpoints, _ = self.add(
            ("viewpoint_set", {"code": "three", "valid_from": "2020-04-01", "items": items}),
            ("subject", subject),
            partition=pref,
        )
        rule = {"year": 2026, "stage": "P", "subject": "math", "table": [], "cut_a": 8000, "cut_b": 5000}
        (self._rule,) = self.add(("grading_rule", rule), partition=board)

    def _people(self) -> None:
        self.add(
            ("school_year", {"year": 2026, "term_count": 3, "symbol_set": "standard"}),
            ("term", {"year": 2026, "no": 1, "name": "1学期", "start": "2026-04-06", "end": "2026-12-25"}),
            ("class", {"year": 2026, "key": "3-2", "label": "3年2組", "kind": "regular", "grades": [3]}),
        )
        for teacher in self.teachers:
            self.change_in(self.school, "staff", teacher.staff, {"user": teacher.user, "name": teacher.name})
        for number, pupil in enumerate(self.pupils, start=1):
            name = {"family": "髙橋", "given": f"{number}", "kana_family": "たかはし", "kana_given": f"{number}"}
            self.change_in(self.school, "pupil", pupil, {"@classes": [CLASS]} | name)
        place = {"class": CLASS, "from": "2026-04-06", "kind": "home"}
        self.add(*(("membership", place | {"pupil": id_, "number": n}) for n, id_ in enumerate(self.pupils, start=1)))

    def _lesson(self) -> None:
        course = {"year": 2026, "class": CLASS, "subject": "math", "@lesson": LESSON}
        self.add(("course", course | {"viewpoint_set": self._viewpoints, "rule": self._rule}))
        for teacher in self.teachers:
            for role, kind, target in (("homeroom", "class", CLASS), ("subject", "course", LESSON)):
                duty = {"staff": teacher.staff, "role": role, "target_kind": kind, "target": target}
                made = self.add(("duty", duty | {"from": "2026-04-01", "to": "2027-03-31"}))
                self.duties[teacher.staff, role] = made[0]
        titles = {"@lesson": LESSON, "course": LESSON, "term": TERM, "kind": "test"}
        evidence = self.add(*(("evidence", titles | {"title": f"テスト{n}"}) for n in range(self.part_count)))
        part = {"viewpoint": "know", "@lesson": LESSON, "max": 10000, "weight": 10000}
        self.parts = self.add(*(("evidence_part", part | {"evidence": id_}) for id_ in evidence))


@pytest.fixture(scope="session")
def first_village(tmp_path_factory: pytest.TempPathFactory) -> Village:
    """The village all others are twins of."""
    made = Village(tmp_path_factory.mktemp("village") / "server")
    made.close()
    return made


@pytest.fixture
def village(first_village: Village, tmp_path: Path) -> Iterator[Village]:
    """A village school of this test alone."""
    made = first_village.twin(tmp_path / "server")
    yield made
    made.close()
