"""Notices that nobody is there any more: no key and no mouse in any window, the PC asleep, its session locked."""

import logging
import os
import re
import sys
import time
from collections.abc import Callable
from typing import Final, cast

from PySide6.QtCore import SLOT, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from client.shell.actions import shortcut
from client.shell.cause import Cause

IDLE_S: Final = 600
"""So long without a key or the mouse, and nobody is taken to be there."""
TICK_MS: Final = 5_000
_SLEPT_S: Final = 2
"""The clock that counts sleep is never so far from the other one by chance."""
_PRESSES: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride})
_KEYS: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.InputMethod})
_INPUT: Final = _KEYS | {
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TabletPress,
    QEvent.Type.TabletMove,
}
_log = logging.getLogger("keyaki.watch")


def awake_s() -> float:
    """Seconds that do not count while the PC sleeps."""
    return time.monotonic()


def boot_s() -> float:
    """Seconds that count while the PC sleeps, too; where the system tells none, those of `awake_s`."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if sys.platform == "linux" else time.monotonic()


class Watch(QObject):
    """away: nobody is there, or somebody says so by the key, with the Cause. typed: a key was pressed in some window.

    The key is looked for here, before any window has it: no box, menu or input method keeps it from its work.

    awake, boot: the clocks, in seconds; idle_s: the patience.
    """

    away = Signal(object)
    typed = Signal()

    def __init__(
        self,
        application: QApplication,
        awake: Callable[[], float] = awake_s,
        boot: Callable[[], float] = boot_s,
        idle_s: float = IDLE_S,
    ) -> None:
        super().__init__(application)
        self._application = application
        self._awake, self._boot, self._idle_s = awake, boot, idle_s
        self._lock = [QKeySequence.fromString(key) for key in shortcut("lock").keys]
        self._touched = boot()
        self._slept = boot() - awake()
        self._tick = QTimer(self)
        self._tick.timeout.connect(self.look)
        self._tick.start(TICK_MS)
        application.installEventFilter(self)

    @Slot()
    def look(self) -> None:
        """Look at the clocks."""
        now = self._boot()
        slept = now - self._awake()
        if slept - self._slept > _SLEPT_S:
            self._slept = slept
            self.away.emit(Cause.SLEEP)
        elif now - self._touched >= self._idle_s:
            self.away.emit(Cause.IDLE)

    def stop(self) -> None:
        """Watch no more."""
        self._tick.stop()
        self._application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _PRESSES and isinstance(event, QKeyEvent) and QKeySequence(event.keyCombination()) in self._lock:
            event.accept()
            self.away.emit(Cause.KEY)
            return True
        if kind in _INPUT:
            self._touched = self._boot()
            if kind in _KEYS:
                self.typed.emit()
        return False


class SessionWatch(QObject):
    """Hears of the desktop over D-Bus: the session locked, the screen covered, the PC about to sleep. away: as above.

    On a system without D-Bus it hears nothing; sleep is then noticed after it. Windows has no such bus: there the
    session's lock is not noticed yet.
    """

    away = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._connect()

    def _connect(self) -> None:
        from PySide6.QtDBus import QDBusConnection  # 20 ms, when everything is on screen

        system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        own = _path(os.environ.get("XDG_SESSION_ID", ""))
        login, covers = "org.freedesktop.login1", ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")
        if system.isConnected():
            system.connect("", "", f"{login}.Manager", "PrepareForSleep", self, _slot("sleeps(bool)"))
            system.connect("", own, f"{login}.Session", "Lock", self, _slot("locked()"))
        for name in covers if session.isConnected() else ():
            session.connect("", "", name, "ActiveChanged", self, _slot("covered(bool)"))
        _log.info("desktop is heard: %s, %s", system.isConnected(), session.isConnected())

    @Slot(bool)
    def sleeps(self, begins: bool) -> None:
        """The PC is about to sleep, or has slept."""
        if begins:
            self.away.emit(Cause.SLEEP)

    @Slot(bool)
    def covered(self, on: bool) -> None:
        """The desktop has covered the screen, or shows it again."""
        if on:
            self.away.emit(Cause.SESSION)

    @Slot()
    def locked(self) -> None:
        """Somebody has locked the session."""
        self.away.emit(Cause.SESSION)


def _slot(name: str) -> bytes:
    """A slot as the bus takes it: the binding's own mark, which its type stub does not know."""
    return cast("bytes", SLOT(name))


def _path(session: str) -> str:
    """Where the bus keeps this session, so that another person's lock is not ours; empty where nobody says."""
    if not session:
        return ""
    label = re.sub(r"[^A-Za-z0-9]|^[0-9]", lambda found: f"_{ord(found[0]):02x}", session)
    return f"/org/freedesktop/login1/session/{label}"
