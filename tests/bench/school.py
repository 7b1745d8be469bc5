"""The server's data each measurement starts from, made once and copied."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from sync.records.year import school_year
from sync.server.clock import TOKYO
from sync.server.migrate import migrate
from sync.server.sample.load import PLAN, make_load
from sync.server.sample.plan import SchoolPlan
from sync.server.sample.premise import SampleRecord, premise
from sync.server.sample.school import make_school
from sync.server.sample_school import create_partitions, load_records
from sync.server.storage.identity import mark_demo
from sync.server.storage.store import open_storage
from tests.bench.copies import BROAD, broad_school

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / "bench"
SEED = 1
PARTS = (
    "sync/records/**/*.py",
    "sync/server/fill.py",
    "sync/server/sample/*.py",
    "sync/server/storage/*.py",
    "resources/sample/*.csv",
    "sync/server/masters/*.py",
    "resources/masters/*.csv",
    "tests/bench/copies.py",
)
TODAY = {
    "day": SchoolPlan(),
    "peak": SchoolPlan(pupils=840),
    "broad": BROAD,
}
"""Schools as they are today: the demo's, one of 24 classes of 35 and 30 staff, and one of 102 classes, copied from one
of six. Besides there are `36600`, grade records and remarks of a finished year, and `156600`, with a mark for every
pupil and day.
"""
BROAD_COPIES = 17


def school(name: str) -> Path:
    """The folder of a server's data with that school; copy it, do not serve it. Made anew when its code is."""
    return kept(name, lambda fresh: make(fresh, name))


def kept(name: str, make_in: Callable[[Path], None]) -> Path:
    """A folder of data by name, made where there is none of today's code."""
    folder = CACHE / f"{name}-{_stamp()}"
    if not folder.exists():
        for old in CACHE.glob(f"{name}-*"):
            shutil.rmtree(old)
        fresh = CACHE / f"fresh-{name}"
        shutil.rmtree(fresh, ignore_errors=True)
        make_in(fresh)
        fresh.rename(folder)
    return folder


class Staff(NamedTuple):
    """A member of staff. school: the id of theirs."""

    school: str
    id: str
    name: str
    post: str
    user: str


def staff(name: str) -> list[Staff]:
    """Everybody who works at that school, those with a post first."""
    return [
        Staff(record.partition, record.id, record.fields["name"], record.fields["post"], record.fields["user"])
        for record in takewhile(lambda record: record.type != "pupil", _records(name, today()))
        if record.type == "staff"
    ]


def class_teachers(name: str) -> dict[str, str]:
    """{staff id: the code of the class} of everybody who has one."""
    return {
        record.fields["staff"]: record.fields["target"]
        for record in takewhile(lambda record: record.type != "pupil", _records(name, today()))
        if record.type == "duty" and record.fields["role"] in ("homeroom", "special")
    }


def principal(name: str) -> str:
    """The head of that school: who reads every class."""
    return next(each.name for each in staff(name) if each.post == "校長")


def today() -> date:
    """The day it is in Japan."""
    return datetime.now(TOKYO).date()


def make(folder: Path, name: str, url: str | None = None) -> None:
    """Fill a new database, the embedded one in `folder` or the one at a URL, with that school."""
    now, day = datetime.now(UTC), today()
    plan = TODAY.get(name, PLAN)
    folder.mkdir(parents=True, exist_ok=True)
    storage = open_storage(folder, url)
    migrate(storage.database)
    ground = premise(SEED, day, plan)
    with storage.database.writing() as connection:
        mark_demo(storage.database, connection)
        create_partitions(connection, ground, lambda: str(uuid4()))
        for _, done in load_records(storage.database, connection, _records(name, day), now):
            print(f"\r{name}: {done:,} records", end="", flush=True)
    print()
    storage.close()


def _records(name: str, day: date) -> Iterator[SampleRecord]:
    if name == "broad":
        return broad_school(BROAD_COPIES, day)
    if name in TODAY:
        return make_school(SEED, day, TODAY[name])
    return make_load(SEED, school_year(day), every_day=name == "156600")


def _stamp() -> str:
    """Changes with whatever the data are made of, and with the school year."""
    digest = hashlib.sha256(str(school_year(today())).encode())
    for path in sorted(path for part in PARTS for path in ROOT.glob(part)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
