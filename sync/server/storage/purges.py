"""Which devices have told that the rows of an ended scope are erased from them."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from sync.server.caller import Caller
from sync.server.storage.engines import Database
from sync.server.storage.tables import purged


def of_device(connection: Connection, school: str, device: str) -> dict[str, str]:
    """{scope: the server's stamp} of what a device has told to be gone from it."""
    own = (purged.c.school == school, purged.c.device == device)
    return {row.scope: row.at for row in connection.execute(select(purged.c.scope, purged.c.at).where(*own))}


def write(
    database: Database, connection: Connection, school: str, caller: Caller, scopes: Iterable[str], at: str
) -> None:
    """Keep that these scopes are gone from the caller's device. at: the server's stamp."""
    rows = [(school, caller.device, scope, caller.user, at) for scope in sorted(set(scopes))]
    database.store(connection, purged, rows, replace=True)
