"""What was kept on a PC is looked at and comes back by keys alone; nothing happens before somebody has said so."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from client.recovery.panel import SURE, RecoveryPage
from client.shell.actions import listed
from tests.client.recovery.conftest import Looking, Loss

KEY = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Look = Callable[[], Looking]


def lines(page: RecoveryPage) -> list[tuple[str, ...]]:
    """What the list says."""
    return [tuple(column.text(line) for column in page.table.columns) for line in page.table.rows]


def said(page: RecoveryPage) -> str:
    """What the strip says."""
    return page.strip.message.words() if page.strip.message is not None else ""


def values(loss: Loss) -> dict[str, int]:
    """The scores as the new store has them after a round."""
    loss.desk.sync()
    return {row.id: row.value for row in loss.scores(loss.desk)}


def test_each_change_is_shown_with_its_time_its_pupil_and_both_values_and_nothing_has_been_entered(
    loss: Loss, look: Look
) -> None:
    before = loss.scores(loss.old)[:2]
    loss.type_(91_00, 92_00)
    loss.lose()
    page = look().page()
    assert [line[:3] for line in lines(page)] == [
        ("", "8:32", f"{before[0].number}  相沢 湊"),
        ("", "8:33", lines(page)[1][2]),
    ]
    assert [line[4:] for line in lines(page)] == [
        (f"{before[0].value // 100}", "91", "Not sent"),
        (f"{before[1].value // 100}", "92", "Not sent"),
    ]
    assert "まとめ" in lines(page)[0][3]
    assert page.count.text() == "2 to check"
    assert values(loss)[before[0].id] == before[0].value


def test_all_come_back_with_one_key_and_the_page_is_empty_then(loss: Loss, look: Look) -> None:
    ids = loss.type_(91_00, 92_00, 93_00)
    loss.lose()
    looking = look()
    page = looking.page()
    looking.bot.keyClick(page.list, KEY.Key_Return, CONTROL)
    looking.settle(page)
    assert [values(loss)[id_] for id_ in ids] == [91_00, 92_00, 93_00]
    assert page.found is None
    assert page.empty.isVisible()
    assert looking.synced == 1
    assert said(page) == "3 change(s) restored."
    assert not looking.recoveries.wanted()


def test_what_is_chosen_comes_back_and_the_rest_only_stays_away_after_being_asked(loss: Loss, look: Look) -> None:
    before = [row.value for row in loss.scores(loss.old)[:3]]
    ids = loss.type_(91_00, 92_00, 93_00)
    loss.lose()
    looking = look()
    page = looking.page()
    assert not page.some.isEnabled()
    looking.bot.keyClick(page.list, KEY.Key_Down)
    looking.bot.keyClick(page.list, KEY.Key_Space)
    assert [line[0] for line in lines(page)] == ["", "✓", ""]
    looking.bot.keyClick(page.list, KEY.Key_Return, CONTROL | SHIFT)
    assert said(page) == "2 change(s) will not be entered. This cannot be taken back here."
    assert [values(loss)[id_] for id_ in ids] == before
    page.strip.asked.emit(SURE)
    looking.settle(page)
    assert [values(loss)[id_] for id_ in ids] == [before[0], 92_00, before[2]]
    assert said(page) == "1 change(s) restored. 2 left out."


def test_nothing_comes_back_where_nothing_is_wanted(loss: Loss, look: Look) -> None:
    before = [row.value for row in loss.scores(loss.old)[:2]]
    ids = loss.type_(91_00, 92_00)
    loss.lose()
    looking = look()
    page = looking.page()
    page.none.click()
    page.strip.asked.emit(SURE)
    looking.settle(page)
    assert [values(loss)[id_] for id_ in ids] == before
    assert not looking.recoveries.wanted()


def test_a_place_that_cannot_be_read_is_named_with_its_times(loss: Loss, look: Look) -> None:
    loss.type_(91_00, 92_00, 93_00)
    (path,) = (loss.room.folder / loss.old.workspace.enrolment.device).glob("soj-*")
    data = bytearray(path.read_bytes())
    second = [at for at in range(len(data)) if data.startswith(b"KYJREC1\n", at)][2]
    data[second + 100] ^= 1
    path.write_bytes(data)
    loss.lose()
    page = look().page()
    assert [line[5] for line in lines(page)] == ["91", "93"]
    assert page.places.text() == "Between 8:32 and 8:34, 1 change(s) cannot be read."


def test_where_nothing_was_lost_the_page_says_so(loss: Loss, look: Look) -> None:
    loss.old.sync()
    loss.desk = loss.old
    page = look().page()
    assert page.empty.isVisible()
    assert not page.count.isVisible()


def test_every_key_of_the_page_is_listed() -> None:
    assert {row.name for row in listed(["recovery"])} >= {"choose", "restore_all", "restore_chosen"}


def test_another_mark_takes_the_question_back(loss: Loss, look: Look) -> None:
    before = [row.value for row in loss.scores(loss.old)[:2]]
    ids = loss.type_(91_00, 92_00)
    loss.lose()
    looking = look()
    page = looking.page()
    page.none.click()
    looking.bot.keyClick(page.list, KEY.Key_Space)
    page.strip.asked.emit(SURE)
    assert not page.busy
    assert [values(loss)[id_] for id_ in ids] == before
    assert looking.recoveries.wanted()
