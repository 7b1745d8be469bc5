"""The demo takes the network away for real, and gives it back (ux.md 3)."""

import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import pytest

from client.demo import Switch
from sync.engine.request import Outgoing
from sync.engine.transport import Patience, Transport
from sync.protocol.errors import Unreachable
from tests.kit import chaos as faults
from tests.kit.chaos import ChaosProxy


@pytest.fixture
def switch(chaos: ChaosProxy) -> Iterator[Switch]:
    made = Switch(chaos.address)
    yield made
    made.off()


@pytest.fixture
def transport() -> Iterator[Transport]:
    made = Transport(Patience(connect_s=2, stall_s=5))
    yield made
    made.close()


def ask(transport: Transport, switch: Switch) -> int:
    return transport.send(Outgoing("GET", switch.address, foreign=True)).status


def test_while_the_switch_is_on_everything_passes(chaos: ChaosProxy, switch: Switch, transport: Transport) -> None:
    chaos.default = faults.answer(b"{}")
    assert switch.is_on
    assert ask(transport, switch) == 200


def test_off_cuts_a_call_under_way_and_refuses_the_next(
    chaos: ChaosProxy, switch: Switch, transport: Transport
) -> None:
    def cut(request: bytes, forward: faults.Forward, client: object) -> None:
        switch.off()
        faults.silent(request, forward, client)  # type: ignore[arg-type]

    chaos.default = cut
    for _ in range(2):
        with pytest.raises(Unreachable):
            ask(transport, switch)
    assert len(chaos.seen) == 1


def test_on_again_is_the_same_address(chaos: ChaosProxy, switch: Switch, transport: Transport) -> None:
    chaos.default = faults.answer(b"{}")
    before = urlsplit(switch.address).port
    switch.off()
    switch.on()
    assert urlsplit(switch.address).port == before
    assert ask(transport, switch) == 200


HOLD = """
import sys
from pathlib import Path
from client.demo import DemoServer
with DemoServer(Path(sys.argv[1])) as server:
    print(server.url, flush=True)
    sys.stdin.read()
"""


@pytest.mark.timeout(600)
def test_the_demos_server_does_not_outlive_a_client_that_was_killed(sample_school: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_school, tmp_path / "server")
    words = [sys.executable, "-c", HOLD, str(tmp_path / "server")]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as client:
        assert client.stdout is not None
        url = urlsplit(client.stdout.readline())
        client.kill()
    address, until = (str(url.hostname), int(url.port or 0)), monotonic() + 20
    while monotonic() < until:
        with socket.socket() as knock:
            if knock.connect_ex(address) != 0:
                return
        pause = threading.Event()
        pause.wait(0.05)
    pytest.fail("the server still listens")
