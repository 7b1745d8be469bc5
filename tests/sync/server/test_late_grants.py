"""A school that was there before late edits could be decided has somebody who decides them."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import insert, select

from sync.server.migrate import FOLDER, migrate
from sync.server.storage.engines import open_database
from sync.server.storage.tables import grant

SCHOOL, USER = "018f0000-0000-7000-8000-000000000001", "018f0000-0000-7000-8000-0000000000aa"


def test_whoever_was_vice_principal_holds_the_late_edits_for_the_same_days(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    held = {"school": SCHOOL, "user": USER, "scope": "office", "rights": "rw", "valid_until": "2027-03-31"}
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        rows = [held | {"role": role, "valid_from": f"202{year}-04-01"} for role, year in (("vice", 6), ("clerk", 5))]
        connection.execute(insert(grant), rows)
    assert migrate(database) is True
    with database.reading() as connection:
        columns = (grant.c.user, grant.c.role, grant.c.rights, grant.c.valid_from, grant.c.valid_until)
        late = connection.execute(select(*columns).where(grant.c.scope == "late")).all()
    database.close()
    assert [tuple(row) for row in late] == [(USER, "vice", "rw", "2026-04-01", "2027-03-31")]
