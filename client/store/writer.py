"""The one thread that writes: edits and sync batches are its jobs, edits first."""

import logging
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, suppress
from threading import Condition, Thread
from types import TracebackType
from typing import Any, Final, TypeVar

from sqlcipher3 import dbapi2

from client.store.copyist import Copyist
from client.store.database import roll_back, write_fault
from client.store.errors import StoreClosed, StoreDamaged, WriteFailed
from client.store.examining import DAMAGED, Examiner
from client.store.log_keeper import LogKeeper
from client.store.writing import Writing
from sync.errors import Defect

T = TypeVar("T")
Steps = Generator[bool, None, T]
"""A batch that may be interrupted at each `yield`; it yields True where it wants what it wrote committed."""

_IDLE_S: Final = 2.0
"""So long without a job, and the write-ahead log is emptied: nothing in it is protected against a flipped bit."""
_REST_S: Final = 0.01
"""So long without a job, and the log is carried over into the file if it is long. Done at once, it would stand between
two keys of a teacher, or two pages of a load.
"""
_LOG_PAGES: Final = 100
"""Pages from which on a log is long."""
_LOG_MOST: Final = 1_000
"""Pages from which on it is carried over between two portions of a batch that leaves no rest, beside the edits."""
_TRIES: Final = 3
"""So often that is tried beside the edits, then once before them."""
_COPY_S: Final = 30.0
"""So often a copy is tried again that the disk has refused, when nothing else is saved."""
_log = logging.getLogger("keyaki.store")


class Writer:
    """Owns the only writing connection.

    opened: makes it, in the writer thread; told: hears, after each commit, the types of the records it changed;
    copyist: writes once more what was saved, before it is called saved; examiner: looks through the file.
    """

    def __init__(
        self,
        opened: Callable[[], Writing],
        told: Callable[[frozenset[str]], None],
        copyist: Copyist,
        examiner: Examiner,
    ) -> None:
        self._opened, self._told, self._copyist, self._examiner = opened, told, copyist, examiner
        self._keeper = LogKeeper(opened)
        self._writing: Writing | None = None
        self._edits: deque[Callable[[], None]] = deque()
        self._batches: deque[Callable[[], None]] = deque()
        self._news = Condition()
        self._closing = False
        self._thread = Thread(target=self._run, name="keyaki-writer", daemon=True)
        self._thread.start()

    def edit(self, job: Callable[[Writing], T]) -> "Future[T]":
        """Do a short job in a transaction of its own, before every batch. The Future ends after the commit."""
        future: Future[T] = Future()
        self._add(self._edits, lambda: self._do_edit(job, future))
        return future

    def later(self, job: Callable[[Writing], T], *, lasting: bool = True) -> "Future[T]":
        """Do a short job in a transaction of its own, in its turn among the batches. lasting: as in `Writing.begin`."""
        future: Future[T] = Future()
        self._add(self._batches, lambda: self._do_edit(job, future, lasting=lasting))
        return future

    def alone(self, job: Callable[[Writing], T]) -> "Future[T]":
        """Do a job that sees to its transactions itself, in its turn among the batches."""
        future: Future[T] = Future()
        self._add(self._batches, lambda: self._do_alone(job, future))
        return future

    def batch(self, job: Callable[[Writing], "Steps[T]"]) -> "Future[T]":
        """Do a long job; wherever it yields, what it wrote so far may be committed and edits may come between.

        It stores what the server told, which it would tell again: it never waits for the disk.
        """
        future: Future[T] = Future()
        self._add(self._batches, lambda: self._do_batch(job, future))
        return future

    def close(self) -> None:
        """Finish every job, empty the write-ahead log and close the connection."""
        with self._news:
            self._closing = True
            self._news.notify()
        self._thread.join()

    def _add(self, jobs: "deque[Callable[[], None]]", job: Callable[[], None]) -> None:
        with self._news:
            if self._closing:
                raise StoreClosed
            jobs.append(job)
            self._news.notify()

    def _run(self) -> None:
        while (job := self._next()) is not None:
            job()
        self._examiner.close()
        self._keeper.close()
        self._tend(Writing.close)

    def _next(self) -> Callable[[], None] | None:
        """The next job; None when closing and nothing is left. While there is none, the log is looked after."""
        for patience, care in self._cares():
            if self._called(patience):
                break
            self._tend(care)
        else:
            self._called(None)
        with self._news:
            if self._edits:
                return self._edits.popleft()
            return self._batches.popleft() if self._batches else None

    def _cares(self) -> Iterator[tuple[float, Callable[[Writing], object]]]:
        """What is to be done after so many more seconds of rest; the log stays while the file is looked through."""
        if self._writing is not None and self._writing.dirty and not self._examiner.busy:
            yield _REST_S, lambda writing: _shorten(writing, _LOG_PAGES)
            yield _IDLE_S, Writing.empty_log
            yield 0.0, self._copyist.shed
            yield 0.0, lambda writing: self._examiner.begin(writing, self._examined)
        while self._copyist.missing:
            yield _COPY_S, lambda _: self._do_edit(lambda _: None, Future())

    def _examined(self, whole: bool | None) -> None:
        """In another thread: what was left to be done meanwhile follows the job."""
        with suppress(StoreClosed):
            if whole:
                self.later(self._examiner.note, lasting=False)
            else:
                self.alone(lambda writing: writing.change([] if whole is None else [DAMAGED]))

    def _called(self, patience: float | None) -> bool:
        """Wait for a job, or the end; False when none came in time."""
        with self._news:
            return self._news.wait_for(lambda: bool(self._edits or self._batches) or self._closing, patience)

    def _tend(self, care: Callable[[Writing], object]) -> None:
        """Look after the file between jobs; what the disk refuses here harms no job and not this thread."""
        if self._writing is None:
            return
        try:
            care(self._writing)
        except dbapi2.Error as error:
            _log.warning("the write-ahead log stays: %s", self._drop(error))

    def _let_pass(self) -> None:
        """Do the edits that wait now. Those that come meanwhile wait for the next portion, or no batch would end."""
        for _ in range(len(self._edits)):
            self._edits.popleft()()

    def _carry_over(self, writing: Writing) -> None:
        """Carry a log over that a batch has made too long, and let edits pass meanwhile; all of it, for only then is it
        written from its start again. What edits add while it is carried over is little, and soon follows.
        """
        if writing.log_pages() < _LOG_MOST:
            return
        for _ in range(_TRIES):
            self._let_pass_until(self._keeper.carry_over(self._wake))
            if self._writing is not writing or not writing.log_pages():
                return
        writing.checkpoint()

    def _let_pass_until(self, end: "Future[None]") -> None:
        """Do the edits that come before something else has ended. Raises what that did."""
        while not end.done():
            with self._news:
                self._news.wait_for(lambda: bool(self._edits) or end.done())
            self._let_pass()
        end.result()

    def _wake(self) -> None:
        with self._news:
            self._news.notify()

    def _do_edit(self, job: Callable[[Writing], T], future: "Future[T]", *, lasting: bool = True) -> None:
        if not future.set_running_or_notify_cancel():
            return
        with _Delivery(future, self._drop):
            writing = self._begin(lasting=lasting)
            result = job(writing)
            self._copyist.announce(writing)
            changed = self._commit(writing)
            future.set_result(self._copyist.follow(writing, result))
            self._told(changed)

    def _do_alone(self, job: Callable[[Writing], T], future: "Future[T]") -> None:
        if not future.set_running_or_notify_cancel():
            return
        with _Delivery(future, self._drop):
            if self._writing is None:
                self._writing = self._opened()
            result = job(self._writing)
            changed = self._writing.changed()
            future.set_result(result)
            self._told(changed)

    def _do_batch(self, job: Callable[[Writing], "Steps[T]"], future: "Future[T]") -> None:
        if not future.set_running_or_notify_cancel():
            return
        with _Delivery(future, self._drop):
            writing = self._begin(lasting=False)
            steps = job(writing)
            while True:
                try:
                    wanted = next(steps)
                except StopIteration as end:
                    changed = self._commit(writing)
                    future.set_result(end.value)
                    self._told(changed)
                    return
                if wanted or self._edits:
                    self._told(self._commit(writing))
                    self._let_pass()
                    self._tend(self._carry_over)
                    if self._begin(lasting=False) is not writing:
                        raise WriteFailed(reason="an edit lost the connection")

    def _begin(self, *, lasting: bool) -> Writing:
        if self._writing is None:
            self._writing = self._opened()
        self._writing.begin(lasting=lasting)
        return self._writing

    def _commit(self, writing: Writing) -> frozenset[str]:
        """What makes a lasting job durable: on the disk when this returns, with all that was committed before."""
        writing.connection.execute("COMMIT")
        return writing.changed()

    def _drop(self, error: BaseException) -> BaseException:
        """Undo what a failed job wrote; after a failure of the disk the connection is not used again."""
        told = _named(error)
        if self._writing is not None:
            connection = self._writing.connection
            roll_back(connection)
            self._writing.forget()
            self._copyist.forget()
            if isinstance(told, WriteFailed | StoreDamaged) or connection.in_transaction:
                _log.warning("the store's writing connection is dropped: %s", told)
                self._writing = None
                with suppress(dbapi2.Error):
                    connection.close()
        return told


class _Delivery(AbstractContextManager["_Delivery"]):
    """Hands whatever a job raises to whoever waits for it: an error belongs to the asker, the thread goes on.

    What is raised after the job was done belongs to nobody who waits, and is logged.
    """

    def __init__(self, future: "Future[Any]", drop: Callable[[BaseException], BaseException]) -> None:
        self._future, self._drop = future, drop

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is None:
            return False
        told = self._drop(error)
        if self._future.done():
            _log.error("whoever is told of a commit failed", exc_info=told)
        else:
            self._future.set_exception(told)
        return True


def _shorten(writing: Writing, most: int) -> None:
    if writing.log_pages() >= most:
        writing.checkpoint()


def _named(error: BaseException) -> BaseException:
    """The library's errors by our names."""
    match error:
        case dbapi2.OperationalError():
            named: Exception = write_fault(error)
        case dbapi2.IntegrityError() | dbapi2.InterfaceError() | dbapi2.ProgrammingError():
            named = Defect(assumed=f"a job writes only what its table takes: {error}")
        case dbapi2.DatabaseError():
            named = StoreDamaged(reason="malformed")
        case _:
            return error
    named.__cause__ = error
    return named
