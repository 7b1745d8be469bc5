"""The demo's database: a prefecture, and in it sample schools, each with its board."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain, groupby

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
    storage: Storage, seed: int, plans: Sequence[SchoolPlan], now: datetime, new_id: Callable[[], str]
) -> Generator[tuple[str, int]]:
    """Fill an empty database with sample schools of one prefecture; does nothing where it is filled already.

    seed: of the first one; each that follows has the next. All of it is one transaction: whoever stops half-way leaves
    the database empty. new_id: makes a random UUID. Yields (partition, records done) as it goes on. Raises Refusal for
    a database that holds something else, ServerBusy.
    """
    today = now.astimezone(TOKYO).date()
    with storage.database.writing() as connection:
        demo, filled = is_demo(connection), bool(partitions.all_schools(connection))
        if filled and not demo:
            raise Refusal("this database holds real data; a demo needs a folder of its own")
        mark_demo(storage.database, connection)
        if not filled:
            for number, plan in enumerate(plans):
                create_partitions(connection, premise(seed + number, today, plan), new_id)
            yield from load_records(storage.database, connection, _records(seed, today, plans), now)


def _records(seed: int, today: date, plans: Sequence[SchoolPlan]) -> Iterator[SampleRecord]:
    """What the schools have in common comes once, and before anything of theirs."""
    schools = [
        groupby(make_school(seed + number, today, plan), key=lambda record: record.partition)
        for number, plan in enumerate(plans)
    ]
    common = chain.from_iterable(list(next(runs)[1]) for runs in schools)
    yield from {record.id: record for record in common}.values()
    yield from chain.from_iterable(run for runs in schools for _, run in runs)


def create_partitions(connection: Connection, ground: Premise, new_id: Callable[[], str]) -> None:
    """Make the three partitions of a sample school, empty, where they are missing. new_id: makes a random UUID."""
    plan = ground.plan
    for partition, name, above in (
        (ground.prefecture, f"pref:{plan.prefecture}", (None, None)),
        (ground.board, f"board:{plan.board}", (None, ground.prefecture)),
        (ground.school, partitions.SCHOOL, (ground.board, ground.prefecture)),
    ):
        if partitions.read(connection, partition) is None:
            partitions.create(connection, partition, name, above, new_id())


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
