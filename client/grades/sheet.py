"""The sheet on screen: what the store says, with what was just typed laid over it until it is safe."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from functools import partial
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from client.grades.reading import Place
from client.grades.record import Change, GradeRow, Lesson, Mark, Sheet, Term, Value
from client.grades.repository import SHOWS, GradeBook
from client.grades.rules import Facet, faceted
from client.workspace import Saved
from sync.errors import Defect, KeyakiError

AGAIN_MS = 60
"""News of many small writes is answered by one reading."""
TYPING_MS, AT_MOST_S = 400, 3.0
"""While somebody types, the whole sheet is read when the hand rests, and at the latest after so many seconds."""


class OpenSheet(QObject):
    """Holds one sheet, writes acts without waiting for the disk, and reads again when the store has news.

    A typed value is part of `sheet` at once, marked SAVING; when the store has it the next reading shows its own mark.
    changed: `sheet` is another one. failed: a write was not possible (KeyakiError); the old value is back.
    """

    changed = Signal()
    failed = Signal(object)
    _ended = Signal(int, object)  # token, error or None

    def __init__(self, book: GradeBook, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book, self._today = book, today
        self._lesson: Lesson | None = None
        self._term: Term | None = None
        self._sheet: Sheet | None = None
        self._facet = Facet.ALL
        self._asleep, self._missed = False, False
        self._laid: dict[Place, tuple[int, Value]] = {}
        self._running: dict[int, frozenset[Place]] = {}
        self._typed, self._waiting_since = 0.0, 0.0
        self._token = 0
        self.touched: set[str] = set()
        """Ids of the records written from this sheet since it was opened."""
        self._ended.connect(self._write_ended)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.read)

    @property
    def sheet(self) -> Sheet | None:
        """What is on screen."""
        return self._sheet

    @property
    def saving(self) -> bool:
        """Whether something typed is not on the disk yet."""
        return bool(self._running)

    def open(self, lesson: Lesson, term: Term) -> None:
        """Show another sheet. Raises StoreError."""
        self._lesson, self._term = lesson, term
        self._laid.clear()
        self.touched.clear()
        self.read()

    def show_facet(self, facet: Facet) -> None:
        """Show these columns of the sheet. Raises StoreError."""
        self._facet = facet
        self.read()

    @Slot()
    def read(self) -> None:
        """Read the sheet again, now."""
        self._again.stop()
        self._missed = False
        if self._lesson is None or self._term is None:
            return
        self._laid = {place: laid for place, laid in self._laid.items() if laid[0] in self._running}
        read = self._book.sheet(self._lesson, self._term, self._today())
        self._sheet = self._with_laid(faceted(read, self._facet))
        self.changed.emit()

    @Slot(object)
    def records_changed(self, types: frozenset[str]) -> None:
        """The store says that records of these types changed: read again, soon."""
        if types & SHOWS:
            self._read_soon()

    def _read_soon(self) -> None:
        now = monotonic()
        if self._asleep:
            self._missed = True
            return
        if not self._again.isActive():
            self._waiting_since = now
        if now - self._waiting_since < AT_MOST_S:
            self._again.start(TYPING_MS if now - self._typed < 1 else AGAIN_MS)

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

    # -- acts ---------------------------------------------------------------------------------------------------------

    def put(self, changes: Sequence[Change], cause: str) -> bool:
        """Write the cells of one act as one edit group. False where nothing would differ, and so nothing was done."""
        sheet = self._sheet
        wanted = [change for change in changes if change.row.cells[change.column].value != change.value]
        if sheet is None or not wanted:
            return False
        self._token += 1
        future = self._book.post(sheet, wanted, cause)
        self._typed = monotonic()
        for change in wanted:
            self._laid[change.row.id, sheet.columns[change.column].key] = (self._token, change.value)
            self.touched.add(change.row.cells[change.column].id)
        self._running[self._token] = frozenset((change.row.id, sheet.columns[change.column].key) for change in wanted)
        self._sheet = self._with_laid(sheet)
        future.add_done_callback(partial(self._told, self._token))
        self.changed.emit()
        return True

    def undo(self) -> tuple[str, ...]:
        """Take back the last act of this sheet. Ids of its records, none if there was none. Raises UndoRefused."""
        return self._taken(self._book.undo)

    def redo(self) -> tuple[str, ...]:
        """Do again what was taken back last. Ids of its records, none if there was none. Raises UndoRefused."""
        return self._taken(self._book.redo)

    def _taken(self, act: Callable[[Sheet], Saved | None]) -> tuple[str, ...]:
        saved = None if self._sheet is None else act(self._sheet)
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
        places = self._running.pop(token, frozenset())
        if self._asleep:
            self._missed = True
        else:
            self._renew(places)
        if error is None:
            return
        self.failed.emit(error)

    def _renew(self, places: frozenset[Place]) -> None:
        """Show the cells of an act that has ended as the store has them; what is still being saved lies over them."""
        sheet = self._sheet
        if sheet is None:
            return
        settled = {place for place in places if self._laid.get(place, (0, None))[0] not in self._running}
        self._laid = {place: laid for place, laid in self._laid.items() if place not in settled}
        self._sheet = self._with_laid(self._book.renewed(sheet, settled))
        self.changed.emit()

    def _with_laid(self, sheet: Sheet) -> Sheet:
        """The sheet with what is being saved laid over it."""
        if not self._laid:
            return sheet
        return replace(sheet, rows=tuple(self._overlaid(sheet, sheet.rows)))

    def _overlaid(self, sheet: Sheet, rows: Iterable[GradeRow]) -> Iterable[GradeRow]:
        columns = {column.key: at for at, column in enumerate(sheet.columns)}
        by_pupil: dict[str, list[tuple[int, Value]]] = {}
        for (pupil, key), (_, value) in self._laid.items():
            if key in columns:
                by_pupil.setdefault(pupil, []).append((columns[key], value))
        for row in rows:
            laid = by_pupil.get(row.id)
            if laid is None:
                yield row
                continue
            cells = list(row.cells)
            for at, value in laid:
                cells[at] = replace(cells[at], value=value, marks=cells[at].marks | Mark.SAVING)
            yield replace(row, cells=tuple(cells))
