"""What was sent about a duty that has ended is forgotten when it is known that it has, and not a moment before."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from client.store import purge
from client.workspace import Put
from sync.protocol.backend import Backend
from sync.protocol.errors import Unreachable
from sync.protocol.messages import Delete, GroupOutcome, Outcome
from sync.records.registry import TYPES
from tests.client.test_workspace_recovery import Desk, keep, set_back
from tests.kit.village import CLASS, LESSON, TERM, Village

VALUE = 8_765
OTHER_CLASS = "2026:3-1"


class Way:
    """A way to the school on which something happens between a push and what follows it."""

    def __init__(self, core: Backend, then: Callable[[], None]) -> None:
        self._core, self._then, self._pushed = core, then, False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._core, name)

    def push(self, school: str, request: Any) -> Any:
        answer = self._core.push(school, request)
        self._pushed = True
        return answer

    def pull(self, school: str, request: Any) -> Any:
        if self._pushed:
            self._pushed = False
            self._then()
        return self._core.pull(school, request)


def end_duties(village: Village) -> None:
    """The first teacher has no duty any more."""
    own = village.teachers[0].staff
    for key in [key for key in village.duties if key[0] == own]:
        village.change(Delete(type="duty", id=village.duties.pop(key), base=2**53))


def grant_anew(village: Village) -> None:
    """The first teacher has the lesson and the class again."""
    own = village.teachers[0].staff
    for role, kind, target in (("homeroom", "class", CLASS), ("subject", "course", LESSON)):
        duty = {"staff": own, "role": role, "target_kind": kind, "target": target}
        (village.duties[own, role],) = village.add(("duty", duty | {"from": "2026-04-01", "to": "2027-03-31"}))


def said(desk: Desk) -> str:
    """What lies here of the groups the school has taken."""
    return " ".join(row.item for row in desk.workspace.rows("SELECT item FROM accepted"))


def lose_the_answers(desk: Desk) -> None:
    """A round that ends behind its push."""

    def cut() -> None:
        raise Unreachable(reason="after")

    with pytest.raises(Unreachable):
        desk.workspace.sync(Way(desk.backend, cut))


@pytest.fixture
def desk(village: Village, tmp_path: Path) -> Iterator[Desk]:
    """A teacher who has lost the duty while a new mark was on its way, and who has asked to send it once more."""
    made = Desk(village, tmp_path / "store", 0)
    made.sync()
    made.put(1, 0, VALUE)
    village.duties = dict(village.duties)  # a twin's are those of the first village
    end_duties(village)
    made.sync()
    (refused,) = made.workspace.not_accepted()
    made.workspace.resend(refused.q)
    yield made
    made.workspace.close()


def test_what_was_sent_of_a_duty_granted_anew_can_be_told_to_a_restored_school(village: Village, desk: Desk) -> None:
    grant_anew(village)
    kept = keep(village)
    assert desk.sync() == {"applied": 1}
    assert str(VALUE) in said(desk)
    set_back(village, kept)
    assert desk.sync()["applied"] == 1
    assert desk.cells()[1, 0] == VALUE
    assert "lost" not in [each.outcome for each in desk.workspace.not_accepted()]


def test_what_was_sent_of_a_duty_that_ended_once_more_meanwhile_is_forgotten_in_the_same_round(
    village: Village, desk: Desk
) -> None:
    grant_anew(village)
    desk.workspace.sync(Way(desk.backend, lambda: end_duties(village)))
    assert str(VALUE) not in said(desk)
    assert desk.cells() == {}


def test_a_round_that_breaks_off_before_the_grants_are_known_forgets_nothing_yet(village: Village, desk: Desk) -> None:
    grant_anew(village)
    lose_the_answers(desk)
    assert str(VALUE) in said(desk)
    end_duties(village)
    desk.sync()
    assert str(VALUE) not in said(desk)


def test_a_copied_pc_forgets_it_as_well_when_it_has_become_another_device(village: Village, desk: Desk) -> None:
    grant_anew(village)
    lose_the_answers(desk)
    end_duties(village)
    desk.workspace._port.forked()
    desk.workspace.close()
    desk.workspace = village.opened(desk.folder, desk.secrets)
    assert str(VALUE) in said(desk)
    desk.sync()
    assert str(VALUE) not in said(desk)


@pytest.mark.parametrize("here", [True, False])
def test_a_group_that_does_not_say_where_its_new_record_belongs_is_judged_by_whether_the_record_is_here(
    village: Village, desk: Desk, *, here: bool
) -> None:
    grant_anew(village)
    lose_the_answers(desk)
    desk.break_rows("""UPDATE accepted SET item = json_remove(item, '$.group.ops[0].set."@lesson"')""")
    told = {2: GroupOutcome(q=2, outcome=Outcome.APPLIED)}
    desk.workspace._writer.edit(lambda writing: purge.answered(writing, told)).result()
    if not here:
        end_duties(village)
    desk.sync()
    assert (str(VALUE) in said(desk)) is here


def remark(village: Village, class_: str, text: str) -> tuple[str, dict[str, Any]]:
    """The homeroom's text about the first pupil, which there is once, in whatever class: its id and its fields."""
    fields = {"pupil": village.pupils[0], "term": TERM, "box": "general", "@class": class_, "text": text}
    id_ = TYPES["remark"].id_for(village.school, fields)
    assert id_ is not None
    return id_, fields


@pytest.mark.parametrize("elsewhere", [True, False])
def test_a_record_made_here_that_the_school_had_already_is_forgotten_where_it_lies_in_what_is_not_granted(
    village: Village, tmp_path: Path, *, elsewhere: bool
) -> None:
    made = Desk(village, tmp_path / "desk", 0)
    made.sync()
    village.add(("class", {"year": 2026, "key": "3-1", "label": "3年1組", "kind": "regular", "grades": [3]}))
    duty = {"staff": village.teachers[0].staff, "role": "homeroom", "target_kind": "class", "target": OTHER_CLASS}
    (passing,) = village.add(("duty", duty | {"from": "2026-04-01", "to": "2027-03-31"}))
    there, fields = remark(village, OTHER_CLASS if elsewhere else CLASS, "よく学ぶ。")
    village.change_in(village.school, "remark", there, fields)
    made.workspace.edit("texts.remark", [Put("remark", remark(village, CLASS, "元気だ。")[1])])
    lose_the_answers(made)
    assert "元気だ" in said(made), "nobody knows yet whether the other class is granted"
    village.change(Delete(type="duty", id=passing, base=2**53))
    made.sync()
    assert ("元気だ" in said(made)) is not elsewhere
    assert made.workspace.not_accepted() == []
    made.close()
