"""What stands between a person and a store; each says which factor it was, and nothing is lost by any.

StoreError
├─ WrongPin            E-1001  counted; fact `left`: tries before the lease is burned
├─ PinTooSoon          E-1002  after wrong tries one waits; fact `seconds`
├─ LeaseNeeded         E-1003  there is no valid lease here: signing in brings one
├─ KeyStoreUnreadable  E-1101  the key store of the system does not answer
├─ KeyMissing          E-1103  the store is here, its secret is not
├─ HeaderUnfit         E-1104  the header is damaged
├─ LeaseRefused        E-1105  what came as a lease is not one
├─ DiskRefused         E-1106  a file beside the store could not be read or written
├─ JournalForeign      E-1107  the journal beside the store is another store's
└─ StoreRolledBack     E-1108  store and journal are older than they once were
"""

from sync.errors import Fault, StoreError


class WrongPin(StoreError):
    """The PIN did not open the store. Fact `left`: how many more wrong ones until the lease is burned."""

    NUMBER = 1001
    FAULT = Fault.TEACHER


class PinTooSoon(StoreError):
    """After several wrong tries the next has to wait; this one was not looked at. Fact `seconds`."""

    NUMBER = 1002
    FAULT = Fault.TEACHER


class LeaseNeeded(StoreError):
    """The lease is burned, over or not to be trusted. Signing in online brings another for the same store.

    Fact `reason`: burned, over or damaged.
    """

    NUMBER = 1003
    FAULT = Fault.TEACHER


class KeyStoreUnreadable(StoreError):
    """The key store of the system did not answer, is locked or holds something else. Nothing was written."""

    NUMBER = 1101


class KeyMissing(StoreError):
    """The store is here but its key is not in the key store. Nothing was written."""

    NUMBER = 1103


class HeaderUnfit(StoreError):
    """The file beside the store that its key is wrapped in is damaged. Nothing was written. Fact `reason`."""

    NUMBER = 1104


class LeaseRefused(StoreError):
    """What came as a lease is not one: another signer, device or length, or an older one. Fact `reason`."""

    NUMBER = 1105


class DiskRefused(StoreError):
    """A file beside the store could not be read or written. What was there before is still there; a repeat is safe."""

    NUMBER = 1106


class JournalForeign(StoreError):
    """The journal beside the store was written by another one. Nothing was written; what is in it is not given up."""

    NUMBER = 1107


class StoreRolledBack(StoreError):
    """Store and journal are older than they once were: copies were put in their place. Nothing was written to them.

    Fact `seen`: when they were known to be newer, on the wall clock.
    """

    NUMBER = 1108
