"""The book on screen: what the store says, with what was just decided laid over it until it is safe."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from client.grades.record import Lesson, Mark, Term
from client.summing_up.record import Book, Change, Decision, Finding, Line
from client.summing_up.repository import SHOWS, Decisions
from client.summing_up.rules import Shift, Sums, findings, shift, summed
from client.workspace import Saved
from sync.errors import Defect, KeyakiError
from sync.records.derive.grading import Rule

AGAIN_MS = 150
"""News of many small writes is answered by one reading, when the hand rests."""

Place = tuple[str, str]
"""(pupil, column key)."""


class OpenBook(QObject):
    """Holds one book with what is computed for it, writes acts without waiting for the disk, and reads again on news.

    A typed value is part of `book` at once, marked SAVING. changed: `book`, `sums` or `trial` is another one. failed: a
    write was not possible (KeyakiError); the old value is back.
    """

    changed = Signal()
    failed = Signal(object)
    _ended = Signal(int, object)  # token, error or None

    def __init__(self, decisions: Decisions, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._decisions, self._today = decisions, today
        self._chosen: tuple[Lesson, Term] | None = None
        self._laid: dict[Place, tuple[int, Decision]] = {}
        self._running: set[int] = set()
        self._token = 0
        self._asleep, self._missed = False, False
        self.book: Book | None = None
        self.sums: Sums = {}
        """What the rule in force computes."""
        self.trial: Rule | None = None
        """Other cut-offs that somebody tries; nothing of them is kept."""
        self.trial_sums: Sums = {}
        self.found: tuple[Finding, ...] = ()
        self._ended.connect(self._write_ended)
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self.read)

    @property
    def saving(self) -> bool:
        """Whether something decided is not on the disk yet."""
        return bool(self._running)

    @property
    def shift(self) -> Shift | None:
        """What the cut-offs that are tried would move; None while none are."""
        if self.book is None or self.trial is None:
            return None
        return shift(self.book, self.sums, self.trial_sums)

    def open(self, lesson: Lesson, term: Term) -> None:
        """Show another book; what was tried ends. Raises StoreError."""
        self._chosen = (lesson, term)
        self._laid.clear()
        self.trial = None
        self.read()

    @Slot()
    def read(self) -> None:
        """Read the book again, now."""
        self._again.stop()
        self._missed = False
        if self._chosen is None:
            return
        self._laid = {place: laid for place, laid in self._laid.items() if laid[0] in self._running}
        self._take(self._decisions.book(*self._chosen, self._today()))

    @Slot(object)
    def records_changed(self, types: frozenset[str]) -> None:
        """The store says that records of these types changed: read again, soon."""
        if not types & SHOWS:
            return
        if self._asleep:
            self._missed = True
        else:
            self._again.start()

    def sleep(self) -> None:
        """Nobody looks: read nothing until `wake`. Writes go on, and the store may be closed meanwhile."""
        self._asleep = True
        self._missed = self._missed or self._again.isActive()
        self._again.stop()

    def wake(self) -> None:
        """Somebody looks: catch up. Raises StoreError."""
        self._asleep = False
        if self._missed:
            self.read()

    def try_rule(self, trial: Rule | None) -> None:
        """See what other cut-offs would give; None ends it. Writes nothing."""
        self.trial = trial
        self._compute()
        self.changed.emit()

    # -- acts ---------------------------------------------------------------------------------------------------------

    def put(self, changes: Sequence[Change], cause: str) -> bool:
        """Write the cells of one act as one edit group. False where nothing would differ, and so nothing was done."""
        book = self.book
        wanted = [change for change in changes if change.cell.decided != change.decided]
        if book is None or not wanted:
            return False
        self._token += 1
        future = self._decisions.post(book, wanted, cause)
        for change in wanted:
            self._laid[change.line.id, change.key] = (self._token, change.decided)
        self._running.add(self._token)
        self._take(book)
        future.add_done_callback(partial(self._told, self._token))
        return True

    def undo(self) -> tuple[str, ...]:
        """Take back the last act of this book. Ids of its records, none if there was none. Raises UndoRefused."""
        return self._taken(self._decisions.undo)

    def redo(self) -> tuple[str, ...]:
        """Do again what was taken back last. Ids of its records, none if there was none. Raises UndoRefused."""
        return self._taken(self._decisions.redo)

    def _taken(self, act: Callable[[Book], Saved | None]) -> tuple[str, ...]:
        saved = None if self.book is None else act(self.book)
        self.read()
        return () if saved is None else tuple(id_ for _, id_ in saved.records)

    def _told(self, token: int, future: "Future[Saved]") -> None:
        """In the writer's thread: hand the end over to the GUI thread."""
        error = future.exception()
        if error is not None and not isinstance(error, KeyakiError):
            error = Defect(assumed=f"a write ends with an error of ours, not {type(error).__name__}")
        self._ended.emit(token, error)

    @Slot(int, object)
    def _write_ended(self, token: int, error: KeyakiError | None) -> None:
        self._running.discard(token)
        if self._asleep:
            self._missed = True
        elif error is not None:
            self.read()
        else:
            self._again.start()
        if error is not None:
            self.failed.emit(error)

    # -- what is on screen --------------------------------------------------------------------------------------------

    def _take(self, book: Book) -> None:
        self.book = replace(book, lines=tuple(map(self._with_laid, book.lines))) if self._laid else book
        self._compute()
        self.changed.emit()

    def _with_laid(self, line: Line) -> Line:
        laid = {key: decided for (pupil, key), (_, decided) in self._laid.items() if pupil == line.id}
        if not laid:
            return line
        saving = {
            key: replace(line.cells[key], decided=decided, marks=line.cells[key].marks | Mark.SAVING)
            for key, decided in laid.items()
        }
        return replace(line, cells={**line.cells, **saving})

    def _compute(self) -> None:
        if self.book is None:
            return
        self.sums = summed(self.book, self.book.rule)
        self.trial_sums = summed(self.book, self.trial) if self.trial is not None else {}
        self.found = findings(self.book, self.sums)
