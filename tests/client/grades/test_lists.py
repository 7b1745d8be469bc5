"""The lists in the boxes of the grades page keep Qt's rules for models."""

from datetime import UTC, datetime

from PySide6.QtCore import QObject
from pytestqt.modeltest import ModelTester

from client.grades.dialog import ChangeList, Line, WrongList
from client.grades.past import PastWords
from client.grades.past_list import PastTable
from client.grades.record import BLANK, PastValue, Value
from client.terms import entry_words

PAST = [
    PastValue(Value("scored", 85_00), None, "2026-11-20T05:31:00.000Z", "", None, "typed"),
    PastValue(BLANK, "staff", "2026-11-19T05:31:00.000Z", "職員室PC", "incoming"),
    PastValue(Value("absent"), None, None, "", "current", received=True),
]
LINES = [Line(0, "1", "相沢 湊", "小テスト", "", "85"), Line(1, "", "", "小テスト", "", "999", "満点は100点です。")]


def test_the_history_is_a_sound_model_and_says_who_when_and_how(qapp: QObject, qtmodeltester: ModelTester) -> None:
    now = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
    table = PastTable(PastWords(entry_words("ja"), {"me": "田中 葵", "staff": "佐藤 涼"}, "me", now), qapp)
    table.show(PAST)
    qtmodeltester.check(table, force_py=True)
    said = [[table.index(row, column).data() for column in range(6)] for row in range(3)]
    assert said == [
        ["85", "田中-sensei", "14:31", "this PC", "typed", "waiting"],
        ["－", "佐藤-sensei", "11/19 14:31", "職員室PC", "", ""],
        ["欠", "School", "", "", "received", ""],
    ]


def test_the_lists_of_a_paste_are_sound_models(qapp: QObject, qtmodeltester: ModelTester) -> None:
    for made in (ChangeList(qapp), WrongList(qapp)):
        made.show(LINES)
        qtmodeltester.check(made, force_py=True)
