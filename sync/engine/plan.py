"""What to do next: a pure look at frozen state that names the steps of a round in their order.

Names come first, then this term, then earlier years, so that class lists are there while marks still arrive.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from sync.engine.store import Load, PartitionState, ScopeState, StoreState
from sync.protocol.messages import SCOPES_MAX

_FIRST: Final = frozenset({"all", "roster", "staff"})
_LAST: Final = frozenset({"past", "yoroku", "register", "contact", "guidance", "health", "support", "office", "late"})


@dataclass(frozen=True, slots=True)
class Push:
    """Send the first groups of the outbox."""


@dataclass(frozen=True, slots=True)
class Pull:
    """Ask what changed in a partition's live scopes, or for its grants."""

    partition: str


@dataclass(frozen=True, slots=True)
class Apply:
    """Apply a live pull that is here but was not applied to the end."""

    partition: str


@dataclass(frozen=True, slots=True)
class LoadScopes:
    """Begin to load scopes, or go on with the load under way. load: all that is not live, and what to load of it."""

    partition: str
    load: Load


@dataclass(frozen=True, slots=True)
class Compare:
    """Hold all rows of a partition against the server's, and put right what differs."""

    partition: str


@dataclass(frozen=True, slots=True)
class Clean:
    """Leave no byte of what has been purged; no network is needed."""


@dataclass(frozen=True, slots=True)
class Confirm:
    """Tell the server that nothing is left of scopes that have ended."""

    partition: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Carry:
    """Carry a part of an attached file to the school, or from it."""

    partition: str


Action = Push | Pull | Apply | LoadScopes | Compare | Clean | Confirm | Carry


@dataclass(frozen=True, slots=True)
class Done:
    """What this round has done. pulled, compared, confirmed: partitions asked, compared, or told what has ended; mute:
    pushing was refused; cleaned: it was tried to leave no byte of what was purged; carried: no file is left that could
    be carried now.

    last: the newest group when it was last looked at between two other steps; pushing ends there. A hand that is
    quicker than the network would keep a round from ever pulling.
    """

    pulled: frozenset[str] = field(default_factory=frozenset[str])
    compared: frozenset[str] = field(default_factory=frozenset[str])
    confirmed: frozenset[str] = field(default_factory=frozenset[str])
    mute: bool = False
    cleaned: bool = False
    carried: bool = False
    last: int | None = None


def plan(store: StoreState, done: Done) -> Iterator[Action]:
    """The steps that remain, most urgent first. Pulling never waits for an empty outbox (promise 3 of the design)."""
    if store.unclean and not done.cleaned:
        yield Clean()
    asked = [each for each in store.partitions if each.due]
    school = store.of(store.school)
    owed = store.waiting and (done.last is None or store.oldest <= done.last)
    if owed and school.epoch is not None and not done.mute:
        yield Push()
    for each in store.partitions:
        if each.ended and each.epoch is not None and each.id not in done.confirmed:
            yield Confirm(each.id, each.ended[:SCOPES_MAX])
    for each in asked:
        if each.ready:
            yield Apply(each.id)
        if each.id not in done.pulled and (each.cursor is not None or not each.grants):
            yield Pull(each.id)
    yield from _loads(asked)
    for each in asked:
        if each.load is None and any(_caught(scope.state, scope.cursor) for scope in each.scopes.values()):
            yield Pull(each.id)
    for each in asked:
        whole = all(scope.state is ScopeState.LIVE for scope in each.scopes.values())
        if each.unsure and whole and each.cursor is not None and each.id not in done.compared:
            yield Compare(each.id)
    if store.files and school.epoch is not None and not done.carried:
        yield Carry(school.id)


def tier(scope: str) -> int:
    """0 names, 1 this term, 2 earlier years and what is rarely looked at."""
    head = scope.partition(":")[0]
    return 0 if head in _FIRST else 2 if head in _LAST else 1


def in_use(store: StoreState) -> bool:
    """Whether a teacher works in this store already: more than names is live."""
    scopes = [item for each in store.partitions for item in each.scopes.items()]
    return any(each.renewing for each in store.partitions) or any(
        scope.state is ScopeState.LIVE and tier(name) > 0 for name, scope in scopes
    )


def _loads(asked: list[PartitionState]) -> Iterator[LoadScopes]:
    """Loads under way go on first; then the earliest tier of all partitions."""
    for each in asked:
        if each.load is not None:
            yield LoadScopes(each.id, each.load)
    for level in range(3):
        for each in asked:
            wanted = {name for name, scope in each.scopes.items() if scope.state is ScopeState.NONE}
            wanted = {name for name in wanted if tier(name) == level}
            if each.load is None and wanted:
                yield LoadScopes(each.id, Load(_map(each, wanted)))


def _map(partition: PartitionState, wanted: set[str]) -> dict[str, int | None]:
    """The request's `loading`: every scope that is not live, 0 for those to be read from the start."""
    waiting = {name for name, scope in partition.scopes.items() if scope.state is not ScopeState.LIVE}
    return {name: 0 if name in wanted else None for name in sorted(waiting | partition.away)}


def _caught(state: ScopeState, cursor: int | None) -> bool:
    """Whether a scope is loaded and waits for a live pull to catch up with it."""
    return state is ScopeState.LOADING and cursor is not None
