"""Bring a database's tables to the form this version knows, by Alembic's migrations in the folder beside."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from sync.server.clock import TOKYO, system_clock
from sync.server.settings import Refusal
from sync.server.storage import years
from sync.server.storage.engines import Database

FOLDER: Final = Path(__file__).parent / "migrations"


def migrate(database: Database) -> bool:
    """Run the migrations this database has not seen, and make the parts of its history that will be needed.

    True when there were migrations; a repeat does nothing. Raises Refusal where nobody can write yet.
    """
    config = _config()
    with database.writing() as connection:
        if database.only_follows(connection):
            raise Refusal("PostgreSQL is still recovering, or is a replica: wait until pg_is_in_recovery() is false")
        database.alone(connection)
        old = not is_current(connection)
        if old:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            database.pin_plans(connection)
    if old:
        database.close()  # connections made from here on know the new tables
    years.look_ahead(database, system_clock().astimezone(TOKYO).date())
    return old


def is_current(connection: Connection) -> bool:
    """Whether a database's tables are the ones this version knows."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == newest


def knows(revision: str) -> bool:
    """Whether this version can bring tables of a revision up to date, or need not."""
    scripts = ScriptDirectory.from_config(_config())
    return revision in {script.revision for script in scripts.walk_revisions()}


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    return config
