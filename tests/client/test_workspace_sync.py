"""Rounds of sync with a real server: everything arrives once, both values stay, and no answer can harm a store."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from client.workspace import (
    Enrolment,
    MarkKind,
    MemorySecretStore,
    Put,
    Remove,
    ScopeState,
    UndoRefused,
    Workspace,
    fresh_id,
)
from sync.errors import KeyakiError
from sync.protocol.backend import Backend, FilePart
from sync.protocol.errors import (
    BadBody,
    BadRequest,
    ClientTooOld,
    CursorTooOld,
    DeviceSuspended,
    EpochChanged,
    SeqGap,
    SignInNeeded,
    TooLarge,
    Unreachable,
)
from sync.protocol.messages import (
    Create,
    Delete,
    Patch,
    PullAnswer,
    PullRequest,
    PurgedAnswer,
    PurgedRequest,
    PushAnswer,
    PushRequest,
    VerifyAnswer,
    VerifyRequest,
    WaitAnswer,
)
from tests.kit.village import LESSON, Village

Tamper = Callable[[Any], Any]
Asked = PushRequest | PullRequest | VerifyRequest | PurgedRequest


@dataclass
class Way:
    """The way to a real server, on which things can go wrong: each entry of a list is used up by one call.

    before: raised instead of the call; after: raised when the server has done its work; tamper: changes the answer.
    """

    core: Backend
    before: list[KeyakiError] = field(default_factory=list)
    after: list[KeyakiError] = field(default_factory=list)
    tamper: list[Tamper] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def push(self, school: str, request: PushRequest) -> PushAnswer:
        return self._call(lambda: self.core.push(school, request), request)

    def pull(self, school: str, request: PullRequest) -> PullAnswer:
        return self._call(lambda: self.core.pull(school, request), request)

    def verify(self, school: str, request: VerifyRequest) -> VerifyAnswer:
        return self._call(lambda: self.core.verify(school, request), request)

    def purged(self, school: str, request: PurgedRequest) -> PurgedAnswer:
        return self._call(lambda: self.core.purged(school, request), request)

    def put_file(self, school: str, part: FilePart) -> int:
        return self.core.put_file(school, part)

    def get_file(self, school: str, sha256: str, start: int, most: int) -> bytes:
        return self.core.get_file(school, sha256, start, most)

    def wait(self, school: str, seq: int) -> WaitAnswer:
        return self.core.wait(school, seq)

    def _call(self, call: Callable[[], Any], request: Asked) -> Any:
        self.asked.append(request)
        if self.before:
            raise self.before.pop(0)
        answer = call()
        if self.after:
            raise self.after.pop(0)
        return self.tamper.pop(0)(answer) if self.tamper else answer

    @property
    def pushes(self) -> list[PushRequest]:
        """The pushes asked for, oldest first."""
        return [request for request in self.asked if isinstance(request, PushRequest)]


@dataclass
class Desk:
    """One teacher's device: its store and its way to the server."""

    village: Village
    folder: Path
    enrolment: Enrolment
    secrets: MemorySecretStore = field(default_factory=MemorySecretStore)
    workspace: Workspace = field(init=False)
    way: Way = field(init=False)

    def __post_init__(self) -> None:
        self.way = Way(self.village.core(self.enrolment))
        self.open()

    def open(self) -> None:
        self.workspace = self.village.opened(self.folder, self.secrets, self.enrolment)

    def sync(self) -> dict[str, int]:
        """One round; the outcomes of what was pushed."""
        return dict(self.workspace.sync(self.way).outcomes)

    def fails(self, error: type[KeyakiError]) -> KeyakiError:
        """One round that must end in this error."""
        with pytest.raises(error) as caught:
            self.workspace.sync(self.way)
        return caught.value

    def put(self, part: int, pupil: int, points: int, **more: Any) -> None:
        """Type one value."""
        fields = self.village.score(part, pupil) | self.village.points(points)
        self.workspace.edit("grades.score", [Put("score", fields, **more)])

    def value(self, part: int, pupil: int) -> Any:
        """The points shown, None where there is no record."""
        rows = self.workspace.rows("SELECT value FROM score WHERE id = ?", (self.village.score_id(part, pupil),))
        return rows[0].value if rows else None

    def marks(self) -> list[MarkKind]:
        return [mark.kind for mark in self.workspace.marks("score")]


@pytest.fixture
def desks(village: Village, tmp_path: Path) -> Iterator[list[Desk]]:
    """Two teachers of the same lesson, who have loaded the school; every first part has 50 points."""
    village.scored((0, pupil, 5_000) for pupil in range(village.pupil_count))
    made = [Desk(village, tmp_path / f"desk{n}", village.enrolment(n)) for n in range(2)]
    for desk in made:
        desk.sync()
    yield made
    for desk in made:
        desk.workspace.close()


@pytest.fixture
def here(desks: list[Desk]) -> Desk:
    """The first teacher's."""
    return desks[0]


@pytest.fixture
def there(desks: list[Desk]) -> Desk:
    """The second teacher's."""
    return desks[1]


def server_score(village: Village, part: int, pupil: int, points: int, base: int) -> None:
    """The server changes a score itself."""
    set_ = village.points(points)
    village.change(Patch(type="score", id=village.score_id(part, pupil), set=set_, base={"state": base}))


# -- loading ---------------------------------------------------------------------------------------------------------


def test_a_fresh_store_loads_everything_that_is_granted(here: Desk) -> None:
    states = set(here.workspace.scopes().values())
    assert states == {ScopeState.LIVE}
    assert here.value(0, 0) == 5_000
    assert {grant.role for grant in here.workspace.grants()} >= {"homeroom", "subject", "staff"}
    shared = here.workspace.rows("SELECT name FROM school UNION ALL SELECT name FROM subject")
    assert [row.name for row in shared] == ["見本小", "算数"]


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


# -- sending ---------------------------------------------------------------------------------------------------------


def test_what_was_typed_offline_arrives_once_and_the_marks_go(here: Desk, there: Desk) -> None:
    for pupil in range(5):
        here.put(1, pupil, 100 * pupil)
    assert here.sync() == {"applied": 5}
    assert here.marks() == []
    assert here.workspace.status().last_success == "2026-11-19T23:31:00.000Z"
    there.sync()
    assert [there.value(1, pupil) for pupil in range(5)] == [0, 100, 200, 300, 400]
    assert here.sync() == {}


@pytest.mark.parametrize("restarted", [False, True])
def test_a_lost_answer_doubles_nothing(here: Desk, there: Desk, restarted: bool) -> None:
    here.put(0, 0, 100)
    here.way.after = [Unreachable()]
    here.fails(Unreachable)
    assert here.workspace.status().in_flight == 1
    if restarted:
        here.workspace.close()
        here.open()
    here.put(0, 0, 200)
    assert here.sync() == {"applied": 2}
    first, again = here.way.pushes
    assert again.groups[0] == first.groups[0]
    there.sync()
    assert (here.value(0, 0), there.value(0, 0)) == (200, 200)
    assert there.workspace.conflicts() == []


def test_a_hand_that_is_quicker_than_the_network_does_not_keep_a_round_from_pulling(
    here: Desk, there: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.put(1, 0, 33)
    there.sync()
    push = here.way.push

    def typing(school: str, request: PushRequest) -> PushAnswer:
        here.put(0, 1, len(here.way.pushes))
        return push(school, request)

    monkeypatch.setattr(here.way, "push", typing)
    here.put(0, 1, 99)
    here.sync()
    assert here.value(1, 0) == 33
    assert len(here.way.pushes) < 10
    assert here.workspace.status().groups == 1


def test_a_lost_answer_is_made_good_by_the_next_pull(here: Desk) -> None:
    here.put(0, 0, 100)
    here.way.after = [BadBody(reason="truncated")]
    here.fails(BadBody)
    assert here.workspace.status().waiting == 0
    assert here.marks() == []
    assert here.value(0, 0) == 100


def test_a_value_under_way_is_not_changed_any_more_but_followed_by_a_new_group(here: Desk) -> None:
    here.put(0, 0, 100)
    here.way.before = [Unreachable()]
    here.fails(Unreachable)
    here.workspace.undo("grades")
    assert here.value(0, 0) == 5_000
    assert here.sync() == {"applied": 2}
    assert [[item.q for item in push.groups] for push in here.way.pushes] == [[1], [1, 2]]
    assert here.value(0, 0) == 5_000


def test_a_group_taken_back_before_sending_leaves_no_hole_in_the_numbers(here: Desk, there: Desk) -> None:
    here.put(0, 0, 100)
    here.put(0, 1, 200)
    here.workspace.undo("grades")
    here.put(0, 2, 300)
    assert here.sync() == {"applied": 2, "same": 1}
    there.sync()
    assert [there.value(0, pupil) for pupil in range(3)] == [100, 5_000, 300]


def test_a_push_that_is_too_large_is_halved_until_it_passes(here: Desk) -> None:
    for pupil in range(5):
        here.put(0, pupil, pupil)
    here.way.before = [TooLarge(), TooLarge()]
    assert here.sync() == {"applied": 5}
    assert [len(push.groups) for push in here.way.pushes] == [5, 2, 1, 1, 1, 1, 1]


def test_a_group_no_push_can_carry_is_said_and_hinders_no_pull(village: Village, here: Desk) -> None:
    server_score(village, 0, 1, 777, 10_000)
    here.put(0, 0, 100)
    here.way.before = [TooLarge()]
    here.fails(TooLarge)
    assert here.value(0, 1) == 777
    assert here.sync() == {"applied": 1}


def test_a_gap_the_server_sees_is_closed_from_where_it_says(here: Desk, there: Desk) -> None:
    here.put(0, 0, 100)
    here.sync()
    here.put(0, 1, 200)
    here.way.before = [SeqGap(expected=1)]
    here.sync()
    assert [item.q for item in here.way.pushes[-1].groups] == [1, 2]
    there.sync()
    assert (there.value(0, 0), there.value(0, 1)) == (100, 200)


def test_a_gap_that_cannot_be_closed_is_said_and_hinders_no_pull(village: Village, here: Desk) -> None:
    server_score(village, 0, 1, 777, 10_000)
    here.put(0, 0, 100)
    here.way.before = [SeqGap(expected=7)]
    here.fails(SeqGap)
    assert (here.value(0, 0), here.value(0, 1), here.workspace.status().waiting) == (100, 777, 1)


def test_a_refused_group_stays_with_its_values_until_somebody_deals_with_it(village: Village, here: Desk) -> None:
    village.add(
        ("school_year", {"year": 2025, "term_count": 3, "symbol_set": "standard", "sealed": True}),
        ("term", {"year": 2025, "no": 1, "name": "1学期", "start": "2025-04-07", "end": "2025-12-26"}),
    )
    sealed = village.ids()
    village.change_in(
        village.school,
        "evidence",
        sealed,
        {"@lesson": LESSON, "course": LESSON, "term": "2025-1", "title": "去年", "kind": "test"},
    )
    here.sync()
    here.put(0, 0, 100)
    here.workspace.edit("evidence.title", [Put("evidence", {"title": "書きかえ"}, id=sealed)])
    assert here.sync() == {"applied": 1, "rejected": 1}
    assert here.workspace.rows("SELECT title FROM evidence WHERE id = ?", (sealed,))[0].title == "去年"
    (refused,) = here.workspace.not_accepted()
    assert (refused.code, refused.edits) == ("period_closed", (("evidence", sealed, {"title": "書きかえ"}),))
    assert [mark.kind for mark in here.workspace.marks("evidence")] == [MarkKind.NOT_ACCEPTED]
    assert here.workspace.history("evidence", sealed, "title")[0].outcome == "rejected"
    again = here.workspace.resend(refused.q)
    assert again.q == 3
    assert here.workspace.marks("evidence")[0].kind is MarkKind.WAITING
    here.sync()
    here.workspace.withdraw(3)
    assert here.workspace.not_accepted() == []
    assert here.workspace.marks("evidence") == []


# -- two people ------------------------------------------------------------------------------------------------------


def test_the_same_cell_edited_by_two_becomes_one_conflict_with_both_values(here: Desk, there: Desk) -> None:
    here.put(0, 0, 100)
    there.put(0, 0, 200)
    here.sync()
    assert there.sync() == {"conflict_kept": 1}
    assert there.value(0, 0) == 100
    (conflict,) = there.workspace.conflicts()
    assert (conflict.current.value, conflict.incoming.value) == (
        {"state": "scored", "value": 100},
        {"state": "scored", "value": 200},
    )
    assert (conflict.base, conflict.incoming.device) == ({"state": "scored", "value": 5_000}, "PC 1")
    assert there.marks() == [MarkKind.CONFLICT]
    here.sync()
    assert here.workspace.status().conflicts == 1


@pytest.mark.parametrize(
    ("choice", "value", "expected"),
    [("current", None, 100), ("incoming", None, 200), ("other", {"state": "scored", "value": 300}, 300)],
)
def test_a_conflict_settled_on_one_device_is_gone_on_the_other(
    here: Desk, there: Desk, choice: Any, value: Any, expected: int
) -> None:
    here.put(0, 0, 100)
    there.put(0, 0, 200)
    here.sync()
    there.sync()
    there.workspace.resolve(there.workspace.conflicts()[0].id, choice, value)
    assert there.workspace.conflicts() == []
    assert there.workspace.status().conflicts == 0
    there.sync()
    here.sync()
    assert (here.value(0, 0), there.value(0, 0)) == (expected, expected)
    assert here.workspace.status().conflicts == 0
    (row,) = here.workspace.rows("SELECT state, choice FROM conflict")
    assert (row.state, row.choice) == ("resolved", choice)


def test_a_conflict_ahead_is_shown_before_it_is_sent(here: Desk, there: Desk) -> None:
    here.put(0, 0, 100)
    here.sync()
    there.put(0, 0, 200)
    there.way.before = [TooLarge()]
    there.fails(TooLarge)
    assert there.marks() == [MarkKind.AHEAD]
    assert there.value(0, 0) == 200
    there.sync()
    assert there.marks() == [MarkKind.CONFLICT]


def test_two_units_of_one_record_are_merged_without_asking(village: Village, here: Desk, there: Desk) -> None:
    here.put(0, 0, 100)
    there.workspace.edit("grades.note", [Put("score", village.score(0, 0) | {"note": "再テスト"})])
    here.sync()
    assert there.sync() == {"applied": 1}
    here.sync()
    rows = [
        desk.workspace.rows("SELECT value, note, ver, fv FROM score WHERE note IS NOT NULL") for desk in (here, there)
    ]
    assert [tuple(row[0])[:2] for row in rows] == [(100, "再テスト")] * 2
    assert tuple(rows[0][0]) == tuple(rows[1][0])


def test_the_same_new_record_made_by_two_is_one_record(here: Desk, there: Desk) -> None:
    here.put(1, 0, 100)
    there.put(1, 0, 100)
    here.sync()
    assert there.sync() == {"same": 1}
    assert there.marks() == []
    assert there.value(1, 0) == 100


def test_an_edit_based_on_what_the_screen_showed_does_not_pass_over_what_had_arrived(here: Desk, there: Desk) -> None:
    (row,) = there.workspace.rows("SELECT ver FROM score WHERE id = ?", (there.village.score_id(0, 0),))
    here.put(0, 0, 100)
    here.sync()
    there.sync()
    there.put(0, 0, 200, seen={"state": row.ver})
    assert there.marks() == [MarkKind.AHEAD]
    assert there.sync() == {"conflict_kept": 1}


def test_a_record_deleted_by_one_and_changed_by_the_other_keeps_both(village: Village, here: Desk, there: Desk) -> None:
    here.workspace.edit("grades.score", [Remove("score", village.score_id(0, 0))])
    here.sync()
    there.put(0, 0, 200)
    there.way.before = [TooLarge()]
    there.fails(TooLarge)
    assert (there.value(0, 0), there.marks()) == (200, [MarkKind.AHEAD])
    assert there.sync() == {"conflict_kept": 1}
    assert there.value(0, 0) is None
    (conflict,) = there.workspace.conflicts()
    assert (conflict.unit, conflict.current.value) == ("@record", None)
    assert conflict.incoming.value == {"state": "scored", "value": 200}
    there.workspace.resolve(conflict.id, "current")
    there.sync()
    assert there.workspace.conflicts() == []


def test_a_record_deleted_by_one_comes_back_whole_with_the_others_change(
    village: Village, here: Desk, there: Desk
) -> None:
    whole = 'SELECT pupil, evidence_part, "@lesson" FROM score WHERE id = ?'
    before = there.workspace.rows(whole, (village.score_id(0, 0),))[0][:]
    here.workspace.edit("grades.score", [Remove("score", village.score_id(0, 0))])
    here.sync()
    there.put(0, 0, 200)
    assert there.sync() == {"conflict_kept": 1}
    there.workspace.resolve(there.workspace.conflicts()[0].id, "incoming")
    assert there.sync() == {"applied": 1}
    here.sync()
    assert here.value(0, 0) == 200
    assert here.workspace.rows(whole, (village.score_id(0, 0),))[0][:] == before
    assert there.workspace.conflicts() == here.workspace.conflicts() == []


def test_a_removal_against_a_newer_edit_keeps_the_record(village: Village, here: Desk, there: Desk) -> None:
    here.put(0, 0, 100)
    here.sync()
    there.workspace.edit("grades.score", [Remove("score", village.score_id(0, 0))])
    assert there.sync() == {"conflict_kept": 1}
    assert there.value(0, 0) == 100
    there.workspace.resolve(there.workspace.conflicts()[0].id, "incoming")
    there.sync()
    here.sync()
    assert (there.value(0, 0), here.value(0, 0)) == (None, None)


def test_undo_after_sending_is_a_new_edit(here: Desk, there: Desk) -> None:
    here.put(0, 0, 100)
    here.sync()
    here.workspace.undo("grades")
    assert here.value(0, 0) == 5_000
    assert here.sync() == {"applied": 1}
    there.sync()
    assert there.value(0, 0) == 5_000


def test_undo_of_a_value_a_colleague_has_changed_since_is_refused(here: Desk, there: Desk) -> None:
    here.put(0, 0, 100)
    here.sync()
    there.sync()
    there.put(0, 0, 200)
    there.sync()
    here.sync()
    with pytest.raises(UndoRefused):
        here.workspace.undo("grades")
    assert here.value(0, 0) == 200


# -- answers that lie ------------------------------------------------------------------------------------------------


def copy_of(workspace: Workspace) -> list[tuple[Any, ...]]:
    """Everything a wrong answer could have touched."""
    tables = ("score", "evidence", "outbox", "accepted", "not_accepted", "edited", "underlay", "scope", "conflict")
    rows = [tuple(row) for table in tables for row in workspace.rows(f"SELECT * FROM {table} ORDER BY 1, 2, 3")]
    return [*rows, *(tuple(row)[:5] for row in workspace.rows("SELECT * FROM partition ORDER BY 1"))]


ROW = {"type": "score", "scopes": [f"lesson:{LESSON}"], "columns": ["id", "ver", "value"]}
LIES: list[Callable[[dict[str, Any]], dict[str, Any]]] = [
    lambda said: said | {"frames": [ROW | {"rows": [["not an id", 99, 1]]}]},
    lambda said: said | {"frames": [ROW | {"rows": [["0" * 36, "99", 1]]}]},
    lambda said: said | {"frames": [ROW | {"rows": [["0" * 36, 99, "many"]]}]},
    lambda said: said | {"frames": [ROW | {"rows": [["0" * 36, 99, {"a": 1}]]}]},
    lambda said: said | {"cursor": 1},
    lambda said: {"epoch": said["epoch"]},
    lambda said: said | {"outcomes": [{"q": 1, "outcome": "applied", "seq": 1, "ops": [[9, "state"]]}]},
]


@pytest.mark.parametrize("lie", LIES)
def test_a_pull_that_lies_changes_nothing(here: Desk, lie: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    here.put(0, 0, 100)
    here.way.before = [TooLarge()]
    here.fails(TooLarge)
    before = copy_of(here.workspace)
    here.way.before = [TooLarge()]
    here.way.tamper = [lambda answer: PullAnswer.model_validate(lie(answer.model_dump(by_alias=True)))]
    here.fails(BadBody)
    assert copy_of(here.workspace) == before
    assert here.sync() == {"applied": 1}


PUSH_LIES: list[Callable[[dict[str, Any]], dict[str, Any]]] = [
    lambda said: said | {"outcomes": []},
    lambda said: said | {"outcomes": [{"q": 7, "outcome": "applied", "seq": 1}]},
    lambda said: said | {"chain": "0" * 32},
    lambda said: said | {"frames": [ROW | {"rows": [["0" * 36, 99, "many"]]}]},
    lambda said: said | {"outcomes": [{"q": 1, "outcome": "merged", "seq": 9, "ops": [["x", "state"]]}]},
]


@pytest.mark.parametrize("lie", PUSH_LIES)
def test_an_answer_to_a_push_that_lies_is_not_stored_and_the_true_one_is_fetched(
    here: Desk, there: Desk, lie: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    here.put(0, 0, 100)
    here.way.tamper = [lambda answer: PushAnswer.model_validate(lie(answer.model_dump(by_alias=True)))]
    here.fails(BadBody)
    assert (here.value(0, 0), here.workspace.status().waiting) == (100, 0)
    there.sync()
    assert there.value(0, 0) == 100


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (SignInNeeded(), "sign_in_needed"),
        (DeviceSuspended(), "device_stopped"),
        (ClientTooOld(), "client_too_old"),
    ],
)
def test_what_the_server_said_last_is_in_the_status_until_a_round_goes_through(
    here: Desk, error: KeyakiError, told: str
) -> None:
    here.way.before = [error]
    here.fails(type(error))
    assert getattr(here.workspace.status(), told)
    here.sync()
    assert not getattr(here.workspace.status(), told)


def _without_cursor(answer: PushAnswer) -> PushAnswer:
    """As a server answers that does not know how much this program has."""
    return answer.model_copy(update={"since": None, "cursor": None})


def test_a_push_that_nobody_came_between_leaves_nothing_to_be_pulled(here: Desk, there: Desk) -> None:
    here.sync()
    here.put(0, 0, 100)
    here.way.asked.clear()
    here.sync()
    assert [type(request) for request in here.way.asked] == [PushRequest]
    there.sync()
    there.put(0, 1, 200)
    there.sync()
    here.put(0, 2, 300)
    here.way.asked.clear()
    here.sync()
    assert [type(request) for request in here.way.asked] == [PushRequest, PullRequest]
    assert (here.value(0, 1), here.value(0, 2)) == (200, 300)


def test_a_push_whose_answer_was_lost_is_followed_by_a_pull(here: Desk) -> None:
    here.sync()
    here.put(0, 0, 100)
    here.way.after = [Unreachable(reason="after")]
    here.fails(Unreachable)
    here.way.asked.clear()
    here.sync()
    assert [type(request) for request in here.way.asked] == [PushRequest, PullRequest]


def test_a_program_too_old_to_pull_still_sends(here: Desk, there: Desk) -> None:
    here.put(0, 0, 100)
    here.way.tamper = [_without_cursor, lambda _: (_ for _ in ()).throw(ClientTooOld())]
    here.fails(ClientTooOld)
    assert here.workspace.status().waiting == 0
    there.sync()
    assert there.value(0, 0) == 100


def test_a_server_that_keeps_changing_its_history_is_told_of_and_nothing_is_lost(here: Desk) -> None:
    here.put(0, 0, 100)
    other = [EpochChanged(epoch=fresh_id(), seq=3) for _ in range(2)]
    here.way.before = list(other)
    here.fails(EpochChanged)
    assert (here.value(0, 0), here.workspace.status().waiting) == (100, 1)


def test_a_cursor_the_server_has_forgotten_loads_the_scopes_again_and_keeps_the_outbox(
    village: Village, here: Desk
) -> None:
    here.put(0, 0, 100)
    here.way.before = [TooLarge(), CursorTooOld()]
    here.fails(TooLarge)
    assert set(here.workspace.scopes().values()) == {ScopeState.LIVE}
    assert (here.value(0, 0), here.value(0, 1), here.workspace.status().waiting) == (100, 5_000, 1)
    assert here.sync() == {"applied": 1}


def test_a_server_that_never_stops_changing_its_mind_is_not_followed_for_ever(here: Desk) -> None:
    def changed(answer: PullAnswer) -> PullAnswer:
        count = len(here.way.asked)
        rows = [{"scope": f"lesson:{count}", "role": "subject", "rights": "r", "from": "2026-04-01"}]
        said = {"epoch": answer.epoch, "grants": {"hash": f"{count:016x}", "rows": rows}}
        return PullAnswer.model_validate(said)

    here.way.tamper = [changed] * 1_000
    here.fails(BadBody)
    assert len(here.way.asked) < 100


def test_a_late_copy_of_an_old_page_changes_nothing(village: Village, here: Desk) -> None:
    pages: list[PullAnswer] = []
    here.put(0, 0, 100)
    here.sync()
    requests: list[PullRequest] = []

    def keep(answer: PullAnswer) -> PullAnswer:
        pages.append(answer)
        asked = here.way.asked[-1]
        assert isinstance(asked, PullRequest)
        requests.append(asked)
        return answer

    here.way.tamper = [keep]
    server_score(village, 0, 1, 777, 10_000)
    here.sync()
    server_score(village, 0, 1, 888, 10_000)
    here.sync()
    before = copy_of(here.workspace)
    port = here.workspace._port
    assert port.pull_page(village.school, requests[0], pages[0])() == 0
    assert copy_of(here.workspace) == before
    assert here.value(0, 1) == 888
