"""News: who waits for a partition is told when its seq rises, also by a push another process took.

The event loop owns the waiters; a push in a worker thread tells them at once, and a slow look at the database finds
what other processes did.
"""

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sync.protocol.errors import ServerBusy
from sync.server.settings import Patience
from sync.server.storage import partitions
from sync.server.storage.store import Storage

News = tuple[str, int]
"""epoch and seq."""
_COME_BACK_S: Final = 2
_LOOKING: Final = 20
"""A look at other processes' pushes may take one part in so many of the time: they come later where many wait."""


@dataclass(slots=True)
class Notifier:
    """The waiters of one process. `run` must be running in the event loop while `wait` is called."""

    storage: Storage
    patience: Patience
    closed: bool = False
    _loop: asyncio.AbstractEventLoop | None = None
    _news: dict[str, News] = field(default_factory=dict[str, News])
    _waiting: dict[str, dict[asyncio.Future[News | None], News]] = field(
        default_factory=dict[str, dict["asyncio.Future[News | None]", News]]
    )

    async def run(self) -> None:
        """Look for other processes' pushes until cancelled."""
        loop = self._loop = asyncio.get_running_loop()
        took_s = 0.0
        while True:
            await asyncio.sleep(max(self.patience.look_s, took_s * _LOOKING))
            if self._waiting:
                began = loop.time()
                schools = list(self._waiting)
                for school, news in (await asyncio.to_thread(self._look, schools)).items():
                    self._tell(school, news)
                took_s = loop.time() - began

    async def wait(self, school: str, seq: int, now: News) -> News:
        """Epoch and seq when the seq is no longer `seq`, or the same when the time is up.

        now: what the database said when the request came. Raises ServerBusy when the server stops meanwhile.
        """
        if now[1] != seq:
            return now
        self.check_open()
        future: asyncio.Future[News | None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(school, {})[future] = now
        try:
            return await self._until(future, now)
        finally:
            held = self._waiting[school]
            del held[future]
            if not held:
                del self._waiting[school]

    def check_open(self) -> None:
        """Raises ServerBusy once the server is stopping."""
        if self.closed:
            raise ServerBusy(code="SHUTDOWN", retry_s=_COME_BACK_S)

    def changed(self, school: str, epoch: str, seq: int) -> None:
        """Tell the waiters soon; called from any thread after a commit."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._gather, school, (epoch, seq))

    def close(self) -> None:
        """Send everybody away; the server stops. Called in the event loop's thread."""
        self.closed = True
        for held in self._waiting.values():
            for future in held:
                if not future.done():
                    future.set_result(None)

    async def _until(self, future: "asyncio.Future[News | None]", now: News) -> News:
        limit = random.uniform(self.patience.wait_min_s, self.patience.wait_max_s)  # noqa: S311  spreads load
        done, _ = await asyncio.wait((future,), timeout=limit)
        if not done:
            return now
        news = future.result()
        if news is None:
            raise ServerBusy(code="SHUTDOWN", retry_s=_COME_BACK_S)
        return news

    def _gather(self, school: str, news: News) -> None:
        """Let what follows at once be told with it: where thirty push, thirty would else be woken thirty times.

        Told by threads of their own, two commits may come here in the other order; the higher seq is the later one.
        """
        held = self._news.get(school)
        if held is None:
            asyncio.get_running_loop().call_later(
                self.patience.gather_s, lambda: self._tell(school, self._news.pop(school))
            )
        if held is None or held[1] < news[1]:
            self._news[school] = news

    def _tell(self, school: str, news: News) -> None:
        for future, known in self._waiting.get(school, {}).items():
            if news != known and not future.done():
                future.set_result(news)

    def _look(self, schools: list[str]) -> Mapping[str, News]:
        try:
            with self.storage.database.reading() as connection:
                found = {school: partitions.seq(connection, school) for school in schools}
        except ServerBusy:
            return {}  # the next look comes soon enough
        return {school: news for school, news in found.items() if news is not None}
