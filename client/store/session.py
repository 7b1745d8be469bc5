"""The tokens of this device's session with the school."""

import json

from client.store.database import Connection
from client.store.writing import Writing
from sync.engine.tokens import Tokens


def tokens(connection: Connection) -> Tokens | None:
    """The newest that were kept; None before a sign-in."""
    rows = connection.execute("SELECT value FROM meta WHERE key = 'tokens'").fetchall()
    return Tokens(*json.loads(rows[0][0])) if rows else None


def keep(writing: Writing, fresh: Tokens) -> None:
    """Keep these in the place of those before."""
    kept = json.dumps([fresh.access, fresh.refresh])
    writing.run("INSERT OR REPLACE INTO meta VALUES ('tokens', ?)", kept)
