"""A device's way to deal with take-out permits at the school, each call on a line of its own."""

from collections.abc import Callable
from typing import TypeVar

from pydantic import BaseModel

from sync.engine.http import HttpBackend
from sync.protocol.form import Answer
from sync.protocol.lease import LeaseRequest
from sync.protocol.permit import (
    Permit,
    PermitAnswer,
    PermitAsk,
    PermitLease,
    PermitsAnswer,
    PermitVerdict,
)

A = TypeVar("A", bound=Answer)
_PATH = "/v1/permits"


class Permits:
    """What one signed-in user does about take-outs. Everything may be repeated, and any call may raise PermitRefused,
    Forbidden and what every call over the network may.

    line: opens a way to the school, which is closed after the call.
    """

    def __init__(self, line: Callable[[], HttpBackend]) -> None:
        self._line = line

    def lists(self) -> PermitsAnswer:
        """The own ones, those to decide, and the rules."""
        return self._ask(PermitsAnswer, "GET", _PATH)

    def ledger(self) -> PermitsAnswer:
        """All of the school's."""
        return self._ask(PermitsAnswer, "GET", f"{_PATH}/ledger")

    def ask(self, request: PermitAsk) -> Permit:
        """Ask for a take-out."""
        return self._ask(PermitAnswer, "POST", _PATH, request).permit

    def decide(self, id_: str, verdict: PermitVerdict) -> Permit:
        """Approve, refuse or revoke. Raises SignInTooOld."""
        return self._ask(PermitAnswer, "POST", f"{_PATH}/{id_}/decide", verdict).permit

    def withdraw(self, id_: str) -> Permit:
        """Take a request back."""
        return self._ask(PermitAnswer, "POST", f"{_PATH}/{id_}/withdraw").permit

    def start(self, id_: str, request: LeaseRequest) -> PermitLease:
        """Begin; the lease is the device's next one."""
        return self._ask(PermitLease, "POST", f"{_PATH}/{id_}/start", request)

    def give_back(self, id_: str, request: LeaseRequest) -> PermitLease:
        """Return; the lease is the device's next one."""
        return self._ask(PermitLease, "POST", f"{_PATH}/{id_}/return", request)

    def _ask(self, answer: type[A], method: str, path: str, request: BaseModel | None = None) -> A:
        line = self._line()
        try:
            return line.ask(answer, method, path, request)
        finally:
            line.close()
