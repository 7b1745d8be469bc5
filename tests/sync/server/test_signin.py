"""Signing in: what an ID token must show, and what the server's own tokens do and do not."""

import logging
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from sync.errors import KeyakiError
from sync.protocol.errors import ChooseSchool, DeviceSuspended, DeviceWiped, Forbidden, MfaRequired, SignInNeeded
from sync.protocol.messages import Delete, Patch
from sync.records.registry import NUMBER
from sync.server.identity import tokens
from sync.server.identity.demo_issuer import CLIENT_ID, LINK
from sync.server.identity.oidc import nonce_for
from sync.server.storage import identity
from tests.kit.logguard import LogGuard
from tests.sync.server.gate import R32, TIMES, Gate
from tests.sync.server.tiny import BOARD, PREF, partition_seq, tiny_school


def test_a_sound_token_opens_a_session_and_says_what_may_be_read(gate: Gate) -> None:
    device = str(uuid4())
    answer = gate.enter(gate.token(), id=device)
    assert (answer["user"], answer["staff"]) == (gate.user, gate.school.people["sato"].staff)
    assert (answer["device_status"], answer["expires_in"]) == ("active", 300)
    assert answer["partitions"] == [
        {"id": PREF, "name": "pref:05"},
        {"id": BOARD, "name": "board:052010"},
        {"id": gate.school.school, "name": "school"},
    ]
    caller = tokens.caller(gate.storage, answer["token"], NUMBER, gate.clock.now)
    assert (caller.user, caller.device, caller.device_name) == (gate.user, device, "PC")


def test_tokens_lie_in_the_database_as_hashes_only(gate: Gate) -> None:
    answer = gate.enter(gate.token())
    renewed = tokens.refresh(gate.storage, answer["refresh"], TIMES, gate.clock.now)
    with gate.storage.database.reading() as connection:
        rows = (
            connection.exec_driver_sql("SELECT * FROM token").all()
            + connection.exec_driver_sql("SELECT * FROM session").all()
        )
    assert len(rows) == 5
    for secret in (answer["token"], answer["refresh"], renewed.access, renewed.refresh):
        assert secret not in str(rows)
        assert secret.encode().hex() not in str(rows)


def _unsigned(gate: Gate) -> str:
    """The sound claims under `alg: none`."""
    head = urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode()
    return f"{head}.{gate.token().split('.')[1]}."


def _keyed_by_the_public_key(gate: Gate) -> str:
    """The sound claims under HS256, with what everybody may read as the secret."""
    public = str(gate.issuer.key.as_dict(private=False)["x"])
    return jwt.encode({"alg": "HS256"}, gate.claims(), OctKey.import_key(public))


WRONG: dict[str, Callable[[Gate], str]] = {
    "another key": lambda gate: gate.token(ECKey.generate_key("P-256")),
    "no signature": _unsigned,
    "a secret instead of a key": _keyed_by_the_public_key,
    "not a token": lambda _: "x.y.z",
    "empty": lambda _: "",
    "another issuer": lambda gate: gate.token(iss="https://elsewhere.example"),
    "the issuer with a slash": lambda gate: gate.token(iss=gate.issuer.url + "/"),
    "another audience": lambda gate: gate.token(aud="other"),
    "one audience more": lambda gate: gate.token(aud=[CLIENT_ID, "other"]),
    "no subject": lambda gate: gate.token(sub=None),
    "no age": lambda gate: gate.token(iat=None),
    "no sign-in time": lambda gate: gate.token(auth_time=None),
    "an age in words": lambda gate: gate.token(iat="now"),
    "over": lambda gate: gate.token(exp=int(gate.clock.now.timestamp())),
    "older than five minutes": lambda gate: gate.token(iat=int(gate.clock.now.timestamp()) - 301),
    "from the future": lambda gate: gate.token(iat=int(gate.clock.now.timestamp()) + 61),
    "another nonce": lambda gate: gate.token(nonce=nonce_for("s" * 43)),
    "the nonce of a device key": lambda gate: gate.token(nonce=nonce_for(R32, "thumbprint")),
    "no nonce": lambda gate: gate.token(nonce=None),
}


@pytest.mark.parametrize("what", sorted(WRONG))
def test_an_unsound_token_opens_nothing(gate: Gate, what: str) -> None:
    with pytest.raises(SignInNeeded):
        gate.enter(WRONG[what](gate))
    with gate.storage.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM session").scalar() == 0
        assert connection.exec_driver_sql("SELECT count(*) FROM device").scalar() == 0


@pytest.mark.parametrize("amr", [None, [], ["pwd"], "otp", {"otp": 1}])
def test_a_sign_in_without_a_second_factor_is_told_so(gate: Gate, amr: Any) -> None:
    with pytest.raises(MfaRequired):
        gate.enter(gate.token(amr=amr))


def test_a_token_works_once_and_only_with_its_own_random_value(gate: Gate) -> None:
    token = gate.token()
    with pytest.raises(SignInNeeded):
        gate.enter(token, r32="s" * 43)
    gate.enter(token)
    with pytest.raises(SignInNeeded) as again:
        gate.enter(token)
    assert again.value.facts == {"reason": "nonce"}


def test_who_is_not_linked_or_works_nowhere_is_turned_away(gate: Gate) -> None:
    with pytest.raises(Forbidden):
        gate.enter(gate.token(sub=str(uuid4())))
    with pytest.raises(Forbidden):
        gate.enter(gate.token(), school=PREF)
    staff, seq = gate.school.people["sato"].staff, partition_seq(gate.school)
    leave = Patch(type="staff", id=staff, set={"active": False}, base={"active": seq})
    assert gate.school.edit(leave).outcome == "applied"
    with pytest.raises(Forbidden):
        gate.enter(gate.token(nonce=nonce_for("t" * 43)), r32="t" * 43)


def test_who_works_at_two_schools_chooses_and_the_token_still_works_then(gate: Gate) -> None:
    other = tiny_school(gate.storage, gate.clock.now, 5)
    other.make("staff", user=gate.user, name="sato", active=True)
    token = gate.token()
    with pytest.raises(ChooseSchool) as asked:
        gate.enter(token)
    assert {school["id"] for school in asked.value.facts["schools"]} == {gate.school.school, other.school}  # type: ignore[attr-defined]
    answer = gate.enter(token, school=other.school)
    assert answer["partitions"][-1]["id"] == other.school


def test_a_device_stays_with_its_user_and_school(gate: Gate) -> None:
    device = str(uuid4())
    gate.enter(gate.token(), id=device)
    other = gate.school.people["kato"].user
    with gate.storage.database.writing() as connection:
        identity.link_user(gate.storage.database, connection, LINK, other, other)
    with pytest.raises(Forbidden):
        gate.enter(gate.token(sub=other, nonce=nonce_for("t" * 43)), r32="t" * 43, id=device)
    again = gate.enter(gate.token(nonce=nonce_for("u" * 43)), r32="u" * 43, id=device, name="PC 2")
    assert again["device_status"] == "active"
    caller = tokens.caller(gate.storage, again["token"], NUMBER, gate.clock.now)
    assert caller.device_name == "PC 2"


@pytest.mark.parametrize(("status", "error"), [("suspended", DeviceSuspended), ("wiping", DeviceWiped)])
def test_a_blocked_device_gets_no_session_and_no_refresh(gate: Gate, status: str, error: type[KeyakiError]) -> None:
    device = str(uuid4())
    answer = gate.enter(gate.token(), id=device)
    with gate.storage.database.writing() as connection:
        identity.set_device_status(connection, device, status)
    with pytest.raises(error):
        tokens.refresh(gate.storage, answer["refresh"], TIMES, gate.clock.now)
    with pytest.raises(error):
        gate.enter(gate.token(nonce=nonce_for("t" * 43)), r32="t" * 43, id=device)


def test_a_lost_answer_to_a_refresh_logs_nobody_out(gate: Gate) -> None:
    refresh = gate.enter(gate.token())["refresh"]
    for _ in range(20):
        first = tokens.refresh(gate.storage, refresh, TIMES, gate.clock.now)
        gate.clock.pass_(seconds=59)
        again = tokens.refresh(gate.storage, refresh, TIMES, gate.clock.now)
        assert again.refresh == first.refresh
        for access in (first.access, again.access):
            assert tokens.caller(gate.storage, access, NUMBER, gate.clock.now).user == gate.user
        refresh = again.refresh
        gate.clock.pass_(hours=1)


def test_a_refresh_token_that_comes_back_late_ends_the_whole_session(gate: Gate, logs: LogGuard) -> None:
    logs.announce("sync.server.identity.tokens", "token_reuse", logging.WARNING)
    old = gate.enter(gate.token())["refresh"]
    new = tokens.refresh(gate.storage, old, TIMES, gate.clock.now)
    gate.clock.pass_(seconds=61)
    for refused in (old, new.refresh):
        with pytest.raises(SignInNeeded):
            tokens.refresh(gate.storage, refused, TIMES, gate.clock.now)
    with pytest.raises(SignInNeeded):
        tokens.caller(gate.storage, new.access, NUMBER, gate.clock.now)


def test_a_session_idles_seven_days_and_lives_fourteen(gate: Gate) -> None:
    refresh = gate.enter(gate.token())["refresh"]
    gate.clock.pass_(days=6, hours=23)
    refresh = tokens.refresh(gate.storage, refresh, TIMES, gate.clock.now).refresh
    gate.clock.pass_(days=6, hours=23)
    last = tokens.refresh(gate.storage, refresh, TIMES, gate.clock.now).refresh
    gate.clock.pass_(hours=2)
    with pytest.raises(SignInNeeded):
        tokens.refresh(gate.storage, last, TIMES, gate.clock.now)


def test_an_access_token_is_no_refresh_token_nor_the_other_way_round(gate: Gate) -> None:
    answer = gate.enter(gate.token())
    with pytest.raises(SignInNeeded):
        tokens.refresh(gate.storage, answer["token"], TIMES, gate.clock.now)
    with pytest.raises(SignInNeeded):
        tokens.caller(gate.storage, answer["refresh"], NUMBER, gate.clock.now)


def test_a_teacher_whose_duties_end_keeps_the_session_and_loses_the_data(gate: Gate) -> None:
    answer = gate.enter(gate.token())
    for duty in ("sato.homeroom", "sato.subject"):
        gate.school.edit(Delete(type="duty", id=gate.school.duties[duty], base=partition_seq(gate.school)))
    assert tokens.caller(gate.storage, answer["token"], NUMBER, gate.clock.now).user == gate.user


def test_sessions_and_tokens_that_have_ended_do_not_pile_up(gate: Gate) -> None:
    device = str(uuid4())
    for round_ in range(4):
        r32 = f"{round_}" * 43
        refresh = gate.enter(gate.token(nonce=nonce_for(r32)), r32=r32, id=device)["refresh"]
        for _ in range(5):
            refresh = tokens.refresh(gate.storage, refresh, TIMES, gate.clock.now).refresh
            gate.clock.pass_(minutes=6)
        gate.clock.pass_(days=15)
    with gate.storage.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM session").scalar() == 1
        assert connection.exec_driver_sql("SELECT count(*) FROM token").scalar() == 7
        assert connection.exec_driver_sql("SELECT count(*) FROM nonce").scalar() == 1
