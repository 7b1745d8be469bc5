"""A teacher whose duty ended while she was offline: real processes, killed in between, and the school decides once."""

import sqlite3
from datetime import UTC, datetime
from typing import Any

import pytest

from client.demo import SATO, TANAKA, DemoServer
from sync.protocol.messages import Delete
from sync.server.edits import server_edit
from sync.server.storage.store import open_storage
from tests.kit.desks import Desk, Desks

pytestmark = pytest.mark.timeout(600)  # the first test of a run makes the sample school
SCORES = """
SELECT id, value FROM score WHERE "@lesson" LIKE '%:3-2:math' AND state = 'scored' AND value <> 4200 ORDER BY id LIMIT 2
"""
VICE = "SELECT name FROM staff JOIN duty ON duty.staff = staff.id WHERE role = 'vice'"
DUTIES = """
SELECT duty.id, duty.ver FROM duty JOIN staff ON staff.id = duty.staff
WHERE staff.name = ? AND target LIKE '%:3-2:math' AND role = 'subject'
"""
LATE = "SELECT id, state, outcome, reason, ops FROM late_edit ORDER BY q"


def end_duties(server: DemoServer, desk: Desk, teacher: str) -> None:
    """The school ends a teacher's duty, beside the server."""
    school = desk.rows("SELECT id FROM partition WHERE name = 'school'")[0][0]
    ops = [Delete(type="duty", id=id_, base=ver) for id_, ver in desk.rows(DUTIES, teacher)]
    storage = open_storage(server.folder)
    (outcome,) = server_edit(storage, school, [ops], datetime.now(UTC))
    storage.close()
    assert outcome.outcome == "applied"


def change(desk: Desk, type_: str, id_: str, **fields: Any) -> None:
    """Save fields of a record that is there."""
    desk.ask("put", type=type_, fields=fields, id=id_)


def restart(desk: Desk) -> None:
    """Kill the client as a dead battery does, and start it again."""
    desk.kill()
    desk.start()


def test_weeks_of_late_edits_are_decided_once_and_reach_everybody(own_backend: DemoServer, desks: Desks) -> None:
    sato, tanaka = (desks.open(name, own_backend.url, own_backend.issuer) for name in (SATO, TANAKA))
    for desk in (sato, tanaka):
        desk.sync()
    (first, _), (second, kept) = sato.rows(SCORES)
    for id_, value in ((first, 42_00), (second, 43_00)):
        change(sato, "score", id_, state="scored", value=value)
    end_duties(own_backend, tanaka, SATO)
    restart(sato)
    assert sato.sync()["outcomes"] == {"quarantined": 2}
    vice = desks.open(tanaka.rows(VICE)[0][0], own_backend.url, own_backend.issuer)
    vice.sync()
    (one, state, *_), (other, *_) = vice.rows(LATE)
    assert state == "open"
    change(vice, "late_edit", one, state="accepted")
    change(vice, "late_edit", other, state="declined", reason="入力し直しました")
    restart(vice)
    vice.sync()
    restart(vice)
    vice.sync()
    for desk in (tanaka, sato):
        desk.sync()
    value = "SELECT value FROM score WHERE id = ?"
    assert [tanaka.rows(value, id_)[0][0] for id_ in (first, second)] == [42_00, kept]
    told = [tuple(row[1:4]) for row in sato.rows(LATE)]
    assert told == [("accepted", "applied", None), ("declined", None, "入力し直しました")]
    assert sato.ask("status")["late"] == 2, "her values stay on her list"
    with sqlite3.connect(f"file:{own_backend.folder / 'server.db'}?mode=ro", uri=True) as database:
        made = database.execute("SELECT count(*) FROM history WHERE id = ? AND new LIKE '%4200%'", (first,)).fetchone()
    database.close()
    assert made == (1,)
