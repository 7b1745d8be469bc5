"""A client process that takes the bench's orders, too: many marks at once, until it holds what all have written.

python -m tests.bench.desk_process FOLDER SERVER ISSUER TEACHER
"""

import random
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import zstandard

from client import cycles
from client.grades.repository import GradeBook
from client.workspace import Put
from sync.protocol.errors import ServerBusy
from tests.bench.floor import FloorClient, RawStore
from tests.bench.machine import memory_mb
from tests.kit.desk_process import DeskProcess, main

AGAIN_S = (0.5, 2.0)
LETTERS = """
SELECT id, value FROM viewpoint_grade WHERE "@class" = ? ORDER BY id LIMIT ?
"""
HELD = "SELECT count(*) FROM attendance WHERE date BETWEEN ? AND ?"


class BenchDesk(DeskProcess):
    """A desk that can be told to meet others."""

    def __init__(self, folder: Path, server: str, issuer: str, teacher: str) -> None:
        super().__init__(folder, server, issuer, teacher)
        self._folder = folder

    def mark(self, marks: list[dict[str, Any]]) -> Any:
        """Save these marks, each for itself, and send nothing."""
        for fields in marks:
            self.workspace.edit("attendance.mark", [Put("attendance", fields)])

    def meet(self, at: float, days: list[str], wanted: int) -> Any:
        """From that moment on send, listen and receive until all marks of these days are here."""
        rounds = busy = 0
        school = self.workspace.enrolment.school
        _sleep_until(at)
        began = time.process_time()
        while self.workspace.rows(HELD, days)[0][0] < wanted:
            try:
                if rounds:
                    self.link.wait(school, self.workspace.status().cursor)
                self.workspace.sync(self.link)
            except ServerBusy as error:  # told to come back, a client comes back, as the windows' service does
                busy += 1
                time.sleep(error.facts["retry_s"] + random.uniform(*AGAIN_S))
            rounds += 1
        took, cpu = time.time() - at, time.process_time() - began
        status = self.workspace.status()
        return {
            "s": took,
            "cpu_s": cpu,
            "rounds": rounds,
            "busy": busy,
            "left": status.waiting + status.conflicts + status.not_accepted,
            "held": self.workspace.rows(HELD, days)[0][0],
        }

    def meet_bare(self, at: float, port: int, rows: list[dict[str, Any]], above: int, wanted: int) -> Any:
        """The same without rights, conflicts or history: rows sent, and fetched into raw SQLCipher."""
        store, client = RawStore(self._folder / f"raw-{above}.db"), FloorClient(port)
        held, last = 0, above
        _sleep_until(at)
        client.post("/push", zstandard.compress(orjson.dumps(rows)))
        while held < wanted:
            got = orjson.loads(zstandard.decompress(client.get(f"/after/{last}")))
            store.keep(got)
            held, last = held + len(got), got[-1][0]
        took = time.time() - at
        store.close()
        client.close()
        return {"s": took, "held": held}

    def load(self, at: float) -> Any:
        """At that moment begin to load all the school, until it is here; the server's call to come back is followed."""
        _sleep_until(at)
        began, busy = time.process_time(), 0
        while True:
            try:
                self.workspace.sync(self.link)
                break
            except ServerBusy as error:
                busy += 1
                time.sleep(error.facts["retry_s"] + random.uniform(*AGAIN_S))
        return {"s": time.time() - at, "cpu_s": time.process_time() - began, "busy": busy}

    def load_bare(self, at: float, port: int, count: int) -> Any:
        """The same rows as so many bodies over bare HTTP, into raw SQLCipher; how many rows."""
        path = self._folder / "raw-load.db"
        store, client = RawStore(path), FloorClient(port)
        _sleep_until(at)
        began = time.process_time()
        rows = store.load([client.get(f"/{number}") for number in range(count)])
        took, cpu = time.time() - at, time.process_time() - began
        store.close()
        client.close()
        path.unlink()
        return {"s": took, "cpu_s": cpu, "rows": rows}

    def timed(self, order: str, times: int = 1, **told: Any) -> Any:
        """Milliseconds of another order, each time."""
        act: Callable[..., Any] = getattr(self, order)
        took: list[float] = []
        for _ in range(times):
            began = time.perf_counter()
            act(**told)
            took.append((time.perf_counter() - began) * 1000)
        return took

    def change(self, class_: str, count: int) -> Any:
        """Put another letter into so many cells of a class, each an edit of its own; milliseconds of each."""
        took: list[float] = []
        for row in self.workspace.rows(LETTERS, (class_, count)):
            put = Put("viewpoint_grade", {"value": "B" if row.value == "A" else "A", "basis": "manual"}, id=row.id)
            began = time.perf_counter()
            self.workspace.edit("grades.letter", [put])
            took.append((time.perf_counter() - began) * 1000)
        assert len(took) == count
        return took

    def sheet(self, lesson: str, day: str) -> Any:
        """Read the sheet of a course in its newest term as the page does that opens it; its rows."""
        book = GradeBook(self.workspace)
        found = next(each for each in book.lessons(date.fromisoformat(day)) if each.code == lesson)
        term = [each for each in book.terms(found.year) if each.no and each.start <= day][-1]
        return len(book.sheet(found, term, date.fromisoformat(day)).rows)

    def compare(self) -> Any:
        """One round that holds every row against the school's."""
        self.workspace.doubt()
        return self.sync()

    def memory(self) -> Any:
        """Resident memory in MB."""
        return memory_mb()


def _sleep_until(moment: float) -> None:
    time.sleep(max(0.0, moment - time.time()))


if __name__ == "__main__":
    cycles.settle()  # as the program does
    main(BenchDesk)
