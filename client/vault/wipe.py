"""Takes a store away for good, in steps of which each may be repeated (security.md 7).

What opens it goes first. From then on nobody can, and what is left is ciphertext and a journal for the school alone.
Wherever this ends, `wipe.pending` says that it is to go on, and how.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, cast
from uuid import UUID

from client.vault import files, header
from client.vault.errors import HeaderUnfit
from client.vault.finding import HEADER, Places, header_data
from client.vault.lease_file import FILE as LEASE
from client.vault.segments import QUARANTINE, segments

PENDING: Final = "wipe.pending"
_OPENERS: Final = frozenset({HEADER, f"{HEADER}.new", LEASE, f"{LEASE}.new"})
_JOURNAL: Final = "soj-*.kyj"


@dataclass(frozen=True, slots=True)
class Pending:
    """What has to be known once the header is gone. order: the token; device: to whom it was given.

    kind: of the order; places: what the key store calls the secrets of this store.
    """

    order: str
    id: str
    kind: str
    device: str
    places: tuple[str, ...]


def begin(folder: Path, pending: Pending) -> None:
    """Have it done, now or at any later start. Raises DiskRefused."""
    files.write(folder / PENDING, json.dumps(asdict(pending)).encode())


def begun(folder: Path) -> Pending | None:
    """What is to be done with a folder; None where nothing is. Raises DiskRefused, HeaderUnfit."""
    data = files.read(folder / PENDING)
    if data is None:
        return None
    try:
        said = cast("dict[str, Any]", json.loads(data))
        places = tuple(str(place) for place in said.pop("places"))
        return Pending(**{name: str(value) for name, value in said.items()}, places=places)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise HeaderUnfit(reason="wipe") from error


def names_of(folder: Path) -> tuple[str, ...]:
    """What the key store calls the secrets of every vault in a folder, those set aside included. Raises DiskRefused."""
    found: set[str] = set()
    for path in _files(folder):
        if path.name != HEADER:
            continue
        try:
            data = header_data(path)
        except HeaderUnfit:
            continue
        whose = header.owner(data)
        if whose is not None:
            found |= {f"{whose.device}/{name}" for name in ("root", "anchor", "key")}
            found |= {f"{whose.device}/ds/{number}" for number in header.secret_numbers(data)}
    return tuple(sorted(found))


def unopenable(folder: Path) -> None:
    """Write over and delete whatever could open a store here: from now on nothing does. Raises DiskRefused."""
    for path in _files(folder):
        if path.name in _OPENERS:
            with files.told():
                _overwrite(path)
            files.remove(path)


def aside(folder: Path, place: Path) -> Path:
    """Let the folder lie where no store is looked for, so that another may be made; that place. Raises DiskRefused."""
    if folder == place:
        return place
    files.make_folder(place.parent)
    with files.told():
        folder.rename(place)
        files.keep_names(place.parent)
        files.keep_names(folder.parent)
    return place


def clear(folder: Path) -> None:
    """Delete everything but the journals that may still have to be brought to the school. Raises DiskRefused."""
    kept = {folder / PENDING, *journals(folder)}
    for path in _files(folder):
        if path not in kept:
            files.remove(path)


def journals(folder: Path) -> list[Path]:
    """The segments that lie here, the oldest of each journal first; read ones of the quarantine are not among them.

    Raises DiskRefused.
    """
    found = segments(folder)
    with files.told():
        kept = sorted(path for path in (folder / QUARANTINE).glob("*") if path.is_dir() and _is_stream(path.name))
    for path in kept:
        found += segments(path)
    return found


def finish(folder: Path, places: Places) -> None:
    """Delete the journals, what the key store holds and the note itself, last. Raises DiskRefused."""
    pending = begun(folder)
    for path in _files(folder):
        if path != folder / PENDING:
            files.remove(path)
    for name in () if pending is None else pending.places:
        places(name).delete()
    with files.told():
        for path in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
            path.rmdir()
    files.remove(folder / PENDING)
    with files.told():
        folder.rmdir()
        files.keep_names(folder.parent)


def left(folder: Path) -> int:
    """How many files there are besides journals and the note. Raises DiskRefused."""
    return len(set(_files(folder)) - {folder / PENDING, *journals(folder)})


def _overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())


def _files(folder: Path) -> Iterator[Path]:
    with files.told():
        found = sorted(path for path in folder.rglob("*") if not path.is_dir())
    yield from found


def _is_stream(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True
