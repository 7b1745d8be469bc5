"""The leases that lie beside a store: which are believed, which hold, and that none stays that is over."""

from pathlib import Path
from uuid import UUID

from client.vault import files
from client.vault.due import SET_MOST_S
from client.vault.errors import LeaseNeeded
from client.vault.lease_file import FILE, burn, read_lease
from client.vault.trust import Trust
from sync.protocol.errors import ClockWrong
from sync.protocol.lease import Lease


class Lying:
    """The one in use, and one that may lie beside it. secret: the device's."""

    def __init__(self, folder: Path, trust: Trust, secret: bytes) -> None:
        self._folder, self._trust, self._secret = folder, trust, secret

    def believed(self) -> list[tuple[Lease, bytes]]:
        """Each with its share. Raises KeyStoreUnreadable, DiskRefused."""
        lying = self._folder / FILE
        both = (read_lease(path, self._secret) for path in (lying, files.beside(lying)))
        told = ((self._trust.lease(kept[0]), kept[1]) for kept in both if kept)
        return [(lease, share) for lease, share in told if lease is not None]

    def share(self, id_: UUID) -> bytes:
        """The share of one of them. Raises LeaseNeeded where it is gone, and as `believed`."""
        for lease, share in self.believed():
            if UUID(lease.jti) == id_:
                return share
        raise LeaseNeeded(reason="burned")

    def holding(self, now: int, floor: int) -> dict[UUID, bytes]:
        """The shares of those that hold now. floor: the latest time seen. Raises LeaseNeeded, ClockWrong."""
        if now < floor - SET_MOST_S:
            raise ClockWrong
        leases = self.believed()
        if not leases:
            raise LeaseNeeded(reason="burned")
        found = {UUID(lease.jti): share for lease, share in leases if lease.holds(max(now, floor))}
        if not found:
            self.end(now)
            raise LeaseNeeded(reason="over")
        return found

    def end(self, now: int) -> None:
        """Take every share away where all leases are over. Raises as `believed`."""
        leases = self.believed()
        if leases and all(lease.exp <= now for lease, _ in leases):
            burn(self._folder)
