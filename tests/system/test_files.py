"""Attached files over broken networks and past a killed program: they arrive byte for byte, and no edit waits."""

import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pytestqt.qtbot import QtBot

from client.demo import SATO, TANAKA, DemoServer
from client.syncing import service
from client.workspace import Blob, FileSecretStore, Put, Workspace
from sync.engine.http import HttpBackend
from sync.engine.request import Caller
from sync.engine.transport import Transport
from sync.records.blobs import file_set
from tests.kit import chaos as faults
from tests.kit.carried import HEALED_MS, VERSION, Rig, joined
from tests.kit.chaos import ChaosProxy, Fault

pytestmark = [
    pytest.mark.timeout(600),  # the first test of a run makes the sample school
    pytest.mark.filterwarnings("ignore:Exception ignored in. <truststore:pytest.PytestUnraisableExceptionWarning"),
]
PDF = "application/pdf"
PASSING: dict[str, Fault] = {
    "cut before": faults.cut_before,
    "answer lost": faults.cut_after,
    "answer cut": faults.cut_middle,
    "asked twice": faults.doubled,
    "a flipped byte": faults.flipped,
    "an answer twice": faults.duplicated,
    "somebody else": faults.garbage,
    "a log-in page": faults.html,
    "a server that fails": faults.own_500,
    "a proxy that is full": faults.proxy_503,
    "less at once": faults.at_most(50_000),
}


@pytest.fixture(scope="module")
def member(backend: DemoServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    made = joined(backend, tmp_path_factory.mktemp("files") / "tanaka", TANAKA)
    yield made
    made.close()


@pytest.fixture(scope="module")
def colleague(backend: DemoServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    made = joined(backend, tmp_path_factory.mktemp("colleague") / "sato", SATO)
    yield made
    made.close()


@pytest.fixture
def rig(backend: DemoServer, member: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    monkeypatch.setattr(service, "whereabouts", lambda: ("192.0.2.7",))
    made = Rig(backend, member, qtbot)
    made.begin()
    yield made
    made.close()


def post(workspace: Workspace, data: bytes) -> Blob:
    """A notice with a file."""
    blob = workspace.files.attach(data, PDF)
    fields = {"author": workspace.enrolment.staff, "title": "学年だより", "body": "本文", "files": file_set([blob])}
    workspace.edit("notice.post", [Put("notice", fields)])
    return blob


def sync(workspace: Workspace, url: str) -> None:
    """One round."""
    transport = Transport()
    workspace.sync(HttpBackend(url, Caller(workspace.enrolment.device, VERSION), workspace, transport))
    transport.close()


def queue(workspace: Workspace) -> int:
    """Files on their way."""
    return workspace.rows("SELECT count(*) AS n FROM blob_queue")[0].n


@pytest.mark.parametrize("name", PASSING)
def test_a_file_gets_through(rig: Rig, backend: DemoServer, colleague: Workspace, name: str) -> None:
    mine = random.Random(f"up {name}").randbytes(1_500_000)
    theirs = random.Random(f"down {name}").randbytes(1_500_000)
    rig.proxy.plan(PASSING[name], "/blobs/", 2)
    sent = post(rig.member, mine)
    rig.service.edited()
    rig.wait_for(lambda: rig.waiting == 0 and queue(rig.member) == 0, HEALED_MS)
    wanted = post(colleague, theirs)
    sync(colleague, backend.url)
    colleague.files.want([sent])
    sync(colleague, backend.url)
    assert colleague.files.read(sent) == mine
    rig.wait_for(lambda: wanted.sha256 in str([*map(tuple, rig.member.rows("SELECT files FROM notice"))]), HEALED_MS)
    rig.proxy.plan(PASSING[name], "/blobs/", 2)
    rig.member.files.want([wanted])
    rig.service.sync_now()
    rig.wait_for(lambda: rig.member.files.read(wanted) == theirs, HEALED_MS)
    rig.wait_for(lambda: rig.service.standing.problem is None, HEALED_MS)


def test_where_no_file_gets_through_edits_and_news_do(rig: Rig) -> None:
    rig.proxy.plan(faults.proxy_407, "/blobs/", 1_000_000)
    post(rig.member, b"%PDF" * 400_000)
    notes = rig.type_("no files here")
    rig.wait_for(lambda: rig.waiting == 0 and any("/blobs/" in call for call in rig.proxy.seen), HEALED_MS)
    assert rig.written(notes) == [1, 1, 1]
    rig.wait_for(lambda: rig.listening and rig.service.standing.problem is None, HEALED_MS)
    assert queue(rig.member) == 1
    rig.proxy.heal()
    rig.service.sync_now()
    rig.wait_for(lambda: queue(rig.member) == 0, HEALED_MS)


def test_a_program_killed_in_the_middle_of_an_upload_goes_on_from_there(backend: DemoServer, tmp_path: Path) -> None:
    data = random.Random(9).randbytes(6_000_000)
    with joined(backend, tmp_path / "pc", TANAKA) as workspace:
        blob = post(workspace, data)
    url = urlsplit(backend.url)
    proxy = ChaosProxy((str(url.hostname), int(url.port or 0)))
    order = [sys.executable, "-m", "tests.kit.file_process", str(tmp_path / "pc"), proxy.address]
    program = subprocess.Popen(order)
    until = time.monotonic() + 60
    while sum("PUT " in call for call in proxy.seen) < 4 and time.monotonic() < until:
        time.sleep(0.005)
    program.kill()
    program.wait()
    before = len(proxy.requests)
    with Workspace.open(tmp_path / "pc" / "store", secrets=FileSecretStore(tmp_path / "pc" / "secret")) as workspace:
        assert workspace.status().waiting == 0, "the edit was sent before its file"
        assert workspace.files.read(blob) == data
        sync(workspace, proxy.address)
        assert queue(workspace) == 0
    asked = [_range(request) for request in proxy.requests[before:] if request.startswith(b"PUT ")]
    assert asked[0] == f"*/{len(data)}"
    assert int(asked[1].split("-")[0]) >= 2 * 2**20, asked
    proxy.close()
    with joined(backend, tmp_path / "other", SATO) as other:
        other.files.want([blob])
        sync(other, backend.url)
        assert other.files.read(blob) == data


def _range(request: bytes) -> str:
    found = re.search(rb"(?i)content-range: bytes ([^\r]+)", request)
    assert found is not None
    return found[1].decode()
