"""The three selectors of the grades page: which class, which subject, which term."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from client.grades.record import Lesson, Term
from client.grades.repository import GradeBook
from client.widgets.selector import Option, Selector

T = TypeVar("T")


class SheetChooser(QObject):
    """Offers the courses this teacher holds. chosen: another course or term is wanted, by a person or by `find`."""

    chosen = Signal()

    def __init__(self, book: GradeBook, parent: QWidget) -> None:
        super().__init__(parent)
        self._book = book
        self._lessons: tuple[Lesson, ...] = ()
        self._terms: tuple[Term, ...] = ()
        self.lesson: Lesson | None = None
        self.term: Term | None = None
        self.class_ = Selector(lambda: self.tr("Class"), parent)
        self.subject = Selector(lambda: self.tr("Subject"), parent)
        self.period = Selector(lambda: self.tr("Term"), parent)
        self.class_.chosen.connect(self._class_chosen)
        self.subject.chosen.connect(self._subject_chosen)
        self.period.chosen.connect(self._term_chosen)

    @property
    def selectors(self) -> tuple[Selector, ...]:
        """The selectors in their order."""
        return self.class_, self.subject, self.period

    def reload(self, today: date) -> None:
        """Read courses and terms again; what was chosen stays where it is still there. Raises StoreError."""
        self._lessons = self._book.lessons(today)
        code = None if self.lesson is None else self.lesson.code
        lesson = _first(self._lessons, lambda item: item.code == code) or (self._lessons[0] if self._lessons else None)
        if lesson is not None and (not self._terms or self.lesson is None or self.lesson.year != lesson.year):
            self._terms = self._book.terms(lesson.year)
            self.term = self.term if self.term in self._terms else current_term(self._terms, today)
        self.lesson = lesson
        self._say()

    def find(self, lesson: str, term: str) -> bool:
        """Choose a course and term by code. False where this teacher does not hold it."""
        found = _first(self._lessons, lambda item: item.code == lesson)
        period = _first(self._terms, lambda item: item.code == term)
        if found is None or period is None:
            return False
        self.lesson, self.term = found, period
        self._say()
        self.chosen.emit()
        return True

    def _say(self) -> None:
        held = self.lesson
        for selector in self.selectors:
            selector.setVisible(held is not None)
        if held is None:
            return
        classes = {lesson.class_: lesson.class_label for lesson in self._lessons}
        self.class_.show_options([Option(code, label) for code, label in classes.items()], held.class_)
        subjects = [lesson for lesson in self._lessons if lesson.class_ == held.class_]
        self.subject.show_options([Option(lesson.code, lesson.subject_name) for lesson in subjects], held.code)
        terms = [Option(term.code, term.name, after_line=term.no == 0) for term in self._terms]
        self.period.show_options(terms, None if self.term is None else self.term.code)

    @Slot(object)
    def _class_chosen(self, code: str) -> None:
        subject = None if self.lesson is None else self.lesson.subject
        here = [lesson for lesson in self._lessons if lesson.class_ == code]
        self.lesson = _first(here, lambda item: item.subject == subject) or here[0]
        self._say()
        self.chosen.emit()

    @Slot(object)
    def _subject_chosen(self, code: str) -> None:
        self.lesson = _first(self._lessons, lambda item: item.code == code)
        self._say()
        self.chosen.emit()

    @Slot(object)
    def _term_chosen(self, code: str) -> None:
        self.term = _first(self._terms, lambda item: item.code == code)
        self._say()
        self.chosen.emit()


def current_term(terms: Sequence[Term], today: date) -> Term | None:
    """The term a day lies in; between terms the one before, before all of them the first."""
    day = today.isoformat()
    numbered = [term for term in terms if term.no]
    begun = [term for term in numbered if term.start <= day]
    return begun[-1] if begun else (numbered[0] if numbered else None)


def _first(items: Iterable[T], wanted: Callable[[T], bool]) -> T | None:
    return next((item for item in items if wanted(item)), None)
