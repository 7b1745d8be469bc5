"""The store as the engine drives it: every write is a job of the writer thread, in one transaction or in steps."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime

from client.store import compare, file_upkeep, former, merging, outbox, pages, partitions, purge, recovery, schema
from client.store.database import Connection
from client.store.file_port import FilePort
from client.store.sync_log import log
from client.store.writer import Steps, Writer
from client.store.writing import Writing
from sync.engine.compare import Part, Parts
from sync.engine.outbox import Batch, Size
from sync.engine.store import Applying, Load, LocalStore, StoreState
from sync.errors import KeyakiError
from sync.protocol.errors import BadBody, DeviceForked, EpochChanged
from sync.protocol.messages import GrantSet, PullAnswer, PullRequest, PushAnswer, VerifyAnswer
from sync.records.ids import IdMaker

_FRESH_ROWS = 20_000
"""Rows of one transaction while nothing is shown that a teacher could work in."""
_USED_ROWS = 125
"""Rows of one transaction in a store in use: about as long as an edit may wait."""


class SyncPort(FilePort, LocalStore):
    """See `sync.engine.store.LocalStore`, which says what each method promises.

    reader: gives the reading connection of the calling thread; clock: now; ids: makes the id of a new device.
    """

    def __init__(
        self,
        writer: Writer,
        reader: Callable[[], Connection],
        school: str,
        clock: Callable[[], datetime],
        ids: IdMaker,
    ) -> None:
        FilePort.__init__(self, writer, reader, clock)
        self._school, self._ids = school, ids

    def state(self) -> StoreState:
        return partitions.state(self._reader(), self._school, self._clock())

    def take_batch(self, size: Size, first: int | None = None) -> Batch | None:
        return self._writer.later(lambda writing: outbox.take(writing, size, first)).result()

    def store_answer(self, answer: PushAnswer) -> bool:
        now = self._clock()

        def job(writing: Writing) -> bool:
            outbox.answered(writing, answer.outcomes, now)
            pages.put_at_once(writing, self._school, answer.frames)
            merging.joined(writing, answer.outcomes)
            writing.change(frame.type for frame in answer.frames)
            if answer.cursor is None or not partitions.stands_at(writing, self._school, answer.since, answer.grants):
                return False
            partitions.reached(writing, self._school, answer.cursor, now)
            purge.granted(writing)
            return True

        return self._writer.later(job, lasting=False).result()

    def take_grants(self, partition: str, epoch: str, grants: GrantSet) -> None:
        self._writer.later(lambda writing: partitions.take_grants(writing, partition, epoch, grants)).result()

    def load_page(self, partition: str, asked: PullRequest, answer: PullAnswer) -> Applying:
        now = self._clock()

        def steps(writing: Writing) -> Steps[int]:
            load = _asked(writing, partition, asked) or _begun(writing, partition, asked)
            if load is None:
                return 0
            most = _USED_ROWS if partitions.in_use(writing) else _FRESH_ROWS
            count = yield from pages.take(writing, partition, answer, most)
            if _asked(writing, partition, asked) is None:
                return 0
            if answer.next is not None:
                writing.run("UPDATE partition SET load_next = ? WHERE id = ?", answer.next, partition)
            elif answer.cursor is not None:
                partitions.loaded(writing, partition, load, answer.cursor, now)
                outbox.told(writing, answer, now)
            return count

        return self._writer.batch(steps).result

    def pull_page(self, partition: str, asked: PullRequest, answer: PullAnswer) -> Applying:
        if partition == self._school and _nothing_new(asked, answer):
            return lambda: 0
        now = self._clock()

        def steps(writing: Writing) -> Steps[int]:
            row = writing.run("SELECT cursor, next, ready FROM partition WHERE id = ?", partition)[0]
            if (row["cursor"], row["next"]) != (asked.cursor, asked.next) or row["ready"]:
                return 0
            if asked.next is None and answer.next is None:
                return (yield from _apply(writing, partition, [answer], now))
            _stage(writing, partition, answer)
            if answer.next is not None:
                writing.run("UPDATE partition SET next = ? WHERE id = ?", answer.next, partition)
                return 0
            writing.run("UPDATE partition SET ready = 1 WHERE id = ?", partition)
            yield True
            return (yield from _apply(writing, partition, _staged(writing, partition), now))

        return self._believed(partition, steps)

    def apply_staged(self, partition: str) -> Applying:
        now = self._clock()
        return self._believed(partition, lambda writing: _apply(writing, partition, _staged(writing, partition), now))

    def _believed(self, partition: str, steps: Callable[[Writing], Steps[int]]) -> Applying:
        """Pages that cannot be applied are forgotten and asked for again: kept, they would fail in every round."""
        applying = self._writer.batch(steps).result

        def wait() -> int:
            try:
                return applying()
            except BadBody:
                self._writer.later(lambda writing: partitions.forget_pages(writing, partition)).result()
                raise

        return wait

    def start_over(self, partition: str, *, live: bool, doubted: bool = False) -> None:
        self._writer.later(lambda writing: former.start_over(writing, partition, live=live, doubted=doubted)).result()

    def hash_rows(self, partition: str) -> Applying:
        return self._writer.batch(lambda writing: compare.hash_rows(writing, partition)).result

    def sums(self, partition: str) -> Mapping[str, Part]:
        return compare.sums(self._reader(), partition)

    def parts(self, partition: str, scope: str) -> Parts:
        return compare.parts(self._reader(), partition, scope)

    def repair(self, partition: str, scope: str, answer: VerifyAnswer) -> Applying:
        return self._writer.batch(
            lambda writing: compare.repair(writing, partition, scope, answer.whole, answer.frames)
        ).result

    def compared(self, partition: str, found: Mapping[str, int]) -> None:
        now = self._clock()
        self._writer.later(lambda writing: partitions.compared(writing, partition, found, now)).result()

    def load_again(self, partition: str, scopes: Collection[str]) -> None:
        self._writer.later(lambda writing: former.load_again(writing, partition, scopes, doubted=True)).result()

    def clean(self) -> None:
        self._writer.alone(purge.clean).result()

    def told_purged(self, partition: str, scopes: Collection[str]) -> None:
        now = self._clock()

        def job(writing: Writing) -> None:
            purge.told(writing, partition, scopes)
            log(writing, "purged", {"scopes": ", ".join(sorted(scopes))}, now)

        self._writer.later(job, lasting=False).result()

    def restored(self, partition: str, epoch: str, cut: int) -> None:
        now = self._clock()

        def job(writing: Writing) -> None:
            recovery.restored(writing, partition, epoch, cut)
            facts = {"partition": partition, "epoch": epoch, "seq": cut}
            log(writing, f"E-{EpochChanged.NUMBER}", facts, now)

        self._writer.later(job).result()

    def forked(self) -> None:
        device, now = self._ids(), self._clock()

        def job(writing: Writing) -> None:
            ((former,),) = writing.run("SELECT value FROM meta WHERE key = 'device'")
            recovery.forked(writing, device)
            log(writing, f"E-{DeviceForked.NUMBER}", {"former": former, "device": device}, now)

        self._writer.later(job).result()

    def ended(self, error: KeyakiError | None) -> None:
        now = self._clock()

        def job(writing: Writing) -> list[str]:
            writing.change(["outbox"])
            if error is not None:
                writing.run("INSERT OR REPLACE INTO meta VALUES ('last_error', ?)", type(error).__name__)
                log(writing, type(error).__name__, error.facts, now)
                return []
            writing.run("INSERT OR REPLACE INTO meta VALUES ('last_success', ?)", outbox.stamp(now))
            writing.run("DELETE FROM meta WHERE key = 'last_error'")
            purge.granted(writing)
            outbox.forget_old(writing, now)
            return schema.unindexed(writing.connection)

        unindexed = self._writer.later(job, lasting=False).result()
        if error is None:
            self._writer.batch(lambda writing: file_upkeep.tidy(writing, now)).result()
        if unindexed:
            self._writer.batch(lambda writing: _one_by_one(writing, unindexed))  # nobody waits for it


def _one_by_one(writing: Writing, statements: Iterable[str]) -> Steps[None]:
    """Statements that take a while, with edits between them."""
    for statement in statements:
        writing.run(statement)
        yield True


def _asked(writing: Writing, partition: str, asked: PullRequest) -> Load | None:
    """The load under way, when the page asked for is its next one."""
    held = partitions.load_under_way(writing, partition)
    if held is None or held.next != asked.next or dict(held.loading) != dict(asked.loading):
        return None
    return held


def _begun(writing: Writing, partition: str, asked: PullRequest) -> Load | None:
    """The load that begins with the page asked for, when it is a first one and nothing else is under way."""
    if asked.next is not None or partitions.load_under_way(writing, partition) is not None:
        return None
    return partitions.begin_load(writing, partition, Load(dict(asked.loading)))


def _apply(writing: Writing, partition: str, answers: Iterable[PullAnswer], now: datetime) -> Steps[int]:
    """Pages of a live pull in their order; the cursor and the outcomes with the last of the rows."""
    count = 0
    types: set[str] = set()
    for answer in answers:
        count += yield from pages.take(writing, partition, answer, _USED_ROWS)
        types |= _types(answer)
        if answer.cursor is not None:
            partitions.reached(writing, partition, answer.cursor, now)
            outbox.told(writing, answer, now)
            if partition == writing.school:
                merging.beside(writing)
    if partition == writing.school:
        purge.granted(writing)
    writing.change(types)
    return count


def _nothing_new(asked: PullRequest, answer: PullAnswer) -> bool:
    """Whether an answer changes nothing here; of a shared partition, that it was asked does."""
    loading = any(cursor is not None for cursor in asked.loading.values())
    told = answer.out or answer.deleted or answer.frames or answer.outcomes or answer.next or asked.next
    return answer.cursor == asked.cursor and not loading and not told


def _types(answer: PullAnswer) -> set[str]:
    return {frame.type for frame in answer.frames}


def _stage(writing: Writing, partition: str, answer: PullAnswer) -> None:
    writing.run(
        "INSERT INTO stage SELECT ?, coalesce(max(n), 0) + 1, ? FROM stage WHERE partition = ?",
        *(partition, answer.model_dump_json(by_alias=True), partition),
    )


def _staged(writing: Writing, partition: str) -> Iterable[PullAnswer]:
    """The staged pages in order, read one by one."""
    for (n,) in writing.run("SELECT n FROM stage WHERE partition = ? ORDER BY n", partition):
        rows = writing.run("SELECT page FROM stage WHERE partition = ? AND n = ?", partition, n)
        yield PullAnswer.model_validate_json(rows[0][0])
