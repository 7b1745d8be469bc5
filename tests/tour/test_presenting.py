"""Every screen of the tour, with a class watching: nothing of it is to be read, heard or seen, whatever it is.

A new page is in the tour, so it is in this test, and need know nothing of presenting.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from client.desk import Desk
from tests.tour.__main__ import screens
from tests.tour.seen import seen
from tests.tour.stage import Stage, stage

pytestmark = pytest.mark.timeout(600)
SIZE = QSize(1366, 768)


def pupils(here: Stage) -> set[str]:
    """Every part of every name a pupil of this store has."""
    rows = here.desk.workspace.rows("SELECT family, given, kana_family, kana_given FROM pupil")
    return {part for row in rows for part in row if part}


def picture(desk: Desk) -> QImage:
    desk.resize(SIZE)
    QTest.qWait(20)
    return desk.grab().toImage()


def one_colour(window: QWidget) -> bool:
    image = window.grab().toImage()
    spots = ((x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2))
    return len({image.pixel(*spot) for spot in spots}) == 1


def windows(but: QWidget) -> list[QWidget]:
    return [window for window in QApplication.topLevelWidgets() if window.isVisible() and window is not but]


def test_no_screen_of_the_tour_says_or_shows_anything_while_presenting(qtbot: QtBot, tmp_path: Path) -> None:
    with stage(tmp_path) as here:
        desk, presenter = here.desk, here.desk.presenter
        desk.band.hide()  # the sample's switch has words of its own
        presenter.curtain.clock._now = lambda: datetime(2026, 11, 26, 8, 31, tzinfo=UTC)
        names = pupils(here)
        assert len(names) > 28
        presenter.cover()
        empty, said = picture(desk), seen()
        assert not [text for text in said if any(name in text for name in names)]
        presenter.end()
        walked: list[str] = []
        told = 0
        for bring in screens(here):
            walked.append(bring()[0])
            if presenter.is_on:  # the tour shows presenting itself
                assert not [text for text in seen() if any(name in text for name in names)]
                continue
            if walked[-1] == "lock-cover":
                continue  # lies over everything, this too
            told += any(name in text for text in seen() for name in names)
            presenter.cover()
            QTest.qWait(20)
            assert seen() - said == set(), walked[-1]
            assert picture(desk) == empty, walked[-1]
            assert all(one_colour(window) for window in windows(desk)), walked[-1]
            presenter.end()
            assert not desk.window_.covered
        assert told > 10, "there was something to hide"
        for key in sorted(desk.window_.keys):
            presenter.cover()
            desk.window_.open_page(key)
            QTest.qWait(20)
            assert seen() - said == set(), key
            assert picture(desk) == empty, key
            presenter.end()
