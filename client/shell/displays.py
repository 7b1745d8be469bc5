"""Which displays this PC shows its picture on, and which of them nobody has answered for."""

import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from PySide6.QtCore import QObject, QRect, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QScreen

from client.shell.mirroring import DisplayChanges, is_mirrored

MIRROR: Final = "mirror"
"""Key of a picture that is shown a second time: what shows it has no key of its own."""


@dataclass(frozen=True, slots=True)
class Display:
    """One display. key: what tells it from others, whenever it comes back (maker, model, serial number); name: for
    people; area: what it shows of the desktop, in pixels.
    """

    key: str
    name: str
    area: tuple[int, int, int, int]


def mirrored(displays: Sequence[Display]) -> bool:
    """Whether two of them show the same part of the desktop."""
    return any(QRect(*one.area).intersects(QRect(*other.area)) for one, other in combinations(displays, 2))


def strangers(displays: Sequence[Display], own: str, known: Collection[str]) -> tuple[Display, ...]:
    """Displays before which nothing of pupils may stand: neither `own`, which a teacher sits at, nor `known` as theirs.

    Where a picture is shown twice, no display is anybody's own: the last one then stands for all, under MIRROR.
    """
    if mirrored(displays):
        last = displays[-1]
        return () if MIRROR in known else (Display(MIRROR, last.name, last.area),)
    return tuple(display for display in displays if display.key != own and display.key not in known)


def read_displays() -> tuple[Display, ...]:
    """The displays of this moment, the first one first; last the one that shows the same again, where Qt knows none."""
    first = QGuiApplication.primaryScreen()
    found = tuple(_display(screen) for screen in sorted(QGuiApplication.screens(), key=lambda each: each is not first))
    return (*found, Display(MIRROR, "", found[0].area)) if found and is_mirrored() else found


def _display(screen: QScreen) -> Display:
    told = (screen.manufacturer(), screen.model(), screen.serialNumber())
    area = screen.geometry()
    key = "|".join(told) if any(told) else screen.name() or f"{area.x()},{area.y()}"
    name = screen.model() or screen.name()
    return Display(key, name, (area.x(), area.y(), area.width(), area.height()))


class Displays(QObject):
    """Hears when a display comes, goes or shows something else. read: what tells the displays of the moment."""

    changed = Signal()

    def __init__(self, read: Callable[[], tuple[Display, ...]], parent: QObject) -> None:
        super().__init__(parent)
        self._read = read
        self.now = read()
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._added)
        application.screenRemoved.connect(self.look)
        application.primaryScreenChanged.connect(self.look)
        for screen in QGuiApplication.screens():
            screen.geometryChanged.connect(self.look)
        self._changes = DisplayChanges(self._soon)
        if sys.platform == "win32":
            application.installNativeEventFilter(self._changes)

    @Slot(QScreen)
    def _added(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self.look)
        self.look()

    def _soon(self) -> None:
        """When Windows has said its say: Qt has learned of it by then."""
        QTimer.singleShot(0, self, self.look)

    @Slot()
    def look(self) -> None:
        """Look at the displays again."""
        before, self.now = self.now, self._read()
        if self.now != before:
            self.changed.emit()
