"""A device's way to have its journals read: they are brought segment by segment, shown, and decided about."""

import hashlib
from collections.abc import Iterable

from sync.engine.http import HttpBackend
from sync.protocol.backend import FilePart
from sync.protocol.errors import FileDamaged
from sync.protocol.journal import SEALED_MAX
from sync.protocol.recovery import PART_MAX, SEGMENT_MAX, DecisionAnswer, RecoveryAnswer, RecoveryRequest

_PATH = "/v1/recovery"
_LONGEST = SEALED_MAX + 256
"""No record is longer: so far do the parts overlap that a segment above what travels is brought in."""


class Recovery:
    """One signed-in user's recovery over a device's line. Everything may be repeated, and any call may raise what every
    call over the network may.
    """

    def __init__(self, line: HttpBackend) -> None:
        self._line = line

    def bring(self, segments: Iterable[bytes]) -> None:
        """Bring segments, sealed as they lie on the disk; what is there already does not travel again."""
        bring(self._line, segments)

    def shown(self) -> RecoveryAnswer:
        """What the user's journals hold that the school does not have."""
        return self._line.ask(RecoveryAnswer, "GET", _PATH)

    def decide(self, request: RecoveryRequest) -> DecisionAnswer:
        """Tell the school what is to become of it."""
        return self._line.ask(DecisionAnswer, "POST", _PATH, request)


def bring(line: HttpBackend, segments: Iterable[bytes], path: str = _PATH, order: str = "") -> None:
    """Bring segments over a line. order: what is shown in the place of a session. Raises what every call may raise."""
    for data in segments:
        for start in range(0, len(data), SEGMENT_MAX - _LONGEST):
            _bring(line, data[start : start + SEGMENT_MAX], path, order)


def _bring(line: HttpBackend, data: bytes, path: str, order: str) -> None:
    sha256 = hashlib.sha256(data).hexdigest()
    place = f"{path}/{sha256}"
    got = line.put(place, FilePart(sha256, len(data), 0, b""), order)
    while got < len(data):
        part = FilePart(sha256, len(data), got, data[got : got + PART_MAX])
        had, got = got, line.put(place, part, order)
        if got <= had:
            raise FileDamaged(reason="standing still")
