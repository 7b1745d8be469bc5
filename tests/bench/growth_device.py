"""How each cost on a device grows from one class to ten and to a hundred, at one school of 102 classes of 20 pupils.

The same acts on the teacher's own class, whatever else the device holds: each device is a process of its own without
windows. One class is all of a class teacher's; each of the others is held as class teacher and for mathematics.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sync.records.year import school_year
from sync.server.storage.store import Storage
from tests.bench import letters
from tests.bench.copies import BROAD, broad_school, ground
from tests.bench.duties import give
from tests.bench.figures import median
from tests.bench.machine import Work
from tests.bench.prefecture import class_teacher, enrolled
from tests.bench.rig import SQLITE, Rig, rig
from tests.bench.school import BROAD_COPIES, Staff, today
from tests.kit.desks import Desk

SIZES = (1, 10, 102)
BULK = 300


def measure(rounds: int, database: str = SQLITE) -> Iterator[tuple[str, dict[str, Any]]]:
    """One row for each cost: what it is with 1, 10 and 102 classes. Times are the processor's but for one."""
    year = school_year(today())
    codes = [f"{year}:{grade}-{number}" for grade in range(1, 7) for number in range(1, BROAD_COPIES + 1)]
    costs: list[dict[str, float]] = []
    with rig("broad", database) as school:
        for number, size in enumerate(SIZES, 2):  # whoever has a first class leads the grade, too
            own = f"{year}:3-{number}"
            who = class_teacher(ground(BROAD, today()).school, broad_school(BROAD_COPIES, today()), f"3-{number}")
            with school.storage() as storage:
                _give(storage, who, [code for code in codes if code != own][: size - 1])
                place = enrolled(storage, who)
            desk = school.desk(place)
            costs.append(_costs(school, desk, who, own, rounds))
            desk.close()
    for name in costs[0]:
        unit = "" if name == "records held" else "mb" if name.startswith("memory") else "ms"
        figures = {f"{size} classes_{unit}": cost[name] for size, cost in zip(SIZES, costs, strict=True)}
        yield f"a device grows: {name}", figures


def _costs(school: Rig, desk: Desk, who: Staff, own: str, rounds: int) -> dict[str, float]:
    """What everything takes on this device: processor time of program and server, waiting for the disk left out."""
    work = Work(lambda: (desk.pid, school.server_pid))
    costs = {"load": work.of(desk.sync)}
    costs["records held"] = _rows(desk)
    desk.sync()
    costs["nothing new"] = work.of(desk.sync, 20 * rounds)
    edits = [ms for _ in range(10 * rounds) for ms in desk.ask("change", class_=own, count=1)]
    desk.sync()
    both = work.of(lambda: (desk.ask("change", class_=own, count=1), desk.sync()), 10 * rounds)
    costs["edit 1 and push it"] = both
    edits += desk.ask("change", class_=own, count=BULK)
    costs["push 300"] = work.of(desk.sync)
    with school.storage() as storage:
        letters.change(storage, who.school, BULK, own)
    costs["pull 300"] = work.of(desk.sync)
    costs["compare, first"] = work.of(lambda: desk.ask("compare"))
    costs["compare, again"] = work.of(lambda: desk.ask("compare"))
    told = {"lesson": f"{own}:math", "day": today().isoformat()}
    desk.ask("sheet", **told)
    costs["reading a sheet of 20 pupils"] = work.of(lambda: desk.ask("sheet", **told), 10 * rounds)
    costs["one edit durable, by the clock, p50"] = median(edits)
    costs["memory of the program"] = desk.ask("memory")
    assert desk.ask("status")["waiting"] == 0
    return costs


def _rows(desk: Desk) -> float:
    """Records in the store."""
    tables = ("viewpoint_grade", "course_grade", "score", "pupil", "membership", "remark", "course", "attendance_day")
    return sum(desk.rows(f'SELECT count(*) FROM "{table}"')[0][0] for table in tables)


def _give(storage: Storage, who: Staff, classes: Sequence[str]) -> None:
    duties = [(who.id, "homeroom", "class", code) for code in classes]
    duties += [(who.id, "subject", "course", f"{code}:math") for code in classes]
    if duties:
        give(storage, who.school, duties)
