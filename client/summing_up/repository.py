"""The courses a teacher sums up, their books, and what is decided there as one edit group."""

from collections.abc import Iterable
from concurrent.futures import Future
from datetime import date
from typing import Any, Final

from client.grades.record import Lesson, Mark, Term
from client.grades.repository import GradeBook
from client.summing_up.reading import BookReader
from client.summing_up.record import GRADE, TYPES, UNIT, Book, Cell, Change, Past, decision_of
from client.workspace import Put, Saved, Workspace

SHOWS: Final = frozenset(
    {
        *TYPES,
        *("evidence", "evidence_part", "score", "grading_rule", "course", "viewpoint_set", "code_item"),
        *("pupil", "membership", "enrolment", "conflict", "outbox"),
    }
)
"""Record types whose change may change what a book shows."""


class Decisions:
    """All that the page asks of the store. Every method may raise StoreError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._reader = BookReader(workspace)
        self.lessons: Final = GradeBook(workspace)
        """Which courses and terms there are to choose from."""

    def book(self, lesson: Lesson, term: Term, today: date) -> Book:
        """One course in one term, with the class list of today, held inside the term."""
        return self._reader.book(lesson, self.lessons.terms(lesson.year), term, today)

    def post(self, book: Book, changes: Iterable[Change], cause: str) -> "Future[Saved]":
        """Write the cells of one act as one edit group. cause: the act's word, `typed`, `taken_over`.

        The Future ends when all is on the disk, or with InvalidEdit, DiskFull or StoreDamaged: then nothing is.
        """
        puts = [put for change in changes if (put := _put(book, change)) is not None]
        return self._workspace.post(f"summing_up.{cause}", puts, screen=screen_of(book))

    def undo(self, book: Book) -> Saved | None:
        """Take back the last act on this book; None when there is none. Raises UndoRefused."""
        return self._workspace.undo(screen_of(book))

    def redo(self, book: Book) -> Saved | None:
        """Do the last act again that was taken back; None when there is none. Raises UndoRefused."""
        return self._workspace.redo(screen_of(book))

    def locate(self, type_: str, id_: str) -> tuple[str, str] | None:
        """(course, term) of the book a letter or a 評定 stands in; None where it is not held here."""
        return self.lessons.locate(type_, id_) if type_ in TYPES else None

    def history(self, key: str, cell: Cell) -> tuple[Past, ...]:
        """What this device did to a cell, newest first."""
        past = self._workspace.history(_type(key), cell.id, UNIT)
        return tuple(Past(decision_of(each.after), each.at, each.outcome) for each in past)


def screen_of(book: Book) -> str:
    """The undo stack of a book: nobody takes back what is not on the screen."""
    return f"summing_up.{book.lesson.code}.{book.term.code}"


def _type(key: str) -> str:
    return TYPES[1] if key == GRADE else TYPES[0]


def _put(book: Book, change: Change) -> Put | None:
    cell, after = change.cell, change.decided
    if after.blank and not cell.exists:
        return None
    fields: dict[str, Any] = {
        "pupil": change.line.id,
        "course": book.lesson.code,
        "term": book.term.code,
        "@class": change.line.home,
        "value": after.value,
        "basis": after.basis,
        "proposed": after.proposed,
        "reason": after.reason or None,
        "unrated": after.unrated,
        "rule_version": after.version,
    }
    own = {} if change.key == GRADE else {"viewpoint": change.key}
    # A cell whose own last edit is on its way is based on that edit, whatever its number will be.
    seen = None if cell.marks & Mark.SAVING else {UNIT: cell.seen}
    return Put(_type(change.key), fields | own, seen=seen)
