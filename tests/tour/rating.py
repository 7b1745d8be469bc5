"""Pictures of ratings: a term that is decided, other cut-offs tried, the list of differences, taking values over."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from client.summing_up.panel import Show
from client.summing_up.rules import Scope
from tests.tour.stage import MATH, Shown, Stage


def rating(here: Stage) -> Iterator[Callable[[], Shown]]:
    """The page of a course; nothing is written."""

    def decided() -> Shown:
        _book(here, 1)
        line = next(each for each in here.page.open_book.book.lines if each.cells["think"].decided.reason)
        here.page.go_to(line.id, "think")
        QTest.qWait(100)
        return "ratings", here.desk, True

    def trial() -> Shown:
        decided()
        here.page.try_button.click()
        for _ in range(5):
            QTest.keyClick(here.page.trial.slider, Qt.Key.Key_Left)
        return "ratings-trial", here.desk, True

    def listed() -> Shown:
        _book(here, 1)
        here.page.show_as.set_key(Show.LIST)
        here.page.show_as.chosen.emit(Show.LIST)
        here.page.list.setFocus()
        return "ratings-list", here.desk, False

    def running() -> Shown:
        _book(here, 2)
        return "ratings-running", here.desk, False

    def taken() -> Shown:
        running()
        here.page.entry.take_over()
        _box(here).scope.set_key(Scope.ALL)
        _box(here).scope.chosen.emit(Scope.ALL)
        return "ratings-take-over", _box(here), True

    yield from (decided, trial, listed, running, taken)
    _alone(here)


def _book(here: Stage, no: int) -> None:
    _alone(here)
    here.desk.window_.open_page("summing_up")
    here.page.show_as.set_key(Show.CLASS)
    here.page.show_as.chosen.emit(Show.CLASS)
    here.page.chooser.find(MATH, next(each.code for each in here.page.chooser._terms if each.no == no))
    QTest.qWait(100)


def _alone(here: Stage) -> None:
    for box in here.desk.findChildren(QDialog):
        box.close()


def _box(here: Stage) -> QDialog:
    return next(box for box in here.desk.findChildren(QDialog) if box.isVisible())
