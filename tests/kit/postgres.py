"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket in it, gone when its test process ends."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from tests.kit.leftovers import temporary_folder

NOBODY = 65534
START_S = 60
CARELESS = ("fsync=off", "full_page_writes=off")
"""No test cuts this machine's power: what the server promises about disks is PostgreSQL's own business."""


@dataclass(slots=True)
class PostgresServer:
    """A running server; every database asked of it is new and empty."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=count)

    def create_database(self, like: str | None = None) -> str:
        """The SQLAlchemy URL of a new database. like: the URL of one to copy, which nobody may be connected to."""
        name = f"keyaki_{os.getpid()}_{next(self._numbers)}"
        template = "template1" if like is None else self._name(like)
        self._command("CREATE DATABASE {} TEMPLATE {}", name, template)
        return self.url(name)

    def drop_database(self, url: str) -> None:
        """Remove a database, which nobody may be connected to."""
        self._command("DROP DATABASE {}", self._name(url))

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of one database."""
        return f"postgresql+psycopg://keyaki@/{database}?host={self.folder}"

    def conninfo(self, database: str) -> str:
        """What libpq needs to reach one database."""
        return f"host={self.folder} user=keyaki dbname={database}"

    def _command(self, words: LiteralString, *names: str) -> None:
        with psycopg.connect(self.conninfo("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(words).format(*map(sql.Identifier, names)))

    @staticmethod
    def _name(url: str) -> str:
        name = make_url(url).database
        assert name is not None
        return name


def find_binaries() -> Path:
    """The folder of initdb and postgres: from the path, else the newest Debian version. Fails when there is none."""
    on_path = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if on_path is None and not debian:
        pytest.fail("PostgreSQL's server is not installed; `make test` installs it (Debian: postgresql)", pytrace=False)
    return (Path(on_path) if on_path else debian[-1]).resolve().parent


def _as_nobody() -> list[str]:
    """The words before a command that make it end with this process and, as PostgreSQL insists, not run as root."""
    if shutil.which("setpriv") is None:
        return []
    drop = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"] if os.geteuid() == 0 else []
    return ["setpriv", *drop, "--pdeathsig=INT"]


def run_as_nobody(folder: Path, *words: str | Path) -> None:
    """One of PostgreSQL's commands, to its end; fails with what it said."""
    made = subprocess.run(
        [*_as_nobody(), *words], capture_output=True, text=True, cwd=folder, timeout=START_S, check=False
    )
    if made.returncode:
        pytest.fail(f"{words[0]} failed:\n{made.stdout}{made.stderr}", pytrace=False)


def own(folder: Path) -> None:
    """Give a folder to whom PostgreSQL runs as."""
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)


def _start(folder: Path, options: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start the server of the cluster in `folder`, without waiting for it."""
    binaries, prefix, data = find_binaries(), _as_nobody(), folder / "data"
    options = ["listen_addresses=", f"unix_socket_directories={folder}", *options]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [*prefix, binaries / "postgres", "-D", data, *(word for option in options for word in ("-c", option))],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
        )


def _wait(server: PostgresServer, process: subprocess.Popen[bytes]) -> None:
    """Return when the server answers; fail with its log when it ends or takes too long."""
    until = time.monotonic() + START_S
    while True:
        try:
            psycopg.connect(server.conninfo("postgres")).close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > until:
                pytest.fail(f"PostgreSQL did not start:\n{(server.folder / 'log').read_text()}", pytrace=False)
            time.sleep(0.05)
        else:
            return


def make_cluster(folder: Path) -> None:
    """A new cluster in `data` in this folder, which becomes that of whom PostgreSQL runs as."""
    own(folder)
    how = ("-U", "keyaki", "--auth=trust", "--no-locale", "-E", "UTF8", "-N")
    run_as_nobody(folder, find_binaries() / "initdb", "-D", folder / "data", *how)


@contextmanager
def running(folder: Path, options: Sequence[str], *, end: signal.Signals = signal.SIGINT) -> Iterator[PostgresServer]:
    """The server of the cluster in `folder`, up. end: how it is ended; SIGQUIT = as when the machine dies."""
    process = _start(folder, options)
    server = PostgresServer(folder)
    try:
        _wait(server, process)
        yield server
    finally:
        process.send_signal(end)
        process.wait(START_S)


@contextmanager
def private_server(options: Sequence[str] = ()) -> Iterator[PostgresServer]:
    """A server of a cluster of its own. options: settings other than PostgreSQL's usual ones."""
    with temporary_folder("keyaki-postgres-") as folder:
        make_cluster(folder)
        with running(folder, options) as server:
            yield server


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """The PostgreSQL server of this test process, started when the first test asks for it."""
    with private_server(CARELESS) as server:
        yield server


@pytest.fixture(scope="session")
def replica(postgres: PostgresServer) -> Iterator[PostgresServer]:
    """A streaming replica of `postgres`; databases made there are here, too, a moment later."""
    with temporary_folder("keyaki-replica-") as folder:
        own(folder)
        how = ("-h", postgres.folder, "-U", "keyaki", "--checkpoint=fast", "--no-sync", "--write-recovery-conf")
        run_as_nobody(folder, find_binaries() / "pg_basebackup", "-D", folder / "data", *how)
        with running(folder, CARELESS) as server:
            yield server
