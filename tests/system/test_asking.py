"""A conflict given to a colleague without a network: real processes, killed in between; she settles it for both."""

from datetime import UTC, datetime

import pytest

from client.demo import SATO, TANAKA, DemoServer
from client.syncing.rules import JAPAN
from tests.kit.desks import Desk, Desks

pytestmark = pytest.mark.timeout(600)  # the first test of a run makes the sample school
SCORE = """
SELECT evidence_part, pupil, "@lesson" FROM score WHERE "@lesson" LIKE '%:3-2:math' AND state = 'scored'
ORDER BY id LIMIT 1
"""
STAFF = "SELECT id FROM staff WHERE name = ?"
CLOSED = "SELECT state, choice, resolved_by, assignee FROM conflict WHERE id = ?"


def differ(sato: Desk, tanaka: Desk) -> None:
    """Both change one score without knowing of each other; the school keeps both values."""
    part, pupil, lesson = tanaka.rows(SCORE)[0]
    for desk, value in ((sato, 78_00), (tanaka, 71_00)):
        key = {"evidence_part": part, "pupil": pupil, "@lesson": lesson}
        desk.put("score", {**key, "state": "scored", "value": value})
        desk.sync()


def test_asked_without_a_network_it_reaches_the_colleague_who_settles_it_for_both(
    own_backend: DemoServer, desks: Desks
) -> None:
    sato, tanaka = (desks.open(name, own_backend.url, own_backend.issuer) for name in (SATO, TANAKA))
    for desk in (sato, tanaka):
        desk.sync()
    differ(sato, tanaka)
    me, her = (tanaka.rows(STAFF, name)[0][0] for name in (TANAKA, SATO))
    today = datetime.now(UTC).astimezone(JAPAN).date().isoformat()
    assert her in tanaka.ask("colleagues", day=today)
    (conflict,) = tanaka.ask("conflicts")
    tanaka.ask("give", conflict=conflict["id"], whom=her)
    tanaka.kill()
    tanaka.start()
    (held,) = tanaka.ask("conflicts")
    assert (held["assignee"], held["asked_by"]) == (her, me), "kept on the disk before it was sent"
    sato.sync()
    assert [each["assignee"] for each in sato.ask("conflicts")] == [None]

    assert tanaka.sync()["outcomes"] == {"applied": 1}
    sato.sync()
    (asked,) = sato.ask("conflicts")
    assert asked == {**conflict, "assignee": her, "asked_by": me}
    sato.ask("resolve", conflict=conflict["id"], choice="current")
    assert sato.ask("conflicts") == []
    sato.sync()
    tanaka.sync()
    assert tanaka.ask("conflicts") == []
    assert tanaka.rows(CLOSED, conflict["id"]) == [["resolved", "current", her, her]]
    for desk in (sato, tanaka):
        status = desk.ask("status")
        assert (status["waiting"], status["conflicts"], status["not_accepted"]) == (0, 0, 0)


def test_whoever_may_not_settle_it_is_not_offered_and_refused_by_the_school(
    own_backend: DemoServer, desks: Desks
) -> None:
    sato, tanaka = (desks.open(name, own_backend.url, own_backend.issuer) for name in (SATO, TANAKA))
    for desk in (sato, tanaka):
        desk.sync()
    differ(sato, tanaka)
    conflict = next(each["id"] for each in tanaka.ask("conflicts"))
    offered = tanaka.ask("colleagues", day=datetime.now(UTC).astimezone(JAPAN).date().isoformat())
    ((vice,),) = tanaka.rows("SELECT staff FROM duty WHERE role = 'vice' LIMIT 1")
    assert vice not in offered
    tanaka.ask("give", conflict=conflict, whom=vice)
    assert tanaka.sync()["outcomes"] == {"rejected": 1}
    assert [each["assignee"] for each in tanaka.ask("conflicts")] == [None]
