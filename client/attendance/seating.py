"""S6 座席表: the class as it sits, marked with the same keys, and arranged by moving one seat at a time."""

from random import Random

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from client.attendance.arrangement import arranged, shuffled, swapped
from client.attendance.entry import RegisterEntry
from client.attendance.record import Line, Register
from client.attendance.repository import AttendanceBook
from client.attendance.seats import SeatDelegate, SeatTable
from client.attendance.sheet import OpenRegister
from client.terms import Speech
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.grid.table import EntryTable
from client.widgets.ground import Ground
from client.widgets.ink import Step
from client.widgets.label import Label

ROW, WIDEST, HIGHEST = 60, 190, 88


class SeatGrid(QWidget):
    """The seats as a table of cards, which takes the keys of a grid."""

    def __init__(self, model: SeatTable, parent: QWidget) -> None:
        super().__init__(parent)
        self.delegate = SeatDelegate(self)
        self.table = EntryTable(self.delegate, self._refuse, self)
        for header in (self.table.horizontalHeader(), self.table.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(8)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        self.setFocusProxy(self.table)
        self.table.setModel(model)
        model.modelReset.connect(self.fit)
        self.table.moved.connect(self._moved)
        self.table.focus_changed.connect(self._focus_changed)

    @staticmethod
    def _refuse(text: str, index: object) -> object:
        raise NotImplementedError

    @property
    def current(self) -> QModelIndex:
        """The current seat."""
        return self.table.currentIndex()

    @property
    def editing(self) -> bool:
        """Never: a seat takes single keys."""
        return False

    def go(self, row: int, column: int) -> None:
        """Stand on a seat."""
        self.table.go((row, column))

    def finish(self) -> bool:
        """There is never anything open."""
        return True

    def commit(self) -> bool:
        """As `finish`."""
        return True

    @Slot()
    def fit(self) -> None:
        """Share the room among the seats."""
        look, model = ink.look(), self.table.model()
        rows, columns = max(model.rowCount(), 1), max(model.columnCount(), 1)
        wide = min(self.width() // columns, look.px(WIDEST))
        high = min(max(self.height() // rows, look.px(ROW)), look.px(HIGHEST))
        for at in range(columns):
            self.table.setColumnWidth(at, wide)
        self.table.verticalHeader().setDefaultSectionSize(high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.delegate.cursor.row, self.delegate.cursor.column = current.row(), current.column()
        self.table.viewport().update()

    @Slot(bool)
    def _focus_changed(self, focused: bool) -> None:
        self.delegate.cursor.focused = focused
        self.table.viewport().update()


class SeatingView(QWidget):
    """The seats of a class on the day on screen. chance: where seats are given out from, when they are drawn."""

    def __init__(
        self, book: AttendanceBook, sheet: OpenRegister, speech: Speech, chance: Random, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._book, self._chance = book, chance
        self.table = SeatTable(self)
        self.grid = SeatGrid(self.table, self)
        self.entry = RegisterEntry(sheet, self.table, speech, self)
        self.grid.table.parser = self.entry.read_cell
        self.entry.serve(self.grid)
        self.grid.table.installEventFilter(self)
        self.grid.table.viewport().installEventFilter(self)
        self._build()
        self.setFocusProxy(self.grid)

    def _build(self) -> None:
        look = ink.look()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(8), look.px(16), look.px(8))
        column.setSpacing(look.px(8))
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        self.arrange = Button(lambda: self.tr("Move seats"), Kind.PLAIN, self)
        self.arrange.setCheckable(True)
        self.draw = Button(lambda: self.tr("Draw lots"), Kind.PLAIN, self)
        self.turn = Button(lambda: self.tr("Turn round"), Kind.PLAIN, self)
        self.hint = Label("", Step.CAPTION, self, colour="text2")
        for button in (self.arrange, self.draw, self.turn):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        row.addWidget(self.hint)
        row.addStretch(1)
        column.addLayout(row)
        self._boards = [self._board(), self._board()]
        column.addWidget(self._boards[0])
        column.addWidget(self.grid, 1)
        column.addWidget(self._boards[1])
        self.arrange.toggled.connect(self._arranging)
        self.draw.clicked.connect(self._draw)
        self.turn.clicked.connect(self._turn)
        self._arranging(on=False)
        self._show_boards()

    def _board(self) -> QWidget:
        board = Ground("neutral_fill", None, self)
        inside = QHBoxLayout(board)
        inside.setContentsMargins(0, ink.look().px(4), 0, ink.look().px(4))
        inside.addStretch(1)
        inside.addWidget(Label(lambda: self.tr("Front of the room"), Step.CAPTION, board, colour="text2"))
        inside.addStretch(1)
        return board

    def _show_boards(self) -> None:
        for board, at_the_top in zip(self._boards, (True, False), strict=True):
            board.setVisible(at_the_top is not self.table.from_front)

    # -- as the page knows it -----------------------------------------------------------------------------------------

    def show_register(self, register: Register) -> None:
        """Show who sits where, and what the last day of the register says of them."""
        before = self.grid.current
        pupils = [line.id for line in register.lines if not line.who.gone]
        seats = arranged(pupils, self._book.seats(register.room))
        fresh = not before.isValid()
        self.table.show_seats(register, seats)
        for button in (self.arrange, self.draw):
            button.setVisible(register.room.writable)
        if fresh or not self.grid.current.isValid():
            place = self.table.find(pupils[0]) if pupils else None
            self.grid.go(*(place or (0, 0)))

    def here(self) -> tuple[Line, int] | None:
        """Who sits where the cursor is, and the place of the day."""
        found = self.table.cell(self.grid.current.row(), self.grid.current.column())
        return None if found is None else (found[0], found[1].at)

    def go(self, pupil: str | None, day: str) -> None:
        """Stand on a pupil's seat, where the day is the one on screen."""
        register = self.table.register
        place = None if pupil is None else self.table.find(pupil)
        if place is not None and register is not None and register.days[-1].date == day:
            self.grid.go(*place)

    # -- arranging ----------------------------------------------------------------------------------------------------

    @Slot(bool)
    def _arranging(self, on: bool) -> None:
        self.grid.delegate.lifted = None
        self.draw.setEnabled(on)
        words = lambda: self.tr("Enter lifts a seat and puts it down; R draws lots; Esc ends.") if on else ""  # noqa: E731
        self.hint.set_words(words)
        self.grid.table.viewport().update()
        self.grid.setFocus()

    @Slot()
    def _draw(self) -> None:
        self._keep(shuffled(self.table.seats, self._chance))

    @Slot()
    def _turn(self) -> None:
        here, register = self.here(), self.table.register
        self.table.from_front = not self.table.from_front
        self._show_boards()
        if register is not None:
            self.table.show_seats(register, self.table.seats)
        place = None if here is None else self.table.find(here[0].id)
        if place is not None:
            self.grid.go(*place)
        self.grid.setFocus()

    def _pick(self, cell: tuple[int, int]) -> None:
        """Lift what is there, or put down what was lifted: the two change places."""
        delegate = self.grid.delegate
        lifted, delegate.lifted = delegate.lifted, None
        if lifted is None:
            delegate.lifted = cell
        elif lifted != cell:
            one, other = self.table.seat_at(*lifted), self.table.seat_at(*cell)
            self._keep(swapped(self.table.seats, one, other))
        self.grid.table.viewport().update()

    def _keep(self, seats: dict[str, tuple[int, int]]) -> None:
        register = self.table.register
        if register is not None:
            self._book.seat(register.room, seats)
            self.table.show_seats(register, seats)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.arrange.isChecked():
            if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._arranging_key(event)
            if event.type() is QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
                index = self.grid.table.indexAt(event.position().toPoint())
                if index.isValid():
                    self._pick((index.row(), index.column()))
        return super().eventFilter(watched, event)

    def _arranging_key(self, event: QKeyEvent) -> bool:
        """While seats are moved no key marks anybody; arrows move as ever."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self._pick((self.grid.current.row(), self.grid.current.column()))
            case Qt.Key.Key_R:
                self._draw()
            case Qt.Key.Key_Escape:
                self.arrange.setChecked(False)
            case _:
                return bool(event.text()) and event.text().isprintable()
        return True
