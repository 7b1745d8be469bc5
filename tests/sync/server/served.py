"""One server process over a database that others serve as well: `python -m tests.sync.server.served FOLDER URL`.

All of `keyaki-server serve` but its refusal to take bearer tokens on a database that may hold real data, and with the
clock of the tests: what is valid on their school morning is valid here.
"""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from sync.server.app import create_app
from sync.server.migrate import migrate
from sync.server.serving import Server, listen
from sync.server.settings import Patience, Settings
from sync.server.storage.store import open_storage
from tests.kit.clock import HeldClock
from tests.sync.server.process import ready


@contextmanager
def process_on(folder: Path, url: str) -> Iterator[str]:
    """Such a process; yields where it is reached."""
    with ready("-m", __name__, folder, url) as (_, said):
        yield said["url"]


def main(folder: str, url: str) -> None:
    """Serve until a signal comes."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    storage = open_storage(Path(folder), url)
    migrate(storage.database)
    listening = listen("127.0.0.1", 0)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    settings = Settings(Path(folder), url, demo=True, address=address, patience=Patience(wait_min_s=8, wait_max_s=9))
    app = create_app(settings, storage, HeldClock())
    Server(uvicorn.Config(app, log_config=None, access_log=False), app.state.services).run(sockets=[listening])


if __name__ == "__main__":
    main(*sys.argv[1:])
