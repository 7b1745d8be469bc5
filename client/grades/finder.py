"""Find (Ctrl+F): a pupil by name, reading or number, a column by its title; Enter goes on to the next."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from client.grades.record import GradeRow, Sheet
from client.grades.table import FROZEN, SheetTable, title
from client.shell.actions import bind
from client.terms import word_key
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.grid.view import GridView
from client.widgets.ground import Ground
from client.widgets.ink import Step
from client.widgets.label import Label
from client.widgets.search_box import SearchBox
from sync.records.search import finds

WIDTH = 280


def found(wanted: str, sheet: Sheet, rows: Iterable[GradeRow], here: tuple[int, int]) -> list[tuple[int, int]]:
    """The cells of the model a text leads to: pupils in the column of `here`, then columns in its row."""
    if not wanted.strip():
        return []
    key = word_key(wanted)
    people = [
        (at, here[1])
        for at, row in enumerate(rows)
        if finds(wanted, (row.who.family, row.who.given), tuple(row.who.kana.split()), row.who.number)
    ]
    columns = [
        (here[0], at + FROZEN)
        for at, column in enumerate(sheet.columns)
        if key in word_key(title(column)) or key in word_key(column.unit)
    ]
    return people + columns


class FindBar(Ground):
    """A line above the grid, hidden until it is asked for. The cursor goes to what is found while somebody types."""

    closed = Signal()

    def __init__(self, table: SheetTable, grid: GridView, page: QWidget) -> None:
        super().__init__("content", Qt.Edge.BottomEdge, page)
        self._table, self._grid = table, grid
        self._hits: list[tuple[int, int]] = []
        self._at, self._from = 0, (0, FROZEN)
        look = ink.look()
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(24), look.px(6), look.px(16), look.px(6))
        row.setSpacing(look.px(8))
        self.box = SearchBox(lambda: self.tr("Name, number or column"), self)
        self.box.setFixedWidth(look.px(WIDTH))
        self.count = Label("", Step.BODY, self, colour="text2")
        self.up = Button(lambda: self.tr("Find before"), Kind.ICON, self, icon="up")
        self.down = Button(lambda: self.tr("Find next"), Kind.ICON, self, icon="down")
        self.close_button = Button(lambda: self.tr("Close"), Kind.ICON, self, icon="close")
        for widget in (self.box, self.up, self.down, self.count):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.close_button)
        self.hide()
        self.box.sought.connect(self._seek)
        self.box.entered.connect(self.on)
        self.box.left_down.connect(self._leave)
        self.up.clicked.connect(self.back)
        self.down.clicked.connect(self.on)
        self.close_button.clicked.connect(self._leave)
        bind(page, "find", "grades").triggered.connect(self.open)

    @Slot()
    def open(self) -> None:
        """Be asked for: the text that is there is replaced by what is typed."""
        if not self._grid.commit():
            return
        current = self._grid.current
        self._from = (max(current.row(), 0), max(current.column(), FROZEN))
        self.show()
        self.box.setFocus()
        self.box.selectAll()

    @Slot()
    def on(self) -> None:
        """The next that was found."""
        self._step(1)

    @Slot()
    def back(self) -> None:
        """The one before."""
        self._step(-1)

    @Slot(str)
    def _seek(self, text: str) -> None:
        sheet = self._table.sheet
        self._hits = [] if sheet is None else found(text, sheet, self._table.rows, self._from)
        self._at = 0
        self._show(sought=bool(text.strip()))

    def _step(self, step: int) -> None:
        if self._hits:
            self._at = (self._at + step) % len(self._hits)
            self._show(sought=True)

    def _show(self, *, sought: bool) -> None:
        """Go to what is found; where nothing is, back to where the search began."""
        here = self._hits[self._at] if self._hits else self._from
        if here[0] < len(self._table.rows):
            self._grid.go(*here)
        at, total = self._at + 1, len(self._hits)
        none = lambda: self.tr("Nothing found")  # noqa: E731  asked at each change of language
        some = lambda: self.tr("{at} of {total}").format(at=at, total=total)  # noqa: E731  as above
        self.count.set_words(some if total else none if sought else "")

    @Slot()
    def _leave(self) -> None:
        self.hide()
        self._grid.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.back()  # with Shift: without it the box has taken the key
        else:
            super().keyPressEvent(event)
