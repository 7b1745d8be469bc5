"""The roots of every error Keyaki raises on purpose, sorted by whose turn it is.

KeyakiError
├─ StoreError   E-1xxx  the local store, its key, its disk
├─ AccessError  E-2xxx  sign-in, device, rights
├─ SyncError    E-3xxx  the way to the server and the protocol on it
├─ RuleError    E-4xxx  a rule of school affairs refused a value
├─ FormError    E-5xxx  paste, import, layout, print
├─ SiteError    E-6xxx  the place: proxy, clock, disk, policy
└─ Defect       E-9xxx  cannot happen; carries what was assumed

Kinds are declared where they are raised. A number is used once and never again; its words are in
resources/terms/errors.csv.
"""

from enum import Enum
from typing import ClassVar


class Fault(Enum):
    """Whose turn it is when something failed."""

    TEACHER = "teacher"  # can act now
    TIME = "time"  # heals by itself; never pops up
    SITE = "site"  # needs the school's or board's IT
    OURS = "ours"  # a bug of this program


class KeyakiError(Exception):
    """A failure with a number. `facts` are data for the sentence, never a sentence, never a pupil's name."""

    NUMBER: ClassVar[int] = 9000
    FAULT: ClassVar[Fault] = Fault.OURS

    def __init__(self, /, **facts: object) -> None:
        self.facts = facts
        super().__init__(f"E-{self.NUMBER} {type(self).__name__}" + (f" {facts}" if facts else ""))

    @property
    def number(self) -> int:
        """Four digits; the words belong to it."""
        return self.NUMBER

    @property
    def fault(self) -> Fault:
        """Whose turn it is."""
        return self.FAULT


class StoreError(KeyakiError):
    """The local store cannot do what was asked."""

    NUMBER = 1000
    FAULT = Fault.SITE


class AccessError(KeyakiError):
    """Not signed in, not this device, not this person's right."""

    NUMBER = 2000
    FAULT = Fault.TEACHER


class SyncError(KeyakiError):
    """The server could not be asked, or answered that the protocol must go another way."""

    NUMBER = 3000
    FAULT = Fault.TIME


class RuleError(KeyakiError):
    """A rule refused a value. Facts carry `type`, `field`, `rule` and what the sentence needs."""

    NUMBER = 4000
    FAULT = Fault.TEACHER


class FormError(KeyakiError):
    """A paste, an import, a layout or a print cannot be done as given."""

    NUMBER = 5000
    FAULT = Fault.TEACHER


class SiteError(KeyakiError):
    """The network, the clock, the disk or a policy of the place stands in the way."""

    NUMBER = 6000
    FAULT = Fault.SITE


class Defect(KeyakiError):
    """What cannot happen did. Facts say what was assumed."""

    NUMBER = 9001
    FAULT = Fault.OURS
