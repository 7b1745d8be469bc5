"""Take-outs on screen, over the server's own functions: asked for, decided, begun, returned; and the ledger."""

import csv
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from client.shell.actions import clashes
from client.takeout.panel import KEY, LEDGER, SIGN_IN
from client.takeout.rules import csv_bytes, safe
from tests.client.takeout.conftest import Seat
from tests.kit.classroom import CLASS, SATO, TANAKA, Classroom

VICE = "大野 里美"
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Take = Callable[..., Seat]


def ask(seat: Seat, text: str = "学期末の評定") -> None:
    """Ask for class 3-2, in the form."""
    seat.bot.waitUntil(seat.page.ask_button.isEnabled)
    seat.page.ask_button.click()
    seat.page.form.ticks[CLASS].click()
    seat.page.form.text.setText(text)
    seat.page.form.send.click()
    seat.reach("requested")


def lines(seat: Seat) -> list[tuple[str, ...]]:
    """What the list says."""
    table = seat.page.table
    return [tuple(column.text(permit) for column in table.columns) for permit in table.rows]


def test_a_take_out_is_asked_for_approved_begun_and_returned_on_screen(seat: Take) -> None:
    sato = seat(SATO)
    ask(sato)
    assert sato.said() == "Asked for. A head decides."
    ((who, classes, purpose, _, state),) = lines(sato)
    assert (who, classes, purpose, state) == (
        "佐藤-sensei",
        "3年2組",
        "Grading: 学期末の評定",
        "Waiting for a decision",
    )
    assert not sato.page.detail.start.isVisible()
    assert sato.page.detail.withdraw.isVisible()

    vice = seat(VICE)
    vice.reach("requested")
    assert vice.page.count.text() == "1 to decide"
    vice.bot.keyClick(vice.page.list, Qt.Key.Key_Return, CONTROL)
    vice.reach("approved")

    sato.page.reload()
    sato.reach("approved")
    before = {grant.scope for grant in sato.desk.workspace.grants()}
    sato.page.detail.start.click()
    sato.reach("active")
    assert len(sato.leases.came) == 1
    assert sato.said() == "The take-out has begun. This PC keeps only these classes."
    sato.sync()
    assert {grant.scope for grant in sato.desk.workspace.grants()} < before
    sato.page.detail.give_back.click()
    sato.reach("returned")
    sato.sync()
    assert {grant.scope for grant in sato.desk.workspace.grants()} == before
    assert not sato.page.detail.give_back.isVisible()


def test_to_decline_needs_a_reason_which_the_teacher_reads(seat: Take) -> None:
    sato = seat(SATO)
    ask(sato)
    vice = seat(VICE)
    vice.reach("requested")
    vice.bot.keyClick(vice.page.list, Qt.Key.Key_Return, CONTROL | SHIFT)
    assert vice.said() == "Write the reason first: the teacher reads it."
    vice.page.detail.reason.setText("今回は学校でお願いします")
    vice.page.detail.decline.click()
    vice.bot.waitUntil(lambda: vice.said() == "Declined. The teacher reads the reason.")
    sato.page.reload()
    sato.reach("refused")
    assert "今回は学校でお願いします" in sato.page.detail.lines.text()


def test_a_sign_in_of_long_ago_is_said_with_the_way_to_another(seat: Take, classroom: Classroom) -> None:
    sato = seat(SATO)
    ask(sato)
    vice = seat(VICE)
    vice.reach("requested")
    classroom.clock.pass_(minutes=11)
    vice.page.detail.accept.click()
    vice.bot.waitUntil(lambda: bool(vice.said()))
    message = vice.page.strip.message
    assert message is not None
    assert (message.number, [act.key for act in message.acts]) == ("E-2005", [SIGN_IN])


def test_a_teacher_decides_nothing_and_sees_no_ledger(seat: Take) -> None:
    sato = seat(SATO)
    ask(sato)
    page = sato.page
    assert not page.view.isVisible()
    assert not page.detail.accept.isVisible()
    assert not page.detail.reason.isVisible()
    tanaka = seat(TANAKA)
    tanaka.bot.waitUntil(tanaka.page.ask_button.isEnabled)
    assert lines(tanaka) == []


def test_nothing_is_asked_for_without_a_class_and_a_request_can_be_taken_back(seat: Take) -> None:
    sato = seat(SATO)
    sato.bot.waitUntil(sato.page.ask_button.isEnabled)
    sato.page.ask_button.click()
    for tick in sato.page.form.ticks.values():
        tick.setChecked(False)
    sato.page.form.send.click()
    assert sato.said() == "Tick at least one class."
    sato.page.form.cancel.click()
    ask(sato)
    sato.page.detail.withdraw.click()
    sato.reach("withdrawn")


def test_the_ledger_is_exported_with_every_line_and_no_formula(seat: Take) -> None:
    sato = seat(SATO)
    ask(sato, "=1+1")
    vice = seat(VICE)
    vice.reach("requested")
    vice.page.view.set_key(LEDGER)
    vice.page.view.chosen.emit(LEDGER)
    vice.bot.waitUntil(vice.page.export.isVisible)
    vice.bot.waitUntil(lambda: not vice.page.detail.accept.isVisible())
    vice.page.export.click()
    (file,) = vice.folder.glob("take-outs*.csv")
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["Who", "Classes", "Purpose", "From and until", "State", "What happened"]
    assert len(rows) == 2
    assert rows[1][5].endswith("asked for  佐藤-sensei")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@a", "\t=1", "\r", " =1", "\n=1"])
def test_no_cell_is_taken_for_a_formula(cell: str) -> None:
    assert safe(cell) == f"'{cell}"
    assert safe("3年2組") == "3年2組"
    assert b"'=" in csv_bytes([["=1"]])


def test_no_key_of_the_page_means_two_things() -> None:
    assert clashes((KEY,)) == []


def test_what_is_written_in_a_request_and_in_a_reason_comes_back_once_the_school_has_answered(seat: Take) -> None:
    sato = seat(SATO)
    sato.bot.waitUntil(sato.page.ask_button.isEnabled)
    sato.page.open_form()
    sato.page.form.ticks[CLASS].setChecked(True)
    sato.page.form.days.show_key(7)
    sato.page.form.text.setText("学期末の評")
    left = sato.page.left()
    assert left is not None
    assert left.typed == {"text": "学期末の評"}
    sato.page.form.cancel.click()
    assert sato.page.left() is None
    assert sato.page.come_back(left)
    assert sato.page.left() == left, "nothing is forgotten while the school has not answered"
    sato.page.reload()
    sato.bot.waitUntil(lambda: sato.page.form.text.text() == "学期末の評")
    assert (sato.page.left(), sato.page.form.days.key) == (left, 7)
    sato.page.form.send.click()
    sato.reach("requested")

    vice = seat(VICE)
    vice.reach("requested")
    vice.page.detail.reason.setText("今回は")
    left = vice.page.left()
    assert left is not None
    assert left.typed == {"reason": "今回は"}
    vice.page.detail.reason.clear()
    assert vice.page.come_back(left)
    vice.page.reload()
    vice.bot.waitUntil(lambda: vice.page.detail.reason.text() == "今回は")
