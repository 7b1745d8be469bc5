"""What is asked of a partition, and what an answer must look like to be believed."""

from typing import Final

from sync.engine.store import Load, PartitionState, ScopeState
from sync.protocol.errors import BadBody, EpochChanged
from sync.protocol.messages import PullAnswer, PullRequest
from sync.protocol.version import BODY_MAX, PAGE_ROWS_MAX

LIVE_ROWS: Final = 5_000
"""Rows of a page of changes."""
LOAD_ROWS: Final = PAGE_ROWS_MAX
"""Rows of a page of a load into a fresh store at most."""
FIRST_ROWS: Final = 2_500
"""Rows of the first of these pages; each has half as many more as the one before. So the next one comes about when this
one is written, and the last one, which nothing travels beside, is a small part of them all.
"""
USED_ROWS: Final = 2_000
"""Rows of a page of a load into a store in use: reading a page holds up every other thread, a teacher's edit too. But
the fewer they are, the more leaves of the store each portion of them touches.
"""


def live_request(partition: PartitionState, acked: tuple[int, str] | None, *, sums: bool = False) -> PullRequest:
    """Ask for what changed in the live scopes, and in those just loaded since their load ended."""
    not_live = {name: scope.cursor for name, scope in partition.scopes.items() if scope.state is not ScopeState.LIVE}
    loading = dict(sorted({**dict.fromkeys(partition.away), **not_live}.items()))
    cursor = partition.cursor
    return PullRequest(
        epoch=partition.epoch,
        cursor=cursor,
        grants=partition.grants,
        loading=loading,
        next=partition.next,
        max=LIVE_ROWS,
        ack=acked,
        sums=sums,
    )


def load_request(partition: PartitionState, load: Load, acked: tuple[int, str] | None, *, used: bool) -> PullRequest:
    """Ask for the next page of a load, with chunks. used: a teacher works in this store already."""
    return PullRequest(
        epoch=partition.epoch,
        cursor=None,
        grants=partition.grants,
        loading=dict(load.loading),
        next=load.next,
        max=USED_ROWS if used else min(FIRST_ROWS, LOAD_ROWS),
        ack=acked,
        chunks=True,
    )


def load_on(request: PullRequest, following: str, *, used: bool) -> PullRequest:
    """Ask for the page behind. following: what the answer named as `next`."""
    rows = request.max if used else min(request.max * 3 // 2, LOAD_ROWS)
    return request.model_copy(update={"next": following, "max": rows})


def checked(request: PullRequest, answer: PullAnswer) -> PullAnswer:
    """The answer, when it fits the request.

    Raises EpochChanged when the server's history is another one, BadBody when there is neither a cursor, nor a way on,
    nor grants, when the cursor went back, or when there are chunks that were not asked for or too large.
    """
    if request.epoch is not None and answer.epoch != request.epoch:
        raise EpochChanged(epoch=answer.epoch)
    if answer.chunks and (not request.chunks or sum(chunk.size for chunk in answer.chunks) > BODY_MAX):
        raise BadBody(reason="chunks")
    if answer.grants is not None:
        if answer.grants.hash == request.grants or answer.frames or answer.out or answer.deleted:
            raise BadBody(reason="grants")
        return answer
    floor = max((cursor for cursor in (request.cursor, *request.loading.values()) if cursor), default=0)
    if answer.next is None and (answer.cursor is None or answer.cursor < floor):
        raise BadBody(reason="cursor")
    if answer.next is not None and answer.next == request.next:
        raise BadBody(reason="next")
    return answer
