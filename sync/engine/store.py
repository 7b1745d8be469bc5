"""What the engine asks of a local store, and what the store must guarantee."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from sync.engine.compare import Part, Parts
from sync.engine.files import FileStore
from sync.engine.outbox import Batch, Size
from sync.errors import KeyakiError
from sync.protocol.messages import GrantSet, PullAnswer, PullRequest, PushAnswer, VerifyAnswer

Applying = Callable[[], int]
"""Waits until what was handed over is on the disk; returns the number of rows, or raises what went wrong."""


class ScopeState(StrEnum):
    """How much of a granted scope is here."""

    NONE = "none"
    LOADING = "loading"
    LIVE = "live"
    LEAVING = "leaving"


@dataclass(frozen=True, slots=True)
class Scope:
    """A granted scope. cursor: where its load ended; None while it is under way."""

    state: ScopeState
    cursor: int | None = None


@dataclass(frozen=True, slots=True)
class Load:
    """A load under way. loading: the request's map of all scopes that were not live; next: where to go on."""

    loading: Mapping[str, int | None]
    next: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The scopes it loads."""
        return tuple(sorted(name for name, cursor in self.loading.items() if cursor is not None))


@dataclass(frozen=True, slots=True)
class PartitionState:
    """One partition as the store holds it. cursor: of the live scopes, None when there are none.

    grants: hash of the grant set held. load: the load under way. next: where a live pull of several pages goes on;
    ready: all its pages are staged and wait to be applied. due: it should be asked in this round. unsure: its rows
    should be held against the server's in this round; differed: how often in a row they were not the same. ended:
    scopes of which nothing is left here and whose end the server has not been told of. renewing: scopes are loaded anew
    while what was here of them stays in sight. away: granted scopes nothing is asked of for now.
    """

    id: str
    name: str
    epoch: str | None = None
    cursor: int | None = None
    grants: str = ""
    scopes: Mapping[str, Scope] = field(default_factory=dict[str, Scope])
    load: Load | None = None
    next: str | None = None
    ready: bool = False
    due: bool = True
    unsure: bool = False
    differed: int = 0
    ended: tuple[str, ...] = ()
    renewing: bool = False
    away: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StoreState:
    """What planning looks at. waiting: groups without an outcome; oldest, newest: their first and last number, 0 when
    there are none. acked: last answered group and the chain there. files: attached files to be carried. unclean: bytes
    of purged rows may be left.
    """

    school: str
    partitions: tuple[PartitionState, ...]
    waiting: int
    acked: tuple[int, str] | None
    oldest: int = 0
    newest: int = 0
    files: int = 0
    unclean: bool = False

    def of(self, partition: str) -> PartitionState:
        """One partition. Raises KeyError."""
        for each in self.partitions:
            if each.id == partition:
                return each
        raise KeyError(partition)


class LocalStore(FileStore, Protocol):
    """One teacher's store, as the engine drives it; called from one thread at a time.

    Every method that writes returns, or its `Applying` does, after the write is on the disk, whole. Edits made
    meanwhile by the teacher are never lost and never wait for more than a few hundred rows. Any method may raise
    StoreError; what was written before stays, and a repeat of the round is safe.
    """

    def state(self) -> StoreState:
        """How far everything is, read in one snapshot."""
        ...

    def take_batch(self, size: Size, first: int | None = None) -> Batch | None:
        """The first groups without an outcome, marked as being sent before this returns; None when there are none.

        first: start at this already answered group instead, where its content is still here. A group once taken never
        changes. Raises SeqGap when `first` is not here any more.
        """
        ...

    def store_answer(self, answer: PushAnswer) -> bool:
        """Outcomes, versions and rows of a push, in one transaction. Outcomes of groups already answered change
        nothing, nor do rows older than the held ones.

        Where the store has all that was before the push, and the answer tells all that the push changed, the cursor
        moves on, as with the last page of a pull. Returns whether it did: there is nothing to pull then.
        """
        ...

    def take_grants(self, partition: str, epoch: str, grants: GrantSet) -> None:
        """Hold exactly this grant set: new scopes wait to be loaded, records left in no granted scope are purged."""
        ...

    def load_page(self, partition: str, asked: PullRequest, answer: PullAnswer) -> Applying:
        """Apply a page of the load under way and remember where it goes on, the latter with the last of the rows.

        With its first page a load of scopes of which nothing is here begins, unless another one is under way. A page
        that does not continue the load as it stands is ignored. After the last page the scopes are loaded, and live
        where nothing else has to be caught up with. Pages are applied in the order in which they were handed over.
        """
        ...

    def pull_page(self, partition: str, asked: PullRequest, answer: PullAnswer) -> Applying:
        """Take a page of a live pull. Pages wait until the last one has come, then all are applied in order (out, del,
        frames), the cursor and the outcomes last. A page that does not answer the present state is ignored.
        """
        ...

    def apply_staged(self, partition: str) -> Applying:
        """Apply the pages of a live pull that is complete but was not applied to the end."""
        ...

    def start_over(self, partition: str, *, live: bool, doubted: bool = False) -> None:
        """Forget where a load (or a live pull) goes on. live: load all live scopes of the partition again as well.

        What was complete stays in sight until it is so again, and what the load does not bring goes then. doubted: what
        is here may be wrong, and goes first. The outbox is not touched.
        """
        ...

    def hash_rows(self, partition: str) -> Applying:
        """Compute the row hashes that are missing, so that `sums` and `parts` are quick."""
        ...

    def sums(self, partition: str) -> Mapping[str, Part]:
        """{scope: sum and count} of what the server said, as far as it is here."""
        ...

    def parts(self, partition: str, scope: str) -> Parts:
        """The sums of one scope's parts."""
        ...

    def repair(self, partition: str, scope: str, answer: VerifyAnswer) -> Applying:
        """Make the rows of the parts in the answer's `whole` exactly its rows. Waiting edits stay on top."""
        ...

    def compared(self, partition: str, found: Mapping[str, int]) -> None:
        """Remember that all rows have been compared. found: {scope: rows put right}, empty when all was the same."""
        ...

    def load_again(self, partition: str, scopes: Collection[str]) -> None:
        """Load these scopes from their start, without what is here of them; the outbox is not touched."""
        ...

    def clean(self) -> None:
        """Leave no byte of purged rows on the disk. Where that cannot be done now the state stays unclean."""
        ...

    def told_purged(self, partition: str, scopes: Collection[str]) -> None:
        """The server has on record that these scopes have ended here."""
        ...

    def restored(self, partition: str, epoch: str, cut: int) -> None:
        """The server's history was cut at this seq and goes on in another epoch: whatever this store knows of later is
        doubted, and what it said later is to be said again, under the same numbers.
        """
        ...

    def forked(self) -> None:
        """This store is a copy that has lost its number to another: go on as a new device, with nothing of what waits
        lost. The teacher has to sign in again.
        """
        ...

    def ended(self, error: KeyakiError | None) -> None:
        """Remember how a round ended, for the status."""
        ...
