"""What the town's server keeps its data in, and how that is copied: a folder, or a database of a PostgreSQL server."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine

from sync.server.storage.store import Storage, open_storage
from tests.kit.postgres import PostgresServer


class Kept(Protocol):
    """The data of one server. It is copied and removed only while nobody has it open."""

    def open(self) -> Storage:
        """The storage over it; empty the first time."""
        ...

    def copied(self, folder: Path) -> "Kept":
        """The same data once more. folder: where it may lie; there is none yet."""
        ...

    def remove(self) -> None:
        """It is not needed any more."""
        ...


_first: list[Engine] = []
"""The first database's, for what it has learnt."""

Keeping = Callable[[Path], Kept]
"""A way to keep data: it is handed the folder where a new town may lay it."""


@dataclass(frozen=True, slots=True)
class InFolder:
    """The embedded database: whatever is in its folder."""

    folder: Path

    def open(self) -> Storage:
        """As in the port. The next day's database is spoken to in the sentences made for the first."""
        storage = open_storage(self.folder)
        engine = storage.database.engine
        if not _first:
            with engine.connect():
                _first.append(engine)
        engine.dialect, engine._compiled_cache = _first[0].dialect, _first[0]._compiled_cache
        return storage

    def copied(self, folder: Path) -> Kept:
        """As in the port."""
        shutil.copytree(self.folder, folder)
        return InFolder(folder)

    def remove(self) -> None:
        """As in the port."""
        shutil.rmtree(self.folder)


@dataclass(frozen=True, slots=True)
class InDatabase:
    """A database of its own on a server that holds those of many days. folder: of what such a server has beside it."""

    server: PostgresServer
    url: str
    folder: Path

    def open(self) -> Storage:
        """As in the port."""
        return open_storage(self.folder, self.url)

    def copied(self, folder: Path) -> Kept:
        """As in the port: the new database is made after this one."""
        return InDatabase(self.server, self.server.create_database(like=self.url), folder)

    def remove(self) -> None:
        """As in the port."""
        self.server.drop_database(self.url)


def on(server: PostgresServer) -> Keeping:
    """To keep data in databases of that server."""
    return lambda folder: InDatabase(server, server.create_database(), folder)
