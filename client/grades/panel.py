"""S8 成績入力: a whole class on one sheet, typed as in a spreadsheet, saved at once."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from client.grades.acts import SheetActs
from client.grades.arriving import Arriving
from client.grades.beside import Beside
from client.grades.cell_acts import CellActs
from client.grades.chooser import SheetChooser, SheetFilter
from client.grades.columns import UNDO, ColumnActs
from client.grades.entry import HISTORY, RESUME, SheetEntry
from client.grades.figures import Figures
from client.grades.finder import FindBar
from client.grades.leaving import Leaving
from client.grades.repository import SHOWS
from client.grades.rules import Show
from client.grades.sheet import OpenSheet
from client.grades.sources import Sources
from client.grades.table import FROZEN, SheetTable
from client.shell.actions import GRID, SHEET, bind
from client.shell.pages import Left, Page, PageFrame
from client.syncing.rules import JAPAN
from client.widgets.button import Button, Kind
from client.widgets.empty_state import EmptyState
from client.widgets.grid.moves import Path
from client.widgets.grid.view import GridView
from client.widgets.ink import Step, Tone
from client.widgets.label import Label
from client.widgets.message_strip import Act, Message
from client.widgets.segmented import Segmented

KEY = "grades"
EVERYBODY = "everybody"
DOWN, COLOURED = "down", "coloured"
LESSON_TYPES = frozenset({"course", "class", "group", "subject", "term", "grant"})


def page(sources: Sources) -> Page:
    """The page for the window's list."""
    title = lambda: QCoreApplication.translate("GradesPage", "Grades")  # noqa: E731  asked at each change of language
    return Page(KEY, "grades", title, lambda: GradesPage(sources), screens=(GRID, SHEET))


class GradesPage(PageFrame):
    """The sheet, what filters it, and what stands beside it."""

    def __init__(self, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("Enter grades"), parent)
        self._from = sources
        self._shown_lesson = ""
        self.open_sheet = OpenSheet(sources.book, self._today, self)
        self.table = SheetTable(self)
        self.entry = SheetEntry(self.open_sheet, self.table, sources.speech, self)
        self.grid = GridView(self.entry.read_cell, frozen=FROZEN, parent=self)
        self.beside = Beside(sources, self.table, self.grid)
        self.side = self.beside.side
        self.chooser, self.filter = SheetChooser(sources.book, self), SheetFilter(self)
        self._arriving = Arriving(sources.book, self.chooser, self.filter, self.open_sheet, self.grid, self.table)
        self._figures = Figures(self.open_sheet, self.table, self.grid)
        self.columns = ColumnActs(sources.works, self.open_sheet, self.grid, sources.speech, self)
        self.cells = CellActs(sources, self.open_sheet, self.table, self.grid, self.entry)
        self.acts = SheetActs(self.columns, self.cells, self.grid, self)
        self.finder = FindBar(self.table, self.grid, self)
        self._leaving = Leaving(self.chooser, self.filter, self.table, self.grid, self.columns)
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
        for button in (self.undo_button, self.redo_button, self.acts.add_button, self.acts.menu_button):
            self.buttons.addWidget(button)

    def _build_tools(self) -> None:
        self.tools.addWidget(self.filter.columns)
        self.tools.addSpacing(8)
        for chip in self.filter.chips.values():
            self.tools.addWidget(chip)
        self.tools.addStretch(1)
        self.tools.addWidget(Label(lambda: self.tr("Enter goes"), Step.BODY, self, colour="text2"))
        self.direction = Segmented(
            lambda: self.tr("Enter goes"),
            ((True, lambda: self.tr("down")), (False, lambda: self.tr("right"))),
            self,
        )
        self.tools.addWidget(self.direction)
        self.tool_band.show()

    def _build_body(self) -> None:
        self._stack = QStackedWidget(self)
        self.no_lesson = EmptyState(
            "grades",
            lambda: self.tr("No course to grade"),
            lambda: self.tr("The courses you are in charge of appear here once the school has entered your duties."),
        )
        self.not_here = EmptyState(
            "sending",
            lambda: self.tr("This course is being loaded"),
            lambda: self.tr("Shown once all of it is here. If it was cleared from this PC, load it again in Devices."),
        )
        for widget in (self.grid, self.no_lesson, self.not_here):
            self._stack.addWidget(widget)
        self.body.addWidget(self.finder)
        self.body.addWidget(self._stack, 1)
        self.grid.show_model(self.table)

    def _wire(self) -> None:
        self.chooser.chosen.connect(self._sheet_chosen)
        self.open_sheet.changed.connect(self._sheet_changed)
        self.entry.serve(self.grid)
        for acts in (self.entry, self.columns, self.cells):
            acts.said.connect(self.strip.show_message)
        self.entry.done.connect(self._act_done)
        self.entry.landed.connect(self._arriving.stand_on)
        self.columns.made.connect(self._arriving.stand_in_column)
        self._figures.told.connect(self._count)
        self.acts.colours_turned.connect(self._sheet_changed)
        self.filter.columns_chosen.connect(self._columns_chosen)
        self.filter.lines_chosen.connect(self._lines_chosen)
        self.direction.chosen.connect(self._direction_chosen)
        self.strip.asked.connect(self._strip_asked)
        self.beside.settle_asked.connect(self._settle_asked)
        self.beside.side.history_asked.connect(self.cells.history)
        self.undo_button.clicked.connect(self.entry.undo)
        self.redo_button.clicked.connect(self.entry.redo)
        bind(self, "undo", SHEET).triggered.connect(self.entry.undo)
        bind(self, "redo", SHEET).triggered.connect(self.entry.redo)
        bind(self, "choose_scope", SHEET).triggered.connect(self.chooser.open_list)

    # -- what is on screen --------------------------------------------------------------------------------------------

    def arrive(self, argument: object) -> None:
        """Show the sheet, on the cell that `Arriving.go` reads from the argument."""
        if self.chooser.lesson is None or not self.chooser.lesson.live:
            self._reload()
        self._arriving.go(argument)
        self.grid.setFocus()

    def leave(self) -> bool:
        return self.grid.commit()

    def left(self) -> Left | None:
        left = self._leaving.left()
        seen = {DOWN: self.direction.key, COLOURED: self.acts.coloured}
        return None if left is None else replace(left, place={**left.place, **seen})

    def come_back(self, left: Left) -> bool:
        if left.place.get(DOWN) is False:
            self.direction.set_key(False)
            self.grid.set_path(Path(down=False))
        self.acts.coloured = bool(left.place.get(COLOURED))
        return self._leaving.come_back(left)

    @Slot(object)
    def records_changed(self, types: frozenset[str]) -> None:
        """The store says that records of these types changed."""
        if self.isVisible() and (types & LESSON_TYPES or self._stack.currentWidget() is not self.grid):
            self._reload()
        elif types & SHOWS:
            self.open_sheet.records_changed(types)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.open_sheet.wake()
        self.beside.soon()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.beside.stop()
        self.open_sheet.sleep()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.table.sheet = None  # headings and words of cells are made anew
            self._sheet_changed()

    def _reload(self) -> None:
        self.chooser.reload(self._today())
        self._sheet_chosen()

    @Slot()
    def _sheet_chosen(self) -> None:
        if not self.grid.finish():
            self.strip.clear()
        lesson, term = self.chooser.lesson, self.chooser.term
        here = lesson is not None and term is not None and lesson.live
        self._stack.setCurrentWidget(self.grid if here else self.no_lesson if lesson is None else self.not_here)
        buttons = (self.undo_button, self.redo_button, self.acts.add_button, self.acts.menu_button)
        for part in (self.tool_band, self.beside.side, *buttons):
            part.setVisible(here)
        self.finder.hide()
        if here and lesson is not None and term is not None:
            self._set_filter(Show.ALL)
            self.open_sheet.open(lesson, term)
            self.grid.setFocus()  # whoever has chosen wants to type

    @Slot()
    def _sheet_changed(self) -> None:
        sheet = self.open_sheet.sheet
        if sheet is None:
            return
        fresh = self._shown_lesson != sheet.lesson.code
        self._shown_lesson = sheet.lesson.code
        self.table.coloured = self.acts.coloured
        self.table.show_sheet(sheet, self.filter.kept(sheet), self._from.speech.entry_words)
        if fresh:
            self._figures.show()
        else:
            self._figures.soon()
        self.acts.add_button.setVisible(sheet.lesson.writable)
        if (fresh or not self.grid.current.isValid()) and self.table.rows and len(self.table.columns) > FROZEN:
            self.grid.go(0, FROZEN)
        self.beside.soon()

    @Slot()
    def _count(self) -> None:
        sheet = self.open_sheet.sheet
        if sheet is not None:
            self.filter.count(sheet, self.open_sheet.touched)

    @Slot()
    def _lines_chosen(self) -> None:
        self.grid.finish()
        self._set_filter(self.filter.show)
        self._sheet_changed()
        self.grid.setFocus()

    def _set_filter(self, show: Show) -> None:
        count = self.filter.set_show(show, self.open_sheet.sheet, self.open_sheet.touched)
        self.entry.narrowed = show is not Show.ALL
        if show is Show.ALL:
            self.strip.clear()
        else:
            words = lambda: self.tr("%n pupil(s) shown", "", count)  # noqa: E731
            self.strip.show_message(Message(words, Tone.NEUTRAL, (Act(EVERYBODY, lambda: self.tr("Show everybody")),)))

    @Slot()
    def _act_done(self) -> None:
        if self.filter.show is Show.ALL:
            self.strip.clear()

    @Slot(str)
    def _strip_asked(self, act: str) -> None:
        if act == RESUME:
            self.strip.clear()
            self.entry.resume()
        elif act == HISTORY:
            self.cells.history()
        elif act == UNDO:
            self.strip.clear()
            self.entry.undo()
        elif act == EVERYBODY:
            self._set_filter(Show.ALL)
            self._sheet_changed()
            self.grid.setFocus()

    @Slot()
    def _columns_chosen(self) -> None:
        self.grid.finish()
        self.open_sheet.show_facet(self.filter.facet)
        self.grid.go(max(self.grid.current.row(), 0), FROZEN)
        self.grid.setFocus()

    @Slot(object)
    def _direction_chosen(self, down: object) -> None:
        self.grid.set_path(Path(down=bool(down)))
        self.grid.setFocus()

    # -- one cell -----------------------------------------------------------------------------------------------------

    @Slot(str)
    def _settle_asked(self, id_: str) -> None:
        self.opened.emit("conflicts", id_)

    def _today(self) -> date:
        return self._from.clock().astimezone(JAPAN).date()
