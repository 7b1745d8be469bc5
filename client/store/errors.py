"""What can go wrong with the local store.

StoreError
├─ StoreDamaged        E-1102  the file is damaged, or not of this key
├─ StoreBusy           E-1201  open in another process
├─ StoreTooNew         E-1202  written by a newer program
├─ StoreForeign        E-1203  of another user, school or device
├─ StoreMissing        E-1204  there is none and nobody said whose it should be
├─ WriteFailed         E-1205  the disk refused; nothing of the job is counted as saved
├─ StoreClosed         E-1206  used after it was closed
└─ StillWaiting        E-1207  something waits to be sent
SiteError: DiskFull E-6004. What stands between a person and the key: client/vault/errors.py.
"""

from sync.errors import Fault, SiteError, StoreError


class StoreDamaged(StoreError):
    """The file cannot be read with its key. Fact `reason`."""

    NUMBER = 1102


class StoreBusy(StoreError):
    """Another process has this store open."""

    NUMBER = 1201
    FAULT = Fault.TEACHER


class StoreTooNew(StoreError):
    """A newer program has written this store. Facts `found`, `known`."""

    NUMBER = 1202


class StoreForeign(StoreError):
    """This store belongs to another user, school or device."""

    NUMBER = 1203


class StoreMissing(StoreError):
    """There is no store in this folder and nobody said whose it should be."""

    NUMBER = 1204
    FAULT = Fault.TEACHER


class WriteFailed(StoreError):
    """The disk refused to write. The job is not counted as saved; a repeat is safe."""

    NUMBER = 1205


class StoreClosed(StoreError):
    """The store has been closed."""

    NUMBER = 1206
    FAULT = Fault.OURS


class StillWaiting(StoreError):
    """Something waits to be sent, so nothing was put away. Fact `count`: groups."""

    NUMBER = 1207
    FAULT = Fault.TEACHER


class DiskFull(SiteError):
    """No room on the disk: what was typed last is not saved."""

    NUMBER = 6004
