"""Live sync over every kind of broken network: it recovers by itself, or says within ten seconds what is wrong.

A real server process, a real store and the windows' own service, with our chaos proxy between them. Whatever the
network does, nothing on this PC changes but by the hand that types, and in the end each change is at the school once.
"""

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from client.demo import SATO, TANAKA, DemoServer
from client.proxy import SystemRoute
from client.resources import ROOT
from client.shell.translate import Translations
from client.syncing import service
from client.workspace import Put, Workspace
from sync.engine.http import HttpBackend
from sync.engine.request import Caller
from sync.engine.route import Route
from sync.engine.transport import Transport
from tests.kit import chaos as faults
from tests.kit.carried import CELLS, HEALED_MS, PATIENCE, VERSION, Rig, joined
from tests.kit.certificates import certificate
from tests.kit.chaos import Fault

pytestmark = [
    pytest.mark.timeout(600),  # the first test of a run makes the sample school
    # A connection that is reset just before it begins to speak TLS is left by Python's ssl to the collector.
    pytest.mark.filterwarnings("ignore:Exception ignored in. <truststore:pytest.PytestUnraisableExceptionWarning"),
]
SAID_MS = 10_000


@pytest.fixture(scope="module")
def member(backend: DemoServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    made = joined(backend, tmp_path_factory.mktemp("broken") / "tanaka", TANAKA)
    yield made
    made.close()


@pytest.fixture
def rig(backend: DemoServer, member: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    monkeypatch.setattr(service, "whereabouts", lambda: ("192.0.2.7",))  # a PC in a network, wherever this test runs
    made = Rig(backend, member, qtbot)
    made.begin()
    yield made
    made.close()


@pytest.fixture
def translations(qapp: Any) -> Iterator[Translations]:
    made = Translations(qapp, ROOT / "i18n")
    yield made
    made.show("en")


def once(fault: Fault, path: str = "/push", times: int = 1) -> Callable[[Rig], None]:
    """A fault of the moment."""
    return lambda rig: rig.proxy.plan(fault, path, times)


PASSING: dict[str, Callable[[Rig], None]] = {
    "the request is cut off": once(faults.cut_before),
    "the answer is lost": once(faults.cut_after),
    "the answer is cut in its middle": once(faults.cut_middle),
    "the request arrives twice": once(faults.doubled),
    "a byte of the answer is another": once(faults.flipped),
    "the answer arrives twice": once(faults.duplicated),
    "calls get each other's answers": once(faults.Reordered(), "/v1/schools", 4),
    "an answer swells": once(faults.bomb),
    "somebody else speaks": once(faults.garbage),
    "the server fails": once(faults.own_500),
    "the session's renewal is cut off": once(faults.cut_before, "/v1", 2),
    "a line of 4 kB/s": lambda rig: rig.proxy.slow_down(4_000),
}
"""What is over as soon as it came, or only slow."""


@pytest.mark.parametrize("name", PASSING)
def test_it_recovers_by_itself(rig: Rig, name: str) -> None:
    PASSING[name](rig)
    notes = rig.type_(name)
    rig.wait_for(lambda: rig.waiting == 0 and rig.service.standing.problem is None, HEALED_MS)
    assert rig.written(notes) == [1, 1, 1]
    assert [row.note for row in rig.member.rows(CELLS.replace("id FROM", "note FROM"))] == notes
    assert rig.member.status().conflicts == 0


@dataclass(frozen=True, slots=True)
class Lasting:
    """What lasts until it is healed, and what the status line says meanwhile."""

    breaks: Callable[[Rig], None]
    english: str
    japanese: str


def always(fault: Fault, path: str = "") -> Callable[[Rig], None]:
    """A fault of every call."""

    def act(rig: Rig) -> None:
        rig.proxy.plan(fault, path, 1_000_000)

    return act


def crowd(rig: Rig) -> None:
    rig.proxy.most = 0


def inspect(rig: Rig) -> None:
    with TemporaryDirectory() as folder:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate(Path(folder), (-1, 1)))
    rig.proxy.tls = context
    rig.link.lead(rig.proxy.address.replace("http:", "https:"))


def lead(address: str, route: Route | None = None) -> Callable[[Rig], None]:
    return lambda rig: rig.link.lead(address, route)


OFFLINE = ("Offline (saved on this PC; 3 change", "オフライン（この端末に保存済み・3件は接続後に送ります）")
SLOW = ("The server is slow to answer (saved on this PC)", "サーバーの返事を待っています（この端末に保存済み）")
PORTAL = ("Please log in with your browser", "ブラウザでログインしてください")
PROXY = ("Please give this number to your IT staff. (E-6002)", "学校のプロキシを通れませんでした")
DAMAGED = ("arrived damaged, so it was not used", "サーバーの返事が途中でこわれたため")
STRANGER = ("did not come from our server", "けやきのサーバーからのものではなかったため")
LASTING: dict[str, Lasting] = {
    "every request is cut off": Lasting(always(faults.cut_before), *OFFLINE),
    "a name nobody knows": Lasting(lead("https://keyaki.invalid"), *OFFLINE),
    "no connection left": Lasting(crowd, *OFFLINE),
    "half open": Lasting(always(faults.silent), *SLOW),
    "a head that never ends": Lasting(always(faults.dripping), *SLOW),
    "a proxy with too many guests": Lasting(always(faults.proxy_503), *SLOW),
    "a gateway without its server": Lasting(always(faults.foreign_500), *SLOW),
    "a server that fails": Lasting(always(faults.own_500), *SLOW),
    "a log-in page": Lasting(always(faults.html), *PORTAL),
    "a way to a log-in page": Lasting(always(faults.redirect), *PORTAL),
    "a proxy that wants a password": Lasting(always(faults.proxy_407), *PROXY),
    "a proxy that finds our head too long": Lasting(always(faults.proxy_431), *PROXY),
    "a proxy that takes next to nothing": Lasting(
        always(faults.at_most(100), "/push"), "(E-3107)", "一度に送れる量を小さく"
    ),
    "a script instead of a proxy": Lasting(
        lead("https://keyaki.invalid", SystemRoute("", lambda: "http://wpad.example/proxy.pac")),
        "written in a script (PAC)",
        "自動設定スクリプト（PAC）",
    ),
    "a proxy that inspects": Lasting(inspect, "could not prove who it is", "サーバーが本物かどうかを確かめられません"),
    "answers of a strange form": Lasting(always(faults.wrong_schema), *DAMAGED),
    "answers that end too soon": Lasting(always(faults.not_json), *DAMAGED),
    "answers that swell": Lasting(always(faults.bomb), *DAMAGED),
    "answers of another server": Lasting(always(faults.plain_answer), *STRANGER),
    "no HTTP at all": Lasting(always(faults.garbage), *STRANGER),
}


@pytest.mark.parametrize("name", LASTING)
def test_it_says_what_is_wrong_and_goes_on_when_that_is_over(rig: Rig, name: str, translations: Translations) -> None:
    kind = LASTING[name]
    kind.breaks(rig)
    notes = rig.type_(name)
    before = rig.kept()
    rig.wait_for(lambda: kind.english in rig.lines("en", translations), SAID_MS)
    assert kind.japanese in rig.lines("ja", translations)
    failures = len(rig.errors)
    rig.wait_for(lambda: len(rig.errors) > failures, HEALED_MS)
    assert "Sent" not in rig.lines("en", translations)
    assert rig.kept() == before
    assert rig.written(notes) == [0, 0, 0]

    rig.proxy.heal()
    rig.link.lead(rig.proxy.address)
    rig.wait_for(lambda: rig.waiting == 0 and rig.service.standing.problem is None, HEALED_MS)
    assert rig.written(notes) == [1, 1, 1]
    assert rig.member.status().conflicts == 0


def test_a_clock_that_is_hours_off_is_said_and_stops_nothing(rig: Rig, translations: Translations) -> None:
    always(faults.at("2020-01-01T00:00:00.000Z"))(rig)
    notes = rig.type_("clock")
    rig.wait_for(lambda: rig.waiting == 0 and "(E-6003)" in rig.lines("en", translations), SAID_MS)
    assert "この端末の時計が" in rig.lines("ja", translations)
    assert rig.written(notes) == [1, 1, 1]


def test_where_long_polls_are_cut_a_colleagues_value_still_comes(
    rig: Rig, backend: DemoServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    always(faults.cut_polls(0.2))(rig)
    rig.link.drop()
    with joined(backend, tmp_path_factory.mktemp("colleague") / "sato", SATO) as sato:
        row = sato.rows(CELLS)[0]
        sato.edit("grades.score", [Put("score", {"note": "from sato"}, id=row.id)])
        transport = Transport()
        sato.sync(HttpBackend(backend.url, Caller(sato.enrolment.device, VERSION), sato, transport))
        transport.close()
    seen = f"SELECT note FROM score WHERE id = '{row.id}'"
    rig.wait_for(lambda: rig.member.rows(seen)[0].note == "from sato", SAID_MS)
    assert rig.service.standing.problem is None


def test_after_a_sleep_a_call_that_hangs_on_the_old_network_is_begun_anew_at_once(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    always(faults.silent)(rig)
    notes = rig.type_("sleep")
    rig.wait_for(lambda: any("/push" in call for call in rig.proxy.seen), SAID_MS)
    rig.proxy.heal()
    now = service.time
    monkeypatch.setattr(service, "time", lambda: now() + 3600)
    rig.wait_for(lambda: rig.waiting == 0, int(PATIENCE.stall_s * 1000) - 1000)
    assert rig.written(notes) == [1, 1, 1]
