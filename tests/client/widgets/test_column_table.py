from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt

from client.widgets.column_table import (
    CAPTION_ROLE,
    RECORD_ROLE,
    STATE_ROLE,
    Column,
    ColumnTable,
)
from client.widgets.marks import CellState


@dataclass(frozen=True)
class Book:
    id: str
    title: str
    pages: int | None
    lent: bool = False


COLUMNS: tuple[Column[Book], ...] = (
    Column(header=lambda: QCoreApplication.translate("Books", "Title"), text=lambda b: b.title),
    Column(
        header=lambda: "Pages",
        text=lambda b: "" if b.pages is None else str(b.pages),
        state=lambda b: int(CellState.NUMERIC | (CellState.WAITING if b.lent else 0)),
        spoken=lambda b: f"{b.title} {b.pages} pages",
        caption=lambda b: "lent" if b.lent else None,
        editable=lambda b: not b.lent,
    ),
)
BOOKS = [Book("a", "Ants", 90), Book("b", "Bees", 1000), Book("c", "Cats", None), Book("d", "Dogs", 200, lent=True)]


class Books(ColumnTable[Book]):
    COLUMNS = COLUMNS


def filled(qapp) -> Books:
    table = Books()
    table.show(BOOKS)
    return table


def test_a_column_table_keeps_the_contract_of_a_model(qapp, qtmodeltester):
    table = filled(qapp)
    qtmodeltester.check(table, force_py=True)


def test_a_cell_says_what_it_is_by_role(qapp):
    table = filled(qapp)
    index = table.index(3, 1)
    assert index.data() == "200"
    assert index.data(RECORD_ROLE) is BOOKS[3]
    assert index.data(STATE_ROLE) == int(CellState.NUMERIC | CellState.WAITING)
    assert index.data(CAPTION_ROLE) == "lent"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Dogs 200 pages"
    assert index.data(Qt.ItemDataRole.DecorationRole) is None
    assert table.headerData(0, Qt.Orientation.Horizontal) == "Title"


def test_only_cells_that_say_so_are_editable(qapp):
    table = filled(qapp)
    assert table.flags(table.index(0, 1)) & Qt.ItemFlag.ItemIsEditable
    assert not table.flags(table.index(3, 1)) & Qt.ItemFlag.ItemIsEditable
    assert not table.flags(table.index(0, 0)) & Qt.ItemFlag.ItemIsEditable


def test_the_same_rows_with_another_value_are_announced_and_not_reset(qapp, qtbot):
    table = filled(qapp)
    renewed = [*BOOKS[:1], Book("b", "Bees", 7), *BOOKS[2:]]
    with qtbot.assertNotEmitted(table.modelReset), qtbot.waitSignal(table.dataChanged) as seen:
        table.show(renewed)
    assert (seen.args[0].row(), seen.args[1].row()) == (1, 1)
    assert table.index(1, 1).data() == "7"


def test_another_order_is_a_reset(qapp, qtbot):
    table = filled(qapp)
    with qtbot.waitSignal(table.modelReset):
        table.show(list(reversed(BOOKS)))
    assert table.index(0, 0).data() == "Dogs"


def test_other_columns_of_the_same_number_are_announced_with_their_headers(qapp, qtbot):
    table = filled(qapp)
    with qtbot.assertNotEmitted(table.modelReset), qtbot.waitSignal(table.headerDataChanged):
        table.show(BOOKS, columns=(COLUMNS[1], COLUMNS[0]))
    assert table.headerData(0, Qt.Orientation.Horizontal) == "Pages"
