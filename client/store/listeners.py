"""Whoever wants to hear what a commit has changed."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType

Listener = Callable[[frozenset[str]], None]
_log = logging.getLogger("keyaki.store")


class Listeners:
    """Called one after the other in the writer thread, after each commit that changed anything."""

    def __init__(self) -> None:
        self._all: list[Listener] = []

    def add(self, listener: Listener) -> Callable[[], None]:
        """Call it from now on; returns what ends that."""
        self._all.append(listener)
        return lambda: self._all.remove(listener)

    def tell(self, types: frozenset[str]) -> None:
        """Records of these types have changed; nobody is called when there are none."""
        for listener in [*self._all] if types else ():
            with _Unharmed():
                listener(types)


class _Unharmed(AbstractContextManager["_Unharmed"]):
    """Whoever listens to the writer thread may fail; the writer may not fail with it."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is not None:
            _log.error("a listener failed", exc_info=error)
        return True
