"""What is done with daily notes: written, changed, deleted, taken back; each saved at once."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal, Slot

from client.pupil.notes import NotesColumn
from client.pupil.record import Card, Note
from client.pupil.sources import Sources
from client.shell.messages import of_error
from client.widgets import ink
from client.widgets.ink import Tone
from client.widgets.message_strip import Act, Message
from sync.errors import KeyakiError

UNDO = "undo"


class NoteActs(QObject):
    """Acts on the notes of the card that is shown. said: a Message for the strip; changed: the card is another one."""

    said = Signal(object)
    changed = Signal()

    def __init__(self, sources: Sources, column: NotesColumn, parent: QObject) -> None:
        super().__init__(parent)
        self._from, self._column = sources, column
        self.card: Card | None = None
        self._half: dict[str, tuple[str | None, str]] = {}
        column.form.written.connect(self.save)
        column.form.given_up.connect(self.begin)
        column.change_asked.connect(self._change)
        column.delete_asked.connect(self._delete)

    def show(self, card: Card) -> None:
        """Another card is shown, or the same one again. What was half written on a card waits there."""
        before, self.card = self.card, card
        if before is None or before.line.id != card.line.id:
            if before is not None:
                self._put_aside(before)
            self.resume(*self._half.get(card.line.id, (None, "")))

    def _put_aside(self, card: Card) -> None:
        note, text = self.written
        if text:
            self._half[card.line.id] = None if note is None else note.id, text
        else:
            self._half.pop(card.line.id, None)

    @property
    def written(self) -> tuple[Note | None, str]:
        """Which note is changed, None for a new one, and what is written and not saved; empty where nothing is."""
        note, text = self._column.form.note, self._column.form.text.on_screen
        return note, "" if not text.strip() or (note is not None and text == note.text) else text

    @property
    def half_written(self) -> dict[str, tuple[str | None, str]]:
        """{pupil: (note that is changed, text)} of all cards on which something is half written."""
        if self.card is not None:
            self._put_aside(self.card)
        return dict(self._half)

    def restore(self, half: Mapping[str, tuple[str | None, str]]) -> None:
        """What was half written, after the program was locked; the card on screen resumes its own."""
        self._half = dict(half)
        if self.card is not None:
            self.resume(*self._half.get(self.card.line.id, (None, "")))

    def resume(self, note: str | None, text: str) -> None:
        """Write on where somebody stopped: a new note, or an own one by its id."""
        notes = () if self.card is None else self.card.noted.notes
        self._column.form.begin(next((each for each in notes if each.id == note), None))
        if text:
            self._column.form.put_back(text)

    @Slot()
    def go(self) -> None:
        """Go and write a note; what is written there already stays."""
        self._column.form.text.setFocus()

    @Slot()
    def begin(self) -> None:
        """Begin a new note."""
        self._column.form.begin(None)

    @Slot(object)
    def _change(self, note: Note) -> None:
        self._column.form.begin(note)
        self._column.form.text.setFocus()

    @Slot()
    def save(self) -> None:
        """Save what is written; where nothing is, or too much, say so and keep it."""
        form, card = self._column.form, self.card
        if card is None or not form.isVisible():
            return
        if not form.fits:
            words = lambda: self.tr("Write the note first, at most 1,000 characters.")  # noqa: E731
            self.said.emit(Message(words, Tone.WARN))
            return
        text, file, pupil = form.text.text().strip(), self._from.file, card.line.id
        try:
            if form.note is None:
                file.write(card.class_, pupil, str(form.day.key), (text, form.tags, str(form.audience.key)))
            else:
                file.rewrite(form.note, pupil, text, form.tags)
        except KeyakiError as error:
            self._refused(error)
            return
        self._half.pop(pupil, None)
        form.begin(None)
        self._done(lambda: self.tr("The note is saved."))

    @Slot(object)
    def _delete(self, note: Note) -> None:
        if self.card is None:
            return
        try:
            self._from.file.remove(note, self.card.line.id)
        except KeyakiError as error:
            self._refused(error)
            return
        self._done(lambda: self.tr("The note is deleted."))

    def _done(self, words: ink.Words) -> None:
        acts = (Act(UNDO, lambda: self.tr("Undo")),)
        self.said.emit(Message(lambda: ink.said(words), Tone.INFO, acts, passing=True))
        self.changed.emit()

    def _refused(self, error: KeyakiError) -> None:
        self.said.emit(of_error(error, self._from.speech.sentence))

    @Slot(str)
    def heed(self, act: str) -> None:
        """Do what the strip offers."""
        if act == UNDO:
            self.undo()

    @Slot()
    def undo(self) -> None:
        """Take back the last act on this card."""
        self._turn(back=True)

    @Slot()
    def redo(self) -> None:
        """Do it again."""
        self._turn(back=False)

    def _turn(self, *, back: bool) -> None:
        if self.card is None:
            return
        turn = self._from.file.undo if back else self._from.file.redo
        try:
            done = turn(self.card.line.id)
        except KeyakiError as error:
            self.said.emit(of_error(error, self._from.speech.sentence, Tone.WARN))
            return
        if done is not None:
            words = (lambda: self.tr("Taken back.")) if back else (lambda: self.tr("Done again."))
            self.said.emit(Message(words, Tone.INFO, passing=True))
            self.changed.emit()
