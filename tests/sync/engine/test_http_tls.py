"""Whom the client trusts: the store of the operating system, and nobody else (security.md 13, P20, J5)."""

import os
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from sync.engine.request import Outgoing
from sync.engine.transport import CertificateRefused, Patience, Transport
from sync.protocol.errors import NotOurs, Unreachable
from tests.kit import chaos as faults
from tests.kit.certificates import certificate

QUICK = Patience(connect_s=2, stall_s=0.5)
ASK = """
import sys
from sync.engine.request import Outgoing
from sync.engine.transport import Transport
print(Transport().send(Outgoing("GET", sys.argv[1], foreign=True)).status)
"""


class TlsServer:
    """Answers every request over TLS with an empty JSON object; `context` None = speaks plainly on the same port."""

    def __init__(self, context: ssl.SSLContext | None) -> None:
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self._listener.getsockname()[1]}/"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            with suppress(OSError), client:
                talk = self._context.wrap_socket(client, server_side=True) if self._context else client
                with talk:
                    if self._context is None:
                        talk.recv(1000)
                    else:
                        faults.read_request(talk)
                    talk.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


def served(pem: Path, highest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3) -> TlsServer:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    context.maximum_version = highest
    return TlsServer(context)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[TlsServer]:
    made = served(certificate(tmp_path, (-1, 1)))
    yield made
    made.close()


def ask(url: str) -> int:
    transport = Transport(QUICK)
    try:
        return transport.send(Outgoing("GET", url, foreign=True)).status
    finally:
        transport.close()


def test_a_certificate_this_computer_does_not_trust_is_refused(server: TlsServer) -> None:
    with pytest.raises(CertificateRefused):
        ask(server.url)


def test_a_certificate_the_operating_system_trusts_is_taken(server: TlsServer, tmp_path: Path) -> None:
    trusting = os.environ | {"SSL_CERT_FILE": str(tmp_path / "server.pem")}
    run = subprocess.run(
        [sys.executable, "-c", ASK, server.url], env=trusting, capture_output=True, text=True, check=False
    )
    assert (run.stdout, run.returncode) == ("200\n", 0), run.stderr


def test_a_trusted_certificate_that_is_out_of_date_is_refused(tmp_path: Path) -> None:
    old = served(certificate(tmp_path, (-9, -2)))
    trusting = os.environ | {"SSL_CERT_FILE": str(tmp_path / "server.pem")}
    run = subprocess.run(
        [sys.executable, "-c", ASK, old.url], env=trusting, capture_output=True, text=True, check=False
    )
    assert "CertificateRefused" in run.stderr
    old.close()


def test_a_trusted_certificate_that_has_not_begun_shows_a_wrong_clock(tmp_path: Path) -> None:
    new = served(certificate(tmp_path, (2, 9)))
    trusting = os.environ | {"SSL_CERT_FILE": str(tmp_path / "server.pem")}
    run = subprocess.run(
        [sys.executable, "-c", ASK, new.url], env=trusting, capture_output=True, text=True, check=False
    )
    assert "ClockWrong" in run.stderr
    new.close()


def test_a_port_that_does_not_speak_tls_is_not_our_server() -> None:
    plain = TlsServer(None)
    with pytest.raises(NotOurs):
        ask(plain.url)
    plain.close()


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1 is deprecated:DeprecationWarning")
def test_tls_older_than_1_2_is_not_spoken(tmp_path: Path) -> None:
    old = served(certificate(tmp_path, (-1, 1)), ssl.TLSVersion.TLSv1_1)
    with pytest.raises((NotOurs, Unreachable)):
        ask(old.url)
    old.close()
