"""A laptop is reported lost at another PC: at its next contact its program ends, and nothing of its store is left."""

import secrets
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from client.demo import TANAKA, DemoServer, Visitor
from client.unlock.enrol import Enrol, Joined, Place
from client.unlock.signin import Provider
from client.workspace import fresh_id
from sync.engine.devices import Devices
from sync.engine.http import HttpBackend
from sync.engine.request import Caller
from sync.engine.tokens import HeldTokens
from sync.engine.transport import Transport
from sync.protocol.device import LossReport
from tests.kit.locked import Running, until

pytestmark = [
    pytest.mark.timeout(600),  # the first test of a run makes the sample school
    pytest.mark.skipif(sys.platform != "linux", reason="#4 2026-11-26: processes are looked at through /proc"),
]
VERSION = "0.1.0"


@pytest.fixture
def running(tmp_path: Path, backend: DemoServer) -> Iterator[Running]:
    """The laptop's program, its PIN chosen and everything loaded."""
    ours = Running(tmp_path, backend)
    try:
        ours.join()
        yield ours
    finally:
        ours.end()


class Elsewhere:
    """The same teacher at another PC."""

    def __init__(self, backend: DemoServer) -> None:
        self._url, transport = backend.url, Transport()
        place = Place(backend.url, Provider(backend.issuer, "keyaki"), "職員室PC", VERSION)
        enrol = Enrol(place, (), transport, secrets.token_bytes, fresh_id)
        joined = enrol.run(Visitor(TANAKA), "done", lambda: False)
        transport.close()
        assert joined is not None
        self._joined: Joined = joined
        self.devices = Devices(self._line)

    def _line(self) -> HttpBackend:
        caller = Caller(self._joined.enrolment.device, VERSION)
        return HttpBackend(self._url, caller, HeldTokens(self._joined.tokens), Transport())

    def lose(self) -> LossReport:
        """Report the newest other device lost."""
        others = [device for device in self.devices.lists().devices if device.mine and not device.here]
        return self.devices.order(others[0].id, "lost")


def left(folder: Path) -> list[str]:
    """What lies in the profile of the store."""
    profile = folder / "profile"
    return [str(path) for name in ("stores", "erasing") for path in (profile / name).rglob("*") if path.is_file()]


@pytest.mark.parametrize("locked", [False, True])
def test_a_lost_laptop_erases_itself_at_its_next_contact_open_or_locked(
    running: Running, backend: DemoServer, *, locked: bool
) -> None:
    names = [name.encode() for name in running.ask("desk")["names"]]
    assert left(running.folder)
    if locked:
        running.lock()
        until(lambda: running.ask("question")["kind"] == "AskPin")
    away = Elsewhere(backend)
    report = away.lose()
    assert (report.device.state, report.protection, report.shares) == ("suspended", "vault", 0)
    assert report.counts["pupil"] > 0
    count = len(running.pids)
    running.ask("contact", answered=False)
    if not locked:
        running.follow(count)
    until(lambda: away.devices.report(report.device.id).device.state == "wiped")
    until(lambda: not left(running.folder))
    until(lambda: (asked := running.ask("question"))["kind"] == "Question" and asked["error"] == 2104)
    rest = [path for path in (running.folder / "profile").rglob("*") if path.is_file()]
    assert not any(name in path.read_bytes() for path in rest for name in names)
    events = away.devices.report(report.device.id).events
    assert [each.event for each in events] == ["lost", "ordered", "wiped"]
    assert events[-1].certificate
    assert list((running.folder / "profile" / "keys").iterdir()) == []
