"""What a transaction says it will add to the journal, kept by itself, so that the next start knows what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Self

import orjson

from client.store.writing import Writing

_LAST: Final = "copies"
"""The key in `meta` of what was to be added last, and behind which record."""
_PROMISED: Final = "reach"
"""The key in `meta` of a stream and the last record any transaction has said it would add to it."""


@dataclass(frozen=True, slots=True)
class Announced:
    """What was said last. stream: in hexadecimal; since: when it was begun; at: number of the record behind which; qs:
    the groups; promised: the last record ever said, which never goes back, whatever becomes of the journal.
    """

    stream: str
    since: datetime
    at: int = -1
    qs: tuple[int, ...] = ()
    promised: int = -1

    @classmethod
    def read(cls, writing: Writing, stream: str) -> Self | None:
        """What was said last of this stream."""
        rows = writing.run("SELECT value FROM meta WHERE key = ?", _LAST)
        said: dict[str, Any] = orjson.loads(rows[0][0]) if rows else {}
        if said.get("stream") != stream:
            return None
        since = datetime.fromisoformat(said["since"])
        return cls(stream, since, said["at"], tuple(said["qs"]), promised(writing, stream))

    def renewed(self, at: int, qs: Iterable[int]) -> Self:
        """These groups will be added behind this record; behind none, the stream's beginning comes before them."""
        wanted = tuple(sorted(qs))
        return replace(self, at=at, qs=wanted, promised=max(self.promised, at + len(wanted) + (at < 0)))

    def write(self, writing: Writing) -> None:
        """Say it, in the transaction of what it is about."""
        text = {"stream": self.stream, "since": self.since.isoformat(), "at": self.at, "qs": self.qs}
        said = _LAST, orjson.dumps(text).decode(), _PROMISED, f"{self.stream} {self.promised}"
        writing.run("INSERT OR REPLACE INTO meta VALUES (?, ?), (?, ?)", *said)


def promised(writing: Writing, stream: str) -> int:
    """The last record of a stream that was ever said; -1 where none was."""
    rows = writing.run("SELECT value FROM meta WHERE key = ?", _PROMISED)
    of, _, number = rows[0][0].partition(" ") if rows else ("", "", "")
    return int(number) if of == stream else -1


def said_nothing(writing: Writing) -> None:
    """What waits is to be looked for in the whole journal at the next start."""
    writing.run("DELETE FROM meta WHERE key = ?", _LAST)
