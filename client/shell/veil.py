"""Draws a veil over the whole program: only what says that it may be seen is seen until it is lifted.

Nothing need know of it: boxes, menus, tool tips and second windows are put away as they come, whoever makes them, and
stand again, with all that is written in them, when the veil is lifted.
"""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from client.shell.actions import shortcut
from client.widgets.ground import Ground

_PRESSES: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride})
_TYPED: Final = _PRESSES | {QEvent.Type.KeyRelease, QEvent.Type.InputMethod}
_WHISPERS: Final = frozenset({QEvent.Type.ToolTip, QEvent.Type.WhatsThis, QEvent.Type.StatusTip})
_PASSING: Final = (Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.SplashScreen)
_MAY_BE_SEEN: Final = "may_be_seen"


def let_see(window: QWidget) -> None:
    """Say of a window that nothing of pupils is in it: a veil leaves it on screen."""
    window.setProperty(_MAY_BE_SEEN, True)


class Blind(Ground):
    """Stands before all that is in a window, which stays on screen with nothing in it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__("window", None, window)
        self._hidden = [
            child
            for child in window.children()
            if isinstance(child, QWidget) and child is not self and not child.isWindow() and not child.isHidden()
        ]
        for child in self._hidden:
            child.hide()
        window.installEventFilter(self)
        self._cover()
        self.show()

    def _cover(self) -> None:
        self.setGeometry(self.window().rect())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._cover()
        return super().eventFilter(watched, event)

    def lift(self) -> None:
        """Show again what was there."""
        for child in self._hidden:
            if isValid(child):
                child.show()
        self.hide()
        self.deleteLater()


class Veil(QObject):
    """Hangs over the application. own: the window that covers itself when `drawn` is told.

    The keys are looked for here, before any window has them. covered: the key that covers at once was pressed;
    presented: the key that begins or ends presenting.
    """

    covered = Signal()
    presented = Signal()
    is_drawn = False
    """Asked also of a veil that has lost all of its own already because its window is going."""

    def __init__(self, application: QApplication, own: QWidget) -> None:
        super().__init__(own)
        self._application, self._own = application, own
        self._keys = {
            QKeySequence.fromString(key): told
            for name, told in (("cover", self.covered), ("present", self.presented))
            for key in shortcut(name).keys
        }
        self._still = False
        self._focus: QWidget | None = None
        self._away: list[QDialog] = []
        self._blinds: list[Blind] = []
        application.installEventFilter(self)

    def draw(self) -> None:
        """Hide every window but `own`, which is hidden by whoever owns it before `settle` is called.

        An editor that is open stays open with what is typed in it: hidden is not left, and nothing half typed is saved.
        """
        QGuiApplication.inputMethod().commit()
        self._focus = QApplication.focusWidget()
        self.is_drawn = self._still = True
        clipboard = self._application.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()
        for window in self._application.topLevelWidgets():
            if window.isVisible() and not self._may_be_seen(window):
                self._put_away(window)

    def settle(self) -> None:
        """What is on screen now is what may be seen: the focus goes its ways again."""
        self._still = False

    def lift(self) -> None:
        """Show again what was put away, and give the focus back; `own` shows what it had before."""
        self.is_drawn = False
        for blind in self._blinds:
            if isValid(blind):
                blind.lift()
        for box in self._away:
            if isValid(box):
                box.show()
        self._blinds.clear()
        self._away.clear()
        if self._focus is not None and isValid(self._focus) and self._focus.isVisible():
            self._focus.setFocus()
        self._focus = None

    def stop(self) -> None:
        """Hang over nothing any more."""
        self.is_drawn = False
        self._application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _PRESSES and isinstance(event, QKeyEvent):
            told = self._keys.get(QKeySequence(event.keyCombination()))
            if told is not None:
                event.accept()
                if kind is QEvent.Type.KeyPress and not event.isAutoRepeat():
                    told.emit()
                return True
        if not self.is_drawn:
            return False
        if kind in _TYPED and isinstance(watched, QWidget) and not watched.isVisible():
            return True  # a hidden page may take the focus: what is typed behind the veil is typed nowhere
        if kind is QEvent.Type.FocusOut:
            return self._still
        if kind is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            if not self._may_be_seen(watched):
                self._put_away(watched)
            return False
        return kind in _WHISPERS

    def _may_be_seen(self, window: QWidget) -> bool:
        return window is self._own or bool(window.property(_MAY_BE_SEEN))

    def _put_away(self, window: QWidget) -> None:
        """Blind it at once. A box goes altogether, for it would keep keys and mouse from the rest; so does a menu."""
        blind = Blind(window)
        if isinstance(window, QDialog):
            if window not in self._away:
                self._away.append(window)
                window.finished.connect(self._forget)
        elif window.windowType() not in _PASSING:
            self._blinds.append(blind)
            return
        QTimer.singleShot(0, blind, lambda: self._hide(blind))  # Qt cannot hide a window that it is about to show

    def _hide(self, blind: Blind) -> None:
        """The blind goes when its window is out of sight."""
        blind.window().hide()
        blind.lift()

    @Slot()
    def _forget(self) -> None:
        """A box was answered by what it stands for while it was away: it does not come back."""
        box = self.sender()
        self._away = [window for window in self._away if window is not box]

    @Slot()
    def close_seen(self) -> None:
        """Close the boxes that were let through."""
        for window in self._application.topLevelWidgets():
            if window is not self._own and window.isVisible() and bool(window.property(_MAY_BE_SEEN)):
                window.close()
