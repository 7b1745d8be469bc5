"""One round of sync over two ports: the local store and the server."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a round is. what: push, pull or load; done, total: changes or rows, total None when nobody knows."""

    what: str
    done: int
    total: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """What a round did. outcomes: {outcome: groups}; rows: received; loaded: scopes that are complete now.

    complete: False when it was cancelled half-way.
    """

    outcomes: Mapping[str, int]
    rows: int
    loaded: tuple[str, ...]
    complete: bool
