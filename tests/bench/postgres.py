"""The sample school on a PostgreSQL of the bench's own, with every commit on the disk, and the server over it.

`python -m tests.bench.postgres FOLDER URL` is that server: all of `keyaki-server serve --demo` but its refusal of a
database that may hold real data.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from sync.server.serving import listen, serve
from sync.server.settings import Settings
from sync.server.storage.store import open_storage
from tests.bench.machine import family_s
from tests.bench.school import ROOT, make
from tests.kit.postgres import private_server


@dataclass(frozen=True, slots=True)
class PostgresDemo:
    """A running server, as `DemoServer` is one. database: the URL of what it keeps its data in; cluster: PostgreSQL's
    folder.
    """

    url: str
    issuer: str
    database: str
    cluster: Path
    _process: subprocess.Popen[str]

    def database_s(self) -> float:
        """Processor time PostgreSQL has used so far, in seconds."""
        return family_s(int((self.cluster / "data" / "postmaster.pid").read_text().split()[0]))


@contextmanager
def postgres_demo(folder: Path, name: str) -> Iterator[PostgresDemo]:
    """Make the named school in a database of its own, and serve it."""
    folder.mkdir(parents=True)
    with private_server() as cluster:
        url = cluster.create_database()
        make(folder, name, url)
        with psycopg.connect(cluster.conninfo(str(make_url(url).database)), autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")  # as a server that has run for a while is
        with serving(folder, url) as server:
            yield server


@contextmanager
def serving(folder: Path, url: str) -> Iterator[PostgresDemo]:
    """One API process over a database that is there."""
    words = [sys.executable, "-m", __name__, str(folder), url]
    with subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        try:
            yield PostgresDemo(said["url"], said["issuer"], url, Path(str(make_url(url).query["host"])), process)
        finally:
            process.terminate()


def main(folder: str, url: str) -> None:
    """Serve until told to stop."""
    storage = open_storage(Path(folder), url)
    listening = listen("127.0.0.1", 0)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    serve(Settings(Path(folder), url, demo=True, address=address), storage, listening, attended=True)
    storage.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
