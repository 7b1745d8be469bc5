"""What a book holds is what the school has recorded, and what it computes is what the school's own sums say."""

from datetime import date

import pytest

from client.summing_up.record import GRADE, Book
from client.summing_up.repository import Decisions
from client.summing_up.rules import Scope, summed, taken_over
from client.workspace import Workspace
from tests.client.summing_up.conftest import FIRST, SECOND
from tests.kit.classroom import MATH, Classroom, Desk


@pytest.fixture
def desk(classroom: Classroom) -> Desk:
    return classroom.open()


@pytest.fixture
def workspace(desk: Desk) -> Workspace:
    return desk.workspace


def read(workspace: Workspace, term: str, today: date) -> Book:
    decisions = Decisions(workspace)
    lesson = next(each for each in decisions.lessons.lessons(today) if each.code == MATH)
    period = next(each for each in decisions.lessons.terms(lesson.year) if each.code == term)
    return decisions.book(lesson, period, today)


@pytest.fixture
def today(classroom: Classroom) -> date:
    return classroom.clock.now.date()


def test_a_book_has_the_class_its_viewpoints_its_rule_and_the_grade_of_the_term_before(
    workspace: Workspace, today: date
) -> None:
    book = read(workspace, SECOND, today)
    assert [each.short for each in book.viewpoints] == ["知技", "思判", "主体"]
    assert (book.graded, book.taught, book.highest) == (True, True, 3)
    assert book.rule is not None
    assert (book.rule.cut_a, book.rule.cut_b, book.rule.zero) == (80_00, 50_00, False)
    assert book.before == "1学期"
    first = {line.id: line.cells[GRADE].decided.value for line in read(workspace, FIRST, today).lines}
    assert {line.id: line.earlier for line in book.lines} == {line.id: first.get(line.id) for line in book.lines}
    assert any(line.earlier is not None for line in book.lines)


def test_what_is_computed_of_a_finished_term_is_what_was_proposed_when_it_was_decided(
    workspace: Workspace, today: date
) -> None:
    book = read(workspace, FIRST, today)
    sums = summed(book, book.rule)
    told = [
        (sums[line.id][key].value, line.cells[key].decided.proposed)
        for line in book.lines
        for key in book.keys
        if not line.cells[key].decided.blank
    ]
    assert len(told) > 80
    assert all(computed == proposed for computed, proposed in told)


def test_the_whole_year_is_judged_by_the_evidence_of_all_its_terms(workspace: Workspace, today: date) -> None:
    books = {term: read(workspace, term, today) for term in (FIRST, SECOND, "2026-0")}
    pupil = books[FIRST].lines[0].id

    def works(term: str) -> set[str]:
        line = next(line for line in books[term].lines if line.id == pupil)
        return {work.id for basis in line.bases.values() for work, _ in basis.parts}

    assert works("2026-0") == works(FIRST) | works(SECOND)
    assert works(FIRST)
    assert works(SECOND)


def test_a_work_nobody_has_a_score_in_is_not_waited_for(workspace: Workspace, today: date) -> None:
    book = read(workspace, SECOND, today)
    entered = {row.evidence_part for row in workspace.rows("SELECT evidence_part FROM score WHERE state IS NOT NULL")}
    shown = {work.id for line in book.lines for basis in line.bases.values() for work, _ in basis.parts}
    planned = {
        row.id
        for row in workspace.rows(
            "SELECT evidence_part.id FROM evidence_part JOIN evidence ON evidence.id = evidence_part.evidence "
            "WHERE evidence.course = ? AND evidence.term = ?",
            (MATH, SECOND),
        )
    }
    assert shown == planned & entered
    assert shown < planned


def test_what_is_taken_over_is_one_group_on_the_disk_that_the_school_takes(
    desk: Desk, workspace: Workspace, today: date
) -> None:
    book = read(workspace, SECOND, today)
    decisions = Decisions(workspace)
    changes = taken_over(book, summed(book, book.rule), Scope.BLANK)
    saved = decisions.post(book, changes, "taken_over").result()
    assert len(saved.records) == len(changes) > 80
    assert workspace.status().groups == 1
    after = read(workspace, SECOND, today)
    assert taken_over(after, summed(after, after.rule), Scope.BLANK) == []
    desk.sync()
    assert workspace.status().waiting == 0
    assert not workspace.not_accepted()
    assert decisions.undo(after) is not None
    again = read(workspace, SECOND, today)
    assert [line.cells[GRADE].decided.value for line in again.lines] == [None] * len(again.lines)


def test_a_cell_is_found_by_its_record(workspace: Workspace, today: date) -> None:
    book, decisions = read(workspace, FIRST, today), Decisions(workspace)
    line = book.lines[0]
    assert decisions.locate("viewpoint_grade", line.cells["know"].id) == (MATH, FIRST)
    assert decisions.locate("course_grade", line.cells[GRADE].id) == (MATH, FIRST)
    assert decisions.locate("score", line.cells["know"].id) is None
