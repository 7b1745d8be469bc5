"""How often Python looks for objects that hold each other, which nothing but such a look sets free."""

import gc
from typing import Final

_OFTEN: Final = (50_000, 10, 10)
"""Objects made and not gone since the last look; looks at young objects for one at older ones; those for one at all."""


def settle() -> None:
    """To be called when everything is imported: what is there stays, and is not looked through again.

    A page of thousands of rows holds no such objects, but makes Python look for them as if it did: a third of the time
    of a load, and a pause in somebody's typing.
    """
    gc.freeze()
    gc.set_threshold(*_OFTEN)
