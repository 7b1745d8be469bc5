"""The first page: a morning, with what waits, and with nothing to do."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtTest import QTest

from tests.tour.stage import Shown, Stage


def today(here: Stage) -> Iterator[Callable[[], Shown]]:
    """The desk as it opens, and once everything is done."""

    def morning() -> Shown:
        here.desk.window_.open_page("today")
        QTest.qWait(100)
        return "today", here.desk, True

    def nothing() -> Shown:
        here.page._from = replace(whole, asks=())
        here.page.reload()
        return "today-calm", here.desk, False

    yield morning
    whole = here.page._from
    yield nothing
    here.page._from = whole
