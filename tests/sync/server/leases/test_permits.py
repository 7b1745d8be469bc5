"""Take-outs at the server: who may ask, decide and read; what the leases say; what stands in the ledger afterwards."""

from collections.abc import Callable
from datetime import date

import pytest

from sync.protocol.errors import Forbidden, PermitRefused, SignInTooOld
from sync.protocol.permit import TEXT_MAX
from sync.protocol.signed import unpadded
from sync.server.leases.lend import Lending
from sync.server.leases.signing import fresh_keys
from sync.server.permit_rules import TakeoutRules
from sync.server.settings import DeskHours
from sync.server.storage import leases
from tests.sync.server.gate import Gate
from tests.sync.server.leases.office import HOUR, Heads, lease_in, said
from tests.sync.server.tiny import CLASS, OTHER

LENDING = Lending(fresh_keys(date(2026, 11, 20)), "https://keyaki.example", DeskHours())


@pytest.fixture
def heads(gate: Gate) -> Heads:
    return Heads(gate, LENDING)


def refused(act: Callable[[], object]) -> object:
    """Why a deed is refused."""
    with pytest.raises(PermitRefused) as told:
        act()
    return told.value.facts["reason"]


def test_a_take_out_is_asked_for_approved_begun_and_returned_and_each_is_a_line(heads: Heads) -> None:
    sato, head = heads.device("sato"), heads.device("head")
    permit = heads.ask(sato)
    assert (permit.state, permit.mine, permit.classes, permit.text) == ("requested", True, (CLASS,), "学期末の評定")
    assert [each.id for each in heads.lists(head).permits if each.mine_to_decide] == [permit.id]
    assert heads.decide(head, permit.id, reason="よろしく").state == "approved"
    begun = heads.start(sato, permit.id)
    assert begun.permit.state == "active"
    heads.renew(sato)
    back = heads.give_back(sato, permit.id)
    assert back.permit.state == "returned"
    assert said(back.permit) == ["requested", "approved", "active", "renewed", "returned"]
    approval, start = back.permit.events[1], back.permit.events[2]
    assert (approval.actor, approval.reason) == (head.staff, "よろしく")
    assert (start.actor, start.device, start.lease) == (sato.staff, sato.device, lease_in(begun.lease).jti)
    assert start.counts["pupil"] == len(heads.school.pupils)
    assert said(heads.ledger(head)[0]) == said(back.permit)


def test_a_take_out_lease_names_permit_and_approver_holds_to_the_end_and_lets_out_named_classes(heads: Heads) -> None:
    sato = heads.device("sato")
    permit = heads.approved(sato, hours=48)
    lease = lease_in(heads.start(sato, permit.id).lease)
    head = heads.school.people["head"]
    assert (lease.kind, lease.permit, lease.approver, lease.purpose) == ("takeout", permit.id, head.user, "grading")
    assert lease.win == ((lease.nbf, lease.exp),)
    assert (lease.iat, lease.exp) == (heads.now, heads.now + 48 * HOUR)
    assert lease.holds(heads.now + 47 * HOUR)
    kinds = {scope.partition(":")[0] for scope in lease.scopes}
    assert kinds == {"all", "staff", "inbox", "roster", "class", "homeroom", "notes", "grades", "lesson"}
    assert set(lease.scopes) <= set(heads.renew(heads.device("sato")).scopes)


def test_what_is_ticked_goes_along_and_what_never_goes_cannot_be_ticked(heads: Heads) -> None:
    sato = heads.device("sato")
    permit = heads.ask(sato, also=("yoroku",))
    heads.decide(heads.device("vice"), permit.id)
    assert f"yoroku:{CLASS}" in lease_in(heads.start(sato, permit.id).lease).scopes
    assert refused(lambda: heads.ask(sato, also=("contact",))) == "class"


def test_nothing_anybody_wrote_and_no_name_is_in_the_token(heads: Heads) -> None:
    sato = heads.device("sato")
    permit = heads.ask(sato, text="田中さんの家で仕事")
    heads.decide(heads.device("head"), permit.id, reason="気をつけて")
    token = heads.start(sato, permit.id).lease.lease
    inside = unpadded(token.split(".")[1]).decode()
    assert all(word not in inside for word in ("田中", "気をつけて", "見本", "sato", "\\u"))


def test_the_next_leases_of_a_device_stay_a_take_out_until_it_is_returned_and_others_are_of_the_desk(
    heads: Heads,
) -> None:
    sato, second = heads.device("sato"), heads.device("sato")
    permit = heads.approved(sato)
    heads.start(sato, permit.id)
    heads.later(5)
    again = heads.renew(sato)
    assert (again.kind, again.exp) == ("takeout", permit.until)
    assert heads.renew(second).kind == "desk"
    assert lease_in(heads.give_back(sato, permit.id).lease).kind == "desk"
    assert heads.renew(sato).kind == "desk"


def test_a_start_or_return_that_is_told_again_is_one_line(heads: Heads) -> None:
    sato = heads.device("sato")
    permit = heads.approved(sato)
    first, second = heads.start(sato, permit.id), heads.start(sato, permit.id)
    assert lease_in(first.lease).n < lease_in(second.lease).n
    heads.give_back(sato, permit.id)
    assert said(heads.give_back(sato, permit.id).permit).count("returned") == 1
    assert said(heads.lists(sato).permits[0]).count("active") == 1


def test_a_request_that_is_sent_again_is_one_request(heads: Heads) -> None:
    sato = heads.device("sato")
    permit = heads.ask(sato)
    assert heads.ask(sato, id=permit.id, text="anders").text == permit.text
    assert len(heads.lists(sato).permits) == 1
    with pytest.raises(Forbidden):
        heads.ask(heads.device("kato"), id=permit.id)


def test_whoever_decides_has_signed_in_within_ten_minutes(heads: Heads) -> None:
    permit, head = heads.ask(heads.device("sato")), heads.device("head")
    heads.later(0.2)
    with pytest.raises(SignInTooOld):
        heads.decide(head, permit.id)
    assert heads.decide(heads.fresh(head), permit.id).state == "approved"


@pytest.mark.parametrize("asker", ["sato", "kato", "ito", "vice", "head"])
def test_only_another_head_decides(heads: Heads, asker: str) -> None:
    permit = heads.ask(heads.device(asker), *((OTHER,) if asker == "ito" else (CLASS,)))
    for name in heads.school.people:
        if name in {"head", "vice"} - {asker}:
            continue
        with pytest.raises(Forbidden):
            heads.decide(heads.device(name), permit.id)
    for name in {"head", "vice"} - {asker}:
        assert [each.id for each in heads.lists(heads.device(name)).permits if each.mine_to_decide] == [permit.id]
    assert not any(each.mine_to_decide for each in heads.lists(heads.device(asker)).permits)


def test_who_decides_of_heads_is_configured(gate: Gate) -> None:
    principal = TakeoutRules().deciders[0]
    heads = Heads(gate, LENDING, TakeoutRules(of_deciders=(principal,)))
    permit = heads.ask(heads.device("head"))
    with pytest.raises(Forbidden):
        heads.decide(heads.device("vice"), permit.id)
    assert heads.decide(heads.device("head"), heads.ask(heads.device("vice")).id).state == "approved"


@pytest.mark.parametrize("reader", ["sato", "kato", "ito"])
def test_the_ledger_is_read_by_heads_alone_and_a_teacher_sees_only_own_requests(heads: Heads, reader: str) -> None:
    heads.ask(heads.device("vice"))
    caller = heads.device(reader)
    with pytest.raises(Forbidden):
        heads.ledger(caller)
    told = heads.lists(caller)
    assert (told.permits, told.decides, told.reads) == ((), False, False)
    assert len(heads.ledger(heads.device("head"))) == 1


def test_another_school_knows_nothing_of_it(heads: Heads, gate: Gate) -> None:
    permit = heads.ask(heads.device("sato"))
    stranger = Heads.device(heads, "head")
    elsewhere = type(stranger)(
        stranger.user, stranger.staff, stranger.device, "PC", gate.school.ids(), stranger.schema, stranger.auth_time
    )
    with pytest.raises(Forbidden):
        heads.decide(elsewhere, permit.id)
    with pytest.raises(Forbidden):
        heads.ledger(elsewhere)


def test_what_cannot_be_asked_for_is_refused_with_its_reason(heads: Heads) -> None:
    sato, now = heads.device("sato"), heads.now
    assert refused(lambda: heads.ask(sato, OTHER)) == "class"
    assert refused(lambda: heads.ask(sato, purpose="fun")) == "purpose"
    assert refused(lambda: heads.ask(sato, hours=14 * 24 + 1)) == "length"
    assert refused(lambda: heads.ask(sato, since=now - 2 * HOUR, until=now - HOUR)) == "past"
    assert heads.ask(sato, hours=14 * 24).until == now + 14 * 24 * HOUR
    with pytest.raises(ValueError, match="text"):
        heads.asking(text="あ" * (TEXT_MAX + 1))


def test_what_was_not_approved_never_begins(heads: Heads) -> None:
    sato, head = heads.device("sato"), heads.device("head")
    permit = heads.ask(sato)
    assert refused(lambda: heads.start(sato, permit.id)) == "state"
    assert refused(lambda: heads.decide(head, permit.id, "refused")) == "reason"
    heads.decide(head, permit.id, "refused", "今回は学校で")
    assert refused(lambda: heads.start(sato, permit.id)) == "state"
    assert refused(lambda: heads.decide(head, permit.id)) == "state"
    assert heads.renew(sato).kind == "desk"
    other = heads.ask(sato)
    heads.withdraw(sato, other.id)
    assert refused(lambda: heads.decide(head, other.id)) == "state"


def test_it_begins_neither_before_its_time_nor_after_nor_twice_at_once(heads: Heads) -> None:
    sato, second = heads.device("sato"), heads.device("sato")
    permit = heads.ask(sato, since=heads.now + 24 * HOUR, until=heads.now + 48 * HOUR)
    heads.decide(heads.device("head"), permit.id)
    assert refused(lambda: heads.start(sato, permit.id)) == "early"
    heads.later(25)
    heads.start(sato, permit.id)
    assert refused(lambda: heads.start(second, permit.id)) == "elsewhere"
    assert refused(lambda: heads.give_back(second, permit.id)) == "elsewhere"
    other = heads.approved(sato)
    assert refused(lambda: heads.start(sato, other.id)) == "out"
    heads.start(second, other.id)
    heads.later(24)
    late = heads.approved(sato, hours=1)
    heads.later(2)
    assert refused(lambda: heads.start(sato, late.id)) == "state"


def test_nobody_begins_or_returns_anothers(heads: Heads) -> None:
    sato, kato = heads.device("sato"), heads.device("kato")
    permit = heads.approved(sato)
    with pytest.raises(Forbidden):
        heads.start(kato, permit.id)
    heads.start(sato, permit.id)
    with pytest.raises(Forbidden):
        heads.give_back(kato, permit.id)
    with pytest.raises(Forbidden):
        heads.withdraw(kato, permit.id)


def test_one_that_is_over_is_written_down_told_of_after_a_day_and_can_be_returned(heads: Heads) -> None:
    sato, head = heads.device("sato"), heads.device("head")
    permit = heads.approved(sato, hours=10)
    heads.start(sato, permit.id)
    heads.later(10)
    assert heads.lists(sato).permits[0].state == "expired"
    assert heads.renew(sato).kind == "desk"
    assert said(heads.lists(sato).permits[0])[-1] == "expired"
    heads.later(23)
    assert heads.lists(head).permits == ()
    heads.later(1)
    assert [each.overdue for each in heads.lists(head).permits] == [True]
    back = heads.give_back(sato, permit.id).permit
    assert (back.state, said(back)[-2:], back.overdue) == ("returned", ["expired", "returned"], False)
    assert heads.lists(head).permits == ()


def test_a_revoked_one_is_over_at_the_next_lease(heads: Heads) -> None:
    sato, head = heads.device("sato"), heads.device("vice")
    permit = heads.approved(sato)
    heads.start(sato, permit.id)
    assert heads.decide(head, permit.id, "revoked", "端末を学校へ").state == "revoked"
    assert heads.renew(sato).kind == "desk"
    assert heads.give_back(sato, permit.id).permit.state == "returned"


def test_the_kept_lease_rows_say_their_kind(heads: Heads, gate: Gate) -> None:
    sato = heads.device("sato")
    permit = heads.approved(sato)
    heads.renew(sato)
    heads.start(sato, permit.id)
    heads.give_back(sato, permit.id)
    with gate.storage.database.reading() as connection:
        rows = connection.execute(leases.lease.select().where(leases.lease.c.device == sato.device)).mappings().all()
    assert [row["kind"] for row in sorted(rows, key=lambda row: row["n"])] == ["desk", "takeout", "desk"]
