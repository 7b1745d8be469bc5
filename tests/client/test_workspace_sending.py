"""Sending to a real server: everything arrives once, whatever is lost on the way."""

import pytest

from client.workspace import (
    MarkKind,
    Put,
)
from sync.protocol.errors import (
    BadBody,
    SeqGap,
    TooLarge,
    Unreachable,
)
from sync.protocol.messages import (
    PushAnswer,
    PushRequest,
)
from tests.kit.village import LESSON, Village
from tests.kit.ways import Desk, server_score


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
