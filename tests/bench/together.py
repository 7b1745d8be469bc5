"""Ten fresh devices load one school at the same moment, until the last holds all of it.

Every device is a process of its own with a real store and the real engine, as on the first morning of a school year.
The floor: ten of the same processes take the same rows over bare HTTP into raw SQLCipher, at the same moment.
"""

import time
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from tests.bench.figures import median
from tests.bench.floor import bodies_of
from tests.bench.loads import pages_of
from tests.bench.machine import cpu_s
from tests.bench.rig import SQLITE, Rig, rig
from tests.bench.school import principal
from tests.kit.desks import Desk

DEVICES = 10
SCHOOL = "36600"
LEAD_S = 1.0
"""How long before the moment everybody is told of it."""
HELD = "SELECT (SELECT count(*) FROM viewpoint_grade) + (SELECT count(*) FROM attendance_day)"


class Load(NamedTuple):
    """Seconds until the last device had all; processor seconds of the server and of all devices; how often one was told
    to come back.
    """

    s: float
    server_s: float
    devices_s: float
    busy: int


def measure(rounds: int, database: str = SQLITE) -> Iterator[tuple[str, dict[str, Any]]]:
    """Ours beside the floor, in turns. The first turn does not count: nothing is packed before it."""
    who = principal(SCHOOL)
    with rig(SCHOOL, database) as school:
        pages = pages_of(school.join(who))
        count = bodies_of(pages, school.folder / "floor")
        rows = sum(len(frame["rows"]) for page in pages for frame in page)
        floors: list[float] = []
        ours: list[Load] = []
        for _ in range(rounds + 1):
            desks = school.desks([who] * DEVICES)
            floors.append(_bare(desks, school.floor_port, count, rows))
            ours.append(_ours(school, desks))
            for desk in desks:
                desk.close()
        del ours[0], floors[0]
        took = median([load.s for load in ours])
        yield (
            f"{DEVICES} fresh devices load {int(SCHOOL):,} records at once, until the last holds all",
            {"floor_s": median(floors), "keyaki_s": took, "ratio": took / median(floors)}
            | {"told to come back_times": median([load.busy for load in ours])}
            | {"processor of server_s": median([load.server_s for load in ours])}
            | {"and of all devices_s": median([load.devices_s for load in ours])},
        )


def _ours(school: Rig, desks: Sequence[Desk]) -> Load:
    before, at = cpu_s(school.server_pid), time.time() + LEAD_S
    for desk in desks:
        desk.say("load", at=at)
    told = [desk.heard() for desk in desks]
    server = cpu_s(school.server_pid) - before
    held = {desk.rows(HELD)[0][0] for desk in desks}
    assert len(held) == 1
    assert held != {0}
    assert all(desk.ask("status")["loading"] == 0 for desk in desks)
    took, devices = max(each["s"] for each in told), sum(each["cpu_s"] for each in told)
    return Load(took, server, devices, sum(each["busy"] for each in told))


def _bare(desks: Sequence[Desk], port: int, count: int, rows: int) -> float:
    at = time.time() + LEAD_S
    for desk in desks:
        desk.say("load_bare", at=at, port=port, count=count)
    told = [desk.heard() for desk in desks]
    assert all(each["rows"] == rows for each in told)
    return max(each["s"] for each in told)
