"""The demo's database: a prefecture, a board and the sample school in them."""

from collections.abc import Callable, Generator, Iterable, Iterator
from datetime import datetime
from itertools import groupby

from sqlalchemy import Connection

from sync.server.clock import TOKYO
from sync.server.fill import fill
from sync.server.sample.plan import SchoolPlan
from sync.server.sample.premise import Premise, SampleRecord, premise
from sync.server.sample.school import make_school
from sync.server.settings import Refusal
from sync.server.storage import partitions
from sync.server.storage.engines import Database
from sync.server.storage.identity import is_demo, mark_demo
from sync.server.storage.store import Storage


def make_demo(
    storage: Storage, seed: int, plan: SchoolPlan, now: datetime, new_id: Callable[[], str]
) -> Generator[tuple[str, int]]:
    """Fill an empty database with the sample school of this seed; does nothing where it is filled already.

    All of it is one transaction: whoever stops half-way leaves the database empty. new_id: makes a random UUID. Yields
    (partition, records done) as it goes on. Raises Refusal for a database that holds something else, ServerBusy.
    """
    today = now.astimezone(TOKYO).date()
    ground = premise(seed, today, plan)
    with storage.database.writing() as connection:
        demo, filled = is_demo(connection), bool(partitions.all_schools(connection))
        if filled and not demo:
            raise Refusal("this database holds real data; a demo needs a folder of its own")
        mark_demo(storage.database, connection)
        if not filled:
            create_partitions(connection, ground, new_id)
            yield from load_records(storage.database, connection, make_school(seed, today, plan), now)


def create_partitions(connection: Connection, ground: Premise, new_id: Callable[[], str]) -> None:
    """Make the three empty partitions of a sample school. new_id: makes a random UUID."""
    plan = ground.plan
    partitions.create(connection, ground.prefecture, f"pref:{plan.prefecture}", (None, None), new_id())
    partitions.create(connection, ground.board, f"board:{plan.board}", (None, ground.prefecture), new_id())
    partitions.create(connection, ground.school, partitions.SCHOOL, (ground.board, ground.prefecture), new_id())


def load_records(
    database: Database, connection: Connection, records: Iterable[SampleRecord], now: datetime
) -> Iterator[tuple[str, int]]:
    """Fill empty partitions with generated records, those of one partition together; yields (partition, records done).

    Raises Defect where a partition is not empty.
    """
    before = 0
    for partition, run in groupby(records, key=lambda record: record.partition):
        done = 0
        for done in fill(database, connection, partition, ((each.type, each.id, each.fields) for each in run), now):
            yield partition, before + done
        before += done
