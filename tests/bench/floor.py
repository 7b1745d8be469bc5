"""The raw limit: the same rows as compressed JSON over bare HTTP, and plain inserts into raw SQLCipher.

Tuned as well as we know how: rows in key order, plain INSERT, one transaction, a large cache, one checkpoint, nulls
bound without a search (`client.store.database`), no look at a value that needs none.
`python -m tests.bench.floor FOLDER` is its server: it answers GET /N with the file FOLDER/N.zst, takes rows at POST
/push into plain SQLite, answers GET /new with what was pushed last, and GET /after/N with all rows above number N, as
soon as there are any. What is PUT is a file as it is, on the disk when that is answered.
"""

import http.client
import json
import os
import sqlite3
import sys
import threading
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import orjson
import zstandard
from sqlcipher3 import dbapi2

from sync.records.registry import TYPES

KEY = bytes(range(32))


class RawStore:
    """SQLCipher with one table per record type, and nothing else."""

    def __init__(self, path: Path) -> None:
        self.database = dbapi2.connect(path, isolation_level=None)
        self.database.set_key(KEY)
        for setting in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -262144", "wal_autocheckpoint = 0"):
            self.database.execute(f"PRAGMA {setting}").fetchall()
        for type_ in TYPES.values():
            columns = ", ".join(f'"{name}"' for name in type_.fields)
            self.database.execute(f'CREATE TABLE "{type_.name}" (id TEXT PRIMARY KEY, ver INTEGER, {columns})')
        self.database.execute("CREATE TABLE outbox (n INTEGER PRIMARY KEY, body TEXT, sent INTEGER)")

    def load(self, bodies: Sequence[bytes]) -> int:
        """Insert all rows of these bodies in one transaction, then checkpoint once; how many."""
        tables: dict[tuple[str, ...], list[list[Any]]] = {}
        for body in bodies:
            for frame in orjson.loads(zstandard.decompress(body)):
                tables.setdefault((frame["type"], *frame["columns"]), []).extend(frame["rows"])
        self.database.execute("BEGIN")
        for (name, *columns), rows in tables.items():
            _flatten(name, columns, rows)
            rows.sort()
            names = ", ".join(f'"{column}"' for column in columns)
            marks = ", ".join("?" * len(columns))
            self.database.executemany(f'INSERT INTO "{name}" ({names}) VALUES ({marks})', rows)
        self.database.execute("COMMIT")
        self.database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return sum(map(len, tables.values()))

    def keep(self, rows: Sequence[tuple[int, str]]) -> None:
        """Store numbered rows as they are, in one transaction."""
        self.database.execute("BEGIN")
        self.database.executemany("INSERT INTO outbox (body, sent) VALUES (?, 2)", ((body,) for _, body in rows))
        self.database.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self.database.close()


class Disk:
    """A file that grows by what one edit writes, each time until it is on the disk."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_CREAT | os.O_WRONLY)

    def write(self) -> None:
        """Eight pages, as the log of a store takes them."""
        os.write(self._file, bytes(8 * 4_120))
        os.fsync(self._file)

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


class FloorClient:
    """One kept connection to the floor's server."""

    def __init__(self, port: int) -> None:
        self._http = http.client.HTTPConnection("127.0.0.1", port)
        self._http.connect()
        self._http.sock.setsockopt(6, 1, 1)

    def get(self, path: str) -> bytes:
        """A body."""
        self._http.request("GET", path)
        return self._http.getresponse().read()

    def post(self, path: str, body: bytes) -> bytes:
        """An answer's body."""
        self._http.request("POST", path, body)
        return self._http.getresponse().read()

    def put(self, path: str, body: bytes) -> bytes:
        """An answer's body; what was sent is on the disk then, and what GET of the same path gives."""
        self._http.request("PUT", path, body)
        return self._http.getresponse().read()

    def close(self) -> None:
        """Close the connection."""
        self._http.close()


def bodies_of(pages: Sequence[Sequence[Mapping[str, Any]]], folder: Path) -> int:
    """Write frames as the floor's server sends them, a file a page; how many."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, frames in enumerate(pages):
        (folder / f"{number}.zst").write_bytes(zstandard.compress(orjson.dumps(frames), 3))
    return len(pages)


def _flatten(type_: str, columns: Sequence[str], rows: Sequence[list[Any]]) -> None:
    """Make texts of the values that are lists or mappings; other columns are not looked at."""
    fields = TYPES[type_].fields
    for place, name in enumerate(columns):
        if name in fields and fields[name].kind.json:
            for row in rows:
                row[place] = None if row[place] is None else orjson.dumps(row[place]).decode()


def _serve(folder: Path) -> None:
    database = sqlite3.connect(folder / "floor.db", isolation_level=None, check_same_thread=False)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("CREATE TABLE IF NOT EXISTS row (n INTEGER PRIMARY KEY, body TEXT)")
    pushed = [zstandard.compress(b"[]")]
    turn = threading.Condition()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            name = self.path.strip("/")
            if name.startswith("after/"):
                self._answer(self._above(int(name.removeprefix("after/"))))
            else:
                self._answer(pushed[-1] if name == "new" else (folder / f"{name}.zst").read_bytes())

        def _above(self, number: int) -> bytes:
            with turn:
                while not (rows := database.execute("SELECT n, body FROM row WHERE n > ?", (number,)).fetchall()):
                    turn.wait()
            return zstandard.compress(orjson.dumps(rows), 3)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            rows = orjson.loads(zstandard.decompress(body))
            with turn:
                database.execute("BEGIN")
                inserted = ((orjson.dumps(row).decode(),) for row in rows)
                database.executemany("INSERT INTO row (body) VALUES (?)", inserted)
                database.execute("COMMIT")
                turn.notify_all()
            pushed[:] = [zstandard.compress(orjson.dumps(rows))]
            self._answer(b"{}")

        def do_PUT(self) -> None:
            with (folder / f"{self.path.strip('/')}.zst").open("wb") as file:
                file.write(self.rfile.read(int(self.headers["Content-Length"])))
                file.flush()
                os.fsync(file.fileno())
            self._answer(b"{}")

        def _answer(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the library's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(json.dumps({"port": server.server_address[1]}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
