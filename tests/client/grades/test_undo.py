"""The last 200 acts on a sheet are taken back and done again, in another process too."""

import os
from collections.abc import Callable

import pytest

from client.grades.record import Sheet
from client.grades.repository import screen_of
from client.workspace import Put, Saved
from tests.client.grades.test_repository import Book, open_column
from tests.kit.classroom import Classroom
from tests.kit.forked import Say, life

ACTS, DEPTH = 205, 200


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is copied here")
def test_200_acts_of_a_process_that_has_ended_are_taken_back_and_done_again(classroom: Classroom) -> None:
    def work(say: Say) -> None:
        book = Book(classroom.open())
        sheet = book.sheet
        for value in range(ACTS):
            put = Put("score", {"state": "scored", "value": value}, id=_cell(sheet))
            book.desk.workspace.edit("grades.typed", [put], screen=screen_of(sheet))
        book.desk.workspace.close()
        say(b"typed")

    assert life(work) == (0, b"typed")
    book = Book(classroom.open())
    sheet = book.sheet
    assert _turned(book, sheet, book.book.undo) == list(reversed(range(ACTS - DEPTH - 1, ACTS - 1)))
    assert _turned(book, sheet, book.book.redo) == list(range(ACTS - DEPTH, ACTS))


def _turned(book: Book, sheet: Sheet, turn: Callable[[Sheet], Saved | None]) -> list[int]:
    """The values a cell has after each turn, until there is nothing more to turn."""
    held: list[int] = []
    while turn(sheet) is not None:
        held.append(book.desk.workspace.rows("SELECT value FROM score WHERE id = ?", (_cell(sheet),))[0][0])
    return held


def _cell(sheet: Sheet) -> str:
    """A score that exists."""
    at = open_column(sheet)
    return next(row.cells[at].id for row in sheet.rows if row.cells[at].exists and not row.who.gone)
