"""Pages of the client over one store, in a window on screen, hearing what changes in the store."""

from collections.abc import Sequence
from typing import TypeVar

from pytestqt.qtbot import QtBot

from client.shell.changes import Changes
from client.shell.pages import Page, PageFrame
from client.shell.window import Window
from client.workspace import Workspace

P = TypeVar("P", bound=PageFrame)


class OnScreen:
    """A window as large as a school's projector shows it. `close` it before the store."""

    def __init__(self, qtbot: QtBot, workspace: Workspace, pages: Sequence[Page]) -> None:
        self._bot = qtbot
        self.window = Window(pages)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.to_front()
        self.changes = Changes(self.window)
        self._end = workspace.subscribe(self.changes.announce)

    def to_front(self) -> None:
        """As the system does when a box over the window closes."""
        self.window.activateWindow()
        self._bot.waitUntil(self.window.isActiveWindow)

    def page(self, key: str, kind: type[P]) -> P:
        """Open a page; it hears what changes."""
        self.window.open_page(key)
        page = self.window.page
        assert isinstance(page, kind)
        self.changes.changed.connect(page.records_changed)
        return page

    def close(self) -> None:
        """Hear no more, and go."""
        self._end()
        self.window.hide()
