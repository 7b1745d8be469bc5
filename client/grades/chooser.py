"""What of the grades is on screen: which class, subject and term; which columns; which lines."""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from client.grades.record import GradeRow, Lesson, Sheet, Term
from client.grades.repository import GradeBook
from client.grades.rules import Counts, Facet, Show, lines
from client.widgets.chip import FilterChip
from client.widgets.segmented import Segmented
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
        for selector in self.selectors:
            selector.sideways.connect(self._sideways)
        self.class_.chosen.connect(self._class_chosen)
        self.subject.chosen.connect(self._subject_chosen)
        self.period.chosen.connect(self._term_chosen)

    @property
    def selectors(self) -> tuple[Selector, ...]:
        """The selectors in their order."""
        return self.class_, self.subject, self.period

    @Slot()
    def open_list(self) -> None:
        """Open the first list that offers a choice; left and right lead on to the others."""
        next((each for each in self.selectors if each.choices > 1), self.class_).open_list()

    @Slot(int)
    def _sideways(self, step: int) -> None:
        at = next(at for at, each in enumerate(self.selectors) if each is self.sender())
        self.selectors[(at + step) % len(self.selectors)].open_list()

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

    @property
    def chosen_place(self) -> tuple[str, str] | None:
        """(class, term) by code; None where no course is held."""
        return None if self.lesson is None or self.term is None else (self.lesson.class_, self.term.code)

    def show_place(self, class_: str, term: str) -> None:
        """Choose the same subject of this class, or its first, and the term; nothing where they are on screen."""
        held = self.lesson
        period = term or ("" if self.term is None else self.term.code)
        if held is None or self.chosen_place == (class_, period):
            return
        here = [lesson for lesson in self._lessons if lesson.class_ == class_]
        wanted = held if held.class_ == class_ else _first(here, lambda item: item.subject == held.subject)
        if here:
            self.find((wanted or here[0]).code, period)

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


class SheetFilter(QObject):
    """Chips for the lines and a switch for the columns of a sheet.

    The lines are those the filter found when it was set: a line does not vanish under the hand that fills it.
    lines_chosen: `show` is another one. columns_chosen: `facet` is.
    """

    lines_chosen = Signal()
    columns_chosen = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.show = Show.ALL
        self._found: frozenset[str] = frozenset()
        self._counts = Counts()
        self.columns = Segmented(
            lambda: self.tr("Columns"),
            ((Facet.ALL, lambda: self.tr("Scores")), (Facet.RESULTS, lambda: self.tr("Viewpoints"))),
            parent,
        )
        self.chips = {
            Show.BLANK: FilterChip(lambda: self.tr("Blank"), parent),
            Show.UNSENT: FilterChip(lambda: self.tr("Not sent"), parent, sign="waiting"),
            Show.CONFLICT: FilterChip(lambda: self.tr("To decide"), parent, sign="conflict"),
            Show.CHANGED: FilterChip(lambda: self.tr("Changed"), parent),
        }
        self.columns.chosen.connect(self.columns_chosen)
        for chip in self.chips.values():
            chip.clicked.connect(self._clicked)

    @property
    def facet(self) -> Facet:
        """Which columns are on screen."""
        return Facet(self.columns.key)

    def set_show(self, show: Show, sheet: Sheet | None, touched: AbstractSet[str]) -> int:
        """Look for these lines of a sheet; how many there are. touched: ids written since the sheet was opened."""
        self.show = show
        for key, chip in self.chips.items():
            chip.setChecked(key is show)
        self._found = frozenset() if sheet is None else frozenset(lines(sheet, show, touched))
        return len(self._found)

    def kept(self, sheet: Sheet) -> list[GradeRow]:
        """The lines to show, in order."""
        return [row for row in sheet.rows if self.show is Show.ALL or row.id in self._found]

    def count(self, sheet: Sheet, touched: AbstractSet[str]) -> None:
        """Say on each chip how many cells it finds."""
        found = self._counts.of(sheet, touched)
        for show, chip in self.chips.items():
            chip.set_count(found[show])

    @Slot()
    def _clicked(self) -> None:
        chosen = next((show for show, chip in self.chips.items() if chip is self.sender()), Show.ALL)
        self.show = chosen if self.chips[chosen].isChecked() else Show.ALL
        self.lines_chosen.emit()


def current_term(terms: Sequence[Term], today: date) -> Term | None:
    """The term a day lies in; between terms the one before, before all of them the first."""
    day = today.isoformat()
    numbered = [term for term in terms if term.no]
    begun = [term for term in numbered if term.start <= day]
    return begun[-1] if begun else (numbered[0] if numbered else None)


def _first(items: Iterable[T], wanted: Callable[[T], bool]) -> T | None:
    return next((item for item in items if wanted(item)), None)
