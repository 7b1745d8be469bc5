"""A store's writer that works in the thread of whoever asks: most days are played so, for it costs a tenth less.

Nothing else of it differs: transactions, portions, what is told and what a failure does are the program's own.
"""

from collections import deque
from collections.abc import Callable, Generator
from contextlib import contextmanager
from threading import Condition

import client.workspace
from client.store.copyist import Copyist
from client.store.database import Connection
from client.store.errors import StoreClosed
from client.store.examining import Examiner
from client.store.writer import Writer
from client.store.writing import Writing
from client.workspace import Workspace

THREADED_EVERY = 10


def threaded(seed: int) -> bool:
    """Whether the stores of that day write in threads of their own, as in the program."""
    return seed % THREADED_EVERY == 0


class WriterAtOnce(Writer):
    """A writer without a thread. A job that is added by a job is done behind it."""

    def __init__(
        self,
        opened: Callable[[], Writing],
        told: Callable[[frozenset[str]], None],
        copyist: Copyist,
        examiner: Examiner,
    ) -> None:
        self._opened, self._told, self._copyist, self._examiner = opened, told, copyist, examiner
        self._writing: Writing | None = None
        self._edits: deque[Callable[[], None]] = deque()
        self._batches: deque[Callable[[], None]] = deque()
        self._news = Condition()
        self._closing = False
        self._at_work = False

    def close(self) -> None:
        """As in the program."""
        self._closing = True
        self._tend(Writing.close)

    def _add(self, jobs: deque[Callable[[], None]], job: Callable[[], None]) -> None:
        if self._closing:
            raise StoreClosed
        jobs.append(job)
        if self._at_work:
            return
        self._at_work = True
        try:
            while waiting := self._edits or self._batches:
                waiting.popleft()()
        finally:
            self._at_work = False


def writing(workspace: Workspace) -> Connection | None:
    """The connection of a store that writes at once; None while it has none, and where another thread has it."""
    writer = workspace._writer
    if not isinstance(writer, WriterAtOnce) or writer._writing is None:
        return None
    return writer._writing.connection


@contextmanager
def at_once(*, wanted: bool) -> Generator[None]:
    """Stores that are opened meanwhile write so."""
    if not wanted:
        yield
        return
    held = vars(client.workspace)
    held["Writer"] = WriterAtOnce
    try:
        yield
    finally:
        held["Writer"] = Writer
