"""What the pages of take-outs show, and whom they ask."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from sync.errors import Fault, FormError, StoreError
from sync.protocol.lease import LeaseAnswer, LeaseRequest
from sync.protocol.permit import Permit, PermitAsk, PermitLease, PermitsAnswer, PermitVerdict


class NotAllSent(StoreError):
    """Not everything could be sent, and what was not may be about what goes or comes now. Fact `count`."""

    NUMBER = 1130
    FAULT = Fault.TEACHER


class FileRefused(FormError):
    """The ledger could not be written into the file that was chosen. Fact `reason`."""

    NUMBER = 5005
    FAULT = Fault.TEACHER


class LeaseTaker(Protocol):
    """What puts a lease into the vault of the open store. rewrapped: it is there; kept: the error it is not for."""

    rewrapped: Any
    kept: Any

    def ask_by(self, ask: Callable[[LeaseRequest], LeaseAnswer]) -> None:
        """Have the next lease asked for like this, in a thread that may wait."""
        ...


@dataclass(frozen=True, slots=True)
class ClassChoice:
    """A class that may be taken out: its code, as scopes name it, and what people call it."""

    code: str
    label: str


class Office(Protocol):
    """The school's place where take-outs are dealt with. Every call waits for the network and may raise SyncError,
    AccessError.
    """

    def lists(self) -> PermitsAnswer:
        """The own ones, those to decide, and the rules."""
        ...

    def ledger(self) -> PermitsAnswer:
        """All of the school's."""
        ...

    def ask(self, request: PermitAsk) -> Permit:
        """Ask for a take-out."""
        ...

    def decide(self, id_: str, verdict: PermitVerdict) -> Permit:
        """Approve, refuse or revoke."""
        ...

    def withdraw(self, id_: str) -> Permit:
        """Take a request back."""
        ...

    def start(self, id_: str, request: LeaseRequest) -> PermitLease:
        """Begin."""
        ...

    def give_back(self, id_: str, request: LeaseRequest) -> PermitLease:
        """Return."""
        ...
