"""A small grid of a class: two frozen columns, two of scores, one of single keys, one that is closed."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit

from client.widgets.column_table import Column, ColumnTable, Heading
from client.widgets.grid.edit import Edit, Refusal
from client.widgets.grid.view import GridView
from client.widgets.marks import CellState

FULL = str.maketrans("０１２３４５６７８９ａｂｃＡＢＣ", "0123456789abcABC")
LEVELS = {"A": "A", "a": "A", "あ": "A", "1": "A", "B": "B", "b": "B", "2": "B", "C": "C", "c": "C", "3": "C"}
NUMBER, NAME, FIRST, SECOND, LEVEL, CLOSED = range(6)


@dataclass(frozen=True)
class Line:
    id: str
    number: int
    name: str
    values: dict[int, str] = field(hash=False)
    gone: bool = False


def parse(text: str, index: Any) -> object:
    plain = text.strip().translate(FULL)
    if index.column() == CLOSED:
        return Refusal(lambda: "this column is closed")
    if not plain:
        return None
    if index.column() == LEVEL:
        return LEVELS.get(plain, Refusal(lambda: f"{plain} is no level"))
    if plain in ("欠", "k"):
        return "欠"
    if not plain.isdigit():
        return Refusal(lambda: f"{plain} is no number")
    return plain if int(plain) <= 100 else Refusal(lambda: f"100 at most, not {plain}")


def _column(at: int, state: int, *, editable: bool) -> Column[Line]:
    return Column(
        header=lambda: f"column {at}",
        heading=lambda: Heading(f"column {at}", at // 4, f"unit {at // 4}", ("caption", "100"), at == CLOSED),
        text=lambda line: line.values.get(at, ""),
        state=lambda line: state | int(CellState.STRUCK if line.gone else 0) | line_marks(line, at),
        editable=lambda line: editable and not line.gone,
        width=60,
    )


def line_marks(line: Line, at: int) -> int:
    return int(CellState.CONFLICT) if line.values.get(at) == "!" else 0


def make_columns() -> tuple[Column[Line], ...]:
    numeric = int(CellState.NUMERIC)
    return (
        Column(header=lambda: "No.", text=lambda line: str(line.number), state=lambda _: numeric, width=48),
        Column(header=lambda: "Name", text=lambda line: line.name, width=120),
        _column(FIRST, numeric, editable=True),
        _column(SECOND, numeric, editable=True),
        _column(LEVEL, numeric | int(CellState.ONE_KEY), editable=False),
        _column(CLOSED, numeric | int(CellState.CLOSED), editable=False),
    )


class Lines(ColumnTable[Line]):
    """The class."""


class Page:
    """What a page does with a grid: it writes what it is handed, and remembers what it heard."""

    def __init__(self, view: GridView, table: Lines) -> None:
        self.view, self.table = view, table
        self.edits: list[Edit] = []
        self.refusals: list[str] = []
        self.withdrawn: list[Any] = []
        self.pasted: list[str] = []
        self.exhausted: list[Any] = []
        view.edited.connect(self._edited)
        view.refused.connect(self._refused)
        view.withdrawn.connect(self.withdrawn.append)
        view.pasted.connect(self.pasted.append)
        view.exhausted.connect(self.exhausted.append)

    def _edited(self, edit: Edit) -> None:
        self.edits.append(edit)
        for cell in edit.cells:
            line = self.table.rows[cell.row]
            text = "" if cell.value is None else str(cell.value)
            self.table.put(cell.row, replace(line, values=line.values | {cell.column: text}))

    def _refused(self, refusal: Refusal) -> None:
        self.refusals.append(refusal.sentence())

    @property
    def cell(self) -> tuple[int, int]:
        return self.view.current.row(), self.view.current.column()

    @property
    def editor(self) -> QLineEdit | None:
        return self.view.table.entry.editor

    def value(self, row: int, column: int) -> str:
        return self.table.rows[row].values.get(column, "")

    def select(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        from PySide6.QtCore import QItemSelection, QItemSelectionModel

        self.view.go(*first)
        block = QItemSelection(self.table.index(*first), self.table.index(*last))
        self.view.table.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)


@pytest.fixture
def page(qtbot):
    table = Lines(columns=make_columns())
    table.show(
        [
            Line("p1", 1, "相沢", {FIRST: "80", SECOND: "40", LEVEL: "A", CLOSED: "15"}),
            Line("p2", 2, "石黒", {FIRST: "70", CLOSED: "16"}),
            Line("p3", 3, "上杉", {FIRST: "9", CLOSED: "17"}, gone=True),
            Line("p4", 4, "遠藤", {SECOND: "!", CLOSED: "18"}),
            Line("p5", 5, "小野寺", {}),
        ]
    )
    view = GridView(parse, frozen=2)
    table.setParent(view)
    view.show_model(table)
    qtbot.addWidget(view)
    view.resize(640, 400)
    view.show()
    qtbot.waitExposed(view)
    view.table.setFocus()
    view.go(0, FIRST)
    return Page(view, table)
