"""The register on screen: what the store says, with what was just marked laid over it until it is safe."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from client.attendance.record import SAVING, Cell, Change, Day, Line, Place, Register, Room, Taken
from client.attendance.repository import SHOWS, AttendanceBook
from client.attendance.rules import restated
from client.workspace import Saved
from sync.errors import Defect, KeyakiError
from sync.records.derive.attendance import PRESENT

AGAIN_MS = 60
"""News of many small writes is answered by one reading."""
TYPING_MS, AT_MOST_S = 400, 3.0
"""While somebody types, all of it is read when the hand rests, and at the latest after so many seconds."""

Reading = Callable[[], Register]


@dataclass(frozen=True, slots=True)
class _Laid:
    token: int
    change: Change


class OpenRegister(QObject):
    """Holds one register, writes acts without waiting for the disk, and reads again when the store has news.

    What was marked is part of `register` at once, with SAVING; when the store has it, with the store's own mark.
    changed: `register` is another one. failed: a write was not possible (KeyakiError); the old value is back.
    """

    changed = Signal()
    failed = Signal(object)
    _ended = Signal(int, object)  # token, error or None

    def __init__(self, book: AttendanceBook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._reading: Reading | None = None
        self._register: Register | None = None
        self._asleep, self._missed = False, False
        self._laid: dict[Place, _Laid] = {}
        self._taking: dict[str, int] = {}
        self._running: dict[int, frozenset[Place]] = {}
        self._typed, self._waiting_since, self._token = 0.0, 0.0, 0
        self._ended.connect(self._write_ended)
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self.read)

    @property
    def register(self) -> Register | None:
        """What is on screen."""
        return self._register

    @property
    def saving(self) -> bool:
        """Whether something is not on the disk yet, or not read back."""
        return bool(self._running) or self._again.isActive()

    def open(self, reading: Reading) -> None:
        """Show another register. Raises StoreError."""
        self._reading = reading
        self._laid.clear()
        self._taking.clear()
        self.read()

    @Slot()
    def read(self) -> None:
        """Read it again, now."""
        self._again.stop()
        self._missed = False
        if self._reading is None:
            return
        self._laid = {place: laid for place, laid in self._laid.items() if laid.token in self._running}
        self._taking = {day: token for day, token in self._taking.items() if token in self._running}
        self._register = self._with_laid(self._reading())
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
        register = self._register
        wanted = [each for each in map(_needed, changes) if each.mark is not None or each.note is not None]
        if register is None or not wanted:
            return False
        future = self._book.post(register, wanted, cause)
        self._start(future, frozenset(change.place for change in wanted))
        self._typed = monotonic()
        for change in wanted:
            self._laid[change.place] = _Laid(self._token, _joined(self._laid.get(change.place), change))
        self._relay(register)
        return True

    def take(self, day: str) -> None:
        """出欠を確定 of one of its days."""
        register = self._register
        if register is None:
            return
        self._start(self._book.take(register.room, day), frozenset())
        self._taking[day] = self._token
        self._relay(register)

    def undo(self) -> bool:
        """Take back the last act on this class. False where there is none. Raises UndoRefused."""
        return self._taken_back(self._book.undo)

    def redo(self) -> bool:
        """Do again what was taken back last. False where there is none. Raises UndoRefused."""
        return self._taken_back(self._book.redo)

    def _taken_back(self, act: Callable[[Room], Saved | None]) -> bool:
        saved = None if self._register is None else act(self._register.room)
        self.read()
        return saved is not None

    def _start(self, future: "Future[Saved]", places: frozenset[Place]) -> None:
        self._token += 1
        self._running[self._token] = places
        future.add_done_callback(partial(self._told, self._token))

    def _told(self, token: int, future: "Future[Saved]") -> None:
        """In the writer's thread: hand the end over to the GUI thread."""
        error = future.exception()
        if error is not None and not isinstance(error, KeyakiError):
            error = Defect(assumed=f"a write ends with an error of ours, not {type(error).__name__}")
        self._ended.emit(token, error)

    @Slot(int, object)
    def _write_ended(self, token: int, error: KeyakiError | None) -> None:
        places = self._running.pop(token, frozenset())
        register = self._register
        if self._asleep:
            self._missed = True
        elif places and register is not None:
            settled = {place for place in places if self._laid[place].token not in self._running}
            self._laid = {place: laid for place, laid in self._laid.items() if place not in settled}
            self._relay(self._book.renewed(register, frozenset(settled)))
        else:
            self.read()
        if error is not None:
            self.failed.emit(error)

    # -- what is being saved, laid over what was read -----------------------------------------------------------------

    def _relay(self, register: Register) -> None:
        self._register = self._with_laid(register)
        self.changed.emit()

    def _with_laid(self, register: Register) -> Register:
        if self._taking:
            days = tuple(_taken(day) if day.date in self._taking else day for day in register.days)
            dates = replace(register.dates, taken=register.dates.taken | self._taking.keys())
            lines = (
                replace(line, cells=tuple(restated(cell, line, dates) for cell in line.cells))
                for line in register.lines
            )
            register = replace(register, days=days, dates=dates, lines=tuple(lines))
        if not self._laid:
            return register
        return replace(register, lines=tuple(self._overlaid(register)))

    def _overlaid(self, register: Register) -> Iterable[Line]:
        by_pupil: dict[str, dict[str, Change]] = {}
        for (pupil, date), laid in self._laid.items():
            by_pupil.setdefault(pupil, {})[date] = laid.change
        for line in register.lines:
            laid_here = by_pupil.get(line.id)
            if laid_here is None:
                yield line
                continue
            cells = (
                restated(_laid(cell, laid_here[cell.date]), line, register.dates) if cell.date in laid_here else cell
                for cell in line.cells
            )
            yield replace(line, cells=tuple(cells))


def _needed(change: Change) -> Change:
    """The change without what the cell holds already; a pupil who is present by default needs no mark (domain.md 4)."""
    cell = change.cell
    mark, note = change.mark, change.note
    if mark is not None and (mark == cell.mark or (mark.status == PRESENT and not cell.exists)):
        mark = None
    if note == (cell.note.reason, cell.note.text):
        note = None
    return replace(change, mark=mark, note=note)


def _joined(before: _Laid | None, change: Change) -> Change:
    """What lies over a cell when a second act follows before the first is read back."""
    if before is None:
        return change
    return replace(change, mark=change.mark or before.change.mark, note=change.note or before.change.note)


def _laid(cell: Cell, change: Change) -> Cell:
    if change.mark is not None:
        cell = replace(cell, mark=change.mark, exists=True, state=cell.state | SAVING)
    if change.note is not None:
        reason, text = change.note
        state = cell.note.state | SAVING
        cell = replace(cell, note=replace(cell.note, reason=reason, text=text, exists=True, state=state))
    return cell


def _taken(day: Day) -> Day:
    return day if day.taken is not None else replace(day, taken=Taken(None, None), state=SAVING)
