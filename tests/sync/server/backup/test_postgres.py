"""PostgreSQL is backed up and set back by its own tools; what must follow is one command."""

import subprocess
from pathlib import Path

import pytest
from sqlalchemy import make_url

from sync.protocol.errors import EpochChanged
from sync.protocol.messages import PullRequest
from sync.server.migrate import migrate
from sync.server.storage.identity import device, session, token
from sync.server.storage.store import Storage, open_storage
from sync.server.storage.tables import past_epoch
from tests.kit.postgres import PostgresServer, find_binaries
from tests.sync.server.backup.bakery import Bakery
from tests.sync.server.process import run

NO_TOKENS = [f"--exclude-table-data={name}" for name in ("token", "session", "nonce")]


def tool(server: PostgresServer, name: str, *words: str | Path) -> None:
    """One of PostgreSQL's own programs."""
    place = ["--host", str(server.folder), "--username", "keyaki"]
    binaries = (find_binaries() / "initdb").resolve().parent
    done = subprocess.run([binaries / name, *place, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def opened(url: str) -> Storage:
    storage = open_storage(Path(), url)
    migrate(storage.database)
    return storage


def test_a_dump_restored_beside_goes_on_anew_and_its_clients_are_told(postgres: PostgresServer, tmp_path: Path) -> None:
    urls = [postgres.create_database() for _ in range(2)]
    old, new = (str(make_url(url).database) for url in urls)
    made = Bakery(opened(urls[0]))
    made.note("backed up")
    caller, _ = made.enrolled()
    then = made.partition()
    tool(postgres, "pg_dump", "--format=custom", *NO_TOKENS, f"--file={tmp_path / 'dump'}", old)
    desk = made.desk()
    made.note("lost")
    desk.sync()
    made.storage.close()

    tool(postgres, "pg_restore", f"--dbname={new}", "--exit-on-error", "--single-transaction", tmp_path / "dump")
    done = run("restored", "--database", urls[1])
    assert (done.returncode, done.stderr) == (0, "")
    assert "4 partitions go on in a new epoch" in done.stdout
    made.storage = opened(urls[1])
    assert made.rows(past_epoch, then.school) == [(then.school, then.epoch, then.seq)]
    assert "backed up" in str(made.text())
    assert [row[0] for row in made.rows(device)] == [caller.device]
    assert made.rows(session) == made.rows(token) == []
    again = made.desk("kato")
    with pytest.raises(EpochChanged) as told:
        again.backend.pull(desk.school, PullRequest(epoch=desk.epoch, cursor=desk.cursor, grants=desk.hash))
    assert told.value.facts["seq"] == then.seq
    made.storage.close()


def test_the_embedded_databases_commands_name_postgres_own_tools(postgres: PostgresServer, tmp_path: Path) -> None:
    url = postgres.create_database()
    for words, named in ((("backup", tmp_path / "b"), "pg_dump"), (("restore", tmp_path / "b"), "pg_restore")):
        refused = run(words[0], "--database", url, words[1])
        assert (refused.returncode, refused.stdout) == (1, "")
        assert named in refused.stderr
