import itertools

import pytest
from PySide6.QtCore import Qt

from client.widgets import status_sentence
from client.widgets.ink import Tone
from client.widgets.status_sentence import Sentence, StatusSentence

CONFLICT = Sentence("conflict", "2 need your decision", Tone.WARN, "conflict", "2")
REFUSED = Sentence("refused", "1 change was not accepted", Tone.DANGER, "refused", "1")
SENDING = Sentence("sending", "Sending 8 of 20", Tone.INFO, "sending", "8/20")
WAITING = Sentence("waiting", "12 waiting", Tone.NEUTRAL, "waiting", "12")
SENT = Sentence("sent", "Sent 14:32")


@pytest.fixture
def line(qtbot):
    made = StatusSentence()
    qtbot.addWidget(made)
    made.resize(900, 28)
    made.show()
    return made


def shown(line):
    return [chip.text() for chip in line._chips]


def test_the_first_two_stand_in_words_and_the_others_as_counters(line):
    line.say([CONFLICT, REFUSED, SENDING, WAITING])
    assert shown(line) == ["2 need your decision", "1 change was not accepted", "8/20", "12"]


def test_where_there_is_no_room_only_the_first_is_in_words_and_an_open_conflict_hides_nothing(line):
    line.resize(260, 28)
    line.say([CONFLICT, WAITING])
    assert shown(line) == ["2 need your decision", "12"]
    assert line._chips[1].toolTip() == "12 waiting"
    line.resize(900, 28)
    assert shown(line) == ["2 need your decision", "12 waiting"]


def test_every_chip_lies_beside_the_one_before(line):
    line.resize(500, 28)
    line.say([CONFLICT, REFUSED, SENDING, WAITING])
    edges = [(chip.x(), chip.x() + chip.width()) for chip in line._chips]
    assert all(right < left for (_, right), (left, _) in itertools.pairwise(edges))


def test_a_sentence_stays_long_enough_to_be_read(qtbot, line, monkeypatch):
    monkeypatch.setattr(status_sentence, "STAYS_MS", 60)
    line.say([WAITING])
    line.say([SENDING])
    line.say([SENT])
    assert line.sentences == (WAITING,)
    qtbot.waitUntil(lambda: line.sentences == (SENT,), timeout=1000)


def test_saying_the_same_again_takes_back_what_was_waiting(qtbot, line, monkeypatch):
    monkeypatch.setattr(status_sentence, "STAYS_MS", 40)
    line.say([WAITING])
    line.say([SENDING])
    line.say([WAITING])
    qtbot.wait(90)
    assert line.sentences == (WAITING,)


def test_a_click_and_the_space_bar_ask_for_what_the_sentence_is_about(qtbot, line):
    line.say([CONFLICT, WAITING])
    with qtbot.waitSignal(line.asked) as seen:
        qtbot.mouseClick(line._chips[1], Qt.MouseButton.LeftButton)
    assert seen.args == ["waiting"]
    with qtbot.waitSignal(line.asked) as seen:
        qtbot.keyClick(line._chips[0], Qt.Key.Key_Space)
    assert seen.args == ["conflict"]
