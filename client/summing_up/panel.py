"""S9 評価・評定: what the evidence of a class says by the board's rule, and what its teacher decides."""

from datetime import date
from enum import Enum

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, Qt, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from client.grades.chooser import SheetChooser
from client.shell.actions import GRID, SHEET, bind
from client.shell.pages import Left, Page, PageFrame
from client.summing_up.beside import Beside
from client.summing_up.differences import DifferenceList, KindFilter
from client.summing_up.entry import BookEntry
from client.summing_up.leaving import Leaving
from client.summing_up.open_book import OpenBook
from client.summing_up.repository import SHOWS
from client.summing_up.rules import kept, shift
from client.summing_up.sources import Sources
from client.summing_up.table import FROZEN, BookTable, figures
from client.summing_up.trial import TrialBand
from client.syncing.rules import JAPAN
from client.widgets.button import Button, Kind
from client.widgets.empty_state import EmptyState
from client.widgets.grid.moves import Path
from client.widgets.grid.view import GridView
from client.widgets.record_list import RecordList
from client.widgets.segmented import Segmented

KEY = "summing_up"
LESSON_TYPES = frozenset({"course", "class", "group", "subject", "term", "grant"})


class Show(Enum):
    """The class as a grid, or the differences as a list."""

    CLASS = "class"
    LIST = "list"


def page(sources: Sources) -> Page:
    """The page for the window's list."""
    title = lambda: QCoreApplication.translate("SummingUpPage", "Ratings")  # noqa: E731  asked at each change of language
    return Page(KEY, "summing_up", title, lambda: SummingUpPage(sources), screens=(GRID, SHEET))


class SummingUpPage(PageFrame):
    """The book of a course and term, what filters it, what tries other cut-offs, and what stands beside it."""

    def __init__(self, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("Ratings"), parent)
        self._from = sources
        self.open_book = OpenBook(sources.decisions, self._today, self)
        self.table = BookTable(self)
        self.entry = BookEntry(self.open_book, self.table, sources.speech, self)
        self.grid = GridView(self.entry.read_cell, frozen=FROZEN, parent=self)
        self.beside = Beside(sources, self.open_book, self.entry, self.grid)
        self.side = self.beside.side
        self.chooser = SheetChooser(sources.decisions.lessons, self)
        self.filter = KindFilter(self)
        self.differences = DifferenceList(self)
        self.trial = TrialBand(self)
        self._leaving = Leaving(self.chooser, self.open_book, self.beside, self.go_to)
        self._build_header()
        self._build_tools()
        self._build_body()
        self._wire()

    # -- construction -------------------------------------------------------------------------------------------------

    def _build_header(self) -> None:
        for selector in self.chooser.selectors:
            self.selectors.addWidget(selector)
        self.undo_button = Button(lambda: self.tr("Undo"), Kind.ICON, self, icon="undo")
        self.redo_button = Button(lambda: self.tr("Redo"), Kind.ICON, self, icon="redo")
        for button in (self.undo_button, self.redo_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor where somebody is typing
            self.buttons.addWidget(button)
        self.try_button = Button(lambda: self.tr("Try cut-offs"), parent=self)
        self.try_button.setCheckable(True)
        self.buttons.addWidget(self.try_button)
        self.take_button = Button(lambda: self.tr("Take over…"), Kind.PRIMARY, self)
        self.buttons.addWidget(self.take_button)

    def _build_tools(self) -> None:
        self.show_as = Segmented(
            lambda: self.tr("Show"),
            ((Show.CLASS, lambda: self.tr("Class")), (Show.LIST, lambda: self.tr("List"))),
            self,
        )
        self.tools.addWidget(self.show_as)
        self.tools.addSpacing(8)
        for chip in self.filter.chips:
            self.tools.addWidget(chip)
        self.tools.addStretch(1)
        self.tool_band.show()

    def _build_body(self) -> None:
        self.list = RecordList(self.differences, self)
        self.no_lesson = EmptyState(
            "summing_up",
            lambda: self.tr("No course to grade"),
            lambda: self.tr("The courses you are in charge of appear here once the school has entered your duties."),
        )
        self.not_here = EmptyState(
            "sending",
            lambda: self.tr("This course is being loaded"),
            lambda: self.tr("Shown once all of it is here. If it was cleared from this PC, load it again in Devices."),
        )
        self._stack = QStackedWidget(self)
        for widget in (self.grid, self.list, self.no_lesson, self.not_here):
            self._stack.addWidget(widget)
        self.trial.hide()
        self.body.addWidget(self.trial)
        self.body.addWidget(self._stack, 1)
        self.grid.show_model(self.table)
        self.grid.set_path(Path(down=True))

    def _wire(self) -> None:
        self.chooser.chosen.connect(self._book_chosen)
        self.open_book.changed.connect(self._book_changed)
        self.entry.serve(self.grid)
        self.entry.said.connect(self.strip.show_message)
        self.entry.done.connect(self.strip.clear)
        self.entry.landed.connect(self._stand_on)
        self.filter.chosen.connect(self._book_changed)
        self.show_as.chosen.connect(self._shown_as)
        self.list.activated.connect(self._difference_opened)
        self.try_button.clicked.connect(self._trial_wanted)
        self.trial.tried.connect(self.open_book.try_rule)
        self.trial.wanted.connect(self.entry.take_over)
        self.trial.ended.connect(self._trial_ended)
        self.take_button.clicked.connect(self.entry.take_over)
        self.beside.settle_asked.connect(self._settle_asked)
        self.undo_button.clicked.connect(self.entry.undo)
        self.redo_button.clicked.connect(self.entry.redo)
        bind(self, "undo", SHEET).triggered.connect(self.entry.undo)
        bind(self, "redo", SHEET).triggered.connect(self.entry.redo)
        bind(self, "choose_scope", SHEET).triggered.connect(self.chooser.open_list)
        bind(self, "try_cuts", KEY).triggered.connect(self.try_button.click)
        bind(self, "take_over", KEY).triggered.connect(self.entry.take_over)
        bind(self, "note", KEY).triggered.connect(self.beside.write_reason)

    # -- arriving and leaving -----------------------------------------------------------------------------------------

    def arrive(self, argument: object) -> None:
        """Show the book; (type, id) of a letter or a 評定 stands on its cell."""
        if self.chooser.lesson is None or not self.chooser.lesson.live:
            self._reload()
        match argument:
            case (str() as type_, str() as id_):
                place = self._from.decisions.locate(type_, id_)
                if place is not None and self.chooser.find(*place):
                    self._stand_on(id_)
            case _:
                pass
        self.grid.setFocus()

    def leave(self) -> bool:
        return self.grid.commit()

    def left(self) -> Left | None:
        return self._leaving.left(self._shown_key().value)

    def come_back(self, left: Left) -> bool:
        back = self._leaving.come_back(left)
        if self.open_book.trial is not None:
            self.try_button.setChecked(True)
            self.trial.show()
        self.show_as.set_key(Show.LIST if left.place.get("shown") == Show.LIST.value else Show.CLASS)
        self._shown_as()
        return back

    @Slot(object)
    def records_changed(self, types: frozenset[str]) -> None:
        """The store says that records of these types changed."""
        shown = self._stack.currentWidget() in (self.grid, self.list)
        if self.isVisible() and (types & LESSON_TYPES or not shown):
            self._reload()
        elif types & SHOWS:
            self.open_book.records_changed(types)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.open_book.wake()
        self.beside.soon()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.beside.stop()
        self.open_book.sleep()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.table.book = None  # headings and words of cells are made anew
            self._book_changed()

    # -- what is on screen --------------------------------------------------------------------------------------------

    def _reload(self) -> None:
        self.chooser.reload(self._today())
        self._book_chosen()

    @Slot()
    def _book_chosen(self) -> None:
        lesson, term = self.chooser.lesson, self.chooser.term
        here = lesson is not None and term is not None and lesson.live
        for part in (
            self.tool_band,
            self.undo_button,
            self.redo_button,
            self.try_button,
            self.take_button,
            self.beside.side,
        ):
            part.setVisible(here)
        self.filter.clear()
        self._trial_ended()
        if not here or lesson is None or term is None:
            self._stack.setCurrentWidget(self.no_lesson if lesson is None else self.not_here)
            return
        self.open_book.open(lesson, term)
        self._shown_as()
        self.grid.setFocus()

    @Slot()
    def _book_changed(self) -> None:
        book, open_ = self.open_book.book, self.open_book
        if book is None:
            return
        found = self.filter.wanted(open_.found)
        trial = open_.trial_sums if open_.trial is not None else None
        lines = kept(book, open_.found, self.filter.kinds)
        self.table.show_book(book, open_.sums, trial, lines, open_.found)
        moved = open_.shift
        self.grid.show_footer(figures(book, moved or shift(book, open_.sums, open_.sums), trial=moved is not None))
        self.filter.count(open_.found)
        self.differences.show_found(book, open_.sums, found)
        self.trial.show_book(book, open_.sums, open_.trial, moved)
        self.take_button.setVisible(book.lesson.writable and book.taught)
        if not self.grid.current.isValid() and self.table.rows and len(self.table.columns) > FROZEN:
            self.grid.go(0, FROZEN + 1)
        self.beside.soon()

    @Slot()
    def _shown_as(self) -> None:
        self._stack.setCurrentWidget(self.list if self._shown_key() is Show.LIST else self.grid)

    def _shown_key(self) -> Show:
        return Show(self.show_as.key)

    @Slot(QModelIndex)
    def _difference_opened(self, index: QModelIndex) -> None:
        """Lead to the cell a line of the list is about."""
        pupil, key, _ = self.differences.rows[index.row()].id
        self.show_as.set_key(Show.CLASS)
        self._shown_as()
        self.filter.clear()
        self._book_changed()
        self.go_to(pupil, key)

    def go_to(self, pupil: str, key: str) -> bool:
        """Stand on the decided cell of a pupil; False where it is not on screen."""
        place = self.table.spot(pupil, key)
        if place is not None:
            self.grid.go(*place)
            self.grid.setFocus()
        return place is not None

    @Slot(str)
    def _stand_on(self, id_: str) -> None:
        place = self.table.find(id_)
        if place is not None:
            self.grid.go(*place)

    @Slot(str)
    def _settle_asked(self, id_: str) -> None:
        self.opened.emit("conflicts", id_)

    # -- a trial ------------------------------------------------------------------------------------------------------

    @Slot()
    def _trial_wanted(self) -> None:
        if self.try_button.isChecked():
            self.trial.show()
            self.trial.slider.setFocus()
        else:
            self._trial_ended()

    @Slot()
    def _trial_ended(self) -> None:
        self.trial.hide()
        self.try_button.setChecked(False)
        self.open_book.try_rule(None)
        self.grid.setFocus()

    def _today(self) -> date:
        return self._from.clock().astimezone(JAPAN).date()
