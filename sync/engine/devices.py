"""A device's way to hear of an order and to say it was carried out, and a person's way to order: calls of their own."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from pydantic import BaseModel

from sync.engine.http import HttpBackend
from sync.engine.recovery import bring
from sync.protocol.device import DeedRequest, DevicesAnswer, Erased, ErasedAnswer, Hello, HelloAnswer, LossReport
from sync.protocol.form import Answer

A = TypeVar("A", bound=Answer)
_OWN, _ALL = "/v1/device", "/v1/devices"


class Summons:
    """What a device says that may be locked, blocked or half erased; it needs no session. Everything may be repeated,
    and any call may raise what every call over the network may.
    """

    def __init__(self, line: HttpBackend) -> None:
        self._line = line

    def hello(self, lease: str) -> HelloAnswer:
        """Ask whether there is an order. lease: one the device has."""
        return self._line.tell(HelloAnswer, f"{_OWN}/hello", Hello(lease=lease))

    def bring(self, segments: Iterable[bytes], order: str) -> None:
        """Bring segments of journals, sealed as they lie on the disk, before they are erased. Raises Forbidden."""
        bring(self._line, segments, f"{_OWN}/journal", order)

    def erased(self, said: Erased) -> ErasedAnswer:
        """Say that an order was carried out. Raises Forbidden."""
        return self._line.tell(ErasedAnswer, f"{_OWN}/erased", said)


class Devices:
    """What one signed-in user orders about devices. Everything may be repeated, and any call may raise Forbidden,
    SignInTooOld and what every call over the network may.

    line: opens a way to the school, which is closed after the call.
    """

    def __init__(self, line: Callable[[], HttpBackend]) -> None:
        self._line = line

    def lists(self) -> DevicesAnswer:
        """The own ones; a head's are those of the school."""
        return self._ask(DevicesAnswer, "GET", _ALL)

    def report(self, id_: str) -> LossReport:
        """What was on a device."""
        return self._ask(LossReport, "GET", f"{_ALL}/{id_}/report")

    def order(self, id_: str, deed: str, reason: str = "") -> LossReport:
        """Have something done about a device. deed: lost, suspend, wipe or reinstate."""
        return self._ask(LossReport, "POST", f"{_ALL}/{id_}/{deed}", DeedRequest(reason=reason))

    def _ask(self, answer: type[A], method: str, path: str, request: BaseModel | None = None) -> A:
        line = self._line()
        try:
            return line.ask(answer, method, path, request)
        finally:
            line.close()
