"""The command line: what starts, what refuses to, and that nothing acknowledged is lost when the process is killed."""

import signal
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from sync.engine.http import HttpBackend
from sync.engine.request import Caller as RequestCaller
from sync.engine.tokens import HeldTokens, Tokens
from sync.engine.transport import Transport
from sync.errors import SyncError
from sync.protocol.errors import Unreachable
from sync.records.registry import NUMBER
from sync.server.caller import Caller
from sync.server.core import Core
from sync.server.identity import tokens
from sync.server.identity.tokens import SignedIn
from sync.server.migrate import migrate
from sync.server.sample.plan import SchoolPlan
from sync.server.sample_school import make_demo
from sync.server.settings import Refusal, TokenTimes, check_demo
from sync.server.storage import identity, partitions
from sync.server.storage.identity import ACTIVE, DeviceRow, mark_demo
from sync.server.storage.store import Storage, open_storage
from tests.kit.clock import HeldClock
from tests.kit.postgres import PostgresServer
from tests.sync.conformance.desk import Desk
from tests.sync.server.demo_flow import asked
from tests.sync.server.process import run, serving
from tests.sync.server.tiny import Tiny, tiny_school
from tests.sync.server.wire import call, headers, post

SMALL = SchoolPlan(pupils=24, classes_per_grade=1, special_class=False, transfers=0, long_absent=0, scored=frozenset())


def demo_folder(folder: Path, *, demo: bool = True) -> tuple[Storage, Tiny]:
    """A database with a tiny school, marked as a demo's or not."""
    storage = open_storage(folder)
    migrate(storage.database)
    school = tiny_school(storage, datetime.now(UTC))
    if demo:
        with storage.database.writing() as connection:
            mark_demo(storage.database, connection)
    return storage, school


def enrolled(storage: Storage, school: Tiny, name: str = "sato") -> tuple[Caller, Tokens]:
    """A device and its tokens, made in the database."""
    person, device = school.people[name], str(uuid4())
    with storage.database.writing() as connection:
        identity.enrol_device(
            connection, device, DeviceRow(person.user, school.school, ACTIVE), ("PC", "linux", None), 0
        )
    caller = Caller(person.user, person.staff, device, "PC", school.school, NUMBER)
    who = SignedIn(person.user, person.staff, device, school.school, 0, "pwd otp")
    pair = tokens.issue(storage, who, TokenTimes(), datetime.now(UTC))
    return caller, Tokens(pair.access, pair.refresh)


def test_a_demo_server_says_where_it_is_and_stops_cleanly_when_told(tmp_path: Path) -> None:
    storage, _ = demo_folder(tmp_path)
    storage.close()
    with serving("--demo", "--data", tmp_path) as (process, said):
        assert said.keys() == {"ready", "url", "issuer"}
        assert said["url"].startswith("http://127.0.0.1:")
        assert said["issuer"] == said["url"] + "/demo"
        assert call(said["url"], "GET", "/v1/health", {}).value["demo"] is True
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=20)
        assert process.returncode == 0, err
        assert out == ""
        assert "Traceback" not in err


def test_a_server_that_is_told_to_stop_sends_a_waiting_client_home_first(tmp_path: Path) -> None:
    storage, school = demo_folder(tmp_path)
    caller, held = enrolled(storage, school)
    storage.close()
    with serving("--demo", "--data", tmp_path) as (process, said):
        path = f"/v1/schools/{school.school}/wait?seq=1"
        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(call, said["url"], "GET", path, headers(caller.device, held.access))
            _until_waiting(said["url"], process)
            process.send_signal(signal.SIGTERM)
            assert answer.result(20).code == "SHUTDOWN"
        assert process.wait(20) == 0


def test_without_demo_there_is_no_demo_issuer_and_a_bearer_token_opens_nothing(tmp_path: Path) -> None:
    storage, school = demo_folder(tmp_path)
    caller, held = enrolled(storage, school)
    storage.close()
    with serving("--data", tmp_path) as (_, said):
        assert said["issuer"] is None
        url = said["url"]
        for path in (
            "/demo/.well-known/openid-configuration",
            "/demo/jwks",
            "/demo/authorize?" + urlencode(asked("n")),
        ):
            assert call(url, "GET", path, {}).status == 404
        for path in ("/demo/token", "/demo/teacher", "/demo/confirm"):
            assert call(url, "POST", path, {}).status == 404
        pulled = post(url, f"/v1/schools/{school.school}/pull", headers(caller.device, held.access), {})
        assert (pulled.status, pulled.code) == (401, "TOKEN_EXPIRED")
        device = {"id": caller.device, "name": "PC", "os": "linux"}
        session = post(url, "/v1/session", headers(caller.device), {"id_token": "x", "r32": "y", "device": device})
        assert (session.status, session.code) == (401, "TOKEN_EXPIRED")
        renewed = post(url, "/v1/session/refresh", headers(caller.device), {"refresh": held.refresh})
        assert (renewed.status, renewed.code) == (401, "TOKEN_EXPIRED")


@pytest.mark.parametrize(
    "words",
    [
        ("--database", "postgresql://nowhere/x"),
        ("--database", "sqlite:///other.db"),
        ("--host", "0.0.0.0"),
        ("--host", "192.168.0.2"),
        ("--host", "::"),
    ],
)
def test_a_demo_refuses_any_other_database_and_any_other_address(tmp_path: Path, words: tuple[str, str]) -> None:
    storage, _ = demo_folder(tmp_path)
    storage.close()
    refused = run("serve", "--demo", "--data", tmp_path, *words)
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert "--demo" in refused.stderr


def test_a_demo_refuses_a_database_that_is_not_a_demos(tmp_path: Path) -> None:
    storage, _ = demo_folder(tmp_path / "real", demo=False)
    storage.close()
    for folder in ("real", "empty"):
        refused = run("serve", "--demo", "--data", tmp_path / folder)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "sample school" in refused.stderr


def test_the_demo_may_listen_on_this_computer_only() -> None:
    for host in ("127.0.0.1", "localhost", "::1"):
        check_demo(None, host)
    for database, host in (("postgresql://x", "127.0.0.1"), (None, "0.0.0.0"), (None, "")):
        with pytest.raises(Refusal):
            check_demo(database, host)


def test_the_sample_school_is_made_once_and_never_into_real_data(tmp_path: Path) -> None:
    storage = open_storage(tmp_path / "demo")
    migrate(storage.database)
    now = datetime(2026, 11, 20, tzinfo=UTC)
    steps = list(make_demo(storage, 1, [SMALL], now, lambda: str(uuid4())))
    assert [done for _, done in steps] == sorted(done for _, done in steps)
    assert len({partition for partition, _ in steps}) == 3
    assert list(make_demo(storage, 1, [SMALL], now, lambda: str(uuid4()))) == []
    with storage.database.reading() as connection:
        (school,) = partitions.all_schools(connection)
        own = partitions.read(connection, school)
        assert own is not None
        assert {partitions.read(connection, str(id_)).name for id_ in (own.board, own.pref)} == {  # type: ignore[union-attr]
            "board:059902",
            "pref:05",
        }
    storage.close()
    real, _ = demo_folder(tmp_path / "real", demo=False)
    with pytest.raises(Refusal):
        list(make_demo(real, 1, [SMALL], now, lambda: str(uuid4())))
    real.close()


def test_migrate_says_what_it_did(tmp_path: Path) -> None:
    assert run("migrate", "--data", tmp_path).stdout == "migrated\n"
    assert run("migrate", "--data", tmp_path).stdout == "up to date\n"


def test_a_server_killed_in_mid_push_loses_and_doubles_nothing(tmp_path: Path) -> None:
    storage, school = demo_folder(tmp_path)
    caller, held = enrolled(storage, school)
    desk = Desk(Core(storage, caller, lambda: datetime.now(UTC)), school.school)
    desk.sync()
    epoch, port = desk.epoch, _free_port()
    transport = Transport()
    desk.backend = HttpBackend(
        f"http://127.0.0.1:{port}", RequestCaller(caller.device, "0.1.0"), HeldTokens(held), transport
    )
    told: dict[int, Any] = {}
    for life in range(6):
        with serving("--demo", "--data", tmp_path, "--port", str(port)) as (process, _):
            killer = threading.Timer(0.05 + 0.11 * life, process.kill)
            killer.start()
            for _ in count():
                ops = [[school.new_grade(pupil, "ABC"[desk.q % 3])] for pupil in school.pupils]
                chain, q, chains = desk.chain, desk.q, dict(desk.chains)
                try:
                    for outcome in desk.push(*ops):
                        told[outcome.q] = outcome
                except (Unreachable, SyncError):
                    desk.chain, desk.q, desk.chains = chain, q, chains
                    break
            killer.join()
    transport.close()
    desk.backend = Core(storage, caller, lambda: datetime.now(UTC))
    desk.acknowledged = (0, "0" * 32)
    desk.sync()
    assert desk.epoch == epoch
    assert len(told) > 6, "the server was killed before it did anything"
    for q, outcome in told.items():
        assert desk.outcomes[q] == outcome
    with storage.database.reading() as connection:
        numbers = connection.exec_driver_sql("SELECT dseq FROM op_result ORDER BY dseq").scalars().all()
        history = connection.exec_driver_sql(
            "SELECT dseq, count(*) FROM history WHERE device = ? GROUP BY dseq, type, id, field HAVING count(*) > 1",
            (caller.device,),
        ).all()
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) in (max(told), max(told) + 3)
    assert history == []
    storage.close()


def test_processes_on_one_postgres_database_behave_as_one(postgres: PostgresServer, tmp_path: Path) -> None:
    url = postgres.create_database()
    storage = open_storage(tmp_path, url)
    migrate(storage.database)
    clock = HeldClock()
    school = tiny_school(storage, clock.now)
    other = open_storage(tmp_path, url)
    here = Core(storage, enrolled(storage, school)[0], clock)
    there = Core(other, enrolled(storage, school, "kato")[0], clock)
    one, two = Desk(here, school.school), Desk(there, school.school)
    for round_ in range(6):
        one.sync()
        two.sync()
        writer = (one, two)[round_ % 2]
        new = school.new_remark(school.pupils[0], f"{round_}。", box=f"s.x{round_}", **{"@lesson": "2026:3-2:math"})
        assert writer.push([new])[0].outcome in ("applied", "rejected")
        school.make("class", year=2026, key=f"9-{round_}", label="x", kind="regular", grades=[3])
    one.sync()
    two.sync()
    shared = {"all", "lesson:2026:3-2:math"}
    rows = [{key: row for key, row in desk.rows.items() if shared & set(row.scopes)} for desk in (one, two)]
    assert rows[0] == rows[1]
    assert sum(type_ == "class" for type_, _ in rows[0]) == 8
    other.close()
    storage.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def _until_waiting(url: str, process: Any) -> None:
    """Health answers while the other request is held: by then it has long been received."""
    pause = threading.Event()
    for _ in range(5):
        assert call(url, "GET", "/v1/health", {}).status == 200
        pause.wait(0.1)
    assert process.poll() is None
