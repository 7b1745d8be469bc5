"""Edits go up and come down again: 300 at once, one at a time, and nothing at all."""

from collections.abc import Iterator
from typing import Any

import orjson
import zstandard

from client.workspace import Put
from tests.bench.figures import median
from tests.bench.floor import FloorClient, RawStore
from tests.bench.rig import COLLEAGUE, SQLITE, TEACHER, Rig, Seat, meter, rig, timed

CELLS = """
SELECT score.evidence_part, score.pupil, score."@lesson", score.note FROM score
JOIN evidence_part ON evidence_part.id = score.evidence_part
WHERE score."@lesson" LIKE '%:3-2:math' ORDER BY score.id LIMIT 300
"""


def measure(rounds: int, database: str = SQLITE) -> Iterator[tuple[str, dict[str, Any]]]:
    """Push and pull of 300 edits, of one edit, and a round with nothing new."""
    with rig("day", database) as school:
        store, client = RawStore(school.folder / "raw.db"), school.floor()
        writer, reader = school.join(TEACHER), school.join(COLLEAGUE)
        writer.sync()
        reader.sync()
        for count, turns in ((300, rounds), (1, rounds * 4)):
            floors, ours = _Times(), _Times()
            for turn in range(turns):
                _floor(store, client, count, floors)
                _ours(writer, reader, count, f"{count}.{turn}", ours)
            sizes = _bytes(school, count)
            writer.sync()
            reader.sync()
            word = "edit" if count == 1 else "edits"
            yield _row(f"push {count} offline {word} until acknowledged", floors.push, ours.push, sizes[0])
            yield _row(
                f"pull {'that' if count == 1 else 'those'} {count} on another device", floors.pull, ours.pull, sizes[1]
            )
        idle = [timed(reader.sync) for _ in range(rounds * 10)]
        bare = [timed(lambda: client.get("/new")) for _ in range(rounds * 10)]
        yield _row("nothing new: one round over three partitions", bare, idle, _bytes(school, 0)[1])
        reader.close()
        writer.close()
        client.close()
        store.close()


class _Times:
    def __init__(self) -> None:
        self.push: list[float] = []
        self.pull: list[float] = []


def _row(name: str, floor: list[float], ours: list[float], size: int) -> tuple[str, dict[str, Any]]:
    values = {
        "floor_ms": median(floor),
        "keyaki_ms": median(ours),
        "ratio": median(ours) / median(floor),
        "bytes": size,
    }
    return name, values


def _floor(store: RawStore, client: FloorClient, count: int, times: _Times) -> None:
    """Rows read from a raw outbox, sent, stored, marked as sent; then fetched and stored elsewhere."""
    database = store.database
    body = orjson.dumps(
        {"type": "score", "id": "018f0000-0000-7000-8000-0000000000aa", "set": {"note": "floor"}}
    ).decode()
    database.execute("DELETE FROM outbox")
    database.executemany("INSERT INTO outbox (body, sent) VALUES (?, 0)", [(body,)] * count)

    def push() -> None:
        rows = [orjson.loads(text) for (text,) in database.execute("SELECT body FROM outbox WHERE sent = 0")]
        client.post("/push", zstandard.compress(orjson.dumps(rows)))
        database.execute("UPDATE outbox SET sent = 1")

    def pull() -> None:
        rows = orjson.loads(zstandard.decompress(client.get("/new")))
        database.execute("BEGIN")
        database.executemany(
            "INSERT INTO outbox (body, sent) VALUES (?, 2)", ((orjson.dumps(row).decode(),) for row in rows)
        )
        database.execute("COMMIT")

    times.push.append(timed(push))
    times.pull.append(timed(pull))


def _edit(seat: Seat, count: int, note: str) -> None:
    for number, (part, pupil, lesson, _) in enumerate(seat.workspace.rows(CELLS)[:count]):
        fields = {"evidence_part": part, "pupil": pupil, "@lesson": lesson, "note": f"{note}.{number}"}
        seat.workspace.edit("grades.note", [Put("score", fields)])


def _ours(writer: Seat, reader: Seat, count: int, note: str, times: _Times) -> None:
    _edit(writer, count, note)
    times.push.append(timed(writer.sync))
    assert writer.workspace.status().waiting == 0
    times.pull.append(timed(reader.sync))
    assert reader.workspace.rows("SELECT count(*) FROM score WHERE note LIKE ?", (f"{note}.%",))[0][0] == count


def _bytes(school: Rig, count: int) -> tuple[int, int]:
    """Bytes on the wire of such a push and pull, headers included."""
    counted = meter(school)
    writer, reader = school.join(TEACHER, counted.address), school.join(COLLEAGUE, counted.address)
    writer.sync()
    reader.sync()
    counted.taken()
    _edit(writer, count, f"bytes.{count}")
    writer.sync()
    up = counted.taken()
    reader.sync()
    down = counted.taken()
    writer.close()
    reader.close()
    return up, down
