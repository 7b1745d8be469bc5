"""Daily notes: a line to write one in, and all that may be read, newest first."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from client.pupil.record import Held, Note, Noted
from client.pupil.words import audience_words, held_words
from client.syncing.rules import JAPAN, short_date
from client.syncing.words import person
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.chip import Chip, FilterChip
from client.widgets.counted_text import CountedText
from client.widgets.ground import Ground
from client.widgets.ink import Step, Tone
from client.widgets.label import Label
from client.widgets.paragraph import Paragraph
from client.widgets.rule import Rule
from client.widgets.scroll_area import ScrollArea
from client.widgets.selector import Option, Selector
from client.workspace import MarkKind

translate = QCoreApplication.translate
LIMIT, DAYS_BACK = 1000, 7


class NoteForm(QWidget):
    """Day, text, tags and who reads it. written: Ctrl+Enter or the button; the page saves."""

    written = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = ink.look()
        self.note: Note | None = None
        self._tags: dict[str, FilterChip] = {}
        self.day = Selector(lambda: self.tr("Day"), self)
        self.audience = Selector(lambda: self.tr("Read by"), self)
        self.text = CountedText(lambda: self.tr("{count} too many"), self, limit=LIMIT)
        self.text.setFixedHeight(look.px(96))
        self.text.setAccessibleName(self.tr("Daily note"))
        self.save = Button(lambda: self.tr("Save"), Kind.PRIMARY, self)
        self.cancel = Button(lambda: self.tr("Cancel"), Kind.LINK, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        column.addWidget(self.text)
        self._tag_row = QHBoxLayout()
        self._tag_row.setSpacing(look.px(4))
        self._tag_row.addStretch(1)
        column.addLayout(self._tag_row)
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        row.addWidget(self.day)
        row.addWidget(self.audience)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.save)
        column.addLayout(row)
        self.save.clicked.connect(self.written)
        self.cancel.clicked.connect(self.given_up)

    def offer(self, noted: Noted, today: date) -> None:
        """Offer these days, readers and tags; what is chosen stays where it is still offered."""
        days = [today - timedelta(days=back) for back in range(DAYS_BACK)]
        words = [self.tr("Today"), *(short_date(day.isoformat()) for day in days[1:])]
        options = [Option(day.isoformat(), word) for day, word in zip(days, words, strict=True)]
        keys = {option.key for option in options}
        self.day.show_options(options, self.day.key if self.day.key in keys else today.isoformat())
        first = noted.audiences[0] if noted.audiences else None
        kept = self.audience.key if self.audience.key in noted.audiences else first
        readers = [Option(each, partial(audience_words, each)) for each in noted.audiences]
        self.audience.show_options(readers, kept)
        if [*self._tags] != [tag.code for tag in noted.tags]:
            for chip in self._tags.values():
                chip.hide()
                chip.deleteLater()
            self._tags = {tag.code: FilterChip(tag.name, self, counted=False) for tag in noted.tags}
            for at, chip in enumerate(self._tags.values()):
                self._tag_row.insertWidget(at, chip)

    def begin(self, note: Note | None) -> None:
        """Write a new note, or change an own one; day and readers of a note that is there stay."""
        self.note = note
        self.text.set_text("" if note is None else note.text)
        for code, chip in self._tags.items():
            chip.setChecked(note is not None and code in note.tags)
        self.day.setVisible(note is None)
        self.audience.setVisible(note is None)
        self.cancel.setVisible(note is not None)

    def put_back(self, text: str) -> None:
        """Write what was written here before."""
        self.text.set_text(text)

    @property
    def tags(self) -> list[str]:
        """The tags that are chosen."""
        return [code for code, chip in self._tags.items() if chip.isChecked()]

    @property
    def fits(self) -> bool:
        """Whether there is something to save, and not too much."""
        return bool(self.text.text().strip()) and self.text.length() <= LIMIT

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.note is not None:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class NoteEntry(QWidget):
    """One note: when, by whom, tags, readers, the text; what its author may do with it."""

    change_asked = Signal(object)
    delete_asked = Signal(object)

    def __init__(self, note: Note, facts: str, tags: list[str], *, mine: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.note = note
        look = ink.look()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.px(8), 0, look.px(8))
        column.setSpacing(look.px(4))
        head = QHBoxLayout()
        head.setSpacing(look.px(4))
        head.addWidget(Label(facts, Step.CAPTION, self, colour="text2"))
        for tag in tags:
            head.addWidget(Chip(tag, Tone.NEUTRAL, self))
        if note.mark is not None:
            head.addWidget(_mark_chip(note.mark.kind, self))
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(Paragraph(note.text, Step.BODY, self, measure=None))
        if mine:
            row = QHBoxLayout()
            row.addStretch(1)
            self.change = Button(lambda: self.tr("Change"), Kind.LINK, self)
            self.delete = Button(lambda: self.tr("Delete"), Kind.LINK, self)
            self.change.clicked.connect(self._change)
            self.delete.clicked.connect(self._delete)
            row.addWidget(self.change)
            row.addWidget(self.delete)
            column.addLayout(row)

    @Slot()
    def _change(self) -> None:
        self.change_asked.emit(self.note)

    @Slot()
    def _delete(self) -> None:
        self.delete_asked.emit(self.note)


def _mark_chip(kind: MarkKind, parent: QWidget) -> Chip:
    words = {
        MarkKind.CONFLICT: (lambda: translate("Notes", "Decide"), Tone.WARN, "conflict"),
        MarkKind.NOT_ACCEPTED: (lambda: translate("Notes", "Not accepted"), Tone.DANGER, "refused"),
    }
    said, tone, sign = words.get(kind, (lambda: translate("Notes", "Not sent yet"), Tone.NEUTRAL, "waiting"))
    return Chip(said, tone, parent, sign=sign)


class NotesColumn(Ground):
    """The form above, the notes below it. change_asked, delete_asked: of an own note."""

    change_asked = Signal(object)
    delete_asked = Signal(object)

    def __init__(self, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__("panel", Qt.Edge.LeftEdge, parent)
        self._clock = clock
        look = ink.look()
        self.entries: list[NoteEntry] = []
        self.form = NoteForm(self)
        self.missing = Paragraph("", Step.BODY, self, colour="text2", measure=None)
        self.none = Paragraph(lambda: self.tr("No notes yet."), Step.BODY, self, colour="text2")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(16), 0, 0)
        column.setSpacing(look.px(8))
        above = QVBoxLayout()
        above.setContentsMargins(0, 0, look.px(16), 0)
        above.setSpacing(look.px(8))
        above.addWidget(Label(lambda: self.tr("Daily notes"), Step.BODY, self, bold=True))
        above.addWidget(self.form)
        above.addWidget(self.missing)
        above.addWidget(self.none)
        column.addLayout(above)
        self._list = Ground("panel", None)
        self._lines = QVBoxLayout(self._list)
        self._lines.setContentsMargins(0, 0, look.px(16), look.px(16))
        self._lines.setSpacing(0)
        column.addWidget(ScrollArea(self._list, self), 1)

    def show_notes(self, noted: Noted, staff: Mapping[str, str], me: str | None) -> None:
        """Show these notes; what is being written stays."""
        self.form.offer(noted, self._clock().astimezone(JAPAN).date())
        self.form.setVisible(bool(noted.audiences))
        words = "" if noted.held is Held.HERE else held_words(noted.held, self.tr("who teaches in the class"))
        self.missing.set_words(words)
        self.missing.setVisible(bool(words))
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        names = {tag.code: tag.name for tag in noted.tags}
        self.entries = []
        for at, note in enumerate(noted.notes):
            if at:
                self._lines.addWidget(Rule(parent=self._list))
            facts = "  ".join((short_date(note.date), person(staff, note.author), audience_words(note.audience)))
            tags = [names.get(code, code) for code in note.tags]
            entry = NoteEntry(note, facts, tags, mine=note.author == me, parent=self._list)
            entry.change_asked.connect(self.change_asked)
            entry.delete_asked.connect(self.delete_asked)
            self._lines.addWidget(entry)
            self.entries.append(entry)
        self._lines.addStretch(1)
        self.none.setVisible(noted.held is Held.HERE and not noted.notes)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.form.text.setAccessibleName(self.tr("Daily note"))
