"""All that was changed about a pupil is listed with who, when and on which PC; a value is put back as a new change."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from client.pupil.history import HistoryBox
from client.syncing.record import Changed
from client.workspace import Put
from tests.client.pupil.conftest import KEY, Seen
from tests.kit.classroom import MATH, SATO, Classroom, Desk

CONTROL = Qt.KeyboardModifier.ControlModifier


def score_of(desk: Desk, family: str) -> str:
    """A score of mathematics of a pupil."""
    (row,) = desk.workspace.rows(
        'SELECT score.id FROM score JOIN pupil ON pupil.id = score.pupil WHERE "@lesson" = ? AND family = ? '
        "AND value > 0 ORDER BY score.id LIMIT 1",
        (MATH, family),
    )
    return row.id


def points(desk: Desk, id_: str, value: int) -> None:
    desk.workspace.edit("grades.typed", [Put("score", {"state": "scored", "value": value}, id=id_)])
    desk.sync()


def opened(here: Seen, *, answered: bool = True) -> HistoryBox:
    """Ctrl+H; the school has answered, or could not be reached."""
    here.press(KEY.Key_H, CONTROL)
    box = here.page.findChild(HistoryBox)
    assert isinstance(box, HistoryBox)
    here.bot.waitUntil(lambda: (box._told is not None) is answered and "being asked" not in box.note.text())
    return box


def told(box: HistoryBox, each: Changed) -> tuple[str, str, str, str]:
    say = box._teller
    return say.before(each), say.value(each), say.who(each), say.where(each)


def test_changes_of_everybody_stand_newest_first_with_before_after_who_and_pc(
    seen: Callable[..., Seen], classroom: Classroom
) -> None:
    here = seen()
    here.show("髙橋")
    id_ = score_of(here.desk, "髙橋")
    points(here.desk, id_, 7_00)
    sato = classroom.open(SATO, "職員室PC")
    sato.sync()
    points(sato, id_, 8_00)
    here.desk.sync()
    here.write("A note of today.")
    box = opened(here)
    rows = [told(box, each) for each in box.table.rows]
    assert rows[0][1:] == ("A note of today.", "田中-sensei (you)", "this PC") or rows[0][3] == "this PC"
    of_score = [told(box, each) for each in box.table.rows if each.about.id == id_]
    assert of_score[0] == ("7", "8", "佐藤-sensei", "職員室PC")
    assert of_score[1][1:] == ("7", "田中-sensei (you)", "this PC")
    assert box._teller.how(box.table.rows[0]) == "waiting"
    QAbstractItemModelTester(box.table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    box.reject()


def test_a_value_is_put_back_as_a_new_change_and_can_be_taken_back(
    seen: Callable[..., Seen], classroom: Classroom
) -> None:
    here = seen()
    here.show("髙橋")
    id_ = score_of(here.desk, "髙橋")
    points(here.desk, id_, 7_00)
    sato = classroom.open(SATO, "職員室PC")
    sato.sync()
    points(sato, id_, 8_00)
    here.desk.sync()
    box = opened(here)
    at = next(
        at for at, each in enumerate(box.table.rows) if each.about.id == id_ and (each.after or {}).get("value") == 7_00
    )
    newest = next(at for at, each in enumerate(box.table.rows) if each.about.id == id_)
    box.list.selectRow(newest)
    assert not box.restore_button.isEnabled(), "it is what stands there now"
    box.list.selectRow(at)
    assert box.restore_button.isEnabled()
    here.bot.mouseClick(box.restore_button, Qt.MouseButton.LeftButton)
    (row,) = here.desk.workspace.rows("SELECT value FROM score WHERE id = ?", (id_,))
    assert row.value == 7_00
    box.reject()
    here.desk.sync()
    assert here.desk.workspace.status().conflicts == 0
    sato.sync()
    (row,) = sato.workspace.rows("SELECT value FROM score WHERE id = ?", (id_,))
    assert row.value == 7_00
    here.page.note_acts.undo()
    (row,) = here.desk.workspace.rows("SELECT value FROM score WHERE id = ?", (id_,))
    assert row.value == 8_00


def test_without_the_school_it_tells_what_this_pc_knows_and_says_so(seen: Callable[..., Seen]) -> None:
    here = seen()
    here.show("髙橋")
    points(here.desk, score_of(here.desk, "髙橋"), 7_00)
    here.school.away = True
    box = opened(here, answered=False)
    assert "Without the school" in box.note.text()
    assert [told(box, each)[1] for each in box.table.rows] == ["7"]
    box.reject()


def test_what_may_not_be_written_is_not_put_back(seen: Callable[..., Seen], classroom: Classroom) -> None:
    tanaka = classroom.open()
    (pupil,) = tanaka.workspace.rows("SELECT id FROM pupil WHERE family = '髙橋'")
    me = tanaka.workspace.enrolment.staff
    fields = {"author": me, "@classes": ["2026:3-2"], "audience": "team", "pupils": [pupil.id], "date": "2026-11-20"}
    saved = tanaka.workspace.edit("pupil.note", [Put("daily_note", fields | {"text": "First."})])
    tanaka.sync()
    tanaka.workspace.edit("pupil.note", [Put("daily_note", {"text": "Second."}, id=saved.records[0][1])])
    tanaka.sync()
    there = seen(SATO, "職員室PC")
    there.desk.sync()
    there.show("髙橋")
    box = opened(there)
    assert [told(box, each)[:2] for each in box.table.rows if each.about.unit == "text"][:1] == [("First.", "Second.")]
    for row in range(len(box.table.rows)):
        box.list.selectRow(row)
        each = box.chosen
        assert each is not None
        if each.about.type == "daily_note":
            assert not box.restore_button.isEnabled()
    box.reject()
