"""How the program puts its windows on a screen that may be smaller than they are."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from client.start import FRAME, open_fitting


@pytest.mark.parametrize(("spare", "over_all"), [(FRAME, False), (FRAME - 1, True), (-100, True)])
@pytest.mark.parametrize("side", ["width", "height"])
def test_a_window_without_room_for_its_frame_takes_the_whole_screen(
    qtbot: QtBot, side: str, spare: int, *, over_all: bool
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    room, over = window.screen().availableGeometry().size(), FRAME - spare
    size = room - QSize(FRAME, FRAME) + (QSize(over, 0) if side == "width" else QSize(0, over))
    window.resize(size)
    open_fitting(window)
    assert window.isMaximized() is over_all
    assert window.isVisible()
