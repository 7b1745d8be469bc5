"""What must not be lost: the same fifty cells edited on two devices, and a load that is cut off half-way."""

import shutil
import time
from collections.abc import Iterator
from typing import Any

from client.workspace import Put
from tests.bench.figures import median
from tests.bench.rig import COLLEAGUE, SQLITE, TEACHER, Rig, Seat, meter, rig, timed
from tests.bench.school import principal
from tests.kit.desks import Desk

CELLS = 50
SCORES = """
SELECT score.id FROM score WHERE "@lesson" LIKE '%:3-2:math' AND state = 'scored' ORDER BY id LIMIT ? OFFSET ?
"""
LARGE = "156600"


def measure(rounds: int, database: str = SQLITE) -> Iterator[tuple[str, dict[str, Any]]]:
    """Time until both devices show every conflict; time to finish a load after the program was killed in it."""
    with rig("day", database) as school:
        mine, theirs = school.join(TEACHER), school.join(COLLEAGUE)
        mine.sync()
        theirs.sync()
        took = [_differ(mine, theirs, turn) for turn in range(rounds)]
        yield (
            f"the same {CELLS} cells edited on two devices: {CELLS} conflicts on both, no value lost, notes merged",
            {"until both show them_ms": median(took)},
        )
        mine.close()
        theirs.close()
    with rig(LARGE, database) as school:
        whole: list[float] = []
        rest: list[float] = []
        shares: list[float] = []
        for _ in range(rounds):
            took_whole, size = _load(school)
            took_rest, rest_size = _killed_half_way(school, size)
            whole.append(took_whole)
            rest.append(took_rest)
            shares.append(rest_size / size)
        yield (
            f"killed half-way through a load of {int(LARGE):,} records: started again, until all is there",
            {
                "whole load_ms": median(whole),
                "rest_ms": median(rest),
                "of all bytes travel again_%": median(shares) * 100,
            },
        )


def _differ(mine: Seat, theirs: Seat, turn: int) -> float:
    """Both put other points into the same cells, one writes a note beside; what came of it. Milliseconds."""
    ids = [row.id for row in mine.workspace.rows(SCORES, (CELLS, turn * CELLS))]
    assert len(ids) == CELLS
    known = len(mine.workspace.conflicts())
    for n, id_ in enumerate(ids):
        mine.workspace.edit("grades.score", [Put("score", {"state": "scored", "value": 100 * n + 1}, id=id_)])
        both = {"state": "scored", "value": 100 * n + 2, "note": f"見た {turn}.{n}"}
        theirs.workspace.edit("grades.score", [Put("score", both, id=id_)])
    took = timed(lambda: (mine.sync(), theirs.sync(), mine.sync()))
    for seat in (mine, theirs):
        conflicts = [each for each in seat.workspace.conflicts() if each.target in set(ids)]
        assert len(conflicts) == CELLS
        assert len(seat.workspace.conflicts()) == known + CELLS
        values = {each.target: (each.current.value["value"], each.incoming.value["value"]) for each in conflicts}
        assert values == {id_: (100 * n + 1, 100 * n + 2) for n, id_ in enumerate(ids)}, "no value is lost"
        notes = dict(seat.workspace.rows("SELECT id, note FROM score WHERE note LIKE ?", (f"見た {turn}.%",)))
        assert notes == {id_: f"見た {turn}.{n}" for n, id_ in enumerate(ids)}, "other fields merge"
    return took


def _load(school: Rig) -> tuple[float, int]:
    """Milliseconds and bytes of a whole load, by a program of its own."""
    desk, counted = _desk(school)
    took = timed(desk.sync)
    size = counted.taken()
    desk.close()
    shutil.rmtree(desk.folder)
    return took, size


def _killed_half_way(school: Rig, size: int) -> tuple[float, int]:
    """The same, ended as by a power cut when half of the bytes have come; milliseconds and bytes of what is left."""
    desk, counted = _desk(school)
    desk.say("sync")
    while counted.up + counted.down < size / 2:
        time.sleep(0.005)
    desk.kill()
    desk.start()
    counted.taken()
    took = timed(desk.sync)
    assert desk.ask("status")["loading"] == 0
    rest = counted.taken()
    desk.close()
    shutil.rmtree(desk.folder)
    return took, rest


def _desk(school: Rig) -> tuple[Desk, Any]:
    """A program on a fresh device that is signed in, its line counted."""
    counted = meter(school)
    (desk,) = school.desks([principal(LARGE)], address=counted.address)
    counted.taken()
    return desk, counted
