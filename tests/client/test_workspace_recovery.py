"""A restored server, a copied PC, rows that are wrong: the store finds its way back and nothing saved is lost."""

import json
import logging
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from client.workspace import Comparison, MemorySecretStore, Put, Remove
from sync.protocol.backend import Backend
from sync.protocol.errors import DeviceForked, TooLarge, Unreachable
from sync.protocol.messages import Delete, Patch, PushAnswer, PushRequest
from tests.kit.set_back import keep, set_back
from tests.kit.village import Village

Cells = dict[tuple[int, int], Any]


class Desk:
    """One teacher at one PC, which may be copied."""

    def __init__(self, village: Village, folder: Path, teacher: int, copied: "Desk | None" = None) -> None:
        self.village, self.folder = village, folder
        self.secrets = copied.secrets if copied else MemorySecretStore()
        enrolment = copied.workspace.enrolment if copied else village.enrolment(teacher)
        self.workspace = village.opened(folder, self.secrets, enrolment)

    @property
    def backend(self) -> Backend:
        """The server as this PC reaches it now."""
        return self.village.core(self.workspace.enrolment)

    def sync(self) -> dict[str, int]:
        """One round."""
        return dict(self.workspace.sync(self.backend).outcomes)

    def put(self, part: int, pupil: int, points: int) -> None:
        """Type one value."""
        fields = self.village.score(part, pupil) | self.village.points(points)
        self.workspace.edit("grades.score", [Put("score", fields)])

    def cells(self) -> Cells:
        """All points shown."""
        rows = self.workspace.rows("SELECT evidence_part, pupil, value FROM score")
        parts, pupils = self.village.parts, self.village.pupils
        return {(parts.index(part), pupils.index(pupil)): value for part, pupil, value in rows}

    def found_wrong(self) -> int:
        """How many scopes differed in comparisons so far."""
        return len(self.workspace.rows("SELECT 1 FROM sync_log WHERE what = 'E-3305'"))

    def break_rows(self, sql: str) -> None:
        """Do to the store what no part of the program would."""
        self.workspace._writer.edit(lambda writing: writing.run(sql)).result()

    def copied(self, folder: Path) -> "Desk":
        """The PC once more, with all that is on it."""
        self.workspace.close()
        shutil.copytree(self.folder, folder)
        twin = Desk(self.village, folder, 0, self)
        self.workspace = self.village.opened(self.folder, self.secrets)
        return twin

    def close(self) -> None:
        """Close its store."""
        self.workspace.close()


@pytest.fixture
def desk(village: Village, tmp_path: Path) -> Any:
    village.scored((0, pupil, 5_000 + pupil) for pupil in range(5))
    made = Desk(village, tmp_path / "desk", 0)
    made.sync()
    yield made
    made.close()


@pytest.fixture
def colleague(village: Village, tmp_path: Path, desk: Desk) -> Any:
    made = Desk(village, tmp_path / "colleague", 1)
    made.sync()
    yield made
    made.close()


# -- the server was restored ------------------------------------------------------------------------------------------


def test_what_a_restored_server_has_lost_is_told_again(village: Village, desk: Desk, colleague: Desk) -> None:
    desk.put(1, 0, 100)
    desk.sync()
    kept = keep(village)
    desk.put(1, 1, 200)
    desk.sync()
    desk.put(1, 1, 250)
    desk.sync()
    colleague.sync()
    colleague.put(1, 2, 300)
    colleague.sync()
    set_back(village, kept)
    assert desk.sync() == {"applied": 2}
    assert colleague.sync() == {"applied": 1}
    for each in (desk, colleague, desk):
        each.sync()
    assert desk.cells() == colleague.cells()
    assert {cell: desk.cells()[cell] for cell in ((1, 0), (1, 1), (1, 2))} == {(1, 0): 100, (1, 1): 250, (1, 2): 300}
    assert desk.workspace.conflicts() == []


def test_rows_a_restored_server_does_not_know_are_given_up_and_rows_it_has_again_come_back(
    village: Village, desk: Desk
) -> None:
    kept = keep(village)
    village.scored([(1, 4, 900)])
    village.change_in(village.school, "evidence", village.ids(), _evidence(village))
    desk.sync()
    desk.workspace.edit("grades.score", [Remove("score", village.score_id(0, 0))])
    desk.sync()
    assert (0, 0) not in desk.cells()
    assert desk.cells()[1, 4] == 900
    set_back(village, kept)
    desk.sync()
    desk.sync()
    assert (0, 0) not in desk.cells(), "the deletion was told again"
    assert (1, 4) not in desk.cells()
    assert desk.workspace.rows("SELECT 1 FROM evidence WHERE title = '失われた'") == []


@pytest.mark.parametrize("lost", [True, False])
def test_what_was_refused_and_put_away_is_not_told_anew_by_a_restored_server(
    village: Village, desk: Desk, *, lost: bool
) -> None:
    year = {"year": 2025, "term_count": 3, "symbol_set": "standard", "sealed": True}
    term = {"year": 2025, "no": 1, "name": "1学期", "start": "2025-04-07", "end": "2025-12-26"}
    village.add(("school_year", year), ("term", term))
    sealed = village.ids()
    village.change_in(village.school, "evidence", sealed, _evidence(village) | {"term": "2025-1", "title": "去年"})
    desk.sync()
    kept = keep(village) if lost else None
    for title in ("一", "二"):
        desk.workspace.edit("evidence.title", [Put("evidence", {"title": title}, id=sealed)])
        assert desk.sync() == {"rejected": 1}
    kept = kept or keep(village)
    away, open_ = desk.workspace.not_accepted()
    desk.workspace.withdraw(away.q)
    set_back(village, kept)
    desk.put(1, 0, 100)
    assert desk.sync() == ({"lost": 1, "rejected": 1, "applied": 1} if lost else {"rejected": 2, "applied": 1})
    assert desk.workspace.not_accepted() == [open_]
    assert desk.workspace.rows("SELECT title FROM evidence WHERE id = ?", (sealed,))[0].title == "去年"
    assert desk.cells()[1, 0] == 100


def test_a_row_of_the_lost_time_yields_to_the_servers_though_its_number_is_higher(village: Village, desk: Desk) -> None:
    kept = keep(village)
    set_back(village, kept)
    for points in (100, 200, 300):
        correct(village, points)
    desk.sync()
    assert desk.cells()[0, 0] == 300
    set_back(village, kept)  # by a clock that stands where it stood: the same numbers are given once more
    correct(village, 900)
    desk.sync()
    assert desk.cells()[0, 0] == 900
    assert desk.found_wrong() == 0, "no comparison had to put it right"


def correct(village: Village, points: int) -> None:
    """The server itself changes the first score."""
    unit = village.points(points)
    village.change(Patch(type="score", id=village.score_id(0, 0), set=unit, base={"state": 2**53}))


def test_two_people_who_built_on_each_other_before_a_restore_lose_nothing(
    village: Village, desk: Desk, colleague: Desk
) -> None:
    kept = keep(village)
    desk.put(1, 0, 100)
    desk.sync()
    colleague.sync()
    colleague.put(1, 0, 200)
    colleague.sync()
    set_back(village, kept)
    colleague.sync()
    desk.sync()
    colleague.sync()
    assert desk.cells()[1, 0] == colleague.cells()[1, 0] == 200
    assert [each.incoming.value["value"] for each in desk.workspace.conflicts()] == [100]


def test_a_record_deleted_in_the_lost_time_comes_back_where_its_maker_tells_it_again(
    village: Village, desk: Desk, colleague: Desk
) -> None:
    kept = keep(village)
    colleague.put(1, 0, 100)
    colleague.sync()
    desk.sync()
    desk.put(1, 0, 200)
    desk.workspace.edit("grades.score", [Remove("score", village.score_id(1, 0))])
    desk.sync()
    set_back(village, kept)
    for each in (desk, colleague, desk, desk):
        each.sync()
    assert desk.cells() == colleague.cells()
    found = desk.found_wrong()
    desk.workspace.doubt()
    desk.sync()
    assert desk.found_wrong() == found


def give(desk: Desk, whom: str | None) -> None:
    """Ask a member of staff to settle the one open conflict."""
    (conflict,) = desk.workspace.conflicts()
    unit = {"assignee": whom, "by": desk.workspace.enrolment.staff, "at": None}
    desk.workspace.edit("conflict.give", [Put("conflict", unit, id=conflict.id)])
    assert desk.sync() == {"applied": 1}


@pytest.mark.parametrize("lost", ["the request", "the conflict too"])
def test_who_was_asked_to_settle_a_conflict_is_told_a_restored_server_again(
    village: Village, desk: Desk, colleague: Desk, lost: str
) -> None:
    kept = keep(village) if lost == "the conflict too" else None
    colleague.put(1, 0, 100)
    colleague.sync()
    desk.put(1, 0, 200)
    desk.sync()
    kept = kept or keep(village)
    give(desk, colleague.workspace.enrolment.staff)
    set_back(village, kept)
    colleague.sync()
    desk.sync()
    for each in (colleague, desk):
        each.sync()
    for each in (colleague, desk):
        (conflict,) = each.workspace.conflicts()
        assert (conflict.assignee, conflict.asked_by) == (
            colleague.workspace.enrolment.staff,
            desk.workspace.enrolment.staff,
        )
        assert each.workspace.not_accepted() == []


def test_what_waits_is_sent_once_after_a_restore_and_undo_still_works(village: Village, desk: Desk) -> None:
    kept = keep(village)
    desk.put(1, 0, 100)
    desk.sync()
    set_back(village, kept)
    desk.put(1, 0, 150)
    assert desk.sync() == {"applied": 2}
    desk.workspace.undo("grades")
    assert desk.cells()[1, 0] == 100
    assert desk.sync() == {"applied": 1}


class AnswersLost:
    """A way on which pushes arrive, but not what is said to them."""

    def __init__(self, core: Backend) -> None:
        self.core, self.pull, self.verify, self.wait = core, core.pull, core.verify, core.wait

    def push(self, school: str, request: PushRequest) -> PushAnswer:
        self.core.push(school, request)
        raise Unreachable


def test_an_edit_of_a_record_of_the_lost_time_is_taken_though_its_answer_was_lost(village: Village, desk: Desk) -> None:
    kept = keep(village)
    village.scored([(1, 4, 900)])
    desk.sync()
    desk.put(1, 4, 950)
    with pytest.raises(Unreachable):
        desk.workspace.sync(AnswersLost(desk.backend))
    set_back(village, kept)
    assert desk.sync() == {"applied": 1}
    desk.sync()
    assert desk.cells()[1, 4] == 950
    assert desk.workspace.not_accepted() == []


def test_what_was_the_same_and_then_changed_in_the_lost_time_is_told_without_a_conflict(
    village: Village, desk: Desk, colleague: Desk
) -> None:
    kept = keep(village)
    colleague.put(1, 0, 100)
    colleague.sync()
    desk.put(1, 0, 100)
    assert desk.sync() == {"same": 1}
    desk.put(1, 0, 150)
    desk.sync()
    set_back(village, kept)
    assert desk.sync() == {"applied": 2}
    desk.sync()
    assert desk.cells()[1, 0] == 150
    assert desk.workspace.conflicts() == []


def _evidence(village: Village) -> dict[str, Any]:
    lesson = village.score(0, 0)["@lesson"]
    return {"@lesson": lesson, "course": lesson, "term": "2026-1", "kind": "test", "title": "失われた"}


# -- the PC was copied ------------------------------------------------------------------------------------------------


def test_a_copied_pc_becomes_a_device_of_its_own_and_keeps_what_waits(
    village: Village, desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    desk.put(1, 0, 100)
    copy = desk.copied(tmp_path / "copy")
    former = copy.workspace.enrolment.device
    desk.put(1, 1, 200)
    copy.put(1, 2, 300)
    assert desk.sync() == {"applied": 2}
    with caplog.at_level(logging.INFO), pytest.raises(DeviceForked):
        copy.sync()
    new, user = copy.workspace.enrolment.device, copy.workspace.enrolment.user
    assert new != former
    assert f"E-3302 fork: school {village.school}, device {former}, user {user}" in caplog.text
    logged = [tuple(row) for row in copy.workspace.rows("SELECT what, facts FROM sync_log WHERE what LIKE 'E-%'")]
    assert logged == [("E-3302", f'{{"former":"{former}","device":"{new}"}}')]
    assert copy.workspace.tokens() is None
    assert copy.sync() == {"same": 1, "applied": 1}
    desk.sync()
    assert desk.cells() == copy.cells()
    assert {cell: value for cell, value in desk.cells().items() if cell[0] == 1} == {
        (1, 0): 100,
        (1, 1): 200,
        (1, 2): 300,
    }
    copy.close()


def test_a_copy_does_not_take_the_others_outcomes_for_its_own(village: Village, desk: Desk, tmp_path: Path) -> None:
    copy = desk.copied(tmp_path / "copy")
    desk.put(1, 1, 200)
    desk.sync()
    copy.put(1, 2, 300)

    class Deaf:
        """A way on which no push arrives."""

        def __init__(self, core: Backend) -> None:
            self.core, self.pull, self.verify, self.wait = core, core.pull, core.verify, core.wait

        def push(self, school: str, request: object) -> Any:
            raise Unreachable

    with pytest.raises(Unreachable):
        copy.workspace.sync(Deaf(copy.backend))
    with pytest.raises(DeviceForked):
        copy.sync()
    assert copy.workspace.status().waiting == 1
    assert copy.sync() == {"applied": 1}
    copy.close()


def test_a_copy_that_types_while_the_other_speaks_does_not_take_the_others_outcomes(
    village: Village, desk: Desk, tmp_path: Path
) -> None:
    copy = desk.copied(tmp_path / "copy")

    class Meanwhile:
        """A way on which both PCs are typed on, and the other one syncs, before the server looks."""

        def __init__(self, core: Backend) -> None:
            self.core, self.push, self.verify, self.wait = core, core.push, core.verify, core.wait

        def pull(self, school: str, request: Any) -> Any:
            if not copy.workspace.status().waiting:
                desk.put(1, 1, 200)
                desk.sync()
                copy.put(1, 2, 300)
            return self.core.pull(school, request)

    with pytest.raises(DeviceForked):
        copy.workspace.sync(Meanwhile(copy.backend))
    assert copy.workspace.status().waiting == 1
    assert copy.sync() == {"applied": 1}
    assert (copy.cells()[1, 1], copy.cells()[1, 2]) == (200, 300)
    copy.close()


def test_what_a_copy_shows_saves_and_takes_back_goes_on_after_it_has_become_another_device(
    village: Village, desk: Desk, tmp_path: Path
) -> None:
    desk.put(1, 0, 100)
    desk.sync()
    copy = desk.copied(tmp_path / "copy")
    desk.put(1, 1, 200)
    desk.sync()
    copy.put(1, 0, 150)
    copy.put(1, 0, 160)
    with pytest.raises(DeviceForked):
        copy.sync()
    assert copy.cells()[1, 0] == 160
    copy.workspace.undo("grades")
    assert copy.cells()[1, 0] == 150
    assert copy.sync() == {"applied": 1, "same": 1}
    copy.workspace.undo("grades")
    assert copy.cells()[1, 0] == 100
    again = copy.copied(tmp_path / "again")
    copy.put(1, 3, 1)
    copy.sync()
    again.put(1, 4, 2)
    with pytest.raises(DeviceForked):
        again.sync()
    assert again.sync()["applied"] >= 1
    again.close()
    copy.close()


def test_a_copy_of_a_copy_tells_a_restored_server_what_its_former_devices_had_said(
    village: Village, desk: Desk, tmp_path: Path
) -> None:
    kept = keep(village)
    desk.put(1, 0, 100)
    desk.sync()
    copy = desk.copied(tmp_path / "copy")
    desk.put(1, 1, 200)
    desk.sync()
    copy.put(1, 2, 300)
    with pytest.raises(DeviceForked):
        copy.sync()
    copy.sync()
    set_back(village, kept)
    assert copy.sync() == {"applied": 2}, "its own group, and the one it had said when it was the other device"
    assert copy.cells()[1, 0] == 100
    desk.sync()
    copy.sync()
    assert desk.cells() == copy.cells()
    copy.close()


# -- rows are wrong ---------------------------------------------------------------------------------------------------

WRONG = {
    "another value": "UPDATE score SET value = 1, h = NULL WHERE own IS NULL",
    "another version": "UPDATE score SET ver = ver + 1, h = NULL WHERE own IS NULL",
    "gone": "DELETE FROM score WHERE own IS NULL",
    "one that never was": (
        'INSERT INTO score (id, ver, scope_set, evidence_part, pupil, "@lesson", state) '
        "SELECT '018f0000-0000-7000-8000-00000000dead', ver, scope_set, 'x', 'y', \"@lesson\", state FROM score LIMIT 1"
    ),
    "of another scope": (
        "UPDATE score SET scope_set = (SELECT scope_set FROM pupil LIMIT 1), h = NULL WHERE own IS NULL"
    ),
}


@pytest.mark.parametrize("sql", WRONG.values(), ids=WRONG.keys())
def test_wrong_rows_are_found_and_fetched_again_and_edits_on_top_stay(village: Village, desk: Desk, sql: str) -> None:
    before = desk.cells()
    desk.put(0, 1, 77)
    desk.break_rows(sql)
    desk.workspace.doubt()
    for _ in range(3):
        desk.sync()
    assert desk.found_wrong() >= 1
    assert desk.cells() == before | {(0, 1): 77}
    found = desk.found_wrong()
    desk.workspace.doubt()
    desk.sync()
    assert desk.found_wrong() == found, "now all is the same"


class PushesRefused:
    """A way on which no push is taken; all else goes on."""

    def __init__(self, core: Backend) -> None:
        self.pull, self.verify, self.wait = core.pull, core.verify, core.wait

    def push(self, school: str, request: PushRequest) -> PushAnswer:
        raise TooLarge


def test_an_edit_of_a_record_that_was_deleted_stays_in_sight_while_its_neighbours_are_put_right(
    village: Village, desk: Desk
) -> None:
    desk.put(0, 1, 77)
    lost = village.score_id(0, 1)
    village.change(Delete(type="score", id=lost, base=2**40))
    with pytest.raises(TooLarge):
        desk.workspace.sync(PushesRefused(desk.backend))
    assert desk.cells()[0, 1] == 77
    desk.break_rows(WRONG["one that never was"].replace("dead", f"de{lost[-2:]}"))
    desk.workspace.doubt()
    with pytest.raises(TooLarge):
        desk.workspace.sync(PushesRefused(desk.backend))
    assert desk.found_wrong() == 1
    assert desk.cells()[0, 1] == 77


def test_a_row_that_comes_under_a_waiting_edit_is_kept_without_the_nulls_of_its_frame(
    village: Village, desk: Desk
) -> None:
    desk.put(0, 1, 77)
    noted = Patch(type="score", id=village.score_id(0, 0), set={"note": "x"}, base={"note": 2**53})
    changed = Patch(type="score", id=village.score_id(0, 1), set=village.points(88), base={"state": 2**53})
    village.change(noted, changed)
    with pytest.raises(TooLarge):
        desk.workspace.sync(PushesRefused(desk.backend))
    ((fields,),) = desk.workspace.rows("SELECT fields FROM underlay WHERE id = ?", (village.score_id(0, 1),))
    assert json.loads(fields) == village.score(0, 1) | village.points(88)


def test_rows_are_compared_by_themselves_once_a_day(village: Village, desk: Desk) -> None:
    desk.break_rows("UPDATE score SET value = 1, h = NULL")
    desk.sync()
    assert desk.cells()[0, 0] == 1
    village.clock.pass_(hours=25)
    desk.sync()
    assert desk.cells()[0, 0] == 5_000


def test_it_is_told_when_all_was_compared_and_what_was_put_right(village: Village, desk: Desk) -> None:
    assert desk.workspace.comparison() == Comparison(None, 0, due=False), "nothing was compared yet"
    desk.workspace.doubt()
    assert desk.workspace.comparison() == Comparison(None, 0, due=True)
    desk.sync()
    first = desk.workspace.comparison()
    assert first.at is not None
    assert (first.rows, first.due) == (0, False)
    desk.break_rows(f"UPDATE score SET value = 1, h = NULL WHERE id = '{village.score_id(0, 0)}'")
    village.clock.pass_(hours=1)
    desk.workspace.doubt()
    assert desk.workspace.comparison() == replace(first, due=True), "while it is due the time of the last one stands"
    desk.sync()
    mended = desk.workspace.comparison()
    assert mended.due, "what differed is looked at again"
    desk.sync()
    again = desk.workspace.comparison()
    assert (again.rows, again.due) == (mended.rows, False)
    assert again.rows >= 1
    assert again.at is not None
    assert again.at >= first.at


def test_what_fetching_rows_does_not_mend_is_loaded_again_scope_by_scope_and_then_whole(
    village: Village, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    port = desk.workspace._port
    start_over = port.start_over
    monkeypatch.setattr(port, "repair", lambda *_: steps.append("rows") or (lambda: 0))
    monkeypatch.setattr(port, "load_again", lambda *_: steps.append("scopes"))
    monkeypatch.setattr(port, "start_over", lambda *told, **how: steps.append("all") or start_over(*told, **how))
    desk.break_rows("UPDATE score SET value = 1, h = NULL")
    desk.workspace.doubt()
    for _ in range(4):
        desk.sync()
    assert steps == ["rows", "scopes", "all"]
    assert desk.cells()[0, 0] == 5_000
