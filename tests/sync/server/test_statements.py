"""Every statement a request executes is bound to one school, so that schools can be spread over many databases."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import event, make_url

import sync
from sync.protocol.backend import FilePart
from sync.protocol.device import DeedRequest
from sync.protocol.errors import EpochChanged, FileDamaged
from sync.protocol.lease import LeaseRequest
from sync.protocol.messages import (
    NIL_DEVICE,
    Create,
    Delete,
    Group,
    Item,
    Patch,
    PullRequest,
    PurgedRequest,
    VerifyRequest,
)
from sync.protocol.permit import PermitAsk, PermitVerdict
from sync.protocol.recovery import DeviceDecision, RecoveryRequest
from sync.protocol.session import DeviceInfo, SessionRequest
from sync.records.blobs import Blob, file_set
from sync.records.registry import NUMBER
from sync.server.blobs import collect
from sync.server.clock import stamp, unix_ms
from sync.server.core import Core
from sync.server.identity import tokens
from sync.server.identity.demo_issuer import LINK, DemoIssuer
from sync.server.identity.oidc import nonce_for
from sync.server.identity.signin import sign_in
from sync.server.leases import permits, takeout
from sync.server.leases.lend import Lending, Wish
from sync.server.leases.outbox_keys import fresh_outbox_keys
from sync.server.leases.permits import Office
from sync.server.leases.signing import fresh_keys
from sync.server.loss import orders, report
from sync.server.migrate import migrate
from sync.server.permit_rules import TakeoutRules
from sync.server.recovery import segments
from sync.server.recovery.recover import decided, shown
from sync.server.settings import DeskHours, FileLimits, TokenTimes
from sync.server.snapshots import pack
from sync.server.storage.engines import open_database
from sync.server.storage.identity import ACTIVE, DeviceRow, enrol_device, link_user
from sync.server.storage.store import Storage, open_storage
from sync.server.storage.streams import StreamRow, register
from sync.server.storage.tables import METADATA
from tests.kit.clock import HeldClock
from tests.kit.journals import Pen
from tests.kit.postgres import PostgresServer
from tests.sync.conformance.desk import MADE, Desk
from tests.sync.server.demo_flow import redeemed
from tests.sync.server.tiny import BOARD, CLASS, MATH, PREF, Tiny, tiny_school

OF_PEOPLE = {"user_link", "device", "session", "token", "nonce", "lease", "stream", "setting"}
OF_SCHOOLS = set(METADATA.tables) - OF_PEOPLE
_KEYS = """
SELECT relname::text,
  array(SELECT attname::text FROM pg_attribute WHERE attrelid = indrelid AND attnum = ANY(indkey))
FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
WHERE indisunique AND relnamespace = 'public'::regnamespace"""
_REFERENCES = "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"
ASKS_WHERE_SOMEBODY_WORKS = re.compile(r'FROM member WHERE member\."?user"? =')
ASKS_WHICH_SCHOOLS_THERE_ARE = re.compile(r"SELECT partition\.school FROM partition WHERE partition\.name = \S+")
"""Housekeeping goes from school to school; it reads nothing else of more than one."""


@dataclass(slots=True)
class Heard:
    """The statements executed so far, with their parameters, and the ids of all partitions there are."""

    schools: set[str]
    said: list[tuple[str, Any]] = field(default_factory=list)

    def strays(self) -> Iterator[str]:
        """Statements on a school's table that name no school, or more than one."""
        for text, values in self.said:
            tables = {name for name in OF_SCHOOLS if re.search(rf'\b(FROM|JOIN|INTO|UPDATE) "?{name}"?\b', text)}
            line = " ".join(text.split())
            if not tables or ASKS_WHERE_SOMEBODY_WORKS.search(line) or ASKS_WHICH_SCHOOLS_THERE_ARE.fullmatch(line):
                continue
            named = {value for row in _rows(values) for value in row if str(value) in self.schools}
            bound = text.startswith("INSERT") or re.search(r"school\"? = (\?|%\()", text) is not None
            if not bound or len(named) != 1:
                yield f"{line[:200]} {named}"


@pytest.fixture(params=["sqlite", "postgres"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    url = None
    if request.param == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres")
        url = server.create_database()
    opened = open_storage(tmp_path, url)
    migrate(opened.database)
    yield opened
    opened.close()


def test_every_statement_of_the_api_names_exactly_one_school(storage: Storage) -> None:
    clock = HeldClock()
    school, other = tiny_school(storage, clock.now), tiny_school(storage, clock.now, 1)
    heard = Heard({school.school, other.school, PREF, BOARD})
    event.listen(storage.database.engine, "before_cursor_execute", _listener(heard))
    pack(storage, school.school, range(1, 40), clock)
    desk = _signed_in(storage, school, clock)
    assert desk.chunks
    _work(desk, school)
    for partition in (PREF, BOARD):
        Desk(desk.backend, partition).sync()
    assert len(heard.said) > 140
    assert {name for name in OF_SCHOOLS if any(f"{name}" in text for text, _ in heard.said)} >= OF_SCHOOLS - {
        "source_id"
    }
    assert list(heard.strays()) == []


def test_a_statement_over_two_schools_would_be_found() -> None:
    heard = Heard({"a", "b"})
    heard.said = [
        ("SELECT record.id FROM record WHERE record.type = ?", ("pupil",)),
        ("SELECT record.id FROM record WHERE record.school = ? OR record.school = ?", ("a", "b")),
        ("SELECT record.id FROM record WHERE record.school = ?", ("a",)),
        ("SELECT token.hash FROM token", ()),
    ]
    assert len(list(heard.strays())) == 2


def test_what_a_pull_reads_is_one_snapshot_in_which_nothing_can_be_written(postgres: PostgresServer) -> None:
    database = open_database(Path(), postgres.create_database())
    with database.reading() as connection:
        said = [
            connection.exec_driver_sql(f"SHOW transaction_{word}").scalar_one() for word in ("isolation", "read_only")
        ]
    database.close()
    assert said == ["repeatable read", "on"]


def test_every_key_of_a_schools_tables_that_must_be_unique_holds_the_school(postgres: PostgresServer) -> None:
    with psycopg.connect(_migrated(postgres)) as connection:
        keys = connection.execute(_KEYS).fetchall()
        references = connection.execute(_REFERENCES).fetchall()
    of_schools = [(table, columns) for table, columns in keys if table in OF_SCHOOLS or table.startswith("history_")]
    assert {table for table, _ in of_schools} >= OF_SCHOOLS
    assert [(table, columns) for table, columns in of_schools if "school" not in columns] == []
    assert {(table, to) for table, to in references} == {("token", "session")}, "both stay on the coordinator"


def test_the_operators_page_spreads_every_table_of_schools_and_no_other(postgres: PostgresServer) -> None:
    page = (Path(sync.__file__).parent / "POSTGRESQL.md").read_text("utf-8")
    spread = re.findall(r"create_distributed_table\('(\w+)', 'school', colocate_with => '(\w+)'\)", page)
    assert sorted(table for table, _ in spread) == sorted(OF_SCHOOLS)
    assert {beside for _, beside in spread[1:]} == {spread[0][0]}
    assert all(f"`{table}`" in page for table in OF_PEOPLE)
    with psycopg.connect(_migrated(postgres)) as connection:
        for table in OF_SCHOOLS:
            assert connection.execute("SELECT %s::regclass", (table,)).fetchone()


def _migrated(postgres: PostgresServer) -> str:
    """A new database with its tables; where it is reached."""
    url = postgres.create_database()
    database = open_database(Path(), url)
    migrate(database)
    database.close()
    return postgres.conninfo(str(make_url(url).database))


def _signed_in(storage: Storage, school: Tiny, clock: HeldClock) -> Desk:
    """Through the session endpoint's own function, and a refresh."""
    user = school.people["sato"].user
    with storage.database.writing() as connection:
        link_user(storage.database, connection, LINK, user, user)
    issuer = DemoIssuer("http://127.0.0.1:1", clock, lambda _: "佐藤")
    r32, device = "r" * 43, str(uuid4())
    id_token = redeemed(issuer, user, nonce_for(r32))
    request = SessionRequest(id_token=id_token, r32=r32, device=DeviceInfo(id=device, name="PC", os="linux"))
    answer = sign_in(storage, issuer.trusted, request, TokenTimes(), clock.now)
    pair = tokens.refresh(storage, answer["refresh"], TokenTimes(), clock.now)
    caller = tokens.caller(storage, pair.access, NUMBER, clock.now)
    desk = Desk(Core(storage, caller, clock, wait_s=0), school.school, chunked=True)
    desk.sync()
    return desk


def _work(desk: Desk, school: Tiny) -> None:
    """One of everything a client does."""
    pupil = school.pupils[0]
    desk.push([school.new_grade(pupil, "A")], [school.new_remark(pupil, "一。二。")])
    grade = school.grade(pupil)
    stale = Patch(type="viewpoint_grade", id=grade, set=_whole("B"), base={"value": 0})
    on_own = Patch(type="remark", id=school.remark(pupil), set={"text": "一。二。三。"}, base={"text": "q2"})
    told = desk.push([stale], [on_own], [Delete(type="remark", id=school.remark(pupil), base="q4")])
    assert [one.outcome for one in told] == ["conflict_kept", "applied", "applied"]
    desk.sync()
    (conflict,) = desk.conflicts()
    (asked_for,) = desk.push([desk.patch("conflict", conflict.id, assignee=school.people["kato"].staff)])
    assert asked_for.outcome == "applied"
    desk.page(PullRequest(epoch=desk.epoch, cursor=desk.cursor, grants=desk.hash, sums=True))
    asked = VerifyRequest(epoch=desk.epoch, cursor=desk.cursor, grants=desk.hash, scope=f"lesson:{MATH}")
    parts = desk.backend.verify(desk.school, asked).sums
    desk.backend.verify(desk.school, asked.model_copy(update={"buckets": tuple(parts)}))
    desk.backend.purged(desk.school, PurgedRequest(epoch=desk.epoch or "", scopes=("lesson:2026:3-1:math",)))
    with pytest.raises(EpochChanged):
        desk.backend.verify(desk.school, asked.model_copy(update={"epoch": NIL_DEVICE}))
    _attach(desk, school)
    _take_out(desk, school)
    _recover(desk, school)
    desk.backend.wait(desk.school, 0)
    school.end_duty("sato.homeroom")
    desk.sync()


def _attach(desk: Desk, school: Tiny) -> None:
    """A file, before and after the record that refers to it; and one that nobody keeps."""
    data = b"%PDF" * 9
    blob = Blob(hashlib.sha256(data).hexdigest(), "application/pdf", len(data))
    fields = {"author": school.people["sato"].staff, "title": "学年だより", "body": "本文", "files": file_set([blob])}
    notice = Create(type="notice", id=school.ids(), set=fields)
    desk.push([notice])
    desk.backend.put_file(desk.school, FilePart(blob.sha256, blob.size, 0, data))
    assert desk.backend.get_file(desk.school, blob.sha256, 0, 99) == data
    with pytest.raises(FileDamaged):
        desk.backend.put_file(desk.school, FilePart("0" * 64, 4, 0, b"none"))
    desk.sync()
    desk.push([desk.patch("notice", notice.id, files=None)], [desk.patch("notice", notice.id, title="題")])
    collect(school.storage, school.now + timedelta(days=99), FileLimits())


def _take_out(desk: Desk, school: Tiny) -> None:
    """A permit, and what a device that is out with it may read."""
    caller, clock = desk.backend._caller, HeldClock()
    office = Office(school.storage, TakeoutRules())
    ends = int(clock.now.timestamp()) + 3600
    asked = PermitAsk(id=str(uuid4()), classes=(CLASS,), purpose="grading", since=ends - 3600, until=ends)
    permits.ask(office, caller, asked, clock.now)
    vice = school.people["vice"]
    head = replace(caller, user=vice.user, staff=vice.staff, auth_time=unix_ms(clock.now))
    permits.decide(office, head, asked.id, PermitVerdict(verdict="approved"), clock.now)
    lending = Lending(fresh_keys(clock.now.date()), "https://keyaki.example", DeskHours())
    takeout.start(office, lending, asked.id, Wish(caller, LeaseRequest(), clock.now))
    lost = orders.Wanted(str(uuid4()), "lost", clock.now, head)
    with school.storage.database.writing() as connection:
        owner = DeviceRow(caller.user, caller.school, ACTIVE)
        enrol_device(connection, lost.device, owner, ("PC", "x", None), 0)
    orders.ask(office, lost, DeedRequest())
    report.report(office, head, lost.device, clock.now)
    report.lists(office, head, clock.now)
    out = Desk(Core(school.storage, replace(caller, permit=asked.id), clock, wait_s=0), school.school)
    out.sync()
    assert f"guidance:{CLASS}" in desk.scopes
    assert f"guidance:{CLASS}" not in out.scopes
    permits.ledger(office, head, 0, clock.now)
    takeout.give_back(office, lending, asked.id, Wish(caller, LeaseRequest(), clock.now))


def _recover(desk: Desk, school: Tiny) -> None:
    """A journal that is brought, read, decided about and forgotten."""
    caller, clock, keys = desk.backend._caller, HeldClock(), fresh_outbox_keys(HeldClock().now.date())
    pen = Pen(caller.user, caller.device, keys.public())
    known = pen.told()
    row = StreamRow(known.id, caller.device, caller.user, school.school, known.key, stamp(clock.now))
    with school.storage.database.writing() as connection:
        assert register(school.storage.database, connection, row)
    empty = Group(at=MADE, kind="test.edit", ops=(Delete(type="remark", id=school.ids(), base=0),))
    pen.write(*(Item(q=desk.q + n, rev=0, group=empty) for n in (1, 2)))
    brought = FilePart(hashlib.sha256(pen.data()).hexdigest(), len(pen.data()), 0, pen.data())
    assert segments.take(school.storage, caller, brought, clock) == brought.size
    assert len(shown(school.storage, keys, caller)["groups"]) == 2
    wanted = DeviceDecision(device=caller.device, restore=(desk.q + 1,), decline=(desk.q + 2,))
    decided(school.storage, keys, caller, RecoveryRequest(devices=(wanted,)), clock)
    with pytest.raises(FileDamaged):
        segments.take(school.storage, caller, FilePart("0" * 64, 1, 0, b"x"), clock)
    assert segments.sweep(school.storage, clock.now + timedelta(days=31)) == 1


def _whole(value: str) -> dict[str, Any]:
    return {"value": value, "basis": "manual", "proposed": None, "reason": None, "unrated": None, "rule_version": None}


def _listener(heard: Heard) -> Any:
    def listen(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool) -> None:
        heard.said.append((statement, parameters))

    return listen


def _rows(values: Any) -> list[Any]:
    rows = list(values) if isinstance(values, list) else [values]
    return [list(row.values()) if isinstance(row, dict) else row for row in rows]
