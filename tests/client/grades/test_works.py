"""Works are made, changed, closed and removed on a real store, each as one edit group that can be taken back."""

from dataclasses import replace

import pytest

from client.grades.record import ColumnKind, Sheet
from client.grades.work import Draft, Part
from client.grades.works import WorkBook
from client.workspace import MarkKind, Row
from tests.client.grades.test_repository import Book, open_column, points
from tests.kit.classroom import SATO, Classroom
from tests.kit.ids import CountedIds

QUIZ = Draft("小テスト2", "quiz", "わり算", "2026-10-01", (Part("know", 20_00, 30_00), Part("think", 10_00, 20_00)))


@pytest.fixture
def book(classroom: Classroom) -> Book:
    return Book(classroom.open())


@pytest.fixture
def works(book: Book) -> WorkBook:
    return WorkBook(book.desk.workspace, CountedIds(maker=90))


def named(sheet: Sheet, title: str) -> list[int]:
    return [at for at, column in enumerate(sheet.columns) if column.title == title]


def groups(book: Book) -> int:
    return book.desk.workspace.status().groups


def test_a_work_is_made_with_a_column_for_each_viewpoint_as_one_step(book: Book, works: WorkBook) -> None:
    works.make(book.sheet, QUIZ)
    sheet = book.sheet
    made = [sheet.columns[at] for at in named(sheet, "小テスト2")]
    assert [(column.viewpoint, column.maximum, column.weight) for column in made] == [
        ("know", 20_00, 30_00),
        ("think", 10_00, 20_00),
    ]
    assert {column.unit for column in made} == {"わり算"}
    assert groups(book) == 1
    book.book.undo(sheet)
    assert named(book.sheet, "小テスト2") == []
    book.book.redo(sheet)
    assert len(named(book.sheet, "小テスト2")) == 2


def test_a_work_marked_with_letters_is_a_column_of_letters(book: Book, works: WorkBook) -> None:
    works.make(book.sheet, Draft("ノート", "notes", "", None, (Part("attitude", 3_00, 100_00),)))
    sheet = book.sheet
    column = next(column for column in sheet.columns if column.title == "ノート" and column.unit == "")
    assert column.kind is ColumnKind.LEVELS
    work = works.work(column.key)
    assert work is not None
    assert work.letters


def test_a_score_typed_in_a_new_column_reaches_a_colleague(classroom: Classroom, book: Book, works: WorkBook) -> None:
    works.make(book.sheet, QUIZ)
    book.put(0, named(book.sheet, "小テスト2")[0], points(18_00))
    book.desk.sync()
    sato = classroom.open(SATO, "職員室PC")
    sato.sync()
    hers = Book(sato).sheet
    at = named(hers, "小テスト2")[0]
    assert hers.rows[0].cells[at].value == points(18_00)
    assert not book.desk.workspace.marks("evidence", "evidence_part", "score")


def test_a_work_is_renamed_moved_and_weighed_without_a_word_about_its_scores(book: Book, works: WorkBook) -> None:
    sheet = book.sheet
    at = open_column(sheet)
    key, before = sheet.columns[at].key, [row.cells[at].value for row in sheet.rows]
    work = works.work(key)
    assert work is not None
    parts = tuple(replace(part, weight=(part.weight or 0) + 5_00) for part in work.draft.parts)
    works.change(sheet, work, replace(work.draft, title="まとめのテスト", unit="小数", parts=parts))
    now = book.sheet
    moved = next(place for place, column in enumerate(now.columns) if column.key == key)
    assert (now.columns[moved].title, now.columns[moved].unit) == ("まとめのテスト", "小数")
    assert now.columns[moved].weight == (sheet.columns[at].weight or 0) + 5_00
    assert [row.cells[moved].value for row in now.rows] == before
    assert groups(book) == 1
    book.book.undo(now)
    assert next(column for column in book.sheet.columns if column.key == key) == sheet.columns[at]


def test_a_change_that_changes_nothing_writes_nothing(book: Book, works: WorkBook) -> None:
    sheet = book.sheet
    work = works.work(sheet.columns[open_column(sheet)].key)
    assert work is not None
    works.change(sheet, work, work.draft)
    assert groups(book) == 0


def test_a_closed_work_is_opened_again(book: Book, works: WorkBook) -> None:
    sheet = book.sheet
    key = sheet.columns[open_column(sheet)].key
    for closed in (True, False):
        work = works.work(key)
        assert work is not None
        works.set_closed(sheet, work, closed=closed)
        assert next(column for column in book.sheet.columns if column.key == key).closed is closed


def test_a_removed_work_comes_back_with_every_score_and_note(book: Book, works: WorkBook) -> None:
    sheet = book.sheet
    at = open_column(sheet)
    key = sheet.columns[at].key
    score = next(row.cells[at] for row in sheet.rows if row.cells[at].exists)
    book.book.put_note(sheet, score.id, "後日実施", 0 if not score.exists else _base(book, score.id))
    sheet = book.sheet
    held = [row.cells[at].value for row in sheet.rows]
    notes = [row.cells[at].note for row in sheet.rows]
    assert any(notes)
    work = works.work(key)
    assert work is not None
    assert work.values == sum(not value.blank for value in held) + sum(
        part.values for part in work.held if part.id != key
    )
    works.remove(sheet, work)
    assert key not in {column.key for column in book.sheet.columns}
    assert not _of(book, key)
    book.book.undo(sheet)
    again = book.sheet
    place = next(place for place, column in enumerate(again.columns) if column.key == key)
    assert [row.cells[place].value for row in again.rows] == held
    assert [row.cells[place].note for row in again.rows] == notes


def test_a_column_that_is_taken_away_goes_with_its_scores_and_the_others_stay(book: Book, works: WorkBook) -> None:
    works.make(book.sheet, QUIZ)
    sheet = book.sheet
    know, think = named(sheet, "小テスト2")
    book.put(0, know, points(5_00))
    book.put(0, think, points(6_00))
    work = works.work(sheet.columns[know].key)
    assert work is not None
    works.change(book.sheet, work, replace(work.draft, parts=(work.draft.parts[0],)))
    kept = book.sheet
    (left,) = named(kept, "小テスト2")
    gone = {part.viewpoint for part in QUIZ.parts} - {kept.columns[left].viewpoint}
    assert len(gone) == 1
    assert not [row for row in kept.rows if row.cells[left].value.blank and row.cells[left].exists]


def test_two_who_rename_the_same_work_offline_are_asked(classroom: Classroom, book: Book, works: WorkBook) -> None:
    sheet = book.sheet
    key = sheet.columns[open_column(sheet)].key
    sato = classroom.open(SATO, "職員室PC")
    hers = WorkBook(sato.workspace, CountedIds(maker=91))
    for each, desk, title in ((works, book, "まとめA"), (hers, Book(sato), "まとめB")):
        work = each.work(key)
        assert work is not None
        each.change(desk.sheet, work, replace(work.draft, title=title))
    book.desk.sync()
    sato.sync()
    kinds = [mark.kind for mark in sato.workspace.marks("evidence")]
    assert kinds == [MarkKind.CONFLICT]


def _of(book: Book, part: str) -> list[Row]:
    return book.desk.workspace.rows("SELECT id FROM score WHERE evidence_part = ?", (part,))


def _base(book: Book, score: str) -> int | str:
    sheet = book.sheet
    at, row = next((at, row) for row in sheet.rows for at, cell in enumerate(row.cells) if cell.id == score)
    held = book.book.note(sheet.columns[at], row.cells[at])
    assert held is not None
    return held.seen
