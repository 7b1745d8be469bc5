"""A server set back to a backup, with real clients of two schools: its devices tell again what was accepted since.

Promise I14 of protocol.md 10, with the commands people use, a real server process and real client processes.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from client.demo import SATO, TANAKA, DemoServer
from sync.records.year import school_year
from sync.server.clock import TOKYO
from tests.kit.chaos import ChaosProxy
from tests.kit.desks import Desk, DeskFailed, Desks
from tests.sync.server.process import run
from tests.sync.server.roster.builder import changed, of_year, put

pytestmark = pytest.mark.timeout(600)  # the first test of a run makes the sample school
YEAR = school_year(datetime.now(TOKYO).date())
CODE, CLASS = "B105299999010", f"{YEAR}:3-1"
NEIGHBOUR = "岡本 秀樹"
CELLS = """
SELECT score.evidence_part, score.pupil, score."@lesson", evidence_part.max, score.value FROM score
JOIN evidence_part ON evidence_part.id = score.evidence_part
WHERE score."@lesson" LIKE '%:3-2:math' ORDER BY score.id
"""
VALUE = "SELECT state, value FROM score WHERE evidence_part = ? AND pupil = ?"
LETTERS = """
SELECT membership.pupil, term.year || '-' || term.no, code_item.code FROM membership, term, code_item
WHERE membership.class = ? AND membership.number <= 3 AND term.name = '前期' AND code_item."set" = 'viewpoint'
ORDER BY 1, 3
"""
Cell = dict[str, Any]


@dataclass
class Town:
    """A server of two schools, a proxy that stays where it is when the server starts anew, and three clients."""

    server: DemoServer
    proxy: ChaosProxy
    tanaka: Desk
    sato: Desk
    neighbour: Desk

    def command(self, *words: str | Path) -> str:
        """One command on the server's folder, which must succeed; what it said."""
        done = run(words[0], "--data", self.server.folder, *words[1:])
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def ask(self, sql: str, *params: str) -> list[Any]:
        """Rows of the server's database."""
        with closing(sqlite3.connect(f"file:{self.server.folder / 'server.db'}?mode=ro", uri=True)) as database:
            return database.execute(sql, params).fetchall()

    def all_sync(self) -> None:
        """Two rounds of everybody: to tell, and to hear of each other."""
        for _ in range(2):
            for desk in (self.tanaka, self.sato, self.neighbour):
                desk.sync()

    def school(self, desk: Desk) -> str:
        """The id of a desk's school."""
        return desk.rows("SELECT id FROM partition WHERE name = 'school'")[0][0]


@pytest.fixture
def town(own_backend: DemoServer, desks: Desks, tmp_path: Path) -> Iterator[Town]:
    package = tmp_path / "roster.zip"
    package.write_bytes(changed(of_year(YEAR), put("orgs", 2, "identifier", "059902")))  # the sample board's
    for words in (("import-roster", package), ("prepare-year", "--school", CODE, "--terms", "2")):
        done = run(words[0], "--data", own_backend.folder, *words[1:])
        assert done.returncode == 0, done.stdout + done.stderr
    proxy = ChaosProxy(where(own_backend))
    open_ = [desks.open(name, proxy.address, own_backend.issuer) for name in (TANAKA, SATO, NEIGHBOUR)]
    for desk in open_:
        desk.sync()
    yield Town(own_backend, proxy, *open_)
    proxy.close()


def where(server: DemoServer) -> tuple[str, int]:
    host, _, port = server.url.removeprefix("http://").rpartition(":")
    return host, int(port)


def cells(desk: Desk, first: int, count: int) -> list[Cell]:
    """Cells of the sheet, each with a value it does not hold."""
    rows = desk.rows(CELLS)[first : first + count]
    assert len(rows) == count
    return [
        {
            "evidence_part": part,
            "pupil": pupil,
            "@lesson": lesson,
            "state": "scored",
            "value": 0 if held == most else most,
        }
        for part, pupil, lesson, most, held in rows
    ]


def letters(desk: Desk) -> list[Cell]:
    """Letters the neighbouring school has not given yet."""
    rows = desk.rows(LETTERS, CLASS)
    assert len(rows) >= 6
    key = {"course": f"{CLASS}:math", "@class": CLASS, "value": "A", "basis": "manual"}
    return [key | {"pupil": pupil, "term": term, "viewpoint": viewpoint} for pupil, term, viewpoint in rows]


def enter(desk: Desk, type_: str, typed: list[Cell]) -> None:
    for cell in typed:
        desk.put(type_, cell)
    desk.sync()


def shown(desk: Desk, wanted: list[Cell]) -> bool:
    return all(desk.rows(VALUE, cell["evidence_part"], cell["pupil"]) == [["scored", cell["value"]]] for cell in wanted)


def counted(town: Town, desk: Desk) -> Counter[tuple[str, str, str]]:
    """How often each value of a device was taken."""
    return Counter(town.ask("SELECT id, field, new FROM history WHERE device = ?", desk.ask("device")))


def worked_beside_a_backup(town: Town, backup: Path) -> tuple[list[Cell], list[Cell]]:
    """Five scores, a backup, and what is lost with it: ten scores more, five of a colleague's, the neighbour's letters.

    Returns all scores of the school, and the neighbour's letters.
    """
    before, since, hers = cells(town.tanaka, 0, 5), cells(town.tanaka, 5, 10), cells(town.sato, 20, 5)
    given = letters(town.neighbour)
    enter(town.tanaka, "score", before)
    town.command("backup", backup)
    enter(town.tanaka, "score", since)
    enter(town.sato, "score", hers)
    enter(town.neighbour, "viewpoint_grade", given)
    return before + since + hers, given


def all_there_once(town: Town, typed: list[Cell]) -> None:
    """Both teachers of the school see every score, and the school took each once."""
    for desk in (town.tanaka, town.sato):
        assert shown(desk, typed)
    assert set(counted(town, town.tanaka).values()) == {1}
    assert (len(counted(town, town.tanaka)), len(counted(town, town.sato))) == (15, 5)


def settled(town: Town) -> None:
    """Nothing waits, nothing was refused or doubted by anybody."""
    for desk in (town.tanaka, town.sato, town.neighbour):
        status = desk.ask("status")
        assert (status["waiting"], status["conflicts"]) == (0, 0), desk.teacher


def test_one_school_set_back_while_it_is_served_loses_nothing_and_its_neighbour_notices_nothing(
    town: Town, tmp_path: Path
) -> None:
    typed, given = worked_beside_a_backup(town, tmp_path / "backup")
    next_door = "SELECT * FROM partition WHERE school = ?"
    untouched = town.ask(next_door, town.school(town.neighbour))
    epoch = town.tanaka.rows("SELECT epoch FROM partition WHERE name = 'school'")

    said = town.command("restore", tmp_path / "backup", "--school", town.school(town.tanaka))
    assert "no other school was touched" in said
    assert len(counted(town, town.tanaka)) == 5
    assert town.ask(next_door, town.school(town.neighbour)) == untouched

    town.all_sync()
    settled(town)
    assert town.tanaka.rows("SELECT epoch FROM partition WHERE name = 'school'") != epoch
    all_there_once(town, typed)
    assert town.ask(next_door, town.school(town.neighbour)) == untouched
    assert len(counted(town, town.neighbour)) == len(given)


def test_a_server_set_back_whole_is_told_again_what_it_lost_once_its_teachers_have_signed_in(
    town: Town, tmp_path: Path
) -> None:
    typed, given = worked_beside_a_backup(town, tmp_path / "backup")
    served = run("restore", "--data", town.server.folder, tmp_path / "backup")
    assert (served.returncode, "stop it first" in served.stderr) == (1, True)

    town.server.kill()
    said = town.command("restore", tmp_path / "backup")
    assert "accounts and devices, blocked ones included, are those known last" in said
    with town.server:
        town.proxy.server = where(town.server)
        for desk in (town.tanaka, town.sato, town.neighbour):
            with pytest.raises(DeskFailed) as caught:
                desk.sync()
            assert caught.value.name == "SignInNeeded"
            desk.ask("sign_in", issuer=town.server.issuer)
        town.all_sync()
        settled(town)
        all_there_once(town, typed)
        assert len(counted(town, town.neighbour)) == len(given)
