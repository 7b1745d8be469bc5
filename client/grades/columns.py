"""What is done to whole columns: a work is added, changed, closed, opened again, removed. Each can be undone."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from client.grades.record import GradeColumn, Mark
from client.grades.rules import decimal
from client.grades.sheet import OpenSheet
from client.grades.table import FROZEN, title
from client.grades.work import Draft, Fault, Kind, Offer, Part, Work, dropped, read_draft, suggested
from client.grades.work_form import WorkForm
from client.grades.works import WorkBook
from client.shell.messages import Asked, Question, of_error
from client.terms import Speech
from client.widgets.grid.view import GridView
from client.widgets.ink import Tone
from client.widgets.message_strip import Act, Message
from client.workspace import Saved
from sync.errors import KeyakiError

UNDO: Final = "undo"
"""The act of a sentence that takes back what was done to a column."""
MADE, OF = "made", "of"


class ColumnActs(QObject):
    """Acts on the column the cursor stands in. said: a Message for the strip. made: the id of a part, to stand on."""

    said = Signal(object)
    made = Signal(str)

    def __init__(self, works: WorkBook, sheet: OpenSheet, grid: GridView, speech: Speech, page: QWidget) -> None:
        super().__init__(page)
        self._works, self._open, self._grid, self._speech, self._page = works, sheet, grid, speech, page
        self._form: WorkForm | None = None
        self._changed: Work | None = None
        self._agreed: Callable[[], None] | None = None

    @property
    def column(self) -> GradeColumn | None:
        """The work's column the cursor stands in; None in the results of the term."""
        sheet, at = self._open.sheet, self._grid.current.column() - FROZEN
        if sheet is None or not 0 <= at < len(sheet.columns):
            return None
        column = sheet.columns[at]
        return column if column.collected else None

    @property
    def may_write(self) -> bool:
        """Whether the signed-in teacher may change columns of this sheet."""
        return self._open.sheet is not None and self._open.sheet.lesson.writable

    @property
    def form(self) -> WorkForm | None:
        """The form that is open."""
        return self._form if self._form is not None and isValid(self._form) else None

    # -- adding and changing ------------------------------------------------------------------------------------------

    @Slot()
    def make(self) -> None:
        """Open the form of a new work."""
        sheet = self._open.sheet
        if sheet is not None and sheet.lesson.writable and self._grid.finish():
            offer = self._works.offer(sheet)
            self._show(offer, _fresh(offer, self.column), None)

    @Slot()
    def change(self) -> None:
        """Open the form of the work under the cursor."""
        sheet, column = self._open.sheet, self.column
        if sheet is None or column is None or not sheet.lesson.writable or not self._grid.finish():
            return
        work = self._works.work(column.key)
        if work is None or work.closed:
            self._refuse(lambda: self.tr("This column is closed. Open it again before changing it."))
        else:
            self._show(self._works.offer(sheet), work.draft, work)

    def _show(self, offer: Offer, draft: Draft, work: Work | None) -> WorkForm:
        new = work is None
        title_ = lambda: self.tr("Add a column") if new else self.tr("Change the column")  # noqa: E731
        button = lambda: self.tr("Add") if new else self.tr("Change")  # noqa: E731
        form = self._form = WorkForm(offer, draft, title_, button, self._page)
        self._changed = work
        for code, _ in offer.viewpoints:
            part = suggested(code, self._parts())
            form.suggest(code, decimal(part.maximum or 0), decimal(part.weight or 0))
        form.entered.connect(self._entered)
        form.finished.connect(self._closed)
        form.open()
        return form

    def _parts(self) -> list[Part]:
        sheet = self._open.sheet
        columns = () if sheet is None else (column for column in sheet.columns if column.collected)
        return [Part(column.viewpoint, column.maximum, column.weight) for column in columns]

    @Slot(object)
    def _entered(self, entered: Any) -> None:
        sheet, form, before = self._open.sheet, self.form, self._changed
        if sheet is None or form is None:
            return
        draft = read_draft(entered, sheet.lesson.year, before)
        if isinstance(draft, Fault):
            form.show_fault(draft)
            return
        lost = 0 if before is None else sum(held.values for held in dropped(before, draft))
        if lost:
            self._ask(self._removal(draft.title, lost), partial(self._save, draft))
        else:
            self._save(draft)

    def _save(self, draft: Draft) -> None:
        sheet, form, before = self._open.sheet, self.form, self._changed
        if sheet is None or form is None:
            return
        if before is not None and self._works.work(before.held[0].id) != before:
            form.say(lambda: self.tr("Somebody has changed this column meanwhile. Close this and look again."))
            return
        try:
            saved = self._works.make(sheet, draft) if before is None else self._works.change(sheet, before, draft)
        except KeyakiError as error:
            sentence = self._speech.sentence(error)
            form.say(sentence)
            return
        form.accept()
        self._open.read()
        part = next((id_ for type_, id_ in saved.records if type_ == "evidence_part"), None)
        if before is None and part is not None:
            self.made.emit(part)

    @Slot(int)
    def _closed(self, _result: int) -> None:
        self._form = None
        self._grid.setFocus()

    # -- closing and removing -----------------------------------------------------------------------------------------

    @Slot()
    def turn_lock(self) -> None:
        """Close the work under the cursor to changes, or open it again; not while a cell of it waits for a decision."""
        sheet, column = self._open.sheet, self.column
        work = None if column is None else self._works.work(column.key)
        if sheet is None or column is None or work is None or not sheet.lesson.writable or not self._grid.finish():
            return
        differing = self._differing(work)
        if differing and not work.closed:
            words = lambda: self.tr("%n cell(s) need your decision before this can be closed.", "", differing)  # noqa: E731
            self._refuse(words)
            return
        closed = not work.closed
        name = title(column)
        shut, opened = self.tr('"{title}" is closed.'), self.tr('"{title}" is open again.')
        self._done(lambda: self._works.set_closed(sheet, work, closed=closed), (shut if closed else opened), name)

    def _differing(self, work: Work) -> int:
        """How many cells of a work two people have filled differently."""
        sheet = self._open.sheet
        parts = {held.id for held in work.held}
        if sheet is None:
            return 0
        at = [place for place, column in enumerate(sheet.columns) if column.key in parts]
        return sum(bool(row.cells[place].marks & Mark.CONFLICT) for row in sheet.rows for place in at)

    @Slot()
    def remove(self) -> None:
        """Ask whether the work under the cursor shall go, and say how many scores go with it."""
        sheet, column = self._open.sheet, self.column
        work = None if column is None else self._works.work(column.key)
        if sheet is None or work is None or not sheet.lesson.writable or not self._grid.finish():
            return
        if work.closed:
            self._refuse(lambda: self.tr("This column is closed. Open it again before changing it."))
        else:
            self._ask(self._removal(work.draft.title, work.values, len(work.held)), partial(self._remove, work))

    def _removal(self, name: str, scores: int, columns: int = 1) -> Asked:
        told = [self.tr("%n score(s) will be removed with it.", "", scores)] if scores else []
        if columns > 1:
            told.insert(0, self.tr("It has %n column(s), one for each viewpoint.", "", columns))
        words = " ".join((*told, self.tr("This can be undone.")))
        return Asked(self.tr('Remove "{title}"?').format(title=name), words, self.tr("Remove"), self.tr("Keep"))

    def _remove(self, work: Work) -> None:
        sheet = self._open.sheet
        if sheet is None:
            return
        if self._works.work(work.held[0].id) != work:
            self._refuse(lambda: self.tr("Somebody has changed this column meanwhile. Nothing was removed."))
            return
        self._done(lambda: self._works.remove(sheet, work), self.tr('"{title}" was removed.'), work.draft.title)

    # -- telling ------------------------------------------------------------------------------------------------------

    def _ask(self, asked: Asked, yes: Callable[[], None]) -> None:
        self._agreed = yes
        box = Question(asked, self.form or self._page)
        box.accepted.connect(self._yes)
        box.open()

    @Slot()
    def _yes(self) -> None:
        if self._agreed is not None:
            self._agreed()

    def _done(self, act: Callable[[], Saved], words: str, name: str) -> None:
        """Do something and say so, with the way back."""
        try:
            act()
        except KeyakiError as error:
            self.said.emit(of_error(error, self._speech.sentence))
            return
        self._open.read()
        undo = Act(UNDO, lambda: self.tr("Undo"))
        self.said.emit(Message(lambda: words.format(title=name), acts=(undo,), passing=True))
        self._grid.setFocus()

    def _refuse(self, words: Callable[[], str]) -> None:
        self.said.emit(Message(words, Tone.DANGER))

    # -- leaving ------------------------------------------------------------------------------------------------------

    def left(self) -> Mapping[str, Any] | None:
        """What is in the open form, as JSON takes it; None where none is open."""
        form = self.form
        if form is None:
            return None
        of = None if self._changed is None else self._changed.held[0].id
        return {OF: of, MADE: asdict(form.read())}

    def come_back(self, left: Mapping[str, Any]) -> bool:
        """Open the form again with what was in it; False where its work has gone."""
        sheet = self._open.sheet
        work = None if left[OF] is None else self._works.work(left[OF])
        if sheet is None or (work is None and left[OF] is not None):
            return False
        offer = self._works.offer(sheet)
        self._show(offer, _fresh(offer, None) if work is None else work.draft, work).refill(left[MADE])
        return True


def _fresh(offer: Offer, beside: GradeColumn | None) -> Draft:
    """What the form of a new work starts with: the unit of the column under the cursor, and nothing that is guessed."""
    kind = offer.kinds[0] if offer.kinds else Kind("", "", letters=False)
    return Draft("", kind.code, "" if beside is None else beside.unit, None, ())
