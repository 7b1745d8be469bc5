"""History's parts in PostgreSQL, one a school year, so that a year can be put away whole; SQLite keeps one table.

What belongs to no part that is there lies in `history_rest`: no push is ever refused for want of a part.
"""

import logging
from datetime import date
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import ProgrammingError

from sync.protocol.errors import ServerBusy
from sync.records.year import school_year
from sync.server.storage.engines import Database

_LOG: Final = logging.getLogger(__name__)
REST: Final = "history_rest"
_AHEAD: Final = 1
"""So many school years after this one have their part already."""


def look_ahead(database: Database, today: date) -> None:
    """Make the parts of this school year and the next where they are missing, if that can be done now.

    today: in Japan. To be called at every start, and now and then by a server that runs for years. Where it cannot be
    done, because somebody has a part in use or this role may not make tables, the log says so and nothing is lost.
    """
    try:
        with database.writing() as connection:
            prepare(database, connection, today)
    except (ServerBusy, ProgrammingError):
        _LOG.warning("history has no part yet for this school year or the next; what comes lies in %s", REST)


def prepare(database: Database, connection: Connection, today: date) -> list[int]:
    """Make the parts of this school year and the next where they are missing; the years that were.

    today: in Japan. Pushes and pulls go on meanwhile, but for the moment in which the rest must stand still.
    """
    if database.embedded:
        return []
    first = school_year(today)
    missing = [year for year in range(first, first + _AHEAD + 1) if not _is_there(connection, year)]
    if missing:
        # Others who want the same wait here; pushes and pulls do not.
        connection.exec_driver_sql("LOCK TABLE history IN SHARE UPDATE EXCLUSIVE MODE")
        missing = [year for year in missing if not _is_there(connection, year)]
    for year in missing:
        _make(connection, year)
    return missing


def part(year: int) -> str:
    """The name of a school year's part."""
    return f"history_{year}"


def _is_there(connection: Connection, year: int) -> bool:
    found = connection.exec_driver_sql("SELECT to_regclass(%(name)s)", {"name": part(year)})
    return found.scalar_one() is not None


def _make(connection: Connection, year: int) -> None:
    """Make a school year's part, out of what the rest holds of it."""
    name, begins, ends = part(year), _begin(year), _begin(year + 1)
    inside = f"at >= '{begins}' AND at < '{ends}'"
    for text in (
        f"LOCK TABLE {REST} IN ACCESS EXCLUSIVE MODE",
        f"CREATE TABLE {name} (LIKE history INCLUDING ALL)",
        f"INSERT INTO {name} SELECT * FROM {REST} WHERE {inside}",  # noqa: S608  numbers of ours
        f"DELETE FROM {REST} WHERE {inside}",  # noqa: S608  numbers of ours
        f"ALTER TABLE history ATTACH PARTITION {name} FOR VALUES FROM ('{begins}') TO ('{ends}')",
    ):
        connection.exec_driver_sql(text)


def _begin(year: int) -> str:
    """The first moment of a school year as history is stamped: midnight of 1 April in Japan, in UTC."""
    return f"{year}-03-31T15:00:00.000Z"
