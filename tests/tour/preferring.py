"""Preferences and the box of Ctrl+K; the first page and the grades in high contrast and in every size of text."""

from collections.abc import Callable, Iterator

from PySide6.QtTest import QTest

from tests.tour.stage import Shown, Stage


def preferring(here: Stage) -> Iterator[Callable[[], Shown]]:
    """The page of preferences, and what is found for a reading."""

    def preferences() -> Shown:
        here.desk.window_.open_page("preferences")
        return "preferences", here.desk, True

    def found() -> Shown:
        here.desk.window_.open_page("today")
        finder = next(each for each in here.desk.children() if type(each).__name__ == "Finder")
        finder.open()
        finder.box.line.setText("は")
        QTest.qWait(50)
        return "find", finder.box, False

    yield preferences
    yield found
