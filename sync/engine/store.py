"""What the engine asks of a local store, and what the store must guarantee."""

from enum import StrEnum


class ScopeState(StrEnum):
    """How much of a granted scope is here."""

    NONE = "none"
    LOADING = "loading"
    LIVE = "live"
    LEAVING = "leaving"
