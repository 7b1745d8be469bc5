"""The school as one user asks it for the past of records: the server without a wire."""

from collections.abc import Iterable

from sync.protocol.errors import Unreachable
from sync.protocol.messages import read
from sync.protocol.past import PastAnswer, PastAsk, RecordKey
from sync.server.past import past
from tests.kit.classroom import Classroom, Desk


class School:
    """The school's side of histories as one user meets it. away: it cannot be reached."""

    def __init__(self, room: Classroom, desk: Desk) -> None:
        self._room, self._desk = room, desk
        self.away = False

    def past(self, records: Iterable[tuple[str, str]]) -> PastAnswer:
        """As the port."""
        if self.away:
            raise Unreachable
        asked = PastAsk(records=tuple(RecordKey(type=type_, id=id_) for type_, id_ in records))
        return read(PastAnswer, past(self._room.storage, self._desk.core._caller, asked, self._room.clock))
