"""The demo's database: a prefecture, a board and the sample school in them."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import groupby, islice

from sync.protocol.messages import Create
from sync.server.clock import TOKYO
from sync.server.edits import CHUNK, bulk_edit, create_partition
from sync.server.sample.plan import SchoolPlan
from sync.server.sample.premise import SampleRecord, premise
from sync.server.sample.school import make_school
from sync.server.settings import Refusal
from sync.server.storage import partitions
from sync.server.storage.identity import is_demo, mark_demo
from sync.server.storage.store import Storage


def make_demo(
    storage: Storage, seed: int, plan: SchoolPlan, now: datetime, new_id: Callable[[], str]
) -> Iterator[tuple[str, int]]:
    """Fill an empty database with the sample school of this seed; does nothing where it is filled already.

    new_id: makes a random UUID. Yields (partition, records done) as it goes on. Raises Refusal for a database that
    holds something else.
    """
    today = now.astimezone(TOKYO).date()
    ground = premise(seed, today, plan)
    with storage.database.writing() as connection:
        demo, filled = is_demo(connection), bool(partitions.all_schools(connection))
        if filled and not demo:
            raise Refusal("this database holds real data; a demo needs a folder of its own")
        mark_demo(storage.database, connection)
    if filled:
        return
    create_partition(storage, ground.prefecture, f"pref:{plan.prefecture}", new_id())
    create_partition(storage, ground.board, f"board:{plan.board}", new_id(), (None, ground.prefecture))
    create_partition(storage, ground.school, "school", new_id(), (ground.board, ground.prefecture))
    yield from load_records(storage, make_school(seed, today, plan), now)


def load_records(storage: Storage, records: Iterable[SampleRecord], now: datetime) -> Iterator[tuple[str, int]]:
    """Load generated records, run by run of one partition; yields (partition, records done). Raises Refusal."""
    done = 0
    for partition, run in groupby(records, key=lambda record: record.partition):
        for chunk in _chunks(run):
            refused = bulk_edit(storage, partition, chunk, now)
            if refused:
                op, outcome = refused[0]
                raise Refusal(f"a {op.type} of the sample was refused: {outcome.code or outcome.outcome} {outcome.ops}")
            done += len(chunk)
            yield partition, done


def _chunks(run: Iterable[SampleRecord]) -> Iterator[list[Create]]:
    source = iter(run)
    while chunk := [_creation(record) for record in islice(source, CHUNK)]:
        yield chunk


def _creation(record: SampleRecord) -> Create:
    return Create.model_construct(type=record.type, id=record.id, set=dict(record.fields), resolves=())
