"""A header as it lies on the disk, with the secret it was sealed with; nothing is written whatever is amiss."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from client.vault import files, header, tries
from client.vault.errors import HeaderUnfit, KeyMissing, KeyStoreUnreadable
from client.vault.floors import Work
from client.vault.header import HeaderDamaged, HeaderForeign, Slot, Tries
from client.vault.keys import Whose
from client.vault.keystore import Absent, DeviceSecretStore, Present, Unreadable

HEADER: Final = "header.bin"

Places = Callable[[str], DeviceSecretStore]
"""Where a secret lies, by its name: `<device>/ds/1`, `<device>/root`."""


@dataclass(frozen=True, slots=True)
class Found:
    """A header that is sound. made_for: the owner when its vault was made; the device may be another one since."""

    data: bytes
    secret: bytes
    slots: tuple[Slot | None, Slot | None]
    tries: Tries
    made_for: Whose

    def newest_first(self) -> list[Slot]:
        """The slots that are in use."""
        return sorted((slot for slot in self.slots if slot), key=lambda slot: slot.gen, reverse=True)


def header_data(path: Path) -> bytes:
    """The bytes of a header. Raises HeaderUnfit, DiskRefused."""
    data = files.read(path)
    if data is None or len(data) != header.SIZE:
        raise HeaderUnfit(reason="size" if data else "missing")
    return data


def find(path: Path, places: Places, floor: Work) -> Found:
    """The header in a file. Raises HeaderUnfit, KeyMissing, KeyStoreUnreadable, DiskRefused."""
    data = header_data(path)
    made_for = header.owner(data)
    if made_for is None:
        raise HeaderUnfit(reason="no slot")
    secret = _secret(places(f"{made_for.device}/ds/{header.secret_numbers(data)[0]}"))
    try:
        slots = header.read_slots(data, secret, floor)
    except HeaderForeign as error:
        raise KeyMissing(reason="another") from error
    except HeaderDamaged as error:
        raise HeaderUnfit(reason=str(error)) from error
    return Found(data, secret, slots, header.read_tries(data, secret, tries.BURNED_AFTER - 1), made_for)


def _secret(place: DeviceSecretStore) -> bytes:
    match place.load():
        case Present(secret):
            return secret
        case Absent():
            raise KeyMissing
        case Unreadable(reason):
            raise KeyStoreUnreadable(reason=reason)
