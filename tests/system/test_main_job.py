"""The main job with a real server and two real clients: nothing saved is lost, nothing arrives twice, both values stay.

Promises I3, I5 and I18 of protocol.md 10, held across processes that are killed and answers that lie.
"""

import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import pytest

from client.demo import SATO, TANAKA, DemoServer
from tests.kit import chaos as faults
from tests.kit.chaos import ChaosProxy
from tests.kit.desks import Desk, DeskFailed, Desks

pytestmark = pytest.mark.timeout(600)  # the first test of a run makes the sample school
CELLS = """
SELECT score.evidence_part, score.pupil, score."@lesson", evidence_part.max, score.value FROM score
JOIN evidence_part ON evidence_part.id = score.evidence_part
WHERE score."@lesson" LIKE '%:3-2:math' ORDER BY score.id
"""
VALUE = "SELECT state, value FROM score WHERE evidence_part = ? AND pupil = ?"


class School:
    """A server, a proxy before it that can be told to fail, and the clients that go through it."""

    def __init__(self, server: DemoServer, desks: Desks) -> None:
        self.server, self._desks = server, desks
        self.proxy = ChaosProxy(self.where())

    def where(self) -> tuple[str, int]:
        url = urlsplit(self.server.url)
        return str(url.hostname), int(url.port or 0)

    def desk(self, teacher: str) -> Desk:
        """A client of that teacher whose first load is done."""
        made = self._desks.open(teacher, self.proxy.address, self.server.issuer)
        made.sync()
        return made

    def restart(self) -> None:
        """Start the killed server again; the clients find it where it was."""
        self.server.__enter__()
        self.proxy.server = self.where()

    def network(self, *, on: bool) -> None:
        """Take the network away, or give it back."""
        self.proxy.default = faults.relay if on else faults.cut_before

    def history(self, device: str) -> Counter[tuple[str, str, str]]:
        """How often each (record, field, value) of a device stands in the server's history."""
        with sqlite3.connect(f"file:{self.server.folder / 'server.db'}?mode=ro", uri=True) as database:
            rows = database.execute("SELECT id, field, new FROM history WHERE device = ?", (device,)).fetchall()
        database.close()
        return Counter(rows)


@pytest.fixture
def school(backend: DemoServer, desks: Desks) -> Iterator[School]:
    made = School(backend, desks)
    yield made
    made.proxy.close()


@pytest.fixture
def own_school(own_backend: DemoServer, desks: Desks) -> Iterator[School]:
    made = School(own_backend, desks)
    yield made
    made.proxy.close()


def cells(desk: Desk, count: int) -> list[dict[str, Any]]:
    """The first cells of the sheet, each with a value it does not hold."""
    rows = desk.rows(CELLS)[:count]
    assert len(rows) == count
    return [
        {
            "evidence_part": part,
            "pupil": pupil,
            "@lesson": lesson,
            "state": "scored",
            "value": other(held, most),
        }
        for part, pupil, lesson, most, held in rows
    ]


def other(held: int | None, most: int) -> int:
    return 0 if held == most else most


def values(desk: Desk, wanted: list[dict[str, Any]]) -> list[list[Any]]:
    return [desk.rows(VALUE, cell["evidence_part"], cell["pupil"])[0] for cell in wanted]


def test_thirty_cells_typed_offline_survive_a_kill_and_arrive_once_at_the_school_and_at_a_colleague(
    school: School,
) -> None:
    tanaka, sato = school.desk(TANAKA), school.desk(SATO)
    device, typed = tanaka.ask("device"), cells(tanaka, 30)
    school.network(on=False)
    with pytest.raises(DeskFailed) as caught:
        tanaka.sync()
    assert caught.value.number == 3101
    for cell in typed:
        tanaka.put("score", cell)
    tanaka.kill()

    tanaka.start()
    assert tanaka.ask("status")["waiting"] == 30
    assert values(tanaka, typed) == [["scored", cell["value"]] for cell in typed]
    school.network(on=True)
    tanaka.sync()
    sato.sync()

    assert tanaka.ask("status")["waiting"] == 0
    assert tanaka.ask("status")["conflicts"] == 0
    assert values(sato, typed) == [["scored", cell["value"]] for cell in typed]
    written = school.history(device)
    assert len(written) == 30
    assert set(written.values()) == {1}


def test_a_cell_typed_by_two_becomes_one_conflict_with_both_values_and_is_settled_for_both(school: School) -> None:
    tanaka, sato = school.desk(TANAKA), school.desk(SATO)
    (cell,) = cells(tanaka, 1)
    ((_, held),) = values(tanaka, [cell])
    mine, hers = cell | {"value": 200 if held == 100 else 100}, cell
    school.network(on=False)
    tanaka.put("score", mine)
    school.network(on=True)
    sato.put("score", hers)
    sato.sync()
    tanaka.sync()

    (conflict,) = tanaka.ask("conflicts")
    assert conflict["current"]["value"] == {"state": "scored", "value": hers["value"]}
    assert conflict["incoming"]["value"] == {"state": "scored", "value": mine["value"]}
    assert conflict["current"]["device"] == f"{SATO}のPC"
    assert conflict["incoming"]["device"] == f"{TANAKA}のPC"
    assert conflict["current"]["by"] != conflict["incoming"]["by"]
    sato.sync()
    assert [each["id"] for each in sato.ask("conflicts")] == [conflict["id"]]

    tanaka.ask("resolve", conflict=conflict["id"], choice="incoming")
    tanaka.sync()
    sato.sync()
    for desk in (tanaka, sato):
        assert desk.ask("conflicts") == []
        assert values(desk, [cell]) == [["scored", mine["value"]]]


@pytest.mark.parametrize("fault", [faults.cut_after, faults.doubled, faults.cut_middle, faults.flipped])
def test_a_push_whose_answer_is_lost_doubled_or_damaged_is_counted_once(school: School, fault: faults.Fault) -> None:
    tanaka = school.desk(TANAKA)
    typed = cells(tanaka, 5)
    for cell in typed:
        tanaka.put("score", cell)
    school.proxy.plan(fault, "/push")
    if fault is not faults.doubled:
        with pytest.raises(DeskFailed) as caught:
            tanaka.sync()
        assert caught.value.number in (3101, 3104)
        # Where only the push's answer was damaged, the pull of the same round has brought the outcomes.
        assert tanaka.ask("status")["waiting"] == (0 if fault is faults.flipped else 5)
    tanaka.sync()
    assert tanaka.ask("status")["waiting"] == 0
    written = school.history(tanaka.ask("device"))
    assert len(written) == 5
    assert set(written.values()) == {1}


@pytest.mark.parametrize("delay_s", [0.01, 0.05])
def test_a_server_killed_in_the_middle_of_a_push_loses_and_doubles_nothing(own_school: School, delay_s: float) -> None:
    tanaka, sato = own_school.desk(TANAKA), own_school.desk(SATO)
    typed = cells(tanaka, 60)
    for cell in typed:
        tanaka.put("score", cell)

    power_cut = threading.Timer(delay_s, own_school.server.kill)

    def kill(request: bytes, forward: faults.Forward, client: Any) -> None:
        power_cut.start()
        faults.relay(request, forward, client)

    own_school.proxy.plan(kill, "/push")
    tanaka.say("sync")
    with suppress(DeskFailed):  # or it was quicker than the power cut
        tanaka.heard()
    power_cut.join()
    own_school.restart()
    tanaka.sync()
    sato.sync()
    assert tanaka.ask("status")["waiting"] == 0
    assert values(sato, typed) == [["scored", cell["value"]] for cell in typed]
    written = own_school.history(tanaka.ask("device"))
    assert len(written) == 60
    assert set(written.values()) == {1}


SNAPSHOT = ["score", "pupil", "membership", "evidence", "evidence_part", "viewpoint_grade", "conflict"]
WORDS = {
    "html": 6001,
    "redirect": 6001,
    "407": 6002,
    "foreign 500": 3102,
    "own 500": 3102,
    "wrong schema": 3104,
    "not json": 3104,
    "not ours": 3103,
    "garbage": 3103,
    "cut before": 3101,
    "truncated": 3101,
}
HOSTILE = faults.HOSTILE | {"truncated": faults.cut_middle}


def everything(desk: Desk) -> list[Any]:
    rows = [desk.rows(f'SELECT * FROM "{name}" ORDER BY id') for name in SNAPSHOT]
    outbox = desk.rows("SELECT q, rev, at, kind, item, hash, chain, before, ops FROM outbox ORDER BY q")
    place = desk.rows("SELECT id, epoch, cursor, grants, next, ready FROM partition ORDER BY id")
    return [rows, outbox, place, desk.rows("SELECT * FROM scope ORDER BY 1, 2")]


def test_no_hostile_answer_changes_local_data_and_each_is_told_by_its_number(school: School) -> None:
    tanaka = school.desk(TANAKA)
    typed = cells(tanaka, 3)
    for cell in typed:
        tanaka.put("score", cell)
    before = everything(tanaka)
    for name, fault in HOSTILE.items():
        school.proxy.plan(fault)
        with pytest.raises(DeskFailed) as caught:
            tanaka.sync()
        assert caught.value.number == WORDS[name], name
        assert everything(tanaka) == before, name
    tanaka.sync()
    assert tanaka.ask("status")["waiting"] == 0
    before = everything(tanaka)
    for name, fault in HOSTILE.items():
        school.proxy.plan(fault, "/pull")
        with pytest.raises(DeskFailed) as caught:
            tanaka.sync()
        assert caught.value.number == WORDS[name], name
        assert everything(tanaka) == before, name
