from typing import ClassVar

import pytest
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from client.shell.messages import Asked, Messages
from client.widgets.ink import Tone
from sync.errors import Defect, Fault, KeyakiError, RuleError, SiteError, SyncError


class Offline(SyncError):
    NUMBER: ClassVar[int] = 3101


def words(error: KeyakiError) -> str:
    return f"words of {error.number} with {error.facts.get('max')}"


class Answers(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.given: list[bool] = []

    @Slot(bool)
    def answered(self, yes: bool) -> None:
        self.given.append(yes)


@pytest.fixture
def messages(qapp):
    return Messages(words)


def test_what_a_teacher_can_act_on_stands_in_the_strip_with_its_number(qtbot, messages):
    with qtbot.waitSignal(messages.said) as seen:
        messages.tell(RuleError(max=100))
    message = seen.args[0]
    assert (message.words(), message.tone, message.number) == ("words of 4000 with 100", Tone.DANGER, "E-4000")


def test_what_time_heals_pops_up_nowhere(qtbot, messages):
    silent = qtbot.assertNotEmitted(messages.said), qtbot.assertNotEmitted(messages.broken)
    with silent[0], silent[1], qtbot.waitSignal(messages.noted) as seen:
        messages.tell(Offline())
    assert isinstance(seen.args[0], Offline)


def test_only_our_own_fault_reaches_the_crash_dialog(qtbot, messages):
    with qtbot.assertNotEmitted(messages.said), qtbot.waitSignal(messages.broken):
        messages.tell(Defect(assumed="this cannot be"))
    with qtbot.assertNotEmitted(messages.broken), qtbot.waitSignal(messages.said) as seen:
        messages.tell(SiteError())
    assert seen.args[0].tone is Tone.WARN


def test_every_fault_is_told_somewhere(qtbot, messages):
    heard: list[object] = []
    for signal in (messages.said, messages.noted, messages.broken):
        signal.connect(heard.append)
    for fault in Fault:
        kind = type("Kind", (KeyakiError,), {"FAULT": fault, "NUMBER": 4999})
        messages.tell(kind())
    assert len(heard) == len(Fault)


@pytest.mark.parametrize(("button", "answer"), [("yes", True), ("no", False)])
def test_a_question_is_asked_without_stopping_and_answered_by_its_button(qtbot, messages, button, answer):
    parent, answers = QWidget(), Answers()
    qtbot.addWidget(parent)
    box = messages.ask(Asked("Remove it?", "It cannot be brought back.", "Remove", "Keep"), parent, answers.answered)
    assert answers.given == []
    qtbot.mouseClick(getattr(box, button), Qt.MouseButton.LeftButton)
    assert answers.given == [answer]


def test_escape_and_the_first_enter_are_a_no(qtbot, messages):
    parent, answers = QWidget(), Answers()
    qtbot.addWidget(parent)
    parent.show()
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Space):
        box = messages.ask(
            Asked("Remove it?", "It cannot be brought back.", "Remove", "Keep"), parent, answers.answered
        )
        qtbot.waitExposed(box)
        qtbot.keyClick(box.no if key is Qt.Key.Key_Space else box, key)
    assert answers.given == [False, False]
