"""The morning peak: a school's thirty programs start within seconds, load or catch up, and mark their classes.

Thirty processes with the windows' own sync service and its rhythm, one server, all on this machine: 24 class teachers
mark 35 pupils each, and six watch. Twice: each program signs in and loads everything; then each opens that store again,
after an evening on which 2,000 letters were changed, and another day is marked.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from sync.server.storage.store import Storage
from sync.server.storage.tables import history
from tests.bench import letters
from tests.bench.figures import percentile
from tests.bench.machine import cpu_s, memory_mb
from tests.bench.programs import Program
from tests.bench.rig import SQLITE, Rig, rig
from tests.bench.school import Staff, class_teachers, staff, today

WITHIN_S = 4.0
"""All programs are started within this time."""
EVENING = 2_000
"""Letters that are changed between the two mornings."""
PATIENCE_S = 240
"""So long all programs together may take to hold everything, and then to tell what they saw."""


def measure(rounds: int, database: str = SQLITE) -> Iterator[tuple[str, dict[str, Any]]]:
    """One morning of each kind; `rounds` mornings with yesterday's stores."""
    yield from _mornings(rounds, database)


def measure_windows(rounds: int, database: str = SQLITE) -> Iterator[tuple[str, dict[str, Any]]]:
    """The same with thirty whole programs, their windows drawn offscreen."""
    yield from _mornings(rounds, database, "--window")


def _mornings(rounds: int, database: str, *how: str) -> Iterator[tuple[str, dict[str, Any]]]:
    with rig("peak", database) as school:
        people, classes = staff("peak"), class_teachers("peak")
        for turn in range(1 + rounds):
            if turn:
                with school.storage() as storage:
                    letters.change(storage, people[0].school, EVENING)
            morning = Morning(school, people, classes, today() + timedelta(days=turn), how)
            figures = morning.run()
            kind = "yesterday's stores catch up" if turn else "all sign in and load"
            what = "whole programs" if how else "programs without windows"
            yield f"morning {turn + 1}: {len(people)} {what}, {kind}, {figures.pop('marks'):,} marks", figures


@dataclass(slots=True)
class Morning:
    """One morning of all programs."""

    school: Rig
    people: Sequence[Staff]
    classes: Mapping[str, str]
    day: date
    how: tuple[str, ...]
    held: list[float] = field(default_factory=list[float])

    def run(self) -> dict[str, Any]:
        """From the first start until everybody holds everything; the figures."""
        before, stored, began = cpu_s(self.school.server_pid), self.school.database_s(), time.time()
        with ExitStack() as programs:
            running = [programs.enter_context(self._start(each, n)) for n, each in enumerate(self.people)]
            until = time.time() + PATIENCE_S
            self.held = [process.told(until)["held"] for process in running]
            used, now = cpu_s(self.school.server_pid) - before, self.school.database_s()
            for process in running:
                process.dismiss()
            until = time.time() + PATIENCE_S
            told = [process.told(until) for process in running]
        figures = self._times(told, began)
        figures |= {"processor of server_s": used}
        if stored is not None and now is not None:
            figures["of PostgreSQL_s"] = now - stored
        figures["and of all programs_s"] = sum(each["cpu_s"] for each in told)
        return figures | {"server_mb": memory_mb(self.school.server_pid), "program_mb": max(e["mb"] for e in told)}

    def _start(self, who: Staff, number: int) -> Program:
        time.sleep(WITHIN_S / len(self.people))
        server, folder = self.school.server, self.school.folder / f"morning-{number}"
        words = [str(folder), server.url, server.issuer, who.name]
        words += [self.classes.get(who.id, ""), self.day.isoformat(), *self.how]
        return Program(words, folder.with_suffix(".said"))

    def _times(self, told: Sequence[Mapping[str, Any]], began: float) -> dict[str, Any]:
        """What was lost, which must be nothing, and how long everything took."""
        assert [each["errors"] for each in told] == [[]] * len(told)
        assert [each["left"] for each in told] == [0] * len(told)
        with self.school.storage() as storage:
            kept = _kept(storage, self.people[0].school, set().union(*(each["saved"] for each in told)))
        saved = {id_: at for each in told for id_, at in each["saved"].items()}
        assert kept.keys() == saved.keys(), "every mark is in the school's history once"
        marks = {id_: mark for each in told for id_, mark in each["marks"].items() if id_ in each["saved"]}
        assert all(marks[id_] == mark for each in told for id_, mark in each["marks"].items()), "all see the same"
        up = [(at - saved[id_]) * 1000 for each in told for id_, at in each["answered"].items()]
        down = [
            (at - kept[id_]) * 1000 for each in told for id_, at in each["seen"].items() if id_ not in each["saved"]
        ]
        return {
            "marks": len(saved),
            "until all programs hold all_s": max(self.held) - began,
            "loaded p50_s": percentile([each["loaded"] - began for each in told], 0.5),
            "the last_s": max(each["loaded"] - began for each in told),
            "told to come back_times": sum(each["busy"] for each in told),
            "not answered in time_times": sum(each["silent"] for each in told),
            "saved until acknowledged p50_ms": percentile(up, 0.5),
            "p95_ms": percentile(up, 0.95),
            "at the school until on another device p50_ms": percentile(down, 0.5),
            " p95_ms": percentile(down, 0.95),
        }


def _kept(storage: Storage, school: str, ids: set[str]) -> dict[str, float]:
    """When the school took each of these marks: the server's stamp of its one creation."""
    wanted = select(history.c.id, history.c.at).where(history.c.school == school, history.c.type == "attendance")
    with storage.database.reading() as connection:
        rows = [(row[0], row[1]) for row in connection.execute(wanted) if row[0] in ids]
    assert len(rows) == len({id_ for id_, _ in rows})
    return {id_: datetime.fromisoformat(at).timestamp() for id_, at in rows}
