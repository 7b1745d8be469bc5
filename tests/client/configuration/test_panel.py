"""The page of the school's rules says what holds, whose word it is, and what a rule leads to."""

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from client.configuration.panel import Sources, WaysPage
from client.configuration.record import Area
from client.configuration.repository import Ways
from client.configuration.rules import outcomes
from client.shell.pages import Left
from sync.records.derive.grading import Entry as RuleEntry
from sync.records.derive.grading import Rule
from tests.client.configuration.test_repository import CLASS, teacher_of
from tests.kit.classroom import Classroom


@pytest.fixture
def page(qtbot: QtBot, second_school: Classroom) -> WaysPage:
    desk = second_school.open(teacher_of(second_school, CLASS))
    made = WaysPage(Sources(Ways(desk.workspace), lambda: second_school.clock.now))
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.arrive(None)
    made.show()
    return made


def lines(page: WaysPage) -> list[list[str]]:
    model = page.table
    shown = [column for column in range(model.columnCount()) if not page.list.isColumnHidden(column)]
    return [[model.index(row, column).data() for column in shown] for row in range(model.rowCount())]


def choose(page: WaysPage, area: Area) -> None:
    page.areas.set_key(area)
    page.areas.chosen.emit(area)


def test_the_terms_are_those_of_the_school(page: WaysPage) -> None:
    QAbstractItemModelTester(page.table, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
    assert lines(page) == [
        ["1", "上半期", "This school", "4/1 – 9/30"],
        ["2", "下半期", "This school", "10/1 – 3/31"],
    ]


def test_a_symbol_of_the_schools_own_stands_among_those_of_its_board(page: WaysPage) -> None:
    choose(page, Area.SYMBOLS)
    found = {line[1]: line for line in lines(page)}
    assert found["ちこく"] == ["ち", "ちこく", "c ち", "This school", "counts as late"]
    assert found["早退"] == ["ハ", "早退", "s ハ", "Board of education", "counts as left early"]


def test_a_rule_shows_what_it_leads_to_in_the_marks_of_the_school(page: WaysPage) -> None:
    choose(page, Area.RULES)
    row = next(row for row, line in enumerate(lines(page)) if line[0] == "Elementary")
    page.list.setCurrentIndex(page.table.index(row, 0))
    assert lines(page)[row][1] == "Every subject"
    told = page.leads.text().splitlines()
    assert told[0] == "A from 85 %, B from 60 %; what was not handed in counts as nothing"
    assert "◎◎○  →  2  (3)" in told
    assert "▲▲▲  →  1" in told


def test_letters_and_reasons_are_read_as_they_hold(page: WaysPage) -> None:
    choose(page, Area.LETTERS)
    assert [line[:2] for line in lines(page)] == [["◎", "よくできる"], ["○", "できる"], ["▲", "がんばろう"]]
    choose(page, Area.REASONS)
    assert lines(page)[0][-1] == "病欠"


def test_who_comes_back_after_a_lock_stands_where_they_were(page: WaysPage) -> None:
    choose(page, Area.SYMBOLS)
    page.list.setCurrentIndex(page.table.index(3, 0))
    left = page.left()
    assert left is not None
    choose(page, Area.TERMS)
    assert page.come_back(Left(left.place))
    assert page.areas.key is Area.SYMBOLS
    assert page.list.currentIndex().row() == 3


def test_a_pattern_the_table_says_nothing_of_leads_nowhere() -> None:
    rule = Rule(None, None, zero=False, table={"AAA": RuleEntry(3, (3, 2))})
    assert [(each.letters, each.default, each.others) for each in outcomes(rule, {"A": "◎"})] == [("◎◎◎", 3, (2,))]
