"""What may be ordered about devices, by whom and when; what the server destroys then; what stands in the ledger."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from sync.protocol.device import DeedRequest, LossReport
from sync.protocol.errors import DeviceSuspended, DeviceWiped, Forbidden, SignInNeeded, SignInTooOld
from sync.protocol.messages import read
from sync.records.registry import NUMBER
from sync.server.caller import Caller
from sync.server.clock import stamp
from sync.server.identity import tokens
from sync.server.identity.tokens import Pair, SignedIn
from sync.server.leases.lend import Lending
from sync.server.leases.signing import fresh_keys
from sync.server.loss import orders, report
from sync.server.loss.command import order_command
from sync.server.loss.orders import Wanted
from sync.server.loss.states import AFTER, Asked, may_happen
from sync.server.settings import DeskHours, Refusal, TokenTimes
from sync.server.storage import device_events, identity, leases, purges
from tests.sync.server.gate import Gate
from tests.sync.server.leases.office import Heads

LENDING = Lending(fresh_keys(date(2026, 11, 20)), "https://keyaki.example", DeskHours())
ALL: tuple[Asked, ...] = ("suspended", "lost", "wipe", "reinstated")


@pytest.fixture
def heads(gate: Gate) -> Heads:
    return Heads(gate, LENDING)


def order(heads: Heads, by: Caller, of: Caller, deed: Asked = "lost", reason: str = "") -> LossReport:
    """Order something, and read the report that is open then."""
    now = heads.gate.clock.now
    orders.ask(heads.office, Wanted(of.device, deed, now, by), DeedRequest(reason=reason))
    return told(heads, by, of)


def told(heads: Heads, by: Caller, of: Caller) -> LossReport:
    """The report of a device."""
    return read(LossReport, report.report(heads.office, by, of.device, heads.gate.clock.now))


def hello(heads: Heads, of: Caller, lease: str) -> dict[str, str]:
    """What a locked device hears."""
    return orders.hello(heads.gate.storage, LENDING, of.device, lease, heads.gate.clock.now)


def session(heads: Heads, of: Caller) -> Pair:
    """A live session of a device."""
    who = SignedIn(of.user, of.staff, of.device, of.school, 0, "pwd otp")
    return tokens.issue(heads.gate.storage, who, TokenTimes(), heads.gate.clock.now)


def test_a_teacher_reports_the_own_laptop_lost_and_nothing_of_its_keys_is_left_here(heads: Heads) -> None:
    lost, other = heads.device("sato"), heads.device("sato")
    lease, pair, storage = heads.renew(lost), session(heads, lost), heads.gate.storage
    assert told(heads, other, lost).shares == 1
    seen = order(heads, other, lost, reason="電車に忘れた")
    assert (seen.device.state, seen.shares, seen.protection) == ("suspended", 0, "vault")
    assert (seen.lease_kind, seen.lease_ends, seen.scopes) == ("desk", lease.exp, lease.scopes)
    assert seen.counts["pupil"] == len(heads.school.pupils)
    line = seen.events[0]
    assert (line.event, line.actor, line.reason, line.at) == ("lost", other.staff, "電車に忘れた", heads.now)
    with pytest.raises(DeviceSuspended):
        tokens.caller(storage, pair.access, NUMBER, heads.gate.clock.now)
    with pytest.raises(DeviceSuspended):
        tokens.refresh(storage, pair.refresh, TokenTimes(), heads.gate.clock.now)


def test_after_a_device_is_let_in_again_its_sessions_of_before_are_still_over(heads: Heads) -> None:
    sato, head = heads.device("sato"), heads.device("head")
    pair = session(heads, sato)
    order(heads, head, sato, "suspended")
    assert order(heads, head, sato, "reinstated").device.state == "active"
    with pytest.raises(SignInNeeded):
        tokens.caller(heads.gate.storage, pair.access, NUMBER, heads.gate.clock.now)
    assert hello(heads, sato, heads.renew(sato).jti) == {}


@pytest.mark.parametrize("deed", ALL)
@pytest.mark.parametrize("who", ["sato", "kato", "ito", "head", "vice", "ict"])
def test_heads_and_it_order_about_every_device_and_teachers_only_that_their_own_is_lost(
    heads: Heads, who: str, deed: Asked
) -> None:
    by = heads.device(who)
    for whose in ("sato", "kato"):
        of = heads.device(whose)
        if deed == "reinstated":
            order(heads, heads.device("head"), of, "suspended")
        if who in ("head", "vice", "ict") or (who == whose and deed == "lost"):
            assert order(heads, by, of, deed).device.state == AFTER[deed]
        else:
            with pytest.raises(Forbidden):
                order(heads, by, of, deed)


def test_a_blocked_device_that_hears_of_it_is_seen_and_noted_once(heads: Heads) -> None:
    sato, head = heads.device("sato"), heads.device("head")
    lease = heads.renew(sato)
    order(heads, head, sato, "suspended")
    heads.gate.clock.now += timedelta(minutes=3)
    for _ in range(2):
        assert hello(heads, sato, lease.jti)["order"]
    seen = told(heads, head, sato)
    assert [each.event for each in seen.events] == ["suspended", "heard"]
    assert (seen.device.state, seen.device.seen) == ("suspended", heads.now)
    head = heads.fresh(head)
    assert len(order(heads, head, sato, "suspended").events) == 2
    assert order(heads, head, sato, "reinstated").device.state == "active"
    order(heads, head, sato, "suspended")
    hello(heads, sato, lease.jti)
    events = [each.event for each in told(heads, head, sato).events]
    assert events == ["suspended", "heard", "reinstated", "suspended", "heard"]


@pytest.mark.parametrize("who", ["sato", "kato", "head"])
def test_heads_see_every_device_and_report_and_teachers_their_own(heads: Heads, who: str) -> None:
    made = {name: heads.device(name) for name in ("sato", "kato", "head")}
    seen = report.lists(heads.office, made[who], heads.gate.clock.now)
    expected = set(made) if who == "head" else {who}
    assert {line["id"] for line in seen["devices"]} >= {made[name].device for name in expected}
    assert seen["heads"] == (who == "head")
    assert [line["here"] for line in seen["devices"] if line["id"] == made[who].device] == [True]
    for name, of in made.items():
        if name in expected:
            assert told(heads, made[who], of).device.id == of.device
        else:
            assert of.device not in {line["id"] for line in seen["devices"]}
            with pytest.raises(Forbidden):
                told(heads, made[who], of)


def test_nobody_blocks_the_device_they_sit_at_and_no_other_school_can_do_anything(heads: Heads) -> None:
    head, sato = heads.device("head"), heads.device("sato")
    with pytest.raises(Forbidden):
        order(heads, head, head, "suspended")
    stranger = Caller(head.user, head.staff, head.device, "PC", heads.school.ids(), NUMBER, head.auth_time)
    for deed in ALL:
        with pytest.raises(Forbidden):
            order(heads, stranger, sato, deed)
    with pytest.raises(Forbidden):
        told(heads, stranger, sato)


def test_whoever_orders_has_signed_in_within_ten_minutes(heads: Heads) -> None:
    sato, head = heads.device("sato"), heads.device("head")
    heads.gate.clock.now += timedelta(minutes=11)
    with pytest.raises(SignInTooOld):
        order(heads, head, sato)
    assert order(heads, heads.fresh(head), sato).device.state == "suspended"


def test_a_device_that_was_handed_the_order_to_erase_itself_never_comes_back(heads: Heads) -> None:
    sato, head = heads.device("sato"), heads.device("head")
    lease = heads.renew(sato)
    order(heads, head, sato)
    assert order(heads, head, sato, "reinstated").device.state == "active"
    order(heads, head, sato)
    first, again = hello(heads, sato, lease.jti), hello(heads, sato, lease.jti)
    assert first["order"].split(".")[0] == again["order"].split(".")[0]
    for deed in ALL:
        with pytest.raises(Forbidden):
            order(heads, head, sato, deed)
    session_less = told(heads, head, sato)
    assert [each.event for each in session_less.events] == ["lost", "reinstated", "lost", "ordered"]
    with pytest.raises(DeviceWiped):
        tokens.check_status(session_less.device.state)


def test_a_deed_that_is_ordered_again_is_one_line(heads: Heads) -> None:
    sato, head = heads.device("sato"), heads.device("head")
    order(heads, head, sato)
    assert len(order(heads, head, sato).events) == 1
    assert [each.event for each in order(heads, head, sato, "wipe").events] == ["lost", "wipe"]


def test_who_does_not_name_a_lease_of_the_device_hears_nothing_and_changes_nothing(heads: Heads) -> None:
    sato, kato, head = heads.device("sato"), heads.device("kato"), heads.device("head")
    lease, others = heads.renew(sato), heads.renew(kato)
    assert hello(heads, sato, lease.jti) == {}
    order(heads, head, sato, "wipe")
    for wrong in (others.jti, heads.school.ids()):
        assert hello(heads, sato, wrong) == {}
        assert hello(heads, kato, wrong) == {}
    assert told(heads, head, sato).device.state == "suspended"
    assert hello(heads, sato, lease.jti)["order"]


def test_what_an_earlier_lease_let_in_counts_until_the_device_has_told_that_it_is_gone(heads: Heads) -> None:
    sato, former = heads.device("sato"), "class:2025:3-1:grade"
    database, at = heads.gate.storage.database, heads.now - 3_600
    with database.writing() as connection:
        row = leases.LeaseRow(
            sato.device, -1, str(UUID(int=7)), sato.user, sato.school, "desk", f'["{former}"]', at, at + 60, None
        )
        leases.add(connection, row)
    held = heads.renew(sato).scopes
    assert set(told(heads, sato, sato).scopes) == {former, *held}
    with database.writing() as connection:
        purges.write(database, connection, sato.school, sato, [former], stamp(heads.gate.clock.now))
    assert told(heads, sato, sato).scopes == held


def test_a_report_tells_of_the_take_out_and_of_a_store_that_had_no_vault(heads: Heads) -> None:
    sato, old, head = heads.device("sato"), heads.device("sato"), heads.device("head")
    permit = heads.approved(sato)
    heads.start(sato, permit.id)
    seen = told(heads, head, sato)
    assert (seen.takeout, seen.takeout_until, seen.lease_kind) == (permit.id, permit.until, "takeout")
    plain = told(heads, head, old)
    assert (plain.protection, plain.lease_ends, plain.takeout) == ("key_store", 0, "")
    assert plain.counts["pupil"] == len(heads.school.pupils)


def test_the_servers_command_blocks_lets_in_and_erases_and_says_what_cannot_be(
    heads: Heads, capsys: pytest.CaptureFixture[str]
) -> None:
    sato, storage, now = heads.device("sato"), heads.gate.storage, heads.gate.clock.now
    for word, after in (("suspend", "suspended"), ("reinstate", "active"), ("wipe", "suspended")):
        assert order_command(storage, word, sato.device, "転任", now) == 0
        assert capsys.readouterr().out == f"{sato.device}  {after}\n"
    with storage.database.reading() as connection:
        lines = device_events.events(connection, sato.school, sato.device)
    assert (lines[0].event, lines[0].staff, lines[0].reason) == ("suspended", None, "転任")
    with storage.database.writing() as connection:
        identity.set_device_status(connection, sato.device, "wiped")
    with pytest.raises(Refusal, match="wiped"):
        order_command(storage, "reinstate", sato.device, "", now)
    with pytest.raises(Refusal, match="no device"):
        order_command(storage, "wipe", heads.school.ids(), "", now)


@pytest.mark.parametrize("state", ["pending", "retired", "wiped"])
def test_there_is_no_way_out_of_a_state_that_is_over(state: str) -> None:
    assert not any(may_happen(state, event) for event in AFTER)
