"""Thirty devices send forty marks each at the same moment, until every device holds all of them.

Every device is a process of its own with a real store and the real engine. It listens by long poll and goes on as the
windows' service does, without the pause after a keystroke. The floor: the same processes send as many rows over bare
HTTP, listen the same way, and keep them in raw SQLCipher.
"""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any, NamedTuple

from sync.records.year import school_year
from tests.bench.duties import give
from tests.bench.figures import median
from tests.bench.machine import cpu_s
from tests.bench.rig import SQLITE, Rig, rig
from tests.bench.school import staff, today
from tests.kit.desks import Desk

DEVICES, MARKS = 30, 40
CLASS_KEY = "3-2"
LEAD_S = 1.0
"""How long before the moment everybody is told of it."""
AT_ONCE = 4
"""How many stores are loaded at a time before it begins."""


class Met(NamedTuple):
    """How long until the last device held all, in seconds; rounds of a device; how often the server was busy; and
    processor time. database_s: of PostgreSQL.
    """

    s: float
    rounds: float
    busy: int
    server_s: float
    devices_s: float
    database_s: float | None


def measure(rounds: int, database: str = SQLITE) -> Iterator[tuple[str, dict[str, Any]]]:
    """Seconds until the last of all devices holds all marks, ours beside the floor."""
    with rig("peak", database) as school:
        people = staff("peak")[:DEVICES]
        code = f"{school_year(today())}:{CLASS_KEY}"
        with school.storage() as storage:
            give(storage, people[0].school, ((each.id, "deputy", "class", code) for each in people))
        desks = school.desks([each.name for each in people])
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(Desk.sync, desks))
        pupils = [row[0] for row in desks[0].rows('SELECT pupil FROM membership WHERE "class" = ?', code)]
        ours: list[Met] = []
        floors: list[float] = []
        for turn in range(rounds):
            floors.append(_bare(desks, school.floor_port, turn))
            ours.append(_ours(school, desks, _cells(pupils, code, turn)))
        for desk in desks:
            desk.close()
        took = median([met.s for met in ours])
        stored = [met.database_s for met in ours if met.database_s is not None]
        yield (
            f"{DEVICES} devices × {MARKS} marks at once until all devices hold all ({DEVICES}/{DEVICES} processes)",
            {"floor_s": median(floors), "keyaki_s": took, "ratio": took / median(floors)}
            | {"told to come back_times": median([met.busy for met in ours])}
            | {"rounds_a device": median([met.rounds for met in ours])}
            | {"processor of server_s": median([met.server_s for met in ours])}
            | ({"of PostgreSQL_s": median(stored)} if stored else {})
            | {"and of all devices_s": median([met.devices_s for met in ours])},
        )


def _ours(school: Rig, desks: Sequence[Desk], cells: Sequence[Sequence[dict[str, Any]]]) -> Met:
    days = sorted({mark["date"] for marks in cells for mark in marks})
    for desk, marks in zip(desks, cells, strict=True):
        desk.ask("mark", marks=marks)
    before, stored, at = cpu_s(school.server_pid), school.database_s(), time.time() + LEAD_S
    for desk in desks:
        desk.say("meet", at=at, days=[days[0], days[-1]], wanted=DEVICES * MARKS)
    told = [desk.heard() for desk in desks]
    server, now = cpu_s(school.server_pid) - before, school.database_s()
    database = None if stored is None or now is None else now - stored
    for each in told:
        assert each["left"] == 0
        assert each["held"] == DEVICES * MARKS
    rounds = sum(each["rounds"] for each in told) / DEVICES
    devices = sum(each["cpu_s"] for each in told)
    busy = sum(each["busy"] for each in told)
    return Met(max(each["s"] for each in told), rounds, busy, server, devices, database)


def _bare(desks: Sequence[Desk], port: int, turn: int) -> float:
    at, row = time.time() + LEAD_S, {"type": "attendance", "id": "018f0000-0000-7000-8000-0000000000aa", "mark": "LATE"}
    above, wanted = turn * DEVICES * MARKS, DEVICES * MARKS
    for desk in desks:
        desk.say("meet_bare", at=at, port=port, rows=[row] * MARKS, above=above, wanted=wanted)
    told = [desk.heard() for desk in desks]
    assert all(each["held"] == wanted for each in told)
    return max(each["s"] for each in told)


def _cells(pupils: Sequence[str], code: str, turn: int) -> list[list[dict[str, Any]]]:
    """For each device forty marks nobody else makes, on days before there was this class: nobody has marked them."""
    days_a_turn = -(-DEVICES * MARKS // len(pupils))
    first = date(school_year(today()) - 3, 4, 1) + timedelta(days=turn * days_a_turn)
    made = [
        {
            "pupil": pupils[n % len(pupils)],
            "date": (first + timedelta(days=n // len(pupils))).isoformat(),
            "@classes": [code],
            "mark": "LATE",
            "late_at": f"{8 + n % 3:02}:{n % 60:02}",
        }
        for n in range(DEVICES * MARKS)
    ]
    return [made[n * MARKS : (n + 1) * MARKS] for n in range(DEVICES)]
