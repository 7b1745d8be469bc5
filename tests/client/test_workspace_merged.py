"""What was merged without asking can be looked at: with whom, until it has been seen, and no longer than allowed."""

import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from client.store.database import connect
from client.store.migrate import steps
from client.store.opening import FILE
from client.vault.keystore import Present
from client.workspace import Merged, MergedWith, Put, Remove
from sync.protocol.errors import DeviceForked, Unreachable
from sync.protocol.messages import Delete, Patch, PushAnswer
from tests.client.test_workspace_crash import Scene
from tests.client.test_workspace_recovery import keep, set_back
from tests.kit.forked import Say
from tests.kit.village import CLASS, TERM, Village
from tests.kit.ways import Desk

TEXT = "毎日よく話を聞きます。計算が速くなりました。係の仕事も続けました。"
MINE = TEXT.replace("係の仕事も続けました。", "係の仕事を最後まで続けました。")
THEIRS = TEXT.replace("毎日よく話を聞きます。", "毎日、友だちの話をよく聞きます。")
BOTH = MINE.replace("毎日よく話を聞きます。", "毎日、友だちの話をよく聞きます。")


def remark_of(village: Village, pupil: int) -> str:
    """A remark both teachers may write; its id."""
    key = {"pupil": village.pupils[pupil], "term": TERM, "box": "life", "@class": CLASS}
    return village.add(("remark", key | {"text": TEXT}))[0]


def write(desk: Desk, id_: str, text: str) -> None:
    """Write a remark."""
    desk.workspace.edit("remarks.text", [Put("remark", {"text": text}, id=id_)])


def meet(village: Village, mine: Desk, theirs: Desk, pupil: int = 0) -> str:
    """Both change a remark in different sentences; it is merged in the round of `mine`. Its id."""
    id_ = remark_of(village, pupil)
    for desk in (mine, theirs):
        desk.sync()
    write(theirs, id_, THEIRS)
    write(mine, id_, MINE)
    theirs.sync()
    village.clock.pass_(minutes=5)
    assert mine.sync() == {"merged": 1}
    return id_


def key(merged: Merged) -> tuple[int, str, str, str]:
    """What it is seen by."""
    return merged.q, merged.type, merged.id, merged.unit


def kept(desk: Desk) -> int:
    """Rows about merges in a store, shown or not."""
    return desk.workspace.rows("SELECT count(*) FROM merged")[0][0]


def test_a_text_that_was_joined_is_told_with_the_colleague_and_all_three_values(
    village: Village, here: Desk, there: Desk
) -> None:
    then = village.clock.now
    id_ = meet(village, there, here)
    (merged,) = there.workspace.merged.unseen()
    stamp = then.isoformat(timespec="milliseconds")[:23] + "Z"
    assert (merged.type, merged.id, merged.unit, merged.joined) == ("remark", id_, "text", True)
    assert merged.with_ == (MergedWith(village.teachers[0].staff, "", stamp),)
    assert (merged.given["text"], merged.before) == ({"text": MINE}, {"text": TEXT})
    assert (merged.now, merged.later) == ({"text": BOTH}, False)
    assert here.workspace.merged.unseen() == [], "the other changed nothing that had been changed"


def test_what_somebody_has_looked_at_is_not_shown_again_even_when_the_outcome_is_told_again(
    village: Village, here: Desk, there: Desk
) -> None:
    meet(village, there, here)
    there.workspace.merged.seen([key(each) for each in there.workspace.merged.unseen()])
    assert there.workspace.merged.unseen() == []
    (push,) = there.way.pushes
    again = there.way.core.push(village.school, push)
    assert again.outcomes[0].merged
    there.workspace._port.store_answer(again)
    assert there.workspace.merged.unseen() == []


def test_a_lost_answer_tells_it_once(village: Village, here: Desk, there: Desk) -> None:
    id_ = remark_of(village, 0)
    for desk in (here, there):
        desk.sync()
    write(here, id_, THEIRS)
    write(there, id_, MINE)
    here.sync()
    there.way.after = [Unreachable()]
    there.fails(Unreachable)
    assert there.workspace.merged.unseen() == []
    there.sync()
    (merged,) = there.workspace.merged.unseen()
    assert [each.by for each in merged.with_] == [village.teachers[0].staff]


def test_an_older_server_does_not_say_who_and_the_merge_is_told_all_the_same(
    village: Village, here: Desk, there: Desk
) -> None:
    def older(answer: PushAnswer) -> PushAnswer:
        told = answer.model_dump(by_alias=True)
        for outcome in told["outcomes"]:
            del outcome["merged"]
        return PushAnswer.model_validate(told)

    id_ = remark_of(village, 0)
    for desk in (here, there):
        desk.sync()
    write(here, id_, THEIRS)
    write(there, id_, MINE)
    here.sync()
    there.way.tamper = [older]
    there.sync()
    (merged,) = there.workspace.merged.unseen()
    assert (merged.joined, merged.with_, merged.now) == (True, (), {"text": BOTH})


def test_what_is_changed_again_says_so_and_what_is_deleted_is_not_shown(
    village: Village, here: Desk, there: Desk
) -> None:
    id_ = meet(village, there, here)
    here.sync()
    write(here, id_, "別の文。")
    here.sync()
    there.sync()
    (merged,) = there.workspace.merged.unseen()
    assert (merged.now, merged.later) == ({"text": "別の文。"}, True)
    village.change(Delete(type="remark", id=id_, base=2**53))
    there.sync()
    assert there.workspace.merged.unseen() == []


def test_a_field_only_a_colleague_changed_beside_ones_own_is_told(village: Village, here: Desk, there: Desk) -> None:
    here.workspace.edit("grades.note", [Put("score", {"note": "再テスト"}, id=village.score_id(0, 0))])
    there.put(0, 0, 200)
    here.sync()
    assert there.sync() == {"applied": 1}
    (merged,) = there.workspace.merged.unseen()
    assert (merged.unit, merged.joined, merged.with_) == ("note", False, ())
    assert (merged.given, merged.now) == ({"state": {"state": "scored", "value": 200}}, {"note": "再テスト"})
    here.sync()
    assert here.workspace.merged.unseen() == [], "whoever came first changed a record nobody had changed"


def test_a_field_beside_one_that_differs_is_told_too(village: Village, here: Desk, there: Desk) -> None:
    fields = village.points(100) | {"note": "再テスト"}
    here.workspace.edit("grades.score", [Put("score", fields, id=village.score_id(0, 0))])
    there.put(0, 0, 200)
    here.sync()
    assert there.sync() == {"conflict_kept": 1}
    assert [(each.unit, each.joined) for each in there.workspace.merged.unseen()] == [("note", False)]


def test_of_a_record_two_made_only_what_the_other_filled_in_is_told(village: Village, here: Desk, there: Desk) -> None:
    for pupil, more in ((0, {}), (1, {"note": "再テスト"})):
        here.workspace.edit("grades.score", [Put("score", village.score(1, pupil) | village.points(100) | more)])
        there.put(1, pupil, 200)
    here.sync()
    there.sync()
    told = [(each.id, each.unit, each.now) for each in there.workspace.merged.unseen()]
    assert told == [(village.score_id(1, 1), "note", {"note": "再テスト"})]


def test_several_edits_that_waited_together_tell_a_colleagues_field_once(
    village: Village, here: Desk, there: Desk
) -> None:
    here.workspace.edit("grades.note", [Put("score", {"note": "再テスト"}, id=village.score_id(0, 0))])
    here.sync()
    for points in (200, 300, 400):
        there.put(0, 0, points)
    there.sync()
    assert [(each.q, each.unit) for each in there.workspace.merged.unseen()] == [(3, "note")]


def test_a_record_one_has_deleted_and_a_colleague_made_again_is_no_merge(here: Desk, there: Desk) -> None:
    id_ = there.village.score_id(0, 0)
    there.put(0, 0, 200)
    there.workspace.edit("grades.score", [Remove("score", id_)])
    there.way.after = [Unreachable()]
    there.fails(Unreachable)
    here.sync()
    here.put(0, 0, 300)
    here.sync()
    there.sync()
    assert (there.value(0, 0), there.workspace.merged.unseen()) == (300, [])


def test_ones_own_edits_and_what_one_had_seen_are_no_merge(village: Village, here: Desk, there: Desk) -> None:
    note = Put("score", {"note": "再テスト"}, id=village.score_id(0, 0))
    here.workspace.edit("grades.note", [note])
    here.sync()
    there.sync()
    there.put(0, 0, 200)  # with the note in sight
    there.workspace.edit("grades.note", [Put("score", {"note": "合格"}, id=village.score_id(0, 0))])
    there.sync()
    there.put(0, 0, 300)
    there.sync()
    here.sync()
    there.sync()
    assert there.workspace.merged.unseen() == []


def test_with_the_duty_goes_all_that_was_kept(village: Village, here: Desk, there: Desk) -> None:
    meet(village, there, here)
    assert kept(there) == 1
    village.change(Delete(type="duty", id=village.duties[village.teachers[1].staff, "homeroom"], base=2**53))
    there.sync()
    assert kept(there) == 0


def test_an_outcome_that_comes_when_the_duty_has_ended_keeps_nothing(village: Village, here: Desk, there: Desk) -> None:
    id_ = remark_of(village, 0)
    for desk in (here, there):
        desk.sync()
    write(here, id_, THEIRS)
    write(there, id_, MINE)
    here.sync()
    there.way.after = [Unreachable()]
    there.fails(Unreachable)
    village.change(Delete(type="duty", id=village.duties[village.teachers[1].staff, "homeroom"], base=2**53))
    there.way.before = []
    for _ in range(2):
        there.sync()
    assert (kept(there), there.workspace.status().waiting) == (0, 0)


def test_after_thirty_days_nothing_is_kept(village: Village, here: Desk, there: Desk) -> None:
    meet(village, there, here)
    village.clock.pass_(days=31)
    there.sync()
    assert kept(there) == 0


def test_a_restored_server_tells_it_anew(village: Village, here: Desk, there: Desk) -> None:
    held = keep(village)
    here.way.core, there.way.core = village.core(here.enrolment), village.core(there.enrolment)
    meet(village, there, here)
    there.workspace.merged.seen([key(each) for each in there.workspace.merged.unseen()])
    set_back(village, held)
    here.way.core, there.way.core = village.core(here.enrolment), village.core(there.enrolment)
    assert there.sync() != {}
    assert len(there.workspace.merged.unseen()) == kept(there)


def test_a_copied_pc_keeps_what_the_first_was_told_and_shows_it_once(
    village: Village, here: Desk, there: Desk, tmp_path: Path
) -> None:
    meet(village, there, here)
    there.workspace.close()
    shutil.copytree(there.folder, tmp_path / "copy")
    there.open()
    there.put(0, 0, 300)
    there.sync()
    twin = Desk(village, tmp_path / "copy", there.enrolment, there.secrets)
    twin.put(0, 1, 300)
    twin.fails(DeviceForked)
    assert [each.unit for each in twin.workspace.merged.unseen()] == ["text"]
    twin.workspace.close()


def test_a_store_of_an_older_program_goes_on_with_what_waits_in_it(village: Village, here: Desk, there: Desk) -> None:
    id_ = remark_of(village, 0)
    for desk in (here, there):
        desk.sync()
    write(here, id_, THEIRS)
    here.workspace.edit("grades.note", [Put("score", {"note": "再テスト"}, id=village.score_id(0, 0))])
    here.sync()
    write(there, id_, MINE)
    there.put(0, 0, 200)
    there.workspace.close()
    secret = there.secrets.load()
    assert isinstance(secret, Present)
    connection = connect(there.folder / FILE, secret.secret, writing=True)
    for sql in ("DROP TABLE away", "DROP TABLE draft", "DROP TABLE merged", "ALTER TABLE edited DROP COLUMN ver"):
        connection.execute(sql)
    connection.execute("PRAGMA user_version = 5")
    connection.close()
    there.open()
    assert steps()[-1][0] >= 6
    assert there.sync() == {"merged": 1, "applied": 1}
    told = [(each.unit, each.joined) for each in there.workspace.merged.unseen()]
    assert told == [("text", True)], "of an older edit nobody knows what its author had seen"


def typed(workspace: Any, village: Village, say: Say) -> None:
    """The server changes a remark, a teacher another sentence of it, and it is sent."""
    (row,) = workspace.rows("SELECT id FROM remark")
    village.change(Patch(type="remark", id=row.id, set={"text": THEIRS}, base={"text": 2**53}))
    workspace.edit("remarks.text", [Put("remark", {"text": MINE}, id=row.id)])
    workspace.sync(village.core(workspace.enrolment))
    workspace.close()


@pytest.mark.timeout(600)
@pytest.mark.skipif(sys.platform == "win32", reason="#2 2026-11-25: a process is ended by a fork of this one")
def test_a_process_that_dies_anywhere_tells_a_merge_once(village: Village, tmp_path: Path) -> None:
    remark_of(village, 0)
    scene = Scene(village, tmp_path)
    number, ended, told = 1, True, 0
    while ended:
        ended, _, twin, store = scene.run(number, typed)
        with scene.opened(twin, store) as workspace:
            for _ in range(2):
                workspace.sync(twin.core(scene.enrolment))
            found = workspace.merged.unseen()
            waited = bool(workspace.rows("SELECT 1 FROM accepted"))
            assert [(each.unit, each.now["text"]) for each in found] == [("text", BOTH)] * waited
            told += len(found)
        twin.close()
        shutil.rmtree(store.parent)
        number += 7
    assert told > 3
