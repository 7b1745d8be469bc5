"""S4 児童生徒カード: one pupil at a glance, a daily note in two seconds, and what was changed."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QEvent, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from client.pupil.chooser import PupilChooser
from client.pupil.history import HistoryBox, Whose
from client.pupil.notes import NotesColumn
from client.pupil.parts import DaysCard, GradesCard, PupilHead, RemarksCard
from client.pupil.record import Card, Term
from client.pupil.repository import SHOWS, TYPES, screen_of
from client.pupil.sources import Sources
from client.pupil.writing import NoteActs
from client.shell.actions import SHEET, bind
from client.shell.pages import Left, Page, PageFrame
from client.syncing.rules import JAPAN
from client.widgets import ink
from client.widgets.button import Button
from client.widgets.empty_state import EmptyState
from client.widgets.ground import Ground
from client.widgets.scroll_area import ScrollArea

KEY = "pupil"
NOTES_WIDTH = 360


def page(sources: Sources) -> Page:
    """The page for the window's list."""
    title = lambda: QCoreApplication.translate("PupilPage", "Pupil card")  # noqa: E731  asked at each change of language
    return Page(KEY, "pupil", title, lambda: PupilPage(sources), under="register", screens=(SHEET,))


class PupilPage(PageFrame):
    """What is read of a pupil at the left, daily notes at the right."""

    def __init__(self, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("Pupil card"), parent)
        self._from = sources
        self._term = ""
        self._card: Card | None = None
        self.chooser = PupilChooser(sources.file, self)
        self.head, self.days, self.grades, self.remarks = PupilHead(), DaysCard(), GradesCard(), RemarksCard()
        self.notes = NotesColumn(sources.clock, self)
        self.note_acts = NoteActs(sources, self.notes, self)
        self.history_button = Button(lambda: self.tr("History"), parent=self, icon="history")
        self._build()
        self._wire()

    # -- construction -------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        look = ink.look()
        for part in self.chooser.parts:
            self.selectors.addWidget(part)
        self.buttons.addWidget(self.history_button)
        inner = Ground("window", None)
        column = QVBoxLayout(inner)
        column.setContentsMargins(look.px(24), look.px(16), look.px(16), look.px(24))
        column.setSpacing(look.px(16))
        for card in (self.head, self.days, self.grades, self.remarks):
            column.addWidget(card)
        column.addStretch(1)
        work = QWidget(self)
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.view = ScrollArea(inner, work)
        row.addWidget(self.view, 1)
        row.addWidget(self.notes)
        self.nobody = EmptyState(
            "pupil",
            lambda: self.tr("No pupil to show"),
            lambda: self.tr("Pupils of the classes you teach have a card here once their class is on this PC."),
        )
        self._stack = QStackedWidget(self)
        self._stack.addWidget(work)
        self._stack.addWidget(self.nobody)
        self.body.addWidget(self._stack, 1)
        self._relook()

    def _relook(self) -> None:
        self.notes.setFixedWidth(ink.look().px(NOTES_WIDTH))

    def _wire(self) -> None:
        self.chooser.chosen.connect(self._pupil_chosen)
        self.days.period.chosen.connect(self._term_chosen)
        self.note_acts.said.connect(self.strip.show_message)
        self.note_acts.changed.connect(self.reload)
        self.strip.asked.connect(self.note_acts.heed)
        self.history_button.clicked.connect(self.show_history)
        bind(self, "history", KEY).triggered.connect(self.show_history)
        bind(self, "previous_pupil", KEY).triggered.connect(self.chooser.step_up)
        bind(self, "next_pupil", KEY).triggered.connect(self.chooser.step_down)
        bind(self, "new_note", KEY).triggered.connect(self.note_acts.go)
        bind(self, "save_note", KEY).triggered.connect(self.note_acts.save)
        bind(self, "undo", SHEET).triggered.connect(self.note_acts.undo)
        bind(self, "redo", SHEET).triggered.connect(self.note_acts.redo)
        bind(self, "choose_scope", SHEET).triggered.connect(self.chooser.pupil.open_list)

    # -- what is on screen --------------------------------------------------------------------------------------------

    def arrive(self, argument: object) -> None:
        """Show a pupil: (class, pupil), a pupil's id, (type, id) of a record about one, or who was shown last."""
        self.chooser.reload(self._today)
        match argument:
            case (str() as type_, str() as id_) if type_ in TYPES:
                pupil = self._from.file.pupil_of(type_, id_)
                if pupil is not None:
                    self.chooser.find(None, pupil)
            case (str() as class_, str() as pupil):
                self.chooser.find(class_, pupil)
            case str() as pupil:
                self.chooser.find(None, pupil)
            case _:
                pass
        self.reload()
        self.view.setFocus()

    def leave(self) -> bool:
        """What is being written is kept as a draft, as it is at a lock; nothing is saved by leaving."""
        return True

    def left(self) -> Left | None:
        if self._card is None:
            return None
        half = self.note_acts.half_written
        changed = {pupil: note for pupil, (note, _) in half.items() if note is not None}
        place = {"class": self._card.class_.code, "pupil": self._card.line.id, "notes": changed}
        return Left(place, {pupil: text for pupil, (_, text) in half.items()})

    def come_back(self, left: Left) -> bool:
        self.chooser.reload(self._today)
        if not self.chooser.find(str(left.place.get("class")), str(left.place.get("pupil"))):
            return not left.typed
        self.reload()
        notes: Mapping[str, str] = left.place.get("notes") or {}
        self.note_acts.restore({pupil: (notes.get(pupil), text) for pupil, text in left.typed.items()})
        if str(left.place.get("pupil")) in left.typed:
            self.note_acts.go()
        return True

    @Slot(object)
    def records_changed(self, types: frozenset[str]) -> None:
        """The store says that records of these types changed."""
        if types & SHOWS and self.isVisible():
            self.chooser.reload(self._today)
            self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and self._card is not None:
            self.reload()
        elif event.type() is QEvent.Type.StyleChange:
            self._relook()

    def reload(self) -> None:
        """Read the card again; what is being written stays."""
        held, line = self.chooser.held, self.chooser.line
        if held is None or line is None:
            self._card = self.note_acts.card = None
            self._stack.setCurrentWidget(self.nobody)
            self.history_button.hide()
            return
        self.history_button.show()
        self._stack.setCurrentIndex(0)
        term = next((each for each in self.chooser.terms if each.code == self._term), None) or self._current_term()
        card = self._card = self._from.file.card(held, line, term, self._today)
        self.head.show_card(card)
        self.days.show_days(card.attended, self.chooser.terms, term)
        self.grades.show_graded(card.graded)
        self.remarks.show_remarks(card.remarked)
        self.notes.show_notes(card.noted, self._from.situation.staff(), self._from.file.me)
        self.note_acts.show(card)

    def _current_term(self) -> Term | None:
        begun = [term for term in self.chooser.terms if term.no and term.start <= self._today]
        return begun[-1] if begun else next(iter(self.chooser.terms), None)

    @Slot()
    def _pupil_chosen(self) -> None:
        self.strip.clear()
        self.reload()
        self.view.verticalScrollBar().setValue(0)

    @Slot(object)
    def _term_chosen(self, code: str) -> None:
        self._term = code
        self.reload()

    @Slot()
    def show_history(self) -> None:
        """Open the history of all that is here about the pupil."""
        if self._card is not None:
            pupil, name = self._card.line.id, self._card.line.who.name
            box = HistoryBox(self._from, Whose(self._from.file.records(pupil), name, screen_of(pupil)), self)
            box.changed.connect(self.reload)
            box.open()

    @property
    def _today(self) -> str:
        return self._from.clock().astimezone(JAPAN).date().isoformat()
