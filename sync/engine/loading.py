"""Loading of scopes, page by page: in chunks packed for everybody where these are to be had, else in rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sync.engine import pull
from sync.engine.plan import in_use
from sync.engine.store import Applying, LocalStore
from sync.errors import SiteError
from sync.protocol.backend import Backend
from sync.protocol.errors import BadBody, ChunkGone, Forbidden, NotOurs
from sync.protocol.messages import GrantSet, PullAnswer, PullRequest

_NO_CHUNKS: Final = (ChunkGone, Forbidden, BadBody, NotOurs, SiteError)
"""What may befall a chunk, and not the page that named it: it was given up meanwhile, a grant has ended, or somebody on
the way lets through no files."""


@dataclass(slots=True)
class Loading:
    """How one round loads scopes. received: told the rows of each page that is stored; regranted: told the partition,
    epoch and set of grants that have come instead of a page.

    plain: in this round there are no chunks to be had.
    """

    store: LocalStore
    backend: Backend
    cancelled: Callable[[], bool]
    received: Callable[[int], None]
    regranted: Callable[[str, str, GrantSet], None]
    plain: bool = False

    def pages(self, partition: str) -> tuple[str, ...]:
        """Pages of the load under way; the next one travels while the one before is being written.

        Returns the scopes that are complete now: none when it was cancelled or the grants have changed.
        """
        state = self.store.state()
        here = state.of(partition)
        names = here.load.names if here.load is not None else ()
        used = in_use(state)
        request = pull.load_request(here, state.acked, used=used)
        writing: Applying | None = None
        while True:
            try:
                answer = self._page(partition, request)
            finally:
                if writing is not None:
                    self.received(writing())
                    writing = None
            if answer.grants is not None:
                self.regranted(partition, answer.epoch, answer.grants)
                return ()
            writing = self.store.load_page(partition, request, answer)
            if answer.next is None or self.cancelled():
                break
            request = pull.load_on(request, answer.next, used=used)
        self.received(writing())
        return names if answer.next is None else ()

    def _page(self, partition: str, request: PullRequest) -> PullAnswer:
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
