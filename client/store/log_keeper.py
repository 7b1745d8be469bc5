"""The write-ahead log carried over into the file beside the writer, so that no edit waits for it."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress

from sqlcipher3 import dbapi2

from client.store.writing import Writing
from sync.errors import SiteError, StoreError

_log = logging.getLogger("keyaki.store")


class LogKeeper:
    """A thread with a connection of its own, both made when they are needed first.

    opened: makes the connection, in that thread. While it carries over, the writer may commit: what is added to the
    log meanwhile stays in it.
    """

    def __init__(self, opened: Callable[[], Writing]) -> None:
        self._opened = opened
        self._keeping: Writing | None = None
        self._thread: ThreadPoolExecutor | None = None

    def carry_over(self, done: Callable[[], None]) -> "Future[None]":
        """Begin to carry over all that is in the log now. done: called at the end, in any thread.

        The Future raises nothing of the disk: what that refuses stays in the log.
        """
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "keyaki-log")
        carrying = self._thread.submit(self._carry_over)
        carrying.add_done_callback(lambda _: done())
        return carrying

    def close(self) -> None:
        """Finish, and close the connection."""
        if self._thread is not None:
            self._thread.submit(self._close).result()
            self._thread.shutdown()

    def _carry_over(self) -> None:
        try:
            if self._keeping is None:
                self._keeping = self._opened()
            self._keeping.checkpoint()
        except (dbapi2.Error, StoreError, SiteError) as error:
            _log.warning("the write-ahead log stays: %s", error)
            self._close()

    def _close(self) -> None:
        if self._keeping is not None:
            with suppress(dbapi2.Error):
                self._keeping.connection.close()
            self._keeping = None
