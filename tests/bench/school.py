"""The server's data each measurement starts from, made once and copied."""

import hashlib
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
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
)
SCHOOLS = ("36600", "156600", "day")
"""36,600 grade records and remarks; with a mark for every pupil and day; and the demo's school as it is today."""


def school(name: str) -> Path:
    """The folder of a server's data with that school; copy it, do not serve it. Made anew when its code is."""
    folder = CACHE / f"{name}-{_stamp()}"
    if not folder.exists():
        for old in CACHE.glob(f"{name}-*"):
            shutil.rmtree(old)
        fresh = CACHE / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        make(fresh, name)
        fresh.rename(folder)
    return folder


def principal(name: str) -> str:
    """The head of that school: who reads every class."""
    posts = {
        record.fields["post"]: record.fields["name"] for record in _records(name, _today()) if record.type == "staff"
    }
    return posts["校長"]


def _today() -> date:
    return datetime.now(TOKYO).date()


def make(folder: Path, name: str, url: str | None = None) -> None:
    """Fill a new database, the embedded one in `folder` or the one at a URL, with that school."""
    now, today = datetime.now(UTC), _today()
    plan = SchoolPlan() if name == "day" else PLAN
    folder.mkdir(parents=True, exist_ok=True)
    storage = open_storage(folder, url)
    migrate(storage.database)
    ground = premise(SEED, today, plan)
    with storage.database.writing() as connection:
        mark_demo(storage.database, connection)
        create_partitions(connection, ground, lambda: str(uuid4()))
        for _, done in load_records(storage.database, connection, _records(name, today), now):
            print(f"\r{name}: {done:,} records", end="", flush=True)
    print()
    storage.close()


def _records(name: str, today: date) -> Iterator[SampleRecord]:
    if name == "day":
        return make_school(SEED, today, SchoolPlan())
    return make_load(SEED, school_year(today), every_day=name == "156600")


def _stamp() -> str:
    """Changes with whatever the data are made of, and with the school year."""
    digest = hashlib.sha256(str(school_year(_today())).encode())
    for path in sorted(path for part in PARTS for path in ROOT.glob(part)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
