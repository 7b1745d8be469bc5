"""A device's way to the past of records at the school, each call on a line of its own."""

from collections.abc import Callable, Iterable

from sync.engine.http import HttpBackend
from sync.protocol.past import PastAnswer, PastAsk, RecordKey


class Histories:
    """What the school knows of the past. line: opens a way to the school, which is closed after the call."""

    def __init__(self, line: Callable[[], HttpBackend]) -> None:
        self._line = line

    def past(self, records: Iterable[tuple[str, str]]) -> PastAnswer:
        """What happened to these records, by (type, id). May raise what every call over the network may."""
        asked = PastAsk(records=tuple(RecordKey(type=type_, id=id_) for type_, id_ in records))
        line = self._line()
        try:
            return line.ask(PastAnswer, "POST", "/v1/past", asked)
        finally:
            line.close()
