"""The demo's network switch lies with its server; the desk, which a lock ends and begins anew, pulls it from afar."""

import json
import socket
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Final, cast

from client.band import Network

_HOST: Final = "127.0.0.1"
_WAIT_S: Final = 10


class CableEnd:
    """Beside the switch: does what the desk asks, and tells how things stand. about: what a desk has to know first."""

    def __init__(self, network: Network, about: dict[str, str]) -> None:
        class Handler(StreamRequestHandler):
            """One line asked, one line answered."""

            def handle(self) -> None:
                match self.rfile.readline().strip():
                    case b"on":
                        network.on()
                    case b"off":
                        network.off()
                    case _:
                        pass
                self.wfile.write(json.dumps(about | {"on": "yes" if network.is_on else ""}).encode() + b"\n")

        self._server = ThreadingTCPServer((_HOST, 0), Handler)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Hear no more desks."""
        self._server.shutdown()
        self._server.server_close()


class Cable:
    """The network as the desk sees it. Raises OSError where the other end is gone."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.about = self._said("about")

    @property
    def is_on(self) -> bool:
        """Whether it is there."""
        return bool(self.about["on"])

    def on(self) -> None:
        """Give it back."""
        self.about = self._said("on")

    def off(self) -> None:
        """Take it away."""
        self.about = self._said("off")

    def _said(self, word: str) -> dict[str, str]:
        with socket.create_connection((_HOST, self._port), _WAIT_S) as end, end.makefile("rwb") as line:
            line.write(word.encode() + b"\n")
            line.flush()
            return cast("dict[str, str]", json.loads(line.readline()))
