"""How long a teacher's edit takes until it is on the disk, in peace and while a scope loads into the same store."""

import resource
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Thread
from typing import Any

from client.workspace import Put, Row, fresh_id
from sync.protocol.messages import Create
from sync.records.ids import PartitionId
from sync.server.edits import bulk_edit
from sync.server.storage.store import open_storage
from tests.bench.figures import percentile
from tests.bench.floor import Disk
from tests.bench.machine import memory_mb
from tests.bench.rig import TEACHER, Rig, Seat, rig, timed
from tests.kit.sealing import Reader

GRADES = """
SELECT pupil, course, term, viewpoint, "@class" FROM viewpoint_grade
WHERE course LIKE '%:3-2:math' ORDER BY id LIMIT 100
"""

_BETWEEN_S = 0.02
"""Between two edits beside a load: faster than anybody types. Without a pause the round has so many to push that the
load hardly goes on, and what is measured is edits beside pushes.
"""


def measure(rounds: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """p50 and p99 of one edit, in peace and while a scope loads, each beside what the disk takes for as many bytes in
    the same moments; in peace with a journal as well, in another store of the same teacher; then how much memory the
    device's half has, and had at most.
    """
    with rig("156600") as school:
        seat = school.join(TEACHER)
        seat.sync()
        cells = cells_of(seat)
        sealing = _sealing(school)
        disk = Disk(school.folder / "disk")
        calm: list[float] = []
        copied: list[float] = []
        floor: list[float] = []
        for turn in range(200 * rounds):
            floor.append(timed(disk.write))
            calm.append(timed(lambda turn=turn: edit(seat, cells, turn)))
            copied.append(timed(lambda turn=turn: edit(sealing, cells, turn)))
        yield "one edit durable (row and outbox)", figures(calm) | _of_the_disk(floor)
        yield "one edit durable and once more in the sealed journal", figures(copied) | _of_the_journal(sealing)
        sealing.close()
        before = seat.workspace.rows("SELECT count(*) FROM attendance")[0][0]
        _open_every_class(school, seat)
        loading = Thread(target=seat.sync)
        loading.start()
        busy: list[float] = []
        floor = []
        while loading.is_alive():
            time.sleep(_BETWEEN_S)
            floor.append(timed(disk.write))
            busy.append(timed(lambda: edit(seat, cells, len(busy))))
        loading.join()
        disk.close()
        loaded = seat.workspace.rows("SELECT count(*) FROM attendance")[0][0] - before
        assert loaded > 100_000
        yield f"one edit durable while {loaded:,} rows load into a store in use", figures(busy) | _of_the_disk(floor)
        yield (
            "memory of the client's half with that store (no windows)",
            {
                "client_mb": memory_mb(),
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            },
        )
        seat.close()


def _sealing(school: Rig) -> Seat:
    """Another PC of the teacher, whose store has a journal."""
    seat = school.join(TEACHER)
    seat.sync()
    seat.workspace.copies.keep(Reader().hands())
    return seat


def _of_the_journal(seat: Seat) -> dict[str, Any]:
    """What a group takes in it, its record's head, seal and padding included."""
    paths = seat.workspace.copies.segments()
    groups = seat.workspace.status().groups
    return {"bytes_each": sum(path.stat().st_size for path in paths) / groups}


def cells_of(seat: Seat) -> list[Row]:
    """What is edited: grades of a course."""
    return seat.workspace.rows(GRADES)


def figures(times: list[float]) -> dict[str, Any]:
    """How long edits took, in milliseconds."""
    return {
        "p50_ms": percentile(times, 0.5),
        "p99_ms": percentile(times, 0.99),
        "max_ms": max(times),
        "edits": len(times),
    }


def _of_the_disk(times: list[float]) -> dict[str, Any]:
    return {"disk_p50_ms": percentile(times, 0.5), "disk_p99_ms": percentile(times, 0.99)}


def edit(seat: Seat, cells: list[Row], turn: int) -> None:
    """Another letter in one of the cells."""
    pupil, course, term, viewpoint, class_ = cells[turn % len(cells)]
    fields = {"pupil": pupil, "course": course, "term": term, "viewpoint": viewpoint, "@class": class_}
    seat.workspace.edit(
        "grades.letter", [Put("viewpoint_grade", fields | {"value": "ABC"[turn % 3], "basis": "manual"})]
    )


def _open_every_class(school: Rig, seat: Seat) -> None:
    """The teacher becomes 教務主任 as well: every class of the school is granted."""
    storage = open_storage(school.folder / "school", None)
    enrolment = seat.workspace.enrolment
    year = seat.workspace.rows("SELECT max(year) FROM school_year")[0][0]
    duty = {
        "staff": enrolment.staff,
        "role": "academic",
        "target_kind": "school",
        "target": enrolment.school,
        "from": f"{year}-04-01",
    }
    create = Create(type="duty", id=fresh_id(), set=duty)
    refused = bulk_edit(storage, PartitionId(enrolment.school), [create], datetime.now(UTC))
    assert not refused
    storage.close()
