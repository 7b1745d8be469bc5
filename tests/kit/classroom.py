"""One class of the sample school on a real server's core, and the stores of its teachers: no wire, no process.

For tests of screens and repositories: class 3-2 with its 28 pupils and two of its courses, on a day in November.
"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid5

import pytest

from client.workspace import Enrolment, MemorySecretStore, Workspace
from sync.records.ids import KEYAKI_NS
from sync.records.registry import NUMBER
from sync.server.caller import Caller
from sync.server.clock import unix_ms
from sync.server.core import Core
from sync.server.migrate import migrate
from sync.server.sample.plan import SECOND_PLAN, Marks, SchoolPlan
from sync.server.sample.premise import Premise, SampleRecord, premise
from sync.server.sample.school import make_school
from sync.server.sample_school import create_partitions, load_records
from sync.server.storage.identity import DeviceRow, enrol_device
from sync.server.storage.store import Storage, open_storage
from tests.kit.clock import HeldClock
from tests.kit.ids import CountedIds
from tests.kit.kept import kept

SOURCES = (
    "sync/records/**/*.py",
    "sync/server/**/*.py",
    "resources/sample/**/*.csv",
    "resources/masters/*.csv",
    "tests/kit/classroom.py",
)
PEOPLE, SERVER = "people.json", "server"
SEED = 1
CLASS = "2026:3-2"
MATH, JAPANESE = f"{CLASS}:math", f"{CLASS}:jpn"
TERM = "2026-2"
TANAKA, SATO = "田中 葵", "佐藤 涼"
"""The class teacher, and who teaches mathematics in small groups beside her."""
PLAN = SchoolPlan(
    pupils=336,
    classes_per_grade=2,
    special_class=False,
    transfers=2,
    long_absent=1,
    scored=frozenset({"3-2"}),
    marks=Marks.KEPT,
)
"""As many classes as a class 3-2 needs; only what concerns it is loaded."""
OF_ALL = frozenset(
    [
        "school",
        "code_item",
        "subject",
        "viewpoint_set",
        "symbol",
        "grading_rule",
        "school_year",
        "term",
        "school_day",
        "class",
        "group",
        "staff",
        "duty",
    ]
)


def _concerns(record: SampleRecord) -> bool:
    fields = record.fields
    if record.type in OF_ALL:
        return True
    lesson = fields.get("@lesson") or fields.get("course")
    if lesson is not None:
        return lesson in (MATH, JAPANESE)
    return CLASS in (fields.get("@class"), fields.get("class"), *fields.get("@classes", ()))


def _ground(seed: int, plan: SchoolPlan) -> Premise:
    return premise(seed, HeldClock().now.date(), plan)


def _make(folder: Path) -> None:
    made = make_school(SEED, HeldClock().now.date(), PLAN)
    _fill(folder, _ground(SEED, PLAN), [record for record in made if _concerns(record)])


def _make_second(folder: Path) -> None:
    _fill(folder, _ground(SEED, SECOND_PLAN), list(make_school(SEED, HeldClock().now.date(), SECOND_PLAN)))


def _fill(folder: Path, ground: Premise, records: list[SampleRecord]) -> None:
    clock, ids = HeldClock(), CountedIds()
    folder.mkdir(parents=True)
    storage = open_storage(folder)
    migrate(storage.database)
    with storage.database.writing() as connection:
        create_partitions(connection, ground, ids)
        for _ in load_records(storage.database, connection, records, clock.now):
            pass
    storage.close()
    people = {each.fields["name"]: (each.id, each.fields["user"]) for each in records if each.type == "staff"}
    (folder / PEOPLE).write_text(json.dumps(people, ensure_ascii=False), "utf-8")


@pytest.fixture(scope="session")
def classroom_data() -> Path:
    """A server's data folder with the class in it; copy it."""
    return kept("classroom", _make, SOURCES)


@pytest.fixture(scope="session")
def second_data() -> Path:
    """A server's data folder with the second sample school, whose board has ways of its own; copy it."""
    return kept("second", _make_second, SOURCES)


@dataclass(slots=True)
class Desk:
    """One teacher on one PC: the store, and the way to the server that `sync` takes."""

    workspace: Workspace
    core: Core

    def sync(self) -> None:
        """One round."""
        self.workspace.sync(self.core)


@dataclass(slots=True)
class Classroom:
    """The server's half, and the stores of its teachers in `folder`, a folder each.

    secrets: {device: where its key lies}; stores that are there already open with them. plan: of the school.
    """

    folder: Path
    secrets: dict[str, MemorySecretStore]
    plan: SchoolPlan = PLAN
    clock: HeldClock = field(default_factory=HeldClock)
    desks: list[Desk] = field(default_factory=list)
    storage: Storage = field(init=False)
    ground: Premise = field(init=False)

    def __post_init__(self) -> None:
        self.storage, self.ground = open_storage(self.folder / SERVER), _ground(SEED, self.plan)

    def open(self, name: str = TANAKA, pc: str = "教室PC") -> Desk:
        """The desk of a teacher, by name, on a PC; synced where it is new."""
        staff, user = self.person(name)
        school, device = self.ground.school, str(uuid5(KEYAKI_NS, f"{name} {pc}"))
        partitions = {
            self.ground.prefecture: f"pref:{self.plan.prefecture}",
            self.ground.board: f"board:{self.plan.board}",
            school: "school",
        }
        new = device not in self.secrets
        workspace = Workspace.open(
            self.folder / device,
            secrets=self.secrets.setdefault(device, MemorySecretStore()),
            enrolment=Enrolment(device, user, staff, school, partitions, pc) if new else None,
            clock=self.clock,
            ids=CountedIds(maker=len(self.desks) + 1),
        )
        caller = Caller(user, staff, device, pc, school, NUMBER)
        desk = Desk(workspace, Core(self.storage, caller, self.clock, wait_s=0))
        self.desks.append(desk)
        if new:
            with self.storage.database.writing() as connection:
                owner = DeviceRow(user, school, "active")
                enrol_device(connection, device, owner, (pc, "linux", None), unix_ms(self.clock.now))
            desk.sync()
        return desk

    def person(self, name: str) -> tuple[str, str]:
        """(staff id, user id) of a member of staff. Raises KeyError."""
        people: dict[str, tuple[str, str]] = json.loads((self.folder / SERVER / PEOPLE).read_text("utf-8"))
        return people[name]

    def close(self) -> None:
        """Close every store and the database."""
        for desk in self.desks:
            desk.workspace.close()
        self.storage.close()


@dataclass(frozen=True, slots=True)
class Template:
    """Server and loaded stores to copy, with the stores' secrets."""

    folder: Path
    secrets: dict[str, MemorySecretStore]


@pytest.fixture(scope="session")
def classroom_template(classroom_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Template:
    """The class with the desks of its two teachers loaded once, because most tests begin there."""
    folder = tmp_path_factory.mktemp("classroom")
    shutil.copytree(classroom_data, folder / SERVER)
    room = Classroom(folder, {})
    room.open(TANAKA, "教室PC")
    room.open(SATO, "職員室PC")
    room.close()
    return Template(folder, room.secrets)


@pytest.fixture
def classroom(classroom_template: Template, tmp_path: Path) -> Iterator[Classroom]:
    """A school of this test alone."""
    folder = tmp_path / "classroom"
    shutil.copytree(classroom_template.folder, folder)
    room = Classroom(folder, dict(classroom_template.secrets))
    yield room
    room.close()


@pytest.fixture
def second_school(second_data: Path, tmp_path: Path) -> Iterator[Classroom]:
    """The second sample school, no desk opened yet."""
    folder = tmp_path / "second"
    shutil.copytree(second_data, folder / SERVER)
    room = Classroom(folder, {}, SECOND_PLAN)
    yield room
    room.close()
