"""Many desks at once: each writer's remarks tell who wrote them, each reader follows its cursor and nothing else."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from sync.protocol.errors import ServerBusy
from sync.protocol.messages import Create, PullRequest
from tests.sync.conformance.desk import Desk
from tests.sync.conformance.ends import World
from tests.sync.server.tiny import CLASS, TERM, Tiny

T = TypeVar("T")


def write(desk: Desk, school: Tiny, writer: int, pushes: int) -> None:
    """Push one new remark after the other, as fast as it goes."""
    for push in range(pushes):
        box = name_of(writer, push)
        set_ = {"pupil": school.pupils[push % 3], "term": TERM, "box": box, "@class": CLASS, "text": box}
        op = Create(type="remark", id=school.key("remark", **set_), set=set_)
        assert patiently(lambda op=op: desk.push([op]))[0].outcome == "applied"


@dataclass(frozen=True, slots=True)
class Bustle:
    """How many write, how many follow them, and how often each writer pushes."""

    writers: int
    readers: int
    pushes: int

    @property
    def written(self) -> set[str]:
        """The boxes of all remarks that are written."""
        return {name_of(writer, push) for writer in range(self.writers) for push in range(self.pushes)}


def bustled(world: World, bustle: Bustle) -> list[Desk]:
    """All write at once and are followed; the readers when all have written."""
    writers = [world.desk("sato", f"PC {number}") for number in range(bustle.writers)]
    readers = [world.desk("sato", f"reader {number}") for number in range(bustle.readers)]
    over = threading.Event()
    with ThreadPoolExecutor(bustle.writers + bustle.readers) as pool:
        following = [pool.submit(follow, reader, over) for reader in readers]
        writing = [pool.submit(write, desk, world.school, number, bustle.pushes) for number, desk in enumerate(writers)]
        for job in writing:
            job.result(100)
        over.set()
        for job in following:
            job.result(100)
    return readers


def name_of(writer: int, push: int) -> str:
    """The box of a writer's remark."""
    return f"w{writer}.n{push}"


def boxes(desk: Desk) -> set[str]:
    """The boxes of all remarks a desk holds."""
    return {row.fields["box"] for row in desk.rows.values() if row.type == "remark"}


def follow(desk: Desk, over: threading.Event) -> None:
    """Only live pulls, small pages, as fast as it goes; once more when all have written."""
    while True:
        last = over.is_set()
        next_ = None
        while True:
            answer = desk.page(PullRequest(epoch=desk.epoch, cursor=desk.cursor, grants=desk.hash, next=next_, max=7))
            next_ = answer.next
            if next_ is None:
                break
        assert answer.cursor is not None
        desk.cursor = answer.cursor
        if last:
            return


def patiently(push: Callable[[], T]) -> T:
    """A client that is told to come back comes back."""
    for _ in range(20):
        try:
            return push()
        except ServerBusy:
            continue
    raise AssertionError("busy for ever")
