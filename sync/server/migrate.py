"""Bring a database's tables to the form this version knows, by Alembic's migrations in the folder beside."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from sync.server.storage.engines import Database

FOLDER: Final = Path(__file__).parent / "migrations"


def migrate(database: Database) -> bool:
    """Run the migrations this database has not seen. True when there were any; a repeat does nothing."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    newest = ScriptDirectory.from_config(config).get_current_head()
    with database.writing() as connection:
        if MigrationContext.configure(connection).get_current_revision() == newest:
            return False
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        database.pin_plans(connection)
    database.close()  # connections made from here on know the new tables
    return True
