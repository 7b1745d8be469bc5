"""Which devices have told that the rows of an ended scope are erased from them."""

from collections.abc import Iterable

from sqlalchemy import Connection

from sync.server.caller import Caller
from sync.server.storage.engines import Database
from sync.server.storage.tables import purged


def write(
    database: Database, connection: Connection, school: str, caller: Caller, scopes: Iterable[str], at: str
) -> None:
    """Keep that these scopes are gone from the caller's device. at: the server's stamp."""
    rows = [(school, caller.device, scope, caller.user, at) for scope in sorted(set(scopes))]
    database.store(connection, purged, rows, replace=True)
