"""A grid as large as a whole school's year: frames while it scrolls, and a key until its cell is painted.

Counted in the process's own time, offscreen, so that what else the machine does is left out: 600 pupils × 200 columns,
with names, header and footer, as large as in a window of 1366 × 768. What is typed is shown as the page shows it.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollBar

from client.grades.figures import Footer
from client.grades.record import (
    BLANK,
    ColumnKind,
    GradeCell,
    GradeColumn,
    GradeRow,
    Lesson,
    Mark,
    Sheet,
    Term,
    Value,
)
from client.grades.rules import Counts, parse
from client.grades.table import FROZEN, SheetTable
from client.register.record import RosterRow
from client.terms import entry_words
from client.widgets.grid.edit import Edit
from client.widgets.grid.view import GridView
from tests.bench.figures import percentile

PUPILS, COLUMNS, KEYS, FRAMES = 600, 200, 400, 300
WORDS = entry_words("ja")
LESSON = Lesson("2026:3-2:math", "2026:3-2", "3年2組", "math", "算数", 3, live=True, writable=True)
TERM = Term("2026-2", 2, "2学期", "2026-08-27", "2026-12-24")


def measure(_rounds: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Scrolling along and down, typing, and what follows a typed value when the hand rests."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    held = _Held()
    held.grid.resize(1366, 700)
    held.grid.show()
    application.processEvents()
    table = held.grid.table
    name = f"a grid of {PUPILS} × {COLUMNS} in the process's own time"
    for words, bar, step in (
        ("down, a row a frame", table.verticalScrollBar(), 1),
        ("down, a page a frame", table.verticalScrollBar(), 15),
        ("along", table.horizontalScrollBar(), 40),
    ):
        frames = _scrolled(bar, step, application.processEvents)
        yield f"{name}: scrolling {words}", _said(frames) | {"rate_fps": 1000 / (sum(frames) / len(frames))}
    yield f"{name}: key to painted cell", _said(_typed(held, application.processEvents))
    yield f"{name}: sums and counts when the hand rests", _said(_rested(held))
    held.grid.hide()


class _Held(QObject):
    """A sheet that keeps what is typed, without a store behind it."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = _sheet()
        self.table = SheetTable(self)
        self.table.show_sheet(self.sheet, list(self.sheet.rows), WORDS)
        self.grid = GridView(self._read, frozen=FROZEN)
        self.grid.show_model(self.table)
        self.footer = Footer()
        self.grid.show_footer(self.footer.rows(self.sheet, self.table.rows))
        self.grid.edited.connect(self._edited)

    def _read(self, text: str, index: QModelIndex | QPersistentModelIndex) -> object:
        return parse(text, self.sheet.columns[index.column() - FROZEN], WORDS)

    @Slot(object)
    def _edited(self, edit: Edit) -> None:
        rows = list(self.sheet.rows)
        for cell in edit.cells:
            assert isinstance(cell.value, Value)
            at = cell.column - FROZEN
            cells = list(rows[cell.row].cells)
            cells[at] = replace(cells[at], value=cell.value, marks=Mark.SAVING)
            rows[cell.row] = replace(rows[cell.row], cells=tuple(cells))
        self.sheet = replace(self.sheet, rows=tuple(rows))
        self.table.show_sheet(self.sheet, rows, WORDS)


def _sheet() -> Sheet:
    columns = tuple(
        GradeColumn(
            f"c{at}", ColumnKind.POINTS, f"テスト{at}", f"単元{at // 5}", "know", "知技", "2026-09-09", 100_00, 20_00
        )
        for at in range(COLUMNS)
    )
    rows = tuple(
        GradeRow(
            RosterRow(f"p{at}", at + 1, f"姓{at}", f"名{at}", f"せい{at} めい{at}", guest=False),
            "2026:3-2",
            tuple(
                GradeCell(f"{at}.{column}", _value(at, column), exists=True, marks=_mark(at, column))
                for column in range(COLUMNS)
            ),
        )
        for at in range(PUPILS)
    )
    return Sheet(LESSON, TERM, columns, rows, (80_00, 50_00))


def _value(row: int, column: int) -> Value:
    return BLANK if (row * 7 + column) % 23 == 0 else Value("scored", (row * 31 + column * 17) % 101 * 100)


def _mark(row: int, column: int) -> Mark:
    return Mark.WAITING if (row * 7 + column) % 97 == 0 else Mark.NONE


def _scrolled(bar: QScrollBar, step: int, paint: Callable[[], None]) -> list[float]:
    """Milliseconds of each frame, to and fro."""
    frames: list[float] = []
    for _ in range(FRAMES):
        at = bar.value() + step
        if not bar.minimum() <= at <= bar.maximum():
            step = -step
            at = bar.value() + step
        began = time.process_time()
        bar.setValue(at)
        paint()
        frames.append((time.process_time() - began) * 1000)
    return frames


def _typed(held: _Held, paint: Callable[[], None]) -> list[float]:
    """Milliseconds from a key to its painted cell: a digit that opens the editor, and Enter that leaves it."""
    held.grid.go(0, FROZEN)
    held.grid.table.setFocus()
    paint()
    times: list[float] = []
    for turn in range(KEYS):
        view = QApplication.focusWidget()
        assert view is not None
        key = Qt.Key.Key_Return if turn % 2 else Qt.Key(Qt.Key.Key_0 + turn // 2 % 10)
        began = time.process_time()
        QTest.keyClick(view, key)
        paint()
        times.append((time.process_time() - began) * 1000)
    return times


def _rested(held: _Held) -> list[float]:
    """Milliseconds of the sums below the columns and of the counts on the chips after one value is another."""
    times: list[float] = []
    counts = Counts()
    counts.of(held.sheet, frozenset())
    for at in range(20):
        row = held.sheet.rows[at]
        cells = (replace(row.cells[0], value=Value("scored", at * 100 + 1)), *row.cells[1:])
        rows = (*held.sheet.rows[:at], replace(row, cells=cells), *held.sheet.rows[at + 1 :])
        held.sheet = replace(held.sheet, rows=rows)
        began = time.process_time()
        held.grid.show_footer(held.footer.rows(held.sheet, held.sheet.rows))
        counts.of(held.sheet, frozenset())
        times.append((time.process_time() - began) * 1000)
    return times


def _said(times: list[float]) -> dict[str, float]:
    return {"p50_ms": percentile(times, 0.5), "p99_ms": percentile(times, 0.99)}
