"""Putting right what differs between a store and the school: rows first, then whole scopes, then everything.

A store that differs has met a fault of a program or of a disk. It is repaired in steps, each larger than the one
before, one a round; what the teacher has saved is never touched, for it lies in the outbox.
"""

from collections.abc import Collection
from typing import Final

from sync.engine.compare import NOTHING, differing, told, told_parts
from sync.engine.store import LocalStore, PartitionState
from sync.protocol.backend import Backend
from sync.protocol.errors import BadBody
from sync.protocol.messages import PullAnswer, VerifyAnswer, VerifyRequest

_ROWS, _SCOPES, _ALL = range(3)
"""What is fetched again when the rows have differed so many times in a row."""
_PARTS_MAX: Final = 64
"""Parts of a scope whose rows are asked for at once."""


def put_right(store: LocalStore, backend: Backend, partition: str, said: PullAnswer) -> None:
    """Hold every row against the sums a live pull has just told, and fetch again what is not the same."""
    store.hash_rows(partition)()
    here, mine = store.state().of(partition), store.sums(partition)
    wrong = [scope for scope in sorted(here.scopes) if mine.get(scope, NOTHING) != told(said.sums.get(scope, {}))]
    if not said.sums or not wrong:  # a server that speaks of no sums serves a program that is too old for them
        store.compared(partition, {})
        return
    if here.differed == _ROWS:
        found = _rows_again(store, backend, here, wrong)
        if found is None:
            return
    else:
        found = dict.fromkeys(wrong, 0)
        _load_again(store, here, wrong)
    store.compared(partition, found)


def _rows_again(
    store: LocalStore, backend: Backend, here: PartitionState, wrong: Collection[str]
) -> dict[str, int] | None:
    """{scope: rows put right}; None when the school has moved on meanwhile, so that all is to be looked at again."""
    found: dict[str, int] = {}
    for scope in wrong:
        told_of = _ask(backend, here, scope, ())
        if told_of is None:
            return None
        parts, count = differing(store.parts(here.id, scope), told_parts(told_of.sums)), 0
        while parts:
            answer = _ask(backend, here, scope, parts[:_PARTS_MAX])
            if answer is None:
                return None
            if not answer.whole or not set(answer.whole) <= set(parts):
                raise BadBody(reason="parts")
            count += store.repair(here.id, scope, answer)()
            parts = tuple(part for part in parts if part not in answer.whole)
        found[scope] = count
    return found


def _ask(backend: Backend, here: PartitionState, scope: str, parts: tuple[int, ...]) -> VerifyAnswer | None:
    """What the server says of a scope at the very seq this store is at; None when it is at another."""
    assert here.epoch is not None
    assert here.cursor is not None
    request = VerifyRequest(epoch=here.epoch, cursor=here.cursor, grants=here.grants, scope=scope, buckets=parts)
    answer = backend.verify(here.id, request)
    return answer if answer.grants is None and answer.cursor == here.cursor else None


def _load_again(store: LocalStore, here: PartitionState, wrong: Collection[str]) -> None:
    if here.differed == _SCOPES:
        store.load_again(here.id, wrong)
    elif here.differed == _ALL:
        store.start_over(here.id, live=True, doubted=True)
