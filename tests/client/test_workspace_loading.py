"""Loading from a real server: a fresh store, a load cut off, scopes that come and go, pages that fail."""

from pathlib import Path

import pytest

from client.workspace import (
    Remove,
    ScopeState,
)
from sync.protocol.errors import (
    BadBody,
    BadRequest,
    Unreachable,
)
from sync.protocol.messages import (
    Create,
    Delete,
    PullAnswer,
    PullRequest,
)
from tests.kit.village import LESSON, Village
from tests.kit.ways import ROW, Desk


def test_a_fresh_store_loads_everything_that_is_granted(here: Desk) -> None:
    states = set(here.workspace.scopes().values())
    assert states == {ScopeState.LIVE}
    assert here.value(0, 0) == 5_000
    assert {grant.role for grant in here.workspace.grants()} >= {"homeroom", "subject", "staff"}
    shared = here.workspace.rows("SELECT name FROM school UNION ALL SELECT name FROM subject")
    assert [row.name for row in shared] == ["見本小", "算数"]


def test_what_screens_look_up_is_indexed_when_everything_is_here(here: Desk) -> None:
    here.sync()  # for what the first round leaves to be done is done before what the second one does
    (plan,) = here.workspace.rows('EXPLAIN QUERY PLAN SELECT 1 FROM score WHERE "@lesson" = ?', (LESSON,))
    assert "score by @lesson" in plan.detail


def test_names_are_there_while_marks_still_arrive(village: Village, tmp_path: Path) -> None:
    desk = Desk(village, tmp_path / "late", village.enrolment(0))
    seen: list[dict[str, ScopeState]] = []
    desk.workspace.sync(desk.way, lambda _: seen.append(dict(desk.workspace.scopes())))
    roster = [states.get("roster:2026:3-2") for states in seen]
    lesson = [states.get(f"lesson:{LESSON}") for states in seen]
    assert roster.index(ScopeState.LIVE) < lesson.index(ScopeState.LIVE)
    desk.workspace.close()


def test_a_load_that_was_cut_off_goes_on_where_it_was(
    village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    village.scored((part, pupil, 100) for part in range(2) for pupil in range(5))
    monkeypatch.setattr("sync.engine.pull.LOAD_ROWS", 3)
    desk = Desk(village, tmp_path / "late", village.enrolment(0))

    def cut(answer: PullAnswer) -> PullAnswer:
        if any(frame.type == "score" for frame in answer.frames) and answer.next is not None:
            raise Unreachable
        return answer

    desk.way.tamper = [cut] * 100
    desk.fails(Unreachable)
    desk.workspace.close()
    desk.open()
    desk.way.tamper.clear()
    desk.way.asked.clear()
    desk.sync()
    first = next(r for r in desk.way.asked if isinstance(r, PullRequest) and r.cursor is None)
    assert first.next is not None
    assert desk.value(1, 4) == 100
    desk.workspace.close()


def test_a_load_whose_last_page_cannot_be_written_is_not_given_up(village: Village, tmp_path: Path) -> None:
    village.scored((part, pupil, 100) for part in range(2) for pupil in range(5))
    desk = Desk(village, tmp_path / "late", village.enrolment(0))

    def spoil(answer: PullAnswer) -> PullAnswer:
        frames = tuple(
            frame.model_copy(update={"rows": [[*row[:-1], 2**80] for row in frame.rows]})
            if frame.type == "pupil"
            else frame
            for frame in answer.frames
        )
        return answer.model_copy(update={"frames": frames})

    desk.way.tamper = [spoil] * 100
    desk.fails(BadBody)
    assert "lesson:" + LESSON in desk.workspace.scopes()
    assert desk.workspace.scopes()["roster:2026:3-2"] is not ScopeState.LIVE
    desk.way.tamper.clear()
    desk.sync()
    assert set(desk.workspace.scopes().values()) == {ScopeState.LIVE}
    assert desk.value(1, 4) == 100
    desk.workspace.close()


def test_a_load_that_must_begin_anew_shows_nothing_that_was_deleted_meanwhile(
    village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    village.scored((part, pupil, 100) for part in range(2) for pupil in range(5))
    monkeypatch.setattr("sync.engine.pull.LOAD_ROWS", 3)
    desk = Desk(village, tmp_path / "late", village.enrolment(0))
    came: list[str] = []

    def cut(answer: PullAnswer) -> PullAnswer:
        if came:
            raise Unreachable
        came.extend(str(row[0]) for frame in answer.frames if frame.type == "score" for row in frame.rows)
        return answer

    desk.way.tamper = [cut] * 100
    desk.fails(Unreachable)
    desk.way.tamper.clear()
    assert desk.workspace.rows("SELECT 1 FROM score WHERE id = ?", came[:1])
    village.change(Delete(type="score", id=came[0], base=2**40))
    desk.way.before = [BadRequest(reason="next")]
    desk.sync()
    assert set(desk.workspace.scopes().values()) == {ScopeState.LIVE}
    assert len(desk.workspace.rows("SELECT 1 FROM score")) == 9
    desk.workspace.close()


def test_a_load_goes_on_when_grants_change(village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    village.scored((part, pupil, 100) for part in range(2) for pupil in range(5))
    monkeypatch.setattr("sync.engine.pull.LOAD_ROWS", 3)
    desk = Desk(village, tmp_path / "late", village.enrolment(1))
    duty = village.duties[village.teachers[1].staff, "homeroom"]
    loads: list[PullRequest] = []

    def watch(answer: PullAnswer) -> PullAnswer:
        asked = desk.way.asked[-1]
        if isinstance(asked, PullRequest) and asked.cursor is None and asked.loading.get(f"lesson:{LESSON}") == 0:
            loads.append(asked)
            if len(loads) == 2:
                village.change(Delete(type="duty", id=duty, base=10_000))
        return answer

    desk.way.tamper = [watch] * 200
    desk.sync()
    assert [request.next is None for request in loads] == [True] + [False] * (len(loads) - 1)
    assert "homeroom:2026:3-2" not in desk.workspace.scopes()
    assert set(desk.workspace.scopes().values()) == {ScopeState.LIVE}
    assert desk.value(1, 4) == 100
    desk.workspace.close()


def test_a_round_can_be_cancelled_between_pages_and_goes_on_later(
    village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.engine.pull.LOAD_ROWS", 2)
    desk = Desk(village, tmp_path / "late", village.enrolment(0))
    report = desk.workspace.sync(desk.way, cancelled=lambda: len(desk.way.asked) > 4)
    assert not report.complete
    assert desk.workspace.status().last_success is None
    assert desk.workspace.sync(desk.way).complete
    assert set(desk.workspace.scopes().values()) == {ScopeState.LIVE}
    desk.workspace.close()


def test_a_scope_granted_later_joins_the_live_ones_without_missing_a_change(
    village: Village, here: Desk, there: Desk
) -> None:
    here.put(0, 0, 100)
    course = {"year": 2026, "class": "2026:3-2", "subject": "art", "@lesson": "2026:3-2:art"}
    viewpoints, rule = here.workspace.rows("SELECT viewpoint_set, rule FROM course")[0]
    village.add(("course", course | {"viewpoint_set": viewpoints, "rule": rule}))
    duty = {"staff": village.teachers[1].staff, "role": "subject", "target_kind": "course", "target": "2026:3-2:art"}
    village.add(("duty", duty | {"from": "2026-04-01"}))
    here.sync()
    there.sync()
    assert there.workspace.scopes()["lesson:2026:3-2:art"] is ScopeState.LIVE
    assert there.value(0, 0) == 100


def test_a_scope_that_is_taken_away_is_purged_and_what_waits_is_still_sent(village: Village, there: Desk) -> None:
    there.put(0, 0, 100)
    staff = village.teachers[1].staff
    village.change(Delete(type="duty", id=village.duties[staff, "subject"], base=10_000))
    assert there.sync() == {"quarantined": 1}
    assert f"lesson:{LESSON}" not in there.workspace.scopes()
    assert there.workspace.rows("SELECT 1 FROM score UNION ALL SELECT 1 FROM underlay") == []
    assert (there.workspace.status().late, there.workspace.status().not_accepted) == (1, 0)


def test_a_row_does_not_stay_for_the_sake_of_a_scope_that_is_only_granted(village: Village, there: Desk) -> None:
    who, pupil = village.teachers[1].staff, village.pupils[0]
    names = {"family": "髙橋", "given": "1", "kana_family": "たかはし", "kana_given": "1"}

    def move(*classes: str) -> None:
        made = Create(type="pupil", id=pupil, set=names | {"@classes": sorted(classes)})
        village.change(Delete(type="pupil", id=pupil, base=10_000), made)

    village.add(("class", {"year": 2026, "key": "3-1", "label": "3年1組", "kind": "regular", "grades": [3]}))
    move("2026:3-1", "2026:3-2")
    there.sync()
    move("2026:3-2")
    for role in ("homeroom", "subject"):
        village.change(Delete(type="duty", id=village.duties[who, role], base=10_000))
    duty = {"staff": who, "role": "homeroom", "target_kind": "class", "target": "2026:3-1", "from": "2026-04-01"}
    village.add(("duty", duty))
    there.sync()
    assert there.workspace.scopes()["roster:2026:3-1"] is ScopeState.LIVE
    assert there.workspace.rows("SELECT 1 FROM pupil") == []


def test_changes_of_several_pages_are_applied_when_the_last_one_has_come(
    village: Village, here: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    village.scored((1, pupil, 700 + pupil) for pupil in range(5))
    monkeypatch.setattr("sync.engine.pull.LIVE_ROWS", 2)
    here.way.tamper = [lambda answer: answer, lambda _: (_ for _ in ()).throw(Unreachable())]
    here.fails(Unreachable)
    assert here.value(1, 0) is None
    here.workspace.close()
    here.open()
    here.sync()
    assert [here.value(1, pupil) for pupil in range(5)] == [700, 701, 702, 703, 704]
    assert here.workspace.rows("SELECT count(*) AS n FROM stage")[0].n == 0


def test_a_page_that_cannot_be_applied_is_asked_for_again_instead_of_failing_for_ever(
    village: Village, here: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    village.scored((1, pupil, 700 + pupil) for pupil in range(5))
    monkeypatch.setattr("sync.engine.pull.LIVE_ROWS", 2)
    lie = ROW | {"rows": [["0" * 36, 99, "many"]]}
    here.way.tamper = [lambda answer: PullAnswer.model_validate(answer.model_dump(by_alias=True) | {"frames": [lie]})]
    here.fails(BadBody)
    here.sync()
    assert [here.value(1, pupil) for pupil in range(5)] == [700, 701, 702, 703, 704]


def test_a_deleted_record_disappears_everywhere(village: Village, here: Desk, there: Desk) -> None:
    here.workspace.edit("grades.score", [Remove("score", village.score_id(0, 0))])
    assert here.value(0, 0) is None
    here.sync()
    there.sync()
    assert there.value(0, 0) is None
    assert there.value(0, 1) == 5_000
