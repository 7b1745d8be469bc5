"""A sheet is read from, and written to, a real store that a real server has filled."""

from datetime import date

import pytest

from client.grades.record import BLANK, Change, ColumnKind, GradeRow, Lesson, Mark, Sheet, Term, Value
from client.grades.repository import GradeBook
from client.workspace import Put
from tests.kit.classroom import CLASS, JAPANESE, MATH, SATO, TERM, Classroom, Desk

TODAY = date(2026, 11, 20)


class Book:
    """A teacher's grade book with the mathematics sheet of the second term open."""

    def __init__(self, desk: Desk, lesson: str = MATH, term: str = TERM) -> None:
        self.desk, self.book = desk, GradeBook(desk.workspace)
        self.lesson = next(item for item in self.book.lessons(TODAY) if item.code == lesson)
        self.term = next(item for item in self.book.terms(2026) if item.code == term)

    @property
    def sheet(self) -> Sheet:
        return self.book.sheet(self.lesson, self.term, TODAY)

    def put(self, row: int, column: int, value: Value) -> None:
        sheet = self.sheet
        self.book.post(sheet, [Change(sheet.rows[row], column, value)], "typed").result()

    def value(self, row: int, column: int) -> Value:
        return self.sheet.rows[row].cells[column].value


@pytest.fixture
def book(classroom: Classroom) -> Book:
    return Book(classroom.open())


def points(value: int) -> Value:
    return Value(state="scored", points=value)


def open_column(sheet: Sheet) -> int:
    """A column of points that can be written."""
    return next(at for at, column in enumerate(sheet.columns) if column.kind is ColumnKind.POINTS and not column.closed)


def untouched(sheet: Sheet) -> tuple[int, int]:
    """(row, column) of a score that nobody has entered yet."""
    return next(
        (row, column)
        for column, held in enumerate(sheet.columns)
        for row, line in enumerate(sheet.rows)
        if held.kind is ColumnKind.POINTS and not held.closed and not line.who.gone and not line.cells[column].exists
    )


def letter_column(sheet: Sheet) -> int:
    return next(at for at, column in enumerate(sheet.columns) if column.kind is ColumnKind.VIEWPOINT)


def present(sheet: Sheet) -> list[GradeRow]:
    return [row for row in sheet.rows if not row.who.gone]


def test_a_teacher_is_offered_the_courses_held_today_in_the_order_of_the_subjects(book: Book) -> None:
    lessons = book.book.lessons(TODAY)
    assert [(item.class_label, item.subject_name) for item in lessons] == [("3年2組", "国語"), ("3年2組", "算数")]
    assert all(item.live and item.writable for item in lessons)
    assert book.book.lessons(date(2028, 4, 1)) == ()


def test_a_colleague_beside_the_class_teacher_holds_one_course(classroom: Classroom) -> None:
    lessons = GradeBook(classroom.open(SATO, "職員室PC").workspace).lessons(TODAY)
    assert [item.code for item in lessons] == [MATH]


def test_terms_come_in_order_and_the_whole_year_last(book: Book) -> None:
    terms = book.book.terms(2026)
    assert [term.no for term in terms] == [1, 2, 3, 0]
    assert isinstance(terms[0], Term)
    assert terms[1].start <= TODAY.isoformat() <= terms[1].end


def test_columns_stand_by_unit_newest_first_and_the_results_of_the_term_last(book: Book) -> None:
    columns = book.sheet.columns
    assert [column.kind for column in columns[-3:]] == [ColumnKind.VIEWPOINT] * 3
    assert [column.viewpoint_short for column in columns[-3:]] == ["知技", "思判", "主体"]
    collected = [column for column in columns if column.collected]
    units = list(dict.fromkeys(column.unit for column in collected))
    last = [max(column.date or "" for column in collected if column.unit == unit) for unit in units]
    assert last == sorted(last, reverse=True)
    for unit in units:
        days = [column.date or "" for column in collected if column.unit == unit]
        assert days == sorted(days)


def test_a_work_marked_with_letters_is_a_column_of_letters(book: Book) -> None:
    column = next(column for column in book.sheet.columns if column.title == "ふり返り")
    assert (column.kind, column.maximum) == (ColumnKind.LEVELS, 3_00)


def test_all_pupils_of_the_class_stand_by_number_and_leavers_stay(book: Book) -> None:
    rows = book.sheet.rows
    assert [row.who.number for row in rows] == list(range(1, 29))
    assert [row.who.name for row in rows if row.who.gone] == ["木下 悠真"]
    assert {row.who.name for row in rows if row.who.official} == {"遠藤 凛", "髙橋 陽菜", "辻 大和", "中島 朝陽"}


def test_every_score_of_the_course_is_on_its_pupils_line(book: Book) -> None:
    sheet = book.sheet
    held = book.desk.workspace.rows('SELECT pupil, evidence_part, state, value FROM score WHERE "@lesson" = ?', (MATH,))
    shown = {
        (row.id, column.key): cell for row in sheet.rows for column, cell in zip(sheet.columns, row.cells, strict=True)
    }
    of_term = [row for row in held if (row.pupil, row.evidence_part) in shown]
    assert len(of_term) > 400
    for row in of_term:
        value = shown[row.pupil, row.evidence_part].value
        assert (value.state, value.points) == (row.state, row.value)


def test_a_new_score_is_one_record_with_the_id_its_key_makes(book: Book) -> None:
    sheet = book.sheet
    row, column = untouched(sheet)
    before = sheet.rows[row].cells[column]
    book.put(row, column, points(85_00))
    after = book.sheet.rows[row].cells[column]
    assert (after.id, after.exists, after.value, after.marks) == (before.id, True, points(85_00), Mark.WAITING)


def test_clearing_a_cell_keeps_the_record_and_takes_its_value(book: Book) -> None:
    column = open_column(book.sheet)
    book.put(0, column, BLANK)
    assert book.value(0, column) == BLANK
    assert book.sheet.rows[0].cells[column].exists


def test_clearing_a_blank_cell_writes_nothing(book: Book) -> None:
    sheet = book.sheet
    row, column = untouched(sheet)
    saved = book.book.post(sheet, [Change(sheet.rows[row], column, BLANK)], "cleared").result()
    assert saved.q is None
    assert book.desk.workspace.status().waiting == 0


def test_many_cells_of_one_act_are_one_group_and_one_step_back(book: Book) -> None:
    sheet = book.sheet
    column = open_column(sheet)
    before = [row.cells[column].value for row in sheet.rows]
    changes = [Change(row, column, points(at * 1_00)) for at, row in enumerate(present(sheet))]
    book.book.post(sheet, changes, "pasted").result()
    assert book.desk.workspace.status().groups == 1
    assert book.book.undo(sheet) is not None
    assert [row.cells[column].value for row in book.sheet.rows] == before
    assert book.book.redo(sheet) is not None
    assert [row.cells[column].value.points for row in present(book.sheet)] == [at * 1_00 for at in range(27)]


def test_what_was_done_on_another_sheet_is_not_taken_back_from_this_one(classroom: Classroom) -> None:
    desk = classroom.open()
    math, japanese = Book(desk), Book(desk, JAPANESE)
    math.put(0, open_column(math.sheet), points(1_00))
    assert japanese.book.undo(japanese.sheet) is None
    assert math.book.undo(math.sheet) is not None


def test_a_letter_is_written_as_decided_by_hand_and_cleared_whole(book: Book) -> None:
    column = letter_column(book.sheet)
    book.put(2, column, Value(letter="A"))
    stored = book.desk.workspace.rows(
        "SELECT * FROM viewpoint_grade WHERE id = ?", (book.sheet.rows[2].cells[column].id,)
    )
    assert (stored[0].value, stored[0].basis, stored[0]["@class"]) == ("A", "manual", CLASS)
    book.put(2, column, BLANK)
    stored = book.desk.workspace.rows("SELECT * FROM viewpoint_grade WHERE id = ?", (stored[0].id,))
    assert (stored[0].value, stored[0].basis, stored[0].proposed) == (None, None, None)


def test_a_sent_value_has_no_mark_and_arrives_at_the_colleague(classroom: Classroom) -> None:
    tanaka, sato = Book(classroom.open()), Book(classroom.open(SATO, "職員室PC"))
    column = open_column(tanaka.sheet)
    tanaka.put(4, column, points(12_00))
    tanaka.desk.sync()
    sato.desk.sync()
    assert tanaka.sheet.rows[4].cells[column].marks is Mark.NONE
    assert sato.value(4, column) == points(12_00)


def test_the_same_cell_typed_by_two_is_a_conflict_that_keeps_both(classroom: Classroom) -> None:
    tanaka, sato = Book(classroom.open()), Book(classroom.open(SATO, "職員室PC"))
    column = open_column(tanaka.sheet)
    sato.put(4, column, points(18_00))
    tanaka.put(4, column, points(12_00))
    sato.desk.sync()
    tanaka.desk.sync()
    cell = tanaka.sheet.rows[4].cells[column]
    assert cell.marks & Mark.CONFLICT
    told = tanaka.book.history(tanaka.sheet.columns[column], cell)
    assert {(past.value, past.outcome, past.device) for past in told} == {
        (points(18_00), "current", "職員室PC"),
        (points(12_00), "conflict_kept", "教室PC"),
    }
    assert len(told) == 2, "each value is told once"


def test_an_edit_is_based_on_what_was_on_the_screen_not_on_what_arrived_since(classroom: Classroom) -> None:
    tanaka, sato = Book(classroom.open()), Book(classroom.open(SATO, "職員室PC"))
    column = open_column(tanaka.sheet)
    on_screen = tanaka.sheet
    sato.put(4, column, points(18_00))
    sato.desk.sync()
    tanaka.desk.sync()
    tanaka.book.post(on_screen, [Change(on_screen.rows[4], column, points(12_00))], "typed").result()
    tanaka.desk.sync()
    assert len(tanaka.desk.workspace.conflicts()) == 1


def test_two_quick_edits_of_one_cell_are_no_conflict_with_oneself(book: Book) -> None:
    sheet = book.sheet
    column = open_column(sheet)
    row = sheet.rows[4]
    first = book.book.post(sheet, [Change(row, column, points(11_00))], "typed")
    cell = row.cells[column]
    saving = type(cell)(cell.id, points(11_00), cell.exists, cell.seen, Mark.SAVING)
    again = type(row)(row.who, row.home, (*row.cells[:column], saving, *row.cells[column + 1 :]))
    book.book.post(sheet, [Change(again, column, points(12_00))], "typed").result()
    first.result()
    book.desk.sync()
    assert book.desk.workspace.conflicts() == []
    assert book.value(4, column) == points(12_00)


def test_a_cell_is_found_by_the_record_it_stands_for(book: Book) -> None:
    sheet = book.sheet
    score, letter = open_column(sheet), letter_column(sheet)
    book.put(2, letter, Value(letter="B"))
    assert book.book.locate("score", sheet.rows[0].cells[score].id) == (MATH, TERM)
    assert book.book.locate("viewpoint_grade", sheet.rows[2].cells[letter].id) == (MATH, TERM)
    assert book.book.locate("score", "00000000-0000-0000-0000-000000000000") is None
    assert book.book.locate("remark", sheet.rows[0].id) is None


def test_a_note_beside_a_score_is_shown_and_survives_another_value(book: Book) -> None:
    column = open_column(book.sheet)
    cell = book.sheet.rows[0].cells[column]
    book.desk.workspace.edit("grades.note", [Put("score", {"note": "見直しが課題"}, id=cell.id)])
    book.put(0, column, points(9_00))
    after = book.sheet.rows[0].cells[column]
    assert (after.note, after.value) == ("見直しが課題", points(9_00))


def test_a_lesson_knows_its_year(book: Book) -> None:
    assert isinstance(book.lesson, Lesson)
    assert book.lesson.year == 2026
