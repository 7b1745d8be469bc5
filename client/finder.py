"""Ctrl+K and Ctrl+, of one desk: what can be found in its window and its store, and where each leads."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from client.find.dialog import FindBox
from client.find.record import Found, Kind
from client.find.repository import Findable, Pupil, found_pupils
from client.find.rules import together
from client.shell import actions
from client.shell.window import Window
from client.syncing.rules import JAPAN
from client.workspace import Workspace


@runtime_checkable
class AsksToFind(Protocol):
    """A page with a button that opens the box."""

    search_asked: Any


class Finder(QObject):
    """own: the whole window; it may hold keys besides those of `window`. clock: the moment, with its time zone."""

    def __init__(self, own: QWidget, window: Window, workspace: Workspace, clock: Callable[[], datetime]) -> None:
        super().__init__(own)
        self._own, self._window, self._clock = own, window, clock
        self._findable = Findable(workspace)
        self._acts: dict[str, QAction] = {}
        self.box: FindBox | None = None
        self._heard: set[str] = set()
        actions.bind(own, "find_all").triggered.connect(self.open)
        window.shown.connect(self._shown)
        if "preferences" in window.keys:
            actions.bind(own, "preferences").triggered.connect(self._open_preferences)

    @Slot()
    def open(self) -> None:
        """Open the box; once."""
        if self.box is not None and isValid(self.box) and self.box.isVisible():
            return
        day = self._clock().astimezone(JAPAN).date()
        pupils = self._findable.pupils(day) if "register" in self._window.keys else list[Pupil]()
        offered = [*self._pages(), *self._findable.courses(day), *self._findable.classes(), *self._offered_acts()]
        named = [each for each in offered if not each.page or each.page in self._window.keys]
        self.box = FindBox(lambda query: together(query, named, found_pupils(query, pupils)), self._own)
        self.box.taken.connect(self._taken)
        self.box.open()

    @Slot(str)
    def _shown(self, key: str) -> None:
        page = self._window.page
        if key not in self._heard and isinstance(page, AsksToFind):
            self._heard.add(key)
            page.search_asked.connect(self.open)

    def _pages(self) -> Iterator[Found]:
        for page in self._window.pages:
            yield Found(f"page {page.key}", Kind.PAGE, page.title(), "", page.key)

    def _offered_acts(self) -> Iterator[Found]:
        """What the keys of this page and of everywhere do."""
        self._acts = {}
        page = self._window.page
        for action in (*self._own.actions(), *self._window.actions(), *page.actions()):
            row = actions.of(action)
            if row is not None and row.name != "find_all" and action.isEnabled():
                key = f"act {row.screen} {row.name}"
                self._acts[key] = action
                yield Found(key, Kind.ACT, row.label, actions.shown(row.keys[0]))

    @Slot(object)
    def _taken(self, found: Found) -> None:
        if found.page:
            self._window.open_page(found.page, found.argument)
        elif found.key in self._acts and isValid(self._acts[found.key]):
            self._acts[found.key].trigger()

    @Slot()
    def _open_preferences(self) -> None:
        self._window.open_page("preferences")
