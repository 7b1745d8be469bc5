"""What was changed on records, asked of the school: it alone knows what everybody did."""

from typing import Annotated, Any, Final

from pydantic import Field

from sync.protocol.form import UUID, Answer, Code, Request, Version

RECORDS_MAX: Final = 500
CHANGES_MAX: Final = 2_000
"""Most changes of one answer, the newest."""


class RecordKey(Request):
    """Which record."""

    type: Code
    id: UUID


class PastAsk(Request):
    """The records whose past is asked for."""

    records: Annotated[tuple[RecordKey, ...], Field(min_length=1, max_length=RECORDS_MAX, strict=False)]


class PastChange(Answer):
    """One change of a unit, or of the whole record (`@created`, `@deleted`) with all its fields.

    old, new: the unit's fields before and after, None where there were none. by: staff id, None for the school itself;
    pc: what the device is called. at: the server's stamp; made: the device's own. seq: the order in which it happened.
    """

    type: str
    id: str
    unit: str
    seq: Version
    old: dict[str, Any] | None = None
    new: dict[str, Any] | None = None
    by: str | None = None
    device: str
    pc: str = ""
    at: str
    made: str
    outcome: str


class PastAnswer(Answer):
    """The changes of those records that the asker may read now, newest first. more: older ones were left out."""

    changes: tuple[PastChange, ...]
    more: bool = False
