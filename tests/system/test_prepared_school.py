"""A school that has nothing but a roster is prepared by one command; then its teachers can grade."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from client.demo import DemoServer
from sync.records.year import school_year
from sync.server.clock import TOKYO
from sync.server.storage import partitions, sources
from sync.server.storage.identity import mark_demo
from sync.server.storage.store import Storage, open_storage
from tests.kit.desks import Desks
from tests.sync.server.roster.builder import changed, of_year

YEAR = school_year(datetime.now(TOKYO).date())
CLASS = f"{YEAR}:3-1"
LETTER = 'SELECT value FROM viewpoint_grade WHERE "@class" = ?'


def command(*words: str) -> subprocess.CompletedProcess[str]:
    """One run of the server's program."""
    return subprocess.run(
        [sys.executable, "-m", "sync.server", *words], capture_output=True, text=True, check=False, timeout=120
    )


def records(storage: Storage, type_: str) -> dict[str, dict[str, Any]]:
    with storage.database.reading() as connection:
        (school,) = partitions.all_schools(connection)
        own = partitions.read(connection, school)
        assert own is not None
        found = sources.records(connection, storage.names.read(connection, own), school, [type_])
    return {id_: dict(held.fields) for (_, id_), held in found.items()}


def class_teacher(folder: Path) -> str:
    """The name of the teacher of the class; the database is a demo's from now on, so that one may sign in."""
    storage = open_storage(folder)
    with storage.database.writing() as connection:
        mark_demo(storage.database, connection)
    duties = records(storage, "duty").values()
    (staff,) = [duty["staff"] for duty in duties if (duty["role"], duty["target"]) == ("homeroom", CLASS)]
    name = records(storage, "staff")[staff]["name"]
    storage.close()
    return name


@pytest.mark.timeout(300)
def test_a_teacher_of_a_prepared_school_enters_a_letter_and_it_arrives(tmp_path: Path, desks: Desks) -> None:
    folder, package = tmp_path / "server", tmp_path / "roster.zip"
    package.write_bytes(changed(of_year(YEAR)))
    taken = command("import-roster", "--data", str(folder), str(package))
    assert taken.returncode == 0, taken.stdout
    told = command("prepare-year", "--data", str(folder), "--school", "B105299999010", "--terms", "2")
    assert (told.returncode, told.stderr) == (0, "")
    assert "若草小学校" in told.stdout
    again = command("prepare-year", "--data", str(folder))
    assert (again.returncode, len(again.stdout.splitlines())) == (0, 1)
    stranger = command("prepare-year", "--data", str(folder), "--school", "B105299999021")
    assert (stranger.returncode, stranger.stdout) == (1, "")

    teacher = class_teacher(folder)
    with DemoServer(folder) as server:
        desk = desks.open(teacher, server.url, server.issuer)
        desk.sync()
        ((pupil, term, viewpoint),) = desk.rows(
            "SELECT membership.pupil, term.year || '-' || term.no, code_item.code"
            " FROM membership, term, code_item WHERE membership.class = ? AND membership.number = 1"
            """ AND term.name = '前期' AND code_item."set" = 'viewpoint' AND code_item.name = '知識・技能'""",
            CLASS,
        )
        course = f"{CLASS}:math"
        assert desk.rows('SELECT text_only FROM course WHERE "@lesson" = ?', course) == [[0]]
        key = {"pupil": pupil, "course": course, "term": term, "viewpoint": viewpoint, "@class": CLASS}
        desk.put("viewpoint_grade", key | {"value": "A", "basis": "manual"})
        assert desk.rows(LETTER, CLASS) == [["A"]]
        assert desk.sync()["outcomes"] == {"applied": 1}
        assert desk.ask("status")["waiting"] == 0
    storage = open_storage(folder)
    (arrived,) = records(storage, "viewpoint_grade").values()
    storage.close()
    assert arrived == key | {"value": "A", "basis": "manual"}
