"""An attached file of 20 MB: kept, sent, fetched, beside bare HTTP and raw SQLCipher; and edits meanwhile."""

import os
from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

from client.workspace import Blob, Put
from sync.records.blobs import file_set
from tests.bench.edits import cells_of, edit, figures
from tests.bench.figures import median
from tests.bench.floor import FloorClient, RawStore
from tests.bench.rig import COLLEAGUE, SQLITE, TEACHER, Seat, rig, timed

SIZE = 20_000_000
PIECE = 256 * 1024
PDF = "application/pdf"


def measure(rounds: int, database: str = SQLITE) -> Iterator[tuple[str, dict[str, Any]]]:
    """Megabytes a second of each way, and how long an edit takes while files are kept and carried."""
    with rig("day", database) as school:
        raw, client = _Raw(school.folder), school.floor()
        mine, theirs = school.join(TEACHER), school.join(COLLEAGUE)
        mine.sync()
        theirs.sync()
        floors, ours = _Times(), _Times()
        for _ in range(rounds):
            data = os.urandom(SIZE)
            _floor(raw, client, data, floors)
            blob = _ours(mine, theirs, data, ours)
        yield _row("keep a file of 20 MB, encrypted, on the disk", floors.keep, ours.keep)
        yield _row("send it to the school", floors.send, ours.send)
        yield _row("fetch it on another device", floors.fetch, ours.fetch)
        yield "one edit durable while such files are kept and sent", _edits(mine, blob)
        for each in (mine, theirs, client, raw):
            each.close()


class _Times:
    def __init__(self) -> None:
        self.keep: list[float] = []
        self.send: list[float] = []
        self.fetch: list[float] = []


class _Raw:
    """A raw store that keeps files in pieces, and nothing else."""

    def __init__(self, folder: Any) -> None:
        self._store = RawStore(folder / "files.db")
        self._store.database.execute("CREATE TABLE piece (n INTEGER PRIMARY KEY, data BLOB)")

    def keep(self, data: bytes) -> None:
        """In the place of the file before, in one transaction."""
        run = self._store.database.execute
        pieces = ((n, data[n * PIECE : (n + 1) * PIECE]) for n in range(-(-len(data) // PIECE)))
        run("BEGIN")
        run("DELETE FROM piece")
        self._store.database.executemany("INSERT INTO piece VALUES (?, ?)", pieces)
        run("COMMIT")
        run("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def read(self) -> bytes:
        """The file."""
        return b"".join(row[0] for row in self._store.database.execute("SELECT data FROM piece ORDER BY n"))

    def close(self) -> None:
        """Close the store."""
        self._store.close()


def _row(name: str, floor: list[float], ours: list[float]) -> tuple[str, dict[str, Any]]:
    speed: Callable[[list[float]], float] = lambda times: SIZE / 1000 / median(times)  # noqa: E731  said twice
    values = {"floor_ms": median(floor), "keyaki_ms": median(ours), "ratio": median(ours) / median(floor)}
    return name, values | {"floor_MB/s": speed(floor), "keyaki_MB/s": speed(ours)}


def _floor(raw: _Raw, client: FloorClient, data: bytes, times: _Times) -> None:
    times.keep.append(timed(lambda: raw.keep(data)))
    times.send.append(timed(lambda: client.put("/file", raw.read())))
    times.fetch.append(timed(lambda: raw.keep(client.get("/file"))))
    assert raw.read() == data


def _ours(mine: Seat, theirs: Seat, data: bytes, times: _Times) -> Blob:
    found: list[Blob] = []
    times.keep.append(timed(lambda: found.append(mine.workspace.files.attach(data, PDF))))
    (blob,) = found
    _post(mine, blob)
    times.send.append(timed(mine.sync))
    theirs.sync()
    theirs.workspace.files.want([blob])
    times.fetch.append(timed(theirs.sync))
    assert theirs.workspace.files.read(blob) == data
    return blob


def _post(seat: Seat, blob: Blob) -> None:
    author = seat.workspace.enrolment.staff
    fields = {"author": author, "title": "学年だより", "body": "本文", "files": file_set([blob])}
    seat.workspace.edit("notice.post", [Put("notice", fields)])


def _edits(seat: Seat, blob: Blob) -> dict[str, Any]:
    """Edits as fast as a hand that never rests, while three more files are kept and sent."""

    def carry() -> None:
        for _ in range(3):
            _post(seat, seat.workspace.files.attach(os.urandom(blob.size), PDF))
            seat.sync()

    cells = cells_of(seat)
    carrying = Thread(target=carry)
    carrying.start()
    busy: list[float] = []
    while carrying.is_alive():
        busy.append(timed(lambda: edit(seat, cells, len(busy))))
    carrying.join()
    return figures(busy)
