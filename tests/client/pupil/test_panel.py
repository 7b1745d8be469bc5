"""A card shows what may be read of a pupil, says what is not held here, and takes a note in two seconds."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from client.pupil.record import Held
from client.shell.pages import Left
from client.workspace import Put
from sync.records.derive.attendance import NOT_COUNTED
from tests.client.pupil.conftest import Seen
from tests.kit.classroom import SATO, Classroom

KEY, ALT, CONTROL = Qt.Key, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def test_a_class_teacher_sees_name_register_days_grades_and_remarks(seen: Callable[..., Seen]) -> None:
    here = seen()
    here.show("髙橋")
    page = here.page
    assert (page.head.number.text(), page.head.name.text()) == ("12", "髙橋 陽菜")
    assert page.head.official.text() == "髙𣘺 陽菜"
    card = page._card
    assert card is not None
    assert {part.held for part in (card.attended, card.graded, card.remarked, card.noted)} == {Held.HERE}
    assert card.term is not None
    assert card.term.name == "2学期"
    assert [line.subject for line in card.graded.courses] == ["国語", "算数"]
    assert card.attended.totals.school_days == len([day for day in card.attended.days if day.status not in NOT_COUNTED])
    assert [text.term for text in card.remarked.remarks] == sorted(
        (text.term for text in card.remarked.remarks), reverse=True
    )
    QAbstractItemModelTester(page.grades.table, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_what_a_role_may_not_read_is_said_and_never_shown_as_empty(seen: Callable[..., Seen]) -> None:
    here = seen(SATO, "職員室PC")
    here.show("髙橋")
    page = here.page
    card = page._card
    assert card is not None
    assert (card.attended.held, card.remarked.held) == (Held.NOT_GRANTED, Held.NOT_GRANTED)
    assert card.graded.held is Held.IN_PART
    assert [line.subject for line in card.graded.courses] == ["算数"]
    assert "Not on this PC" in page.days.missing.text()
    assert not page.days.strip.isVisible()
    assert "Only what belongs to your own courses" in page.grades.missing.text()
    assert page.head.official.text() == ""
    assert page.head.told.text() == "The register's name is shown to the class teacher."
    assert not page.remarks.none.isVisible()


def test_a_note_is_written_by_keys_alone_saved_at_once_and_sent(seen: Callable[..., Seen]) -> None:
    here = seen()
    here.show("髙橋")
    here.write("Helped a friend with division.")
    assert here.texts() == ["Helped a friend with division."]
    assert here.said() == "The note is saved."
    assert here.page.notes.form.text.text() == ""
    assert here.desk.workspace.status().waiting == 1
    here.desk.sync()
    assert here.desk.workspace.status().not_accepted == 0
    assert here.desk.workspace.status().waiting == 0


def test_a_note_for_the_team_is_read_by_who_teaches_the_class_and_changed_by_its_author_alone(
    seen: Callable[..., Seen], classroom: Classroom
) -> None:
    here = seen()
    here.show("髙橋")
    here.write("For all who teach her.")
    here.page.notes.form.audience.show_key("homeroom")
    here.write("For the class teacher.")
    here.page.notes.form.audience.show_key("own")
    here.write("For myself.")
    here.desk.sync()
    there = seen(SATO, "職員室PC")
    there.desk.sync()
    there.show("髙橋")
    assert there.texts() == ["For all who teach her."]
    assert not hasattr(there.page.notes.entries[0], "change")
    assert there.page._card is not None
    assert there.page._card.noted.audiences == ("team", "own")
    there.write("Seen, thank you.")
    there.desk.sync()
    assert there.desk.workspace.status().not_accepted == 0
    here.desk.sync()
    here.bot.waitUntil(lambda: len(here.texts()) == 4)
    assert here.page._card is not None
    assert here.page._card.noted.audiences == ("team", "homeroom", "own")


def test_an_own_note_is_changed_deleted_and_taken_back(seen: Callable[..., Seen]) -> None:
    here = seen()
    here.show("髙橋")
    here.write("First words.")
    entry = here.page.notes.entries[0]
    here.bot.mouseClick(entry.change, Qt.MouseButton.LeftButton)
    assert here.page.notes.form.text.text() == "First words."
    here.page.notes.form.text.set_text("Better words.")
    here.press(KEY.Key_Return, CONTROL)
    assert here.texts() == ["Better words."]
    here.bot.mouseClick(here.page.notes.entries[0].delete, Qt.MouseButton.LeftButton)
    assert here.texts() == []
    here.page.note_acts.undo()
    assert here.texts() == ["Better words."]
    here.page.note_acts.undo()
    assert here.texts() == ["First words."]
    here.page.note_acts.redo()
    assert here.texts() == ["Better words."]


@pytest.mark.parametrize("text", ["", "   ", "あ" * 1001])
def test_a_note_that_says_nothing_or_too_much_is_not_saved_and_stays(seen: Callable[..., Seen], text: str) -> None:
    here = seen()
    here.show("髙橋")
    here.page.notes.form.text.set_text(text)
    here.page.note_acts.save()
    assert here.texts() == []
    assert here.page.notes.form.text.text() == text
    assert here.desk.workspace.status().waiting == 0


def test_alt_and_arrows_step_along_the_list_and_stop_at_its_ends(seen: Callable[..., Seen]) -> None:
    here = seen()
    here.show("相沢")
    here.press(KEY.Key_Up, ALT)
    assert here.page.head.name.text() == "相沢 湊"
    names: list[str] = []
    for _ in range(30):
        names.append(here.page.head.name.text())
        here.press(KEY.Key_Down, ALT)
    assert len(dict.fromkeys(names)) == 28
    assert "木下 悠真" in names
    assert here.page.head.name.text() == "加納 一颯"


def test_a_half_written_note_waits_on_its_card_and_comes_back_after_a_lock(seen: Callable[..., Seen]) -> None:
    here = seen()
    here.show("髙橋")
    here.page.notes.form.text.set_text("Half a sen")
    here.press(KEY.Key_Down, ALT)
    assert here.page.notes.form.text.text() == ""
    here.page.notes.form.text.set_text("Another")
    left = here.page.left()
    assert left is not None
    assert sorted(left.typed.values()) == ["Another", "Half a sen"]
    here.press(KEY.Key_Up, ALT)
    assert here.page.notes.form.text.text() == "Half a sen"
    here.page.note_acts.save()
    assert here.texts() == ["Half a sen"]
    assert here.page.left() is not None
    here.page.note_acts.restore({})
    assert here.page.come_back(left)
    assert here.page.notes.form.text.text() == "Another"
    here.press(KEY.Key_Up, ALT)
    assert here.page.notes.form.text.text() == "Half a sen"
    gone = Left({"class": "2026:9-9", "pupil": "00000000-0000-7000-8000-000000000000"}, {"x": "y"})
    assert not here.page.come_back(gone)


def test_an_own_note_that_is_being_changed_comes_back_as_that_note(seen: Callable[..., Seen]) -> None:
    here = seen()
    here.show("髙橋")
    here.write("First words.")
    here.bot.mouseClick(here.page.notes.entries[0].change, Qt.MouseButton.LeftButton)
    left = here.page.left()
    assert left is not None
    assert left.typed == {}, "nothing is changed yet"
    here.page.notes.form.text.set_text("Second words.")
    left = here.page.left()
    assert left is not None
    here.page.note_acts.restore({})
    assert here.page.come_back(left)
    here.page.note_acts.save()
    assert here.texts() == ["Second words."]


def test_a_colleagues_change_of_attendance_is_seen_while_the_card_is_open(
    seen: Callable[..., Seen], classroom: Classroom
) -> None:
    here = seen()
    here.show("髙橋")
    card = here.page._card
    assert card is not None
    day = next(each for each in card.attended.days if each.status == "PRESENT")
    fields = {"pupil": card.line.id, "date": day.date, "@classes": ["2026:3-2"], "mark": "LATE", "late_at": "09:10"}
    here.desk.workspace.edit("attendance.marked", [Put("attendance", fields | {"left_at": None})])
    here.bot.waitUntil(
        lambda: here.page._card is not None and here.page._card.attended.totals.late == 1 + card.attended.totals.late
    )
