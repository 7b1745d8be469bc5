"""A thousand random steps of two real clients and one real server, killed at will: they converge and nothing is lost.

Every edit writes a text of its own, so each can be found again: in the server's history exactly once, or as the kept
side of exactly one conflict (promises I3, I5, I16, I17 of protocol.md 10).
"""

import json
import random
import sqlite3
from collections import Counter
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from client.demo import SATO, TANAKA, DemoServer
from tests.kit import chaos as faults
from tests.kit.chaos import ChaosProxy
from tests.kit.desks import Desk, DeskFailed, Desks

STEPS = 1_000
SEED = 20261125
CELLS = """
SELECT evidence_part, pupil, "@lesson" FROM score WHERE "@lesson" LIKE '%:3-2:math' ORDER BY id LIMIT 12
"""
NOTES = "SELECT id, note FROM score WHERE \"@lesson\" LIKE '%:3-2:math' AND note IS NOT NULL ORDER BY id"


class Play:
    """The two clients, the server, the network between them, and every text that was saved."""

    def __init__(self, server: DemoServer, desks: Desks) -> None:
        self.chance = random.Random(SEED)
        self.server = server
        self.proxy = ChaosProxy(self._where())
        self.desks = [desks.open(teacher, self.proxy.address, server.issuer) for teacher in (TANAKA, SATO)]
        for desk in self.desks:
            desk.sync()
        self.cells = self.desks[0].rows(CELLS)
        self.saved: list[str] = []

    def _where(self) -> tuple[str, int]:
        url = urlsplit(self.server.url)
        return str(url.hostname), int(url.port or 0)

    def step(self, number: int) -> None:
        """One step, chosen by chance."""
        desk = self.chance.choice(self.desks)
        kind = self.chance.choices(("edit", "sync", "kill", "off", "on", "server"), (60, 25, 5, 4, 4, 2))[0]
        match kind:
            case "edit":
                part, pupil, lesson = self.chance.choice(self.cells)
                desk.put("score", {"evidence_part": part, "pupil": pupil, "@lesson": lesson, "note": f"n{number}"})
                self.saved.append(f"n{number}")
            case "sync":
                with suppress(DeskFailed):
                    desk.sync()
            case "kill":
                if self.chance.random() < 0.5:
                    desk.say("sync")
                desk.kill()
                desk.start()
            case "server":
                desk.say("sync")
                self.server.kill()
                self.server.__enter__()
                self.proxy.server = self._where()
                with suppress(DeskFailed):
                    desk.heard()
            case _:
                self.proxy.default = faults.relay if kind == "on" else faults.cut_before

    def heal(self) -> None:
        """The network is back; everybody syncs until nothing waits."""
        self.proxy.default = faults.relay
        for _ in range(3):
            for desk in self.desks:
                _patient(desk)


def _patient(desk: Desk) -> None:
    for _ in range(5):
        with suppress(DeskFailed):
            desk.sync()
            return
    desk.sync()


@pytest.mark.timeout(600)
def test_a_thousand_steps_of_two_clients_and_a_server_converge_and_lose_nothing(
    own_backend: DemoServer, tmp_path: Path, desks: Desks
) -> None:
    play = Play(own_backend, desks)
    for number in range(STEPS):
        play.step(number)
    play.heal()

    first, second = play.desks
    assert [desk.ask("status")["waiting"] for desk in play.desks] == [0, 0]
    assert [desk.ask("status")["not_accepted"] for desk in play.desks] == [0, 0]
    assert first.rows(NOTES) == second.rows(NOTES)
    conflicts = first.ask("conflicts")
    assert {each["id"] for each in conflicts} == {each["id"] for each in second.ask("conflicts")}
    kept = Counter(each["incoming"]["value"].get("note") for each in conflicts)
    with sqlite3.connect(f"file:{tmp_path / 'school' / 'server.db'}?mode=ro", uri=True) as database:
        rows = database.execute("SELECT new FROM history WHERE type = 'score' AND field = 'note'").fetchall()
    database.close()
    made = Counter(json.loads(new).get("note") for (new,) in rows if new is not None)
    assert len(play.saved) > STEPS / 2
    assert {text: made[text] + kept[text] for text in play.saved} == dict.fromkeys(play.saved, 1)
    assert conflicts
    play.proxy.close()
