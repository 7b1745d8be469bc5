"""All that SQLite and PostgreSQL do differently: opening, locking, snapshots, upserts and looking up many keys at once.

SQLite is the embedded default: WAL, one writer at a time behind a lock of this process and BEGIN IMMEDIATE behind the
database's. PostgreSQL is for real use: pushes lock their school's partition row, pulls read one snapshot.
"""

import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg.types.string import TextLoader
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Table,
    Text,
    cast,
    create_engine,
    event,
    make_url,
    type_coerce,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from sync.protocol.errors import ServerBusy
from sync.server.storage import bulk, many

LOCK_WAIT_S: Final = 3
"""How long a push waits for its turn before it is told to come back."""
MIGRATION_WAIT_S: Final = 60
"""How long a process waits for another that brings the tables up to date."""
_MIGRATION: Final = 0x6B65796B
"""The number processes of this program agree on for that."""
RETRY_S: Final = 1
CONNECTIONS: Final = 40
"""As many as there are request threads."""
MAPPED_BYTES: Final = 1 << 30
"""How much of the embedded database is read without a call into the system for every page."""
LOG_PAGES: Final = 8_000
"""How long SQLite's write-ahead log may grow before a commit empties it itself: only where nobody calls `tidy`."""
FILE: Final = "server.db"

SPREAD: Final = (
    ("record", "record", "200000 100000 200 150 1"),
    ("record", "record_by_key", "200000 100000 10000 1"),
    ("rec_scope", "rec_scope", "300000 150000 1000 500 1"),
    ("rec_scope", "rec_scope_touched", "300000 150000 1000 50 40 1 1"),
    ("history", "history", "1000000 500000 50 1"),
    ("history", "history_of_record", "1000000 500000 50000 4 1"),
    ("op_result", "op_result", "200000 100000 5000 1"),
    ("grant", "grant", "20000 10000 200 2 1 1 1"),
)
"""For each index: all rows, and how many share the values of its first one, two, … columns."""


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. `writing`, `reading` and `looking` are the only ways to a connection."""

    engine: Engine
    snapshots: Engine
    writers: Engine
    lookers: Engine
    embedded: bool
    keys: many.KeyTable
    stands: many.StandTable
    turn: Callable[[], AbstractContextManager[None]]
    insert: Callable[[Table], Any]
    """The engine's own INSERT, which knows ON CONFLICT."""
    plain: Callable[[ColumnElement[Any]], ColumnElement[str]]
    """A set of scopes as its text, read without a step in Python."""

    @contextmanager
    def writing(self) -> Generator[Connection]:
        """One transaction that may write; committed at the end, rolled back by any error.

        Raises ServerBusy when a lock is not to be had in time; nothing was written then.
        """
        with self.turn(), _translated(), self.writers.begin() as connection:
            if self.embedded:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """One snapshot. Raises ServerBusy when no connection is to be had."""
        with _translated(), self.snapshots.begin() as connection:
            if self.embedded:
                connection.connection.cursor().execute("BEGIN")
            yield connection

    @contextmanager
    def looking(self) -> Generator[Connection]:
        """For one SELECT, a snapshot by itself: to begin and end a transaction would be two more ways to the database.

        Raises ServerBusy when no connection is to be had.
        """
        with _translated(), self.lookers.connect() as connection:
            yield connection

    def upsert(self, table: Table) -> Any:
        """INSERT that replaces every column outside the primary key when the row exists."""
        return bulk.upsert(self.insert(table), table)

    def store(self, connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]], *, replace: bool) -> None:
        """Insert rows given in the order of the table's columns; where one exists it is replaced, or that is an error.

        Rows of a school are of one school.
        """
        if self.embedded or not bulk.can_be_packed(table):
            bulk.insert_each(connection, self.insert, table, rows, replace=replace)
        else:
            bulk.insert_packed(connection, self.insert, table, rows, replace=replace)

    def change(self, connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        """Update rows, given whole and in the order of the table's columns, where their primary keys are.

        An upsert would do, but touches every index for a key that only might have changed.
        """
        (bulk.update_each if self.embedded else bulk.update_packed)(connection, table, rows)

    @contextmanager
    def together(self, connection: Connection) -> Generator[None]:
        """For statements whose answers nobody reads: PostgreSQL is sent one behind the other, and asked at the end
        whether all went well. Each by itself would be one more way to the database while the school is locked.

        A SELECT has no rows in here. Raises what went wrong when it ends, as the driver says it.
        """
        if self.embedded:
            yield
        else:
            raw: Any = connection.connection.driver_connection
            with raw.pipeline():
                yield

    def alone(self, connection: Connection) -> None:
        """Let no other process change the tables until the end of the transaction; wait for one that does.

        For `migrate` alone, whose processes may all be started at once; SQLite's writers are alone as they are.
        """
        if not self.embedded:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{MIGRATION_WAIT_S}s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION})")
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_WAIT_S}s'")

    def only_follows(self, connection: Connection) -> bool:
        """Whether nobody can write: PostgreSQL is not back yet from a recovery, or is a replica."""
        return not self.embedded and bool(connection.exec_driver_sql("SELECT pg_is_in_recovery()").scalar())

    def pin_plans(self, connection: Connection) -> None:
        """Tell SQLite how the rows of real schools are spread; PostgreSQL finds out by itself.

        Without numbers SQLite takes a school for a handful of rows, and reads all of it to find one.
        """
        if self.embedded:
            connection.exec_driver_sql("ANALYZE sqlite_schema")
            connection.exec_driver_sql("DELETE FROM sqlite_stat1")
            connection.exec_driver_sql("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", list(SPREAD))

    def tidy(self) -> None:
        """Move what was committed from SQLite's write-ahead log into its file; nobody waits for it meanwhile.

        To be called every now and then, so that no commit has to do it while a teacher waits for its answer.
        """
        if self.embedded:
            with _translated(), closing(self.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def open_database(data: Path, url: str | None = None) -> Database:
    """The database at `url`, or the embedded one in the folder `data` (made when missing)."""
    if url is not None:
        return _open_postgres(make_url(url))
    data.mkdir(parents=True, exist_ok=True)
    return _open_sqlite(data / FILE)


def _open_sqlite(path: Path) -> Database:
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        connect_args={"timeout": LOCK_WAIT_S, "cached_statements": 256},
        pool_size=CONNECTIONS,
        max_overflow=0,
    )
    event.listen(engine, "connect", _sqlite_connected)
    turn = threading.Lock()
    return Database(
        engine=engine,
        snapshots=engine,
        writers=engine,
        lookers=engine,
        embedded=True,
        keys=many.json_keys(),
        stands=many.json_stands(),
        turn=lambda: _in_turn(turn),
        insert=sqlite.insert,
        plain=lambda column: type_coerce(column, Text),
    )


def _sqlite_connected(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    """Transactions are begun by us; a commit is on the disk before the answer goes out."""
    del entry
    connection.isolation_level = None  # pyright: ignore[reportAttributeAccessIssue]  sqlite3's own attribute
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA wal_autocheckpoint={LOG_PAGES}")
    cursor.execute("PRAGMA cache_size=-16384")
    cursor.execute(f"PRAGMA mmap_size={MAPPED_BYTES}")
    cursor.close()


@contextmanager
def _in_turn(turn: threading.Lock) -> Generator[None]:
    """Writers of one process wait here and are woken, nearly in order, where SQLite would let them poll."""
    if not turn.acquire(timeout=LOCK_WAIT_S):
        raise ServerBusy(code="BUSY", retry_s=RETRY_S)
    try:
        yield
    finally:
        turn.release()


def _open_postgres(url: URL) -> Database:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args={"options": f"-c lock_timeout={LOCK_WAIT_S}s -c timezone=UTC", "connect_timeout": LOCK_WAIT_S},
        pool_size=CONNECTIONS // 2,
        max_overflow=CONNECTIONS // 2,
        pool_timeout=LOCK_WAIT_S,
    )
    event.listen(engine, "connect", _postgres_connected)
    return Database(
        engine=engine,
        snapshots=engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True),
        writers=engine.execution_options(isolation_level="READ COMMITTED"),
        lookers=engine.execution_options(isolation_level="AUTOCOMMIT"),
        embedded=False,
        keys=many.array_keys(),
        stands=many.array_stands(),
        turn=nullcontext,
        insert=postgresql.insert,
        plain=lambda column: cast(column, Text),
    )


def _postgres_connected(connection: Any, entry: ConnectionPoolEntry) -> None:
    """An id is a string everywhere; making UUID objects of them costs more than reading the row."""
    del entry
    connection.adapters.register_loader("uuid", TextLoader)


@contextmanager
def _translated() -> Generator[None]:
    """Failures that pass by themselves become ServerBusy; any other stays what it is and ends as a 500."""
    try:
        yield
    except PoolTimeout as error:
        raise ServerBusy(code="BUSY", retry_s=RETRY_S) from error
    except (OperationalError, psycopg.OperationalError) as error:
        if _passes(error):
            raise ServerBusy(code="BUSY", retry_s=RETRY_S) from error
        raise


def _passes(error: OperationalError | psycopg.OperationalError) -> bool:
    """Whether an error is about somebody else's lock or a server that is restarting."""
    said = error.orig if isinstance(error, OperationalError) else error
    state = getattr(said, "sqlstate", None)
    if state is not None:
        return state in ("55P03", "40P01", "40001", "57P01", "57P02", "57P03", "53300") or state.startswith("08")
    gone = isinstance(error, OperationalError) and error.connection_invalidated
    return gone or "locked" in str(said) or "connection" in str(said)
