"""Another PIN is asked for in a box: the one of now, the new one twice, and every fault in words."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client.unlock.change import ChangePin
from client.vault.errors import WrongPin
from client.vault.pin import pin_fault
from sync.errors import KeyakiError

OLD, NEW = "50271864", "82640517"


def words(error: KeyakiError) -> str:
    return f"said {error.facts}"


@pytest.fixture
def box(qtbot: QtBot) -> Iterator[ChangePin]:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    made = ChangePin(lambda pin: pin_fault(pin, date(2026, 11, 26)), words, parent)
    made.open()
    yield made
    parent.close()


def typed(box: ChangePin, old: str, first: str, second: str) -> None:
    for line, text in zip((box.old, box.first, box.second), (old, first, second), strict=True):
        line.clear()
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Qt.Key.Key_Return)


def test_both_pins_are_handed_over_once(box: ChangePin, qtbot: QtBot) -> None:
    with qtbot.waitSignal(box.wanted) as asked:
        typed(box, OLD, NEW, NEW)
    assert asked.args == [OLD, NEW]
    with qtbot.assertNotEmitted(box.wanted):
        QTest.keyClick(box.second, Qt.Key.Key_Return)
        box.change.click()


@pytest.mark.parametrize(
    ("old", "first", "second", "said"),
    [
        (OLD, "1234567", "1234567", "short"),
        (OLD, "12345678", "12345678", "order"),
        (OLD, NEW, NEW + "1", "not the same"),
        (OLD, OLD, OLD, "PIN of now"),
    ],
)
def test_a_new_pin_that_is_not_taken_is_said(
    box: ChangePin, qtbot: QtBot, old: str, first: str, second: str, said: str
) -> None:
    with qtbot.assertNotEmitted(box.wanted):
        typed(box, old, first, second)
    assert said in box.problem.text()
    assert box.problem.isVisible()


def test_without_the_pin_of_now_nothing_is_asked(box: ChangePin, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(box.wanted):
        typed(box, "", NEW, NEW)


def test_a_wrong_pin_is_said_with_its_number_and_can_be_typed_again(box: ChangePin, qtbot: QtBot) -> None:
    typed(box, "40271865", NEW, NEW)
    box.tell(WrongPin(left=4))
    assert box.problem.text() == "said {'left': 4}"
    assert box.number.text() == "E-1001"
    with qtbot.waitSignal(box.wanted) as asked:
        typed(box, OLD, NEW, NEW)
    assert asked.args == [OLD, NEW]
