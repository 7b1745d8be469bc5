"""What the pages of take-outs show, and whom they ask."""

from dataclasses import dataclass
from typing import Protocol

from sync.errors import Fault, StoreError
from sync.protocol.lease import LeaseRequest
from sync.protocol.permit import Permit, PermitAsk, PermitLease, PermitsAnswer, PermitVerdict


class NotAllSent(StoreError):
    """Not everything could be sent, and what was not may be about what goes or comes now. Fact `count`."""

    NUMBER = 1130
    FAULT = Fault.TEACHER


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
