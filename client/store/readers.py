"""Reading connections, one for each thread that asks."""

from collections.abc import Callable
from pathlib import Path
from threading import Lock, local
from typing import TypeVar
from weakref import WeakSet

from sqlcipher3 import dbapi2

from client.store.database import Connection, connect
from client.store.errors import StoreClosed, StoreDamaged
from sync.errors import Defect

T = TypeVar("T")


class _Reader:
    """One thread's connection; closed when the thread has ended or the store is."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection


class Readers:
    """Reading connections to one file."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self._key = path, key
        self._own = local()
        self._all: WeakSet[_Reader] = WeakSet()
        self._guard = Lock()
        self._closed = False

    def connection(self) -> Connection:
        """The calling thread's. Raises StoreClosed, StoreDamaged."""
        reader: _Reader | None = getattr(self._own, "reader", None)
        if self._closed:
            raise StoreClosed
        if reader is None:
            reader = _Reader(connect(self._path, self._key, writing=False))
            with self._guard:
                if self._closed:  # meanwhile: nobody would close it any more
                    reader.connection.close()
                    raise StoreClosed
                self._own.reader = reader
                self._all.add(reader)
        return reader.connection

    def ask(self, question: Callable[[Connection], T]) -> T:
        """The answer to a question of the calling thread.

        Raises StoreClosed, StoreDamaged, Defect for a question that does not fit the tables.
        """
        try:
            return question(self.connection())
        except dbapi2.DatabaseError as error:
            if self._closed:
                raise StoreClosed from error
            if isinstance(error, dbapi2.OperationalError | dbapi2.ProgrammingError):
                raise Defect(assumed=f"a question fits the tables: {error}") from error
            raise StoreDamaged(reason=type(error).__name__) from error

    def close(self) -> None:
        """Close them all; whoever still reads gets an error."""
        with self._guard:
            self._closed = True
            for reader in list(self._all):
                reader.connection.interrupt()
                reader.connection.close()
