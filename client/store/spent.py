"""Whether a store holds nothing that the school does not have, so that another may take its place."""

from client.store.chain import RECOVERING
from client.store.database import Connection, snapshot
from sync.protocol.digest import CHAIN_START

_ONLY_HERE = f"""
SELECT EXISTS (SELECT 1 FROM outbox) OR EXISTS (SELECT 1 FROM not_accepted WHERE NOT dealt_with)
OR EXISTS (SELECT 1 FROM blob_queue WHERE way = 'up') OR EXISTS (SELECT 1 FROM draft)
OR EXISTS (SELECT 1 FROM meta WHERE key = '{RECOVERING}')
"""  # noqa: S608  a name of our own


def numbers(connection: Connection) -> tuple[int, str] | None:
    """How far the numbers of edit groups have come, and the chain there; None while anything lies only here."""
    with snapshot(connection):
        if connection.execute(_ONLY_HERE).fetchone()[0]:
            return None
        held = dict(map(tuple, connection.execute("SELECT key, value FROM meta")))
    marks = [(int(held.get(name, 0)), held.get(f"{name}_chain", CHAIN_START)) for name in ("acked", "forgotten")]
    return max(marks, key=lambda mark: mark[0])
