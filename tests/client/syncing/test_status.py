"""The status line says the truth of the outbox in the right order (ux.md 5.1, P5-P7, A7)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from client.syncing.rules import when
from client.syncing.status import Standing, sentences
from client.widgets.ink import Tone, said
from client.workspace import Progress, SyncStatus
from sync.errors import KeyakiError
from sync.protocol.errors import (
    BadBody,
    CaptivePortal,
    ClockWrong,
    NotOurs,
    ProxyRefused,
    ServerBusy,
    SignInNeeded,
    Unreachable,
)

JST = timezone(timedelta(hours=9))
NOW = datetime(2026, 9, 11, 14, 46, tzinfo=JST)
CALM = SyncStatus(
    waiting=0,
    in_flight=0,
    groups=0,
    conflicts=0,
    not_accepted=0,
    late=0,
    loading=0,
    oldest_waiting=None,
    last_success="2026-09-11T05:32:10.000Z",
    sign_in_needed=False,
    device_stopped=False,
    client_too_old=False,
    cursor=7,
)
ONLINE, OFFLINE = Standing(reached=True), Standing(reached=False, problem=Unreachable())


def words(error: KeyakiError) -> str:
    return type(error).__name__


def lines(status: SyncStatus, standing: Standing = ONLINE) -> list[str]:
    return [said(sentence.words) for sentence in sentences(status, standing, NOW, words)]


def test_at_rest_the_line_names_the_last_success() -> None:
    assert lines(CALM) == ["Sent 14:32"]
    assert lines(replace(CALM, last_success=None)) == ["Nothing has been sent yet"]


def test_a_time_is_said_as_schools_keep_it_whatever_the_pcs_zone_and_with_its_day_when_not_today() -> None:
    assert when("2026-09-10T23:59:00.000Z", NOW) == "8:59"
    assert when("2026-09-10T14:59:00.000Z", NOW) == "9/10 23:59"
    assert when("2026-09-10T14:59:00.000Z", NOW.astimezone(UTC)) == "9/10 23:59"


def test_what_is_saved_without_its_copy_is_said_in_amber_and_what_waits_for_a_restoration_too() -> None:
    first, second = sentences(replace(CALM, waiting=3, uncopied=2), ONLINE, NOW, words)
    assert (first.tone, said(first.words)) == (Tone.WARN, "Saved, no backup copy (2 change(s))")
    assert said(second.words) == "3 change(s) waiting to be sent"
    first, _ = sentences(replace(CALM, waiting=3, recovering=True), ONLINE, NOW, words)
    assert (first.tone, first.key) == (Tone.WARN, "recovery")
    assert said(first.words) == "Sending waits: changes saved on this PC have to be restored first"


def test_offline_is_calm_and_says_what_is_safe() -> None:
    (sentence,) = sentences(replace(CALM, waiting=12), OFFLINE, NOW, words)
    assert sentence.tone is Tone.NEUTRAL
    assert said(sentence.words) == "Offline (saved on this PC; 12 change(s) will be sent once connected)"
    assert lines(CALM, OFFLINE) == ["Offline (saved on this PC)"]


def test_nothing_is_called_offline_before_the_first_call() -> None:
    assert lines(replace(CALM, waiting=2), Standing()) == ["2 change(s) waiting to be sent"]


def test_sending_is_said_only_while_something_waits() -> None:
    sending = Standing(reached=True, sending=Progress("push", 8, 20))
    assert lines(replace(CALM, waiting=12), sending) == ["Sending… 8/20"]
    assert lines(CALM, sending) == ["Sent 14:32"]


def test_an_open_conflict_never_hides_the_offline_sentence() -> None:
    assert lines(replace(CALM, waiting=5, conflicts=1), OFFLINE) == [
        "1 field(s) need your decision",
        "Offline (saved on this PC; 5 change(s) will be sent once connected)",
    ]


def test_the_order_is_that_of_who_must_act() -> None:
    status = replace(
        CALM,
        waiting=4,
        conflicts=2,
        not_accepted=1,
        sign_in_needed=True,
        device_stopped=True,
        client_too_old=True,
    )
    standing = Standing(reached=True, problem=SignInNeeded())
    assert lines(status, standing) == [
        "This PC has been blocked (E-2101)",
        "Sign-in needed (4 change(s) waiting)",
        "2 field(s) need your decision",
        "1 change(s) not accepted",
        "ClientTooOld (E-3201)",
        "4 change(s) waiting to be sent",
    ]
    keys = [sentence.key for sentence in sentences(status, standing, NOW, words)]
    assert keys == ["sync", "sign_in", "conflicts", "sync", "sync", "sync"]


@pytest.mark.parametrize(
    ("problem", "line"), [(CaptivePortal(), "CaptivePortal (E-6001)"), (ProxyRefused(), "ProxyRefused (E-6002)")]
)
def test_what_stands_in_the_way_is_said_beside_being_offline(problem: KeyakiError, line: str) -> None:
    said_lines = lines(replace(CALM, waiting=1), Standing(reached=False, problem=problem))
    assert said_lines == [line, "Offline (saved on this PC; 1 change(s) will be sent once connected)"]


def test_a_slow_server_is_not_called_offline_and_not_called_sent() -> None:
    assert lines(replace(CALM, waiting=3), Standing(reached=True, problem=ServerBusy())) == [
        "The server is slow to answer (saved on this PC)"
    ]


@pytest.mark.parametrize("problem", [NotOurs(status=404), BadBody(reason="form")])
def test_what_somebody_else_answers_is_told_apart_from_having_no_network(problem: KeyakiError) -> None:
    said_lines = lines(replace(CALM, waiting=1), Standing(reached=False, problem=problem))
    assert said_lines[0] == f"{type(problem).__name__} (E-{problem.number})"
    assert said_lines[1].startswith("Offline (saved on this PC")


def test_a_clock_that_is_off_is_told_beside_what_was_sent() -> None:
    wrong = Standing(reached=True, problem=ClockWrong(minutes=190))
    assert lines(CALM, wrong) == ["ClockWrong (E-6003)", "Sent 14:32"]


def test_a_call_that_stands_still_is_not_called_sending() -> None:
    stuck = Standing(reached=True, sending=Progress("push", 8, 20), slow=True)
    assert lines(replace(CALM, waiting=12), stuck) == ["The server is slow to answer (saved on this PC)"]
    assert lines(replace(CALM, waiting=12), replace(stuck, slow=False)) == ["Sending… 8/20"]


def test_a_first_load_is_told_with_what_is_left() -> None:
    assert lines(replace(CALM, loading=3)) == ["Receiving records… (3 part(s) to go)"]
    assert lines(replace(CALM, loading=3), OFFLINE) == ["Offline (saved on this PC)"]


@pytest.mark.parametrize("standing", [Standing(), ONLINE, OFFLINE, Standing(reached=True, problem=ServerBusy())])
def test_sent_is_never_said_while_something_waits(standing: Standing) -> None:
    assert not any("Sent" in line for line in lines(replace(CALM, waiting=1), standing))
