"""A call by which something on the disk changes, as the tests that play with disks tell of it."""

from collections.abc import Callable
from dataclasses import dataclass

OPEN, WRITE, TRUNCATE, SYNC, NAMES, RENAME, UNLINK = "open", "write", "truncate", "sync", "names", "rename", "unlink"


@dataclass(frozen=True, slots=True)
class Call:
    """One call. name: of the file, below the folder that is watched; at: byte, or the size it is cut to.

    other: the name a file takes. NAMES keeps the names of the folder `name`.
    """

    kind: str
    name: str
    at: int = 0
    data: bytes = b""
    other: str = ""


Told = Callable[[Call], int]
"""Hears of a call before it is made; 0 lets it be made, another number is the error it fails with (`errno`)."""
