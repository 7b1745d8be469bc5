"""Wrong PINs: how many are left, how long the next has to wait, and when the lease is burned (security.md 3.6)."""

from typing import Final

from client.vault.header import Tries

BURNED_AFTER: Final = 5
"""So many wrong in a row, and again after as many more."""
_WAITS_S: Final = (0, 0, 0, 5, 15)


def left(tries: Tries) -> int:
    """How many more wrong PINs burn the lease."""
    return BURNED_AFTER - tries.wrong % BURNED_AFTER


def burns(tries: Tries) -> bool:
    """Whether the last wrong PIN was one too many."""
    return tries.wrong > 0 and tries.wrong % BURNED_AFTER == 0


def wait_s(tries: Tries, now: int) -> int:
    """For how many seconds no PIN is looked at. A clock that was set back waits no longer than the full time."""
    whole = _WAITS_S[tries.wrong % BURNED_AFTER]
    return max(0, min(whole, tries.last + whole - now))


def counted(tries: Tries, now: int) -> Tries:
    """One more, counted before the PIN is looked at: ending the program gives no try back."""
    return Tries(tries.wrong + 1, now, tries.floor)
