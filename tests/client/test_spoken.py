"""Every page can be used without a screen and without a mouse: all of it has a name, and keys reach all of it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QTableView, QTableWidget, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from client import contents
from client.desk import Outside
from client.finder import Finder
from client.preferences import panel as preferences
from client.resources import ROOT
from client.settings import Settings
from client.shell.key_list import KeyList
from client.shell.look import Looks
from client.shell.pages import Page
from client.shell.translate import Translations
from client.shell.window import Window
from client.syncing.service import SyncService
from client.terms import Speech
from client.unlock.enrol import Place
from client.unlock.signin import Provider
from client.widgets.label import Label
from client.workspace import MemorySecretStore, Workspace
from sync.engine.http import HttpBackend
from sync.engine.request import Caller
from sync.engine.transport import Transport
from tests.kit.ids import CountedIds
from tests.kit.pair import Pair, pair
from tests.tour.spoken import cells, controls, name_of, nameless

__all__ = ["pair"]
PARTS = 10
"""More than a window has."""


@dataclass(slots=True)
class Desk:
    """The whole window over a store, with a difference to settle."""

    bot: QtBot
    window: Window
    workspace: Workspace
    finder: Finder

    def open(self, key: str) -> None:
        """Open a page, and let what follows the hand follow."""
        self.window.open_page(key)
        self.bot.wait(150)


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, pair: Pair, tmp_path: Path) -> Iterator[Desk]:
    pair.differ(11, 71_00, 78_00)
    room, workspace = pair.classroom, pair.tanaka.desk.workspace
    place = Place("http://127.0.0.1:9", Provider("http://127.0.0.1:9", "keyaki"), "PC", "1")
    outside = Outside(
        place, lambda _: MemorySecretStore(), str, room.clock, CountedIds(), random.randbytes, random.uniform
    )
    looks, translations = Looks(qapp), Translations(qapp, ROOT / "i18n")
    own = preferences.Sources(Settings(tmp_path / "settings.json"), looks, translations)
    speech = Speech(lambda: "en")
    around = QObject()
    link = HttpBackend(place.server, Caller(workspace.enrolment.device, "1"), workspace, Transport())
    service = SyncService(workspace, link, random.uniform, around)
    pages: list[Page] = [*contents.pages(workspace, service, speech, outside), preferences.page(own)]
    window = Window(pages)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield Desk(qtbot, window, workspace, Finder(window, window, workspace, outside.now))
    delete(window)  # as a desk that is shut does
    service.close()


def test_every_control_and_cell_of_every_page_has_a_spoken_name(desk: Desk) -> None:
    found: dict[str, list[str]] = {}
    for key in sorted(desk.window.keys):
        desk.open(key)
        assert list(controls(desk.window))
        if silent := nameless(desk.window):
            found[key] = silent
    assert not found, "\n".join(f"{key}: {each}" for key, those in found.items() for each in those)


def test_boxes_over_the_window_have_names_too_and_go_by_escape(desk: Desk) -> None:
    desk.open("grades")
    keys = KeyList(desk.window.screens, desk.window)
    keys.open()
    desk.finder.open()
    assert desk.finder.box is not None
    for box in (desk.finder.box, keys):
        assert nameless(box) == []
        assert box.windowTitle()
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        desk.bot.keyClick(box, Qt.Key.Key_Escape)
        assert not box.isVisible()


def test_keys_alone_reach_every_control_of_every_page(desk: Desk) -> None:
    missed: dict[str, list[str]] = {}
    for key in sorted(desk.window.keys):
        desk.open(key)
        wanted = {widget for widget in controls(desk.window) if widget.isEnabled() and not _in_menu(widget)}
        seen = _walked(desk)
        if left := [f"{type(widget).__name__} {name_of(widget)}" for widget in wanted - seen]:
            missed[key] = left
    assert not missed, "\n".join(f"{key}: {each}" for key, those in missed.items() for each in those)


def test_the_names_of_ten_cells_of_grades_say_pupil_column_and_value(desk: Desk) -> None:
    desk.open("grades")
    table = next(view for view in desk.window.findChildren(QTableView) if view.isVisible())
    said = [text for _, column, text in cells(table, rows=5) if column >= 3][:10]
    assert len(said) == 10
    names = [row[2] for row in cells(table, rows=5)]
    assert all(any(part in text for part in names) for text in said)


def test_what_has_no_name_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    for child in (QPushButton("Send", window), Label("Words", parent=window)):
        child.show()
    silent = QPushButton(window)
    view = QTableWidget(1, 1, window)
    view.setAccessibleName("List")
    view.move(0, 60)
    window.resize(400, 300)
    window.show()
    assert silent.isVisible()
    assert nameless(window) == ["QPushButton in QWidget", "cell 0, 0 of QTableWidget in QWidget"]


def _walked(desk: Desk) -> set[QWidget]:
    """Every widget that is reached by F6 from part to part and by Tab inside a part; a grid keeps Tab for itself."""
    seen: set[QWidget] = set()
    for _ in range(PARTS):
        desk.bot.keyClick(QApplication.focusWidget() or desk.window, Qt.Key.Key_F6)
        part: set[QWidget] = set()
        here = first = QApplication.focusWidget()
        while here is not None and here not in part:
            part.add(here)
            desk.bot.keyClick(here, Qt.Key.Key_Tab)
            here = QApplication.focusWidget()
        seen |= part
        if first is not None:
            first.setFocus()
    return seen


def _in_menu(widget: QWidget) -> bool:
    return widget.inherits("QMenu")
