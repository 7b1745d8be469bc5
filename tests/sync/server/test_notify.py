"""Who waits is told of what comes at once together, and of the last of it (protocol.md section 6)."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from sync.server.migrate import migrate
from sync.server.notify import News, Notifier
from sync.server.settings import Patience
from sync.server.storage.store import open_storage

SCHOOL, EPOCH = "018f0000-0000-7000-8000-000000000001", "018f0000-0000-7000-8000-00000000000e"


def _run(folder: Path, patience: Patience, meet: Callable[[Notifier], Awaitable[News]]) -> News:
    """What `meet` finds while a notifier runs."""
    storage = open_storage(folder)
    migrate(storage.database)

    async def all_of_it() -> News:
        notifier = Notifier(storage, patience)
        running = asyncio.create_task(notifier.run())
        await asyncio.sleep(0)
        try:
            return await meet(notifier)
        finally:
            running.cancel()

    try:
        return asyncio.run(all_of_it())
    finally:
        storage.close()


def test_pushes_at_the_same_moment_wake_a_waiter_once_and_with_the_last(tmp_path: Path) -> None:
    async def meet(notifier: Notifier) -> News:
        waiting = asyncio.create_task(notifier.wait(SCHOOL, 4, (EPOCH, 4)))
        await asyncio.sleep(0)
        for seq in (5, 7, 6):
            notifier.changed(SCHOOL, EPOCH, seq)
        return await waiting

    assert _run(tmp_path, Patience(look_s=60, gather_s=0.05), meet) == (EPOCH, 7)


def test_who_has_all_that_was_gathered_waits_on(tmp_path: Path) -> None:
    async def meet(notifier: Notifier) -> News:
        notifier.changed(SCHOOL, EPOCH, 5)
        await asyncio.sleep(0)
        waiting = asyncio.create_task(notifier.wait(SCHOOL, 5, (EPOCH, 5)))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        notifier.changed(SCHOOL, EPOCH, 6)
        return await waiting

    assert _run(tmp_path, Patience(look_s=60, gather_s=0.02), meet) == (EPOCH, 6)
