"""Long work leaves the GUI thread and its result comes back to it: key derivation, PDF, import, bundles."""

import logging
from collections.abc import Callable
from itertools import count
from typing import Any, TypeVar
from weakref import WeakMethod

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot
from shiboken6 import isValid

from sync.errors import Defect, KeyakiError

T = TypeVar("T")
_log = logging.getLogger("keyaki.tasks")


class Tasks(QObject):
    """A pool of its own. `done` and `failed` are called in the GUI thread, and not at all once their object is gone.

    Results travel by a queued signal to a slot of this object, which lives in the GUI thread: a plain function
    connected to the worker's signal would run in the worker's thread.
    """

    _finished = Signal(int, object, object)  # token, result, error

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._tokens = count()
        self._waiting: dict[int, tuple[WeakMethod[Any], WeakMethod[Any]]] = {}
        self._finished.connect(self._deliver)

    def run(self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[KeyakiError], None]) -> None:
        """Run `job` in the pool, then `done(result)` or `failed(error)` in the GUI thread.

        done, failed: methods of QObjects. job: touches no widget and no store connection of the GUI thread. Anything
        but a KeyakiError counts as our own fault and arrives as a Defect.
        """
        token = next(self._tokens)
        self._waiting[token] = (WeakMethod(done), WeakMethod(failed))
        self._pool.start(_Job(token, job, self._finished))

    def close(self, wait_ms: int = 5000) -> bool:
        """Forget what is waiting and wait for what runs. False where something still runs."""
        self._waiting.clear()
        self._pool.clear()
        return self._pool.waitForDone(wait_ms)

    @Slot(int, object, object)
    def _deliver(self, token: int, result: object, error: KeyakiError | None) -> None:
        waiting = self._waiting.pop(token, None)
        if waiting is None:
            return
        method = waiting[0]() if error is None else waiting[1]()
        if method is None or not isValid(method.__self__):
            return
        method(result if error is None else error)


class _Job(QRunnable):
    def __init__(self, token: int, job: Callable[[], object], finished: Any) -> None:
        super().__init__()
        self._token, self._job, self._finished = token, job, finished

    def run(self) -> None:
        try:
            result = self._job()
        except KeyakiError as error:
            self._finished.emit(self._token, None, error)
        except Exception as error:  # noqa: BLE001 a thread of the pool would swallow it; here it becomes our fault in words
            _log.exception("a task failed")
            self._finished.emit(self._token, None, Defect(assumed=f"the task would not raise {type(error).__name__}"))
        else:
            self._finished.emit(self._token, result, None)
