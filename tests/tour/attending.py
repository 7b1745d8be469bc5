"""Attendance: a morning that is being taken, a change after it was taken, the seats, the month and the year."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from client.attendance.chooser import View
from client.attendance.day import MARK_COLUMN
from client.syncing.rules import JAPAN
from tests.tour.stage import MATH, Shown, Stage

CLASS = MATH.rpartition(":")[0]


def attending(here: Stage) -> Iterator[Callable[[], Shown]]:
    """The class in each of its views; what is marked is taken back at the end."""

    def show(view: View, day: str) -> None:
        here.desk.window_.open_page("attendance")
        here.page.chooser.find(CLASS, day, view)
        QTest.qWait(100)

    def keys(text: str) -> None:
        QTest.keyClicks(here.page.view.grid.table, text)
        QTest.qWait(150)

    def day() -> Shown:
        show(View.DAY, _school_day(here))
        here.page.view.grid.go(0, MARK_COLUMN)
        keys("5k12k16c13")
        return "attendance", here.desk, True

    def why() -> Shown:
        show(View.DAY, _taken_day(here))
        keys("4c")
        return "attendance-late", here.desk, True

    def closed() -> Shown:
        here.page.reason.close_quietly()
        (row,) = here.desk.workspace.rows(
            "SELECT date FROM closure WHERE \"class\" = ? AND counts_as = 'suspension' ORDER BY date LIMIT 1", (CLASS,)
        )
        show(View.DAY, row.date)
        return "attendance-closed", here.desk, False

    def seats() -> Shown:
        show(View.SEATS, _school_day(here))
        return "attendance-seats", here.desk, True

    def moving() -> Shown:
        here.page.seat_view.arrange.click()
        QTest.keyClick(here.page.view.grid.table, Qt.Key.Key_Return)
        return "attendance-seats-moving", here.desk, False

    def month() -> Shown:
        here.page.seat_view.arrange.click()
        show(View.MONTH, _school_day(here))
        return "attendance-month", here.desk, True

    def year() -> Shown:
        show(View.YEAR, _school_day(here))
        return "attendance-year", here.desk, False

    yield from (day, why, closed, seats, moving, month, year)
    for _ in range(3):
        here.page.entry.undo()


def _school_day(here: Stage) -> str:
    """Today, or the last school day before it."""
    today = here.app._outside.now().astimezone(JAPAN).date()
    first = (today - timedelta(days=60)).isoformat()
    rows = here.desk.workspace.rows(
        "SELECT max(date) AS date FROM school_day WHERE kind <> 'holiday' AND date BETWEEN ? AND ?",
        (first, today.isoformat()),
    )
    return rows[0].date or today.isoformat()


def _taken_day(here: Stage) -> str:
    rows = here.desk.workspace.rows('SELECT max(date) AS date FROM attendance_day WHERE "class" = ?', (CLASS,))
    return rows[0].date
