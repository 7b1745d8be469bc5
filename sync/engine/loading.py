"""Loading of scopes, page by page: in chunks packed for everybody where these are to be had, else in rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from sync.engine import pull
from sync.engine.plan import in_use
from sync.engine.store import Applying, Load, LocalStore, PartitionState, Scope, ScopeState, StoreState
from sync.errors import SiteError
from sync.protocol.backend import Backend
from sync.protocol.errors import BadBody, ChunkGone, Forbidden, NotOurs
from sync.protocol.messages import GrantSet, PullAnswer, PullRequest

_NO_CHUNKS: Final = (ChunkGone, Forbidden, BadBody, NotOurs, SiteError)
"""What may befall a chunk, and not the page that named it: it was given up meanwhile, a grant has ended, or somebody on
the way lets through no files."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page that is being written. names: the scopes that are complete with it; cursor: where they are so."""

    partition: str
    names: tuple[str, ...]
    cursor: int | None
    applying: Applying


@dataclass(slots=True)
class Loading:
    """How one round loads scopes. received: told the rows of each page that is stored; regranted: told the partition,
    epoch and set of grants that have come instead of a page.

    loaded: the scopes that are complete now; plain: in this round there are no chunks to be had.
    """

    store: LocalStore
    backend: Backend
    cancelled: Callable[[], bool]
    received: Callable[[int], None]
    regranted: Callable[[str, str, GrantSet], None]
    loaded: list[str] = field(default_factory=list[str])
    plain: bool = False
    _page: _Page | None = None

    def pages(self, partition: str, load: Load, state: StoreState) -> None:
        """Pages of a load; the next one travels while the one before is being written, that of another load too.

        state: as `foreseen`. The last page may still be on its way to the disk when this returns: see `settle`.
        """
        used = in_use(state)
        request = pull.load_request(state.of(partition), load, state.acked, used=used)
        while True:
            try:
                answer = self._asked(partition, request)
            finally:
                self.settle()
            if answer.grants is not None:
                self.regranted(partition, answer.epoch, answer.grants)
                return
            names = load.names if answer.next is None else ()
            applying = self.store.load_page(partition, request, answer)
            self._page = _Page(partition, names, answer.cursor, applying)
            if answer.next is None:
                return
            if self.cancelled():
                self.settle()
                return
            request = pull.load_on(request, answer.next, used=used)

    def settle(self) -> bool:
        """Wait until the last page is on the disk; False when it was."""
        page, self._page = self._page, None
        if page is None:
            return False
        self.received(page.applying())
        self.loaded += page.names
        return True

    def foreseen(self, state: StoreState) -> StoreState:
        """The state as it will be when the page that is being written is."""
        page = self._page
        if page is None:
            return state
        each = state.of(page.partition)
        complete = _complete(each, page)
        return replace(state, partitions=tuple(complete if held is each else held for held in state.partitions))

    def _asked(self, partition: str, request: PullRequest) -> PullAnswer:
        """A page with all its rows, those of its chunks too; without chunks where these are not to be had."""
        if not self.plain:
            answer = pull.checked(request, self.backend.pull(partition, request))
            if not answer.chunks:
                return answer
            try:
                frames = self.backend.get_chunks(partition, answer.chunks)
            except _NO_CHUNKS:
                self.plain = True
            else:
                return answer.model_copy(update={"frames": frames + answer.frames, "chunks": ()})
        request = request.model_copy(update={"chunks": False})
        return pull.checked(request, self.backend.pull(partition, request))


def _complete(partition: PartitionState, page: _Page) -> PartitionState:
    """A partition without the load that ends with this page: its scopes are live unless others are elsewhere."""
    at_once = partition.cursor in (None, page.cursor)
    scope = Scope(ScopeState.LIVE) if at_once else Scope(ScopeState.LOADING, page.cursor)
    scopes: Mapping[str, Scope] = {**partition.scopes, **dict.fromkeys(page.names, scope)}
    cursor = page.cursor if at_once else partition.cursor
    return replace(partition, cursor=cursor, scopes=scopes, load=None)
