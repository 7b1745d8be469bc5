"""Serving: one process that answers clients until a signal ends it, or until whoever started it is gone."""

import gc
import json
import os
import signal
import socket
import sys
from threading import Thread
from types import FrameType
from typing import Final

import uvicorn

from sync.server.app import create_app
from sync.server.clock import system_clock
from sync.server.services import Services
from sync.server.settings import Settings
from sync.server.storage.store import Storage

STOP_S: Final = 3
"""How long requests under way may take to end when the server is told to stop."""


class Server(uvicorn.Server):
    """Uvicorn, saying when it is ready and sending long polls home before it stops."""

    def __init__(self, config: uvicorn.Config, services: Services) -> None:
        super().__init__(config)
        self._services = services

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell on standard output, as one line of JSON, where this server is reached."""
        await super().startup(sockets)
        settings, issuer = self._services.settings, self._services.issuer
        said = {"ready": True, "url": settings.address, "issuer": issuer.url if issuer is not None else None}
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal came: nobody waits any longer, and the server stops."""
        self._services.notifier.close()
        super().handle_exit(sig, frame)


def serve(settings: Settings, storage: Storage, listening: socket.socket, *, attended: bool) -> None:
    """Answer clients on a bound socket until told to stop. attended: stop when standard input ends, too."""
    app = create_app(settings, storage, system_clock)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=STOP_S,
        timeout_keep_alive=75,
    )
    gc.freeze()
    gc.set_threshold(50_000, 50, 50)  # pages of thousands of rows hold no cycles; looking for some costs a third
    signal.signal(signal.SIGTERM, _ends_quietly)
    signal.signal(signal.SIGINT, _ends_quietly)
    if attended:
        Thread(target=_leave_with_input, daemon=True).start()
    Server(config, app.state.services).run(sockets=[listening])


def listen(host: str, port: int) -> socket.socket:
    """A bound socket. It names TCP: else asyncio leaves Nagle's algorithm on and every answer waits 40 ms."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    listening.listen(512)
    return listening


def _leave_with_input() -> None:
    """Stop when whoever holds the other end of standard input is gone, whatever has ended it."""
    while os.read(sys.stdin.fileno(), 4096):
        pass
    signal.raise_signal(signal.SIGTERM)


def _ends_quietly(sig: int, frame: FrameType | None) -> None:
    """Uvicorn hands the signal on after a clean stop; there is nothing left to do then."""
    del sig, frame
