"""Takes a store that nobody can open out of the way, whole, so that another is made in its place.

Nothing of it is deleted: whoever remembers the PIN after all, or finds the key, can still open it where it lies.
"""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from client.vault import quarantine
from client.vault.files import make_folder, move, told
from client.vault.finding import HEADER
from client.vault.lease_file import FILE as LEASE
from client.vault.segments import QUARANTINE
from client.vault.trust import KEYS_FILE

_PREFIX: Final = "store-"
_OF_A_VAULT: Final = (HEADER, LEASE, KEYS_FILE)


def set_aside(folder: Path, database: str, now: datetime) -> None:
    """Move a store and its vault into the quarantine. database: the name of its file. Raises DiskRefused.

    To be called by who has the store to itself. The database goes first, what belongs to it before it: wherever this
    ends, what is left is a store that is whole, or none. Its journal stays for the next store to set aside.
    """
    aside = folder / QUARANTINE / f"{_PREFIX}{now.astimezone(UTC):%Y%m%dT%H%M%S}"
    make_folder(aside.parent)
    make_folder(aside)
    for name in (f"{database}-shm", f"{database}-wal", database, f"{database}-damaged", *_OF_A_VAULT):
        if (folder / name).exists():
            move(folder / name, aside)


def shed(folder: Path, now: datetime) -> int:
    """Take away stores that were set aside long ago, once the school has read every journal; how many.

    Raises DiskRefused.
    """
    if quarantine.unread(folder):
        return 0
    gone = 0
    with told():
        for path in sorted((folder / QUARANTINE).glob(f"{_PREFIX}*")):
            if now - datetime.fromtimestamp(path.stat().st_mtime, UTC) >= quarantine.KEPT:
                shutil.rmtree(path)
                gone += 1
    return gone
