"""What happened in sync, in a ring of the newest lines."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import orjson

from client.store.outbox import stamp
from client.store.writing import Writing

_LOG_MAX: Final = 1_000


def log(writing: Writing, what: str, facts: Mapping[str, object], now: datetime) -> None:
    """Note it."""
    text = orjson.dumps({name: str(value) for name, value in facts.items()}).decode()
    writing.run("INSERT INTO sync_log (at, what, facts) VALUES (?, ?, ?)", stamp(now), what, text)
    writing.run("DELETE FROM sync_log WHERE n <= (SELECT max(n) FROM sync_log) - ?", _LOG_MAX)
