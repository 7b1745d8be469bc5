"""At a school whose board has other ways, every screen that reads symbols, letters, terms and rules shows those."""

from datetime import date

import pytest

from client.attendance.reading import RegisterReader
from client.configuration import repository as configured
from client.grades.repository import GradeBook
from client.summing_up.reading import BookReader
from sync.protocol.messages import Create
from sync.records.registry import TYPES
from sync.server.edits import server_edit
from sync.server.masters.school import books
from tests.kit.classroom import Classroom, Desk

YEAR, CLASS, MATH = 2026, "2026:3-1", "2026:3-1:math"


def teacher_of(room: Classroom, class_: str) -> str:
    """The name of a class teacher, as the server's own records have it."""
    with room.storage.database.reading() as connection:
        held = books(room.storage, connection, room.ground.school, "duty", "staff")
    (staff,) = [
        fields["staff"] for _, fields in held.all("duty") if (fields["role"], fields["target"]) == ("homeroom", class_)
    ]
    live = held.live("staff", staff)
    assert live is not None
    return str(live.fields["name"])


@pytest.fixture
def desk(second_school: Classroom) -> Desk:
    return second_school.open(teacher_of(second_school, CLASS))


def test_a_masters_row_tells_who_has_set_it(desk: Desk) -> None:
    rows = {row["status"]: row for row in configured.masters(desk.workspace, "symbol")}
    assert (rows["LATE"].symbol, rows["LATE"].level) == ("ち", "school")
    assert (rows["EARLY"].symbol, rows["EARLY"].level) == ("ハ", "board:059903")
    assert {row.level for row in configured.masters(desk.workspace, "subject")} == {"pref:05"}


def test_the_register_is_written_in_the_boards_symbols_and_the_one_of_the_schools(desk: Desk) -> None:
    book = RegisterReader(desk.workspace).book(YEAR)
    written = {status: symbol.symbol for status, symbol in book.symbols.items()}
    assert (written["ABSENT_SICK"], written["LATE"], written["LATE_EARLY"]) == ("ケ", "ち", "オハ")
    assert not {"病", "事", "チ", "早"} & set(written.values())
    assert len({reason.code for reason in book.reasons}) == len(book.reasons), "each reason once"


def test_grades_are_cut_and_letters_written_as_the_school_has_it(desk: Desk) -> None:
    grades = GradeBook(desk.workspace)
    lesson = next(each for each in grades.lessons(date(2026, 11, 25)) if each.code == MATH)
    terms = grades.terms(YEAR)
    assert [term.name for term in terms if term.no] == ["上半期", "下半期"]
    book = BookReader(desk.workspace).book(lesson, [term for term in terms if term.no], terms[-1], date(2026, 11, 25))
    assert book.rule is not None
    assert (book.rule.cut_a, book.rule.cut_b, book.rule.zero) == (85_00, 60_00, True)
    assert [book.symbols[letter] for letter in "ABC"] == ["◎", "○", "▲"]


def test_the_rule_of_a_course_gives_way_to_the_schools_own(desk: Desk, second_school: Classroom) -> None:
    (rule,) = [row.rule for row in desk.workspace.rows('SELECT rule FROM course WHERE "@lesson" = ?', (MATH,))]
    held = configured.rule(desk.workspace, rule)
    assert held is not None
    assert (held["cut_a"], held["level"]) == (85_00, "board:059903")
    assert configured.rule(desk.workspace, None) is None
    own = {name: held[name] for name in ("year", "stage", "subject", "not_submitted", "table")} | {"cut_a": 70_00}
    id_ = TYPES["grading_rule"].id_for(second_school.ground.school, own)
    change = Create(type="grading_rule", id=str(id_), set=own | {"cut_b": 40_00})
    told = server_edit(second_school.storage, second_school.ground.school, [[change]], second_school.clock.now)
    assert [outcome.outcome for outcome in told] == ["applied"]
    desk.sync()
    after = configured.rule(desk.workspace, rule)
    assert after is not None
    assert (after["cut_a"], after["level"]) == (70_00, "school")
    sheet = GradeBook(desk.workspace)
    lesson = next(each for each in sheet.lessons(date(2026, 11, 25)) if each.code == MATH)
    assert sheet.sheet(lesson, sheet.terms(YEAR)[0], date(2026, 11, 25)).cuts == (70_00, 40_00)


def test_codes_come_in_the_order_of_their_set(desk: Desk) -> None:
    rows = configured.codes(desk.workspace, "letter", "evidence")
    assert [row.code for row in rows[:3]] == ["A", "B", "C"]
    assert {row["set"] for row in rows[3:]} == {"evidence"}
