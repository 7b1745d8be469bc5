"""What a teacher waits for: the program to start, a large sheet to open, a key to be painted."""

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from typing import Any

from client.workspace import fresh_id
from sync.protocol.messages import Create
from sync.records.ids import PartitionId, keyed_id
from sync.server.edits import bulk_edit
from sync.server.storage.store import open_storage
from tests.bench.figures import median
from tests.bench.rig import TEACHER, Rig, Seat, rig

PUPILS, COLUMNS = 40, 60


def measure(rounds: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Start, opening of a 40 × 60 sheet, key to paint, memory; each process starts anew, offscreen."""
    with rig("day") as school:
        seat = school.join(TEACHER)
        seat.sync()
        lesson, term = _large(school, seat)
        seat.close()
        assert _run(school, lesson, term)["joined"]
        seen = [_run(school, lesson, term) for _ in range(rounds)]
        rows, columns = seen[0]["grid"]
        assert rows >= PUPILS
        assert columns >= COLUMNS
        yield "start of the program until the sheet is painted", {"ms": median([one["start_ms"] for one in seen])}
        yield f"opening a sheet of {rows} × {columns}", {"ms": median([one["open_ms"] for one in seen])}
        keys = {
            "p50_ms": median([one["key_p50_ms"] for one in seen]),
            "p99_ms": median([one["key_p99_ms"] for one in seen]),
        }
        yield "key to painted cell", keys
        yield "memory of the client with its window", {"client_mb": max(one["mb"] for one in seen)}


def _run(school: Rig, lesson: str, term: str) -> dict[str, Any]:
    words = [str(school.folder / "profile"), school.server.url, school.server.issuer, TEACHER]
    command = [sys.executable, "-m", "tests.bench.screen_process", *words, repr(time.time()), lesson, term]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": str(school.folder / "bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode; the first run makes it
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def _large(school: Rig, seat: Seat) -> tuple[str, str]:
    """Give the teacher's mathematics 40 pupils and 60 columns in the present term."""
    ask = seat.workspace.rows
    lesson = ask('SELECT "@lesson" FROM course WHERE "@lesson" LIKE \'%:3-2:math\'')[0][0]
    class_, year = lesson.rpartition(":")[0], int(lesson[:4])
    term = ask("SELECT max(no) FROM term WHERE year = ? AND start <= ?", (year, datetime.now(UTC).date().isoformat()))[
        0
    ][0]
    partition = seat.workspace.enrolment.school
    code = f"{year}-{term}"
    ops: list[Create] = []
    pupils = [row[0] for row in ask('SELECT DISTINCT pupil FROM membership WHERE "class" = ?', (class_,))]

    def make(type_: str, fields: dict[str, Any], *key: str) -> str:
        id_ = keyed_id(partition, type_, *(fields[part] for part in key)) if key else fresh_id()
        ops.append(Create(type=type_, id=id_, set=fields))
        return id_

    while len(pupils) < PUPILS:
        name = {"family": "見本", "given": f"{len(pupils)}", "kana_family": "みほん", "kana_given": "みほん"}
        pupils.append(make("pupil", {"@classes": [class_], **name}))
        place = {
            "pupil": pupils[-1],
            "class": class_,
            "from": f"{year}-04-07",
            "number": len(pupils) + 10,
            "kind": "home",
        }
        make("membership", place, "pupil", "class", "from")
    parts: list[str] = []
    for number in range(COLUMNS):
        about = {"@lesson": lesson, "course": lesson, "term": code, "title": f"小テスト{number}", "kind": "test"}
        evidence = make(
            "evidence", about | {"unit_name": f"単元{number // 4}", "date": f"{year}-11-{number % 28 + 1:02}"}
        )
        part = {"evidence": evidence, "viewpoint": "know", "@lesson": lesson, "max": 10_000, "weight": 1_000}
        parts.append(make("evidence_part", part, "evidence", "viewpoint"))
    for part, pupil in product(parts, pupils):
        value = {"state": "scored", "value": secrets.randbelow(101) * 100}
        make("score", {"evidence_part": part, "pupil": pupil, "@lesson": lesson, **value}, "evidence_part", "pupil")
    storage = open_storage(school.folder / "school", None)
    refused = bulk_edit(storage, PartitionId(partition), ops, datetime.now(UTC))
    assert not refused
    storage.close()
    return lesson, code
