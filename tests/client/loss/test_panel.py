"""Lost PCs on screen, over a real server's process: reported in three clicks, followed until the erasure is proved."""

import csv
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from client.demo import SATO, TANAKA
from client.loss.panel import KEY, MINE, DevicesPage
from client.shell.actions import clashes
from client.shell.messages import Question
from tests.client.loss.conftest import Seat

pytestmark = pytest.mark.timeout(600)  # the first test of a run makes the sample school
VICE = "大野 里美"
CONTROL = Qt.KeyboardModifier.ControlModifier
Take = Callable[[str, str], Seat]


def look_at(seat: Seat, page: DevicesPage, device: str) -> None:
    """Choose a device in the list, by the keyboard; its report is on screen then."""
    seat.bot.waitUntil(lambda: device in [line.id for line in page.table.rows])
    at = [line.id for line in page.table.rows].index(device)
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Home, CONTROL)
    for _ in range(at):
        QTest.keyClick(page.list, Qt.Key.Key_Down)
    seat.bot.waitUntil(lambda: page.detail.report is not None and page.detail.report.device.id == device)


def asked(seat: Seat, page: DevicesPage) -> Question:
    """The question on screen."""
    seat.bot.waitUntil(lambda: any(box.isVisible() for box in page.findChildren(Question)))
    return next(box for box in page.findChildren(Question) if box.isVisible())


def state(page: DevicesPage) -> str:
    """What stands beside the name of the device."""
    return page.detail.state.text()


def fact(page: DevicesPage, at: int) -> str:
    """A fact of the report."""
    return page.detail.facts[at].text()


HELD, COUNTS, ENCRYPTED, SHARES, LEASE, TAKEOUT, SEEN, ORDER = range(8)


def test_a_teacher_reports_the_own_laptop_lost_with_the_keyboard_and_reads_at_once_what_was_on_it(seat: Take) -> None:
    lost, here = seat(TANAKA, "ノートPC"), seat(TANAKA, "教室PC")
    page = here.before_the_page()
    look_at(here, page, lost.device)
    assert state(page) == "In use"
    assert page.detail.lost.isVisible()
    assert not any(button.isVisible() for button in (page.detail.block, page.detail.wipe, page.detail.let_in))
    page.detail.reason.setText("電車に忘れた")
    QTest.keyClick(page.list, Qt.Key.Key_Return, CONTROL)
    box = asked(here, page)
    here.bot.waitUntil(lambda: QApplication.focusWidget() is box.no)  # nothing is erased by one key too many
    QTest.keyClick(box.no, Qt.Key.Key_Tab)
    QTest.keyClick(box.yes, Qt.Key.Key_Space)
    here.bot.waitUntil(lambda: state(page) == "Blocked")
    assert "3年2組" in fact(page, HELD)
    assert "term grades" in fact(page, HELD)
    assert "Pupil" in fact(page, COUNTS)
    assert "PIN" in fact(page, ENCRYPTED)
    assert fact(page, SHARES).startswith("None")
    assert fact(page, LEASE).startswith("Until ")
    assert fact(page, TAKEOUT) == "None"
    assert "Not heard by the PC yet" in fact(page, ORDER)
    assert "電車に忘れた" in page.detail.events.text()
    assert not page.detail.lost.isVisible()

    token, order = lost.hears()
    assert (order.kind, bool(token)) == ("lost_wipe", True)
    page.reload()
    here.bot.waitUntil(lambda: "Heard by the PC" in fact(page, ORDER))
    assert lost.erased(proved=False) == "wiping"
    page.reload()
    here.bot.waitUntil(lambda: "without proof" in fact(page, ORDER))
    assert lost.erased() == "wiped"
    page.reload()
    here.bot.waitUntil(lambda: state(page) == "Erased, with proof")
    assert "certified by the school" in fact(page, ORDER)


def test_who_thinks_again_has_ordered_nothing(seat: Take) -> None:
    lost, here = seat(TANAKA, "ノートPC"), seat(TANAKA, "教室PC")
    page = here.before_the_page()
    look_at(here, page, lost.device)
    page.detail.lost.click()
    asked(here, page).no.click()
    page.detail.lost.click()
    QTest.keyClick(asked(here, page), Qt.Key.Key_Escape)
    page.reload()
    here.bot.wait(300)
    assert (state(page), page.detail.report and page.detail.report.events) == ("In use", ())


def test_a_teacher_sees_no_other_teachers_devices_and_orders_nothing_of_the_pc_they_sit_at(seat: Take) -> None:
    other, here = seat(SATO, "佐藤のノート"), seat(TANAKA, "教室PC")
    page = here.before_the_page()
    look_at(here, page, here.device)
    assert all(line.mine for line in page.table.rows)
    assert other.device not in [line.id for line in page.table.rows]
    assert not page.view.isVisible()
    assert not any(button.isVisible() for button in page.detail.buttons.values())
    assert "another one" in page.detail.note.text()
    QTest.keyClick(page.list, Qt.Key.Key_Return, CONTROL)
    assert not page.findChildren(Question)


def test_a_head_blocks_lets_in_again_and_has_erased_what_is_given_back(seat: Take) -> None:
    laptop, head = seat(SATO, "佐藤のノート"), seat(VICE, "職員室PC")
    page = head.before_the_page()
    look_at(head, page, laptop.device)
    assert page.view.isVisible()
    page.detail.block.click()
    head.bot.waitUntil(lambda: state(page) == "Blocked")
    assert [deed for deed, button in page.detail.buttons.items() if button.isVisible()] == ["reinstate", "wipe", "lost"]
    assert laptop.hears()[1].kind == "lock"
    page.reload()
    head.bot.waitUntil(lambda: "Heard by the PC" in fact(page, ORDER))
    page.detail.let_in.click()
    head.bot.waitUntil(lambda: state(page) == "In use")
    page.detail.wipe.click()
    asked(head, page).yes.click()
    head.bot.waitUntil(lambda: state(page) == "Blocked")
    assert [deed for deed, button in page.detail.buttons.items() if button.isVisible()] == ["reinstate", "lost"]
    assert laptop.erased() == "wiped"
    page.reload()
    head.bot.waitUntil(lambda: state(page) == "Erased, with proof")
    page.view.set_key(MINE)
    page.view.chosen.emit(MINE)
    assert {line.mine for line in page.table.rows} == {True}


def test_the_report_and_the_list_leave_as_files_a_board_can_print_and_read(seat: Take) -> None:
    lost, here = seat(TANAKA, "=ノートPC"), seat(TANAKA, "教室PC")
    page = here.before_the_page()
    look_at(here, page, lost.device)
    page.detail.lost.click()
    asked(here, page).yes.click()
    here.bot.waitUntil(lambda: state(page) == "Blocked")
    assert lost.erased() == "wiped"
    page.reload()
    here.bot.waitUntil(lambda: state(page) == "Erased, with proof")
    page.detail.export.click()
    (paper,) = here.folder.glob("loss report*.txt")
    text = paper.read_text("utf-8-sig")
    assert page.detail.report is not None
    for said in (lost.device, "田中 葵", "3年2組", "AES-256", page.detail.report.events[-1].certificate):
        assert said in text
    page.export.click()
    (file,) = here.folder.glob("devices*.csv")
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert rows[0][:2] == ["User", "PC"]
    line = next(row for row in rows if row[-1] == lost.device)
    assert line[1] == "'=ノートPC", "no cell is taken for a formula"


def test_what_was_written_as_reason_comes_back_after_a_lock(seat: Take) -> None:
    lost, here = seat(TANAKA, "ノートPC"), seat(TANAKA, "教室PC")
    page = here.before_the_page()
    look_at(here, page, lost.device)
    page.detail.reason.setText("駅で")
    left = page.left()
    assert left is not None
    page.detail.reason.clear()
    look_at(here, page, here.device)
    assert page.come_back(left)
    assert page.left() == left, "nothing is forgotten while the school has not answered"
    page.reload()
    here.bot.waitUntil(lambda: page.detail.reason.text() == "駅で")
    assert page.detail.report is not None
    assert page.detail.report.device.id == lost.device


def test_no_key_of_the_page_means_two_things() -> None:
    assert clashes((KEY,)) == []
