"""What was written and not saved yet, and where somebody was: kept in the store, so that it outlives the process."""

import contextlib
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass, field
from typing import Any

import orjson

from client.store.database import Connection
from client.store.readers import Readers
from client.store.writer import Writer
from client.store.writing import Writing


@dataclass(frozen=True, slots=True)
class Draft:
    """A page as somebody left it. page: its key. shown: whether it was the one on screen.

    place: where on it they were; typed: what was written there and not saved, by the names the page gives its editors.
    """

    page: str
    place: Mapping[str, Any]
    typed: Mapping[str, str] = field(default_factory=dict[str, str])
    shown: bool = False


class Drafts:
    """The drafts of one open store. Every method may be called from any thread."""

    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer, self._readers = writer, readers

    def kept(self) -> list[Draft]:
        """What was kept last, the page that was on screen last of all."""
        return self._readers.ask(_kept)

    def keep(self, drafts: Iterable[Draft]) -> "Future[None]":
        """Keep these and forget all others; the Future ends when they are on the disk, or with the error."""
        wanted = list(drafts)
        return self._writer.edit(lambda writing: _keep(writing, wanted))

    def settle(self, wait_s: float) -> None:
        """Empty the write-ahead log: nothing in it is protected against a flipped bit. A long load is not waited for.

        Raises WriteFailed, StoreDamaged.
        """
        with contextlib.suppress(TooLate):
            self._writer.alone(Writing.empty_log).result(wait_s)


def _kept(connection: Connection) -> list[Draft]:
    rows = connection.execute("SELECT page, place, typed, shown FROM draft ORDER BY shown, page").fetchall()
    return [
        Draft(row["page"], orjson.loads(row["place"]), orjson.loads(row["typed"]), bool(row["shown"])) for row in rows
    ]


def _keep(writing: Writing, drafts: Iterable[Draft]) -> None:
    writing.run("DELETE FROM draft")
    for draft in drafts:
        values = draft.page, orjson.dumps(draft.place).decode(), orjson.dumps(draft.typed).decode(), int(draft.shown)
        writing.run("INSERT INTO draft VALUES (?, ?, ?, ?)", *values)
