"""The way to the school for a recovery: a line of its own for each call, for the other one may wait for news."""

from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager

from sync.engine.http import HttpBackend
from sync.engine.recovery import Recovery
from sync.engine.transport import Transport
from sync.protocol.recovery import DecisionAnswer, RecoveryAnswer, RecoveryRequest


class SchoolLine:
    """Every call is for a thread that may wait. line: speaks over a transport; transport: opens one."""

    def __init__(self, line: Callable[[Transport], HttpBackend], transport: Callable[[], Transport]) -> None:
        self._line, self._transport = line, transport

    def bring(self, segments: Iterable[bytes]) -> None:
        """Bring segments of journals, sealed as they lie on the disk."""
        with self._opened() as school:
            school.bring(segments)

    def shown(self) -> RecoveryAnswer:
        """What the teacher's journals hold that the school does not have."""
        with self._opened() as school:
            return school.shown()

    def decide(self, request: RecoveryRequest) -> DecisionAnswer:
        """Tell the school what is to become of it."""
        with self._opened() as school:
            return school.decide(request)

    @contextmanager
    def _opened(self) -> Generator[Recovery]:
        transport = self._transport()
        try:
            yield Recovery(self._line(transport))
        finally:
            transport.close()
