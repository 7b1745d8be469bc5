"""Presenting (ux.md 9): nothing of a pupil is on screen while others may see it, and nobody has to think of it.

It begins by a key, and by itself where a display is added or the picture is shown a second time; it ends by an act of
its own, behind the PIN where the store has one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from client.settings import OWN_DISPLAYS, PRESENTING, Settings
from client.shell.curtain import Curtain, PresentingBand
from client.shell.displays import MIRROR, Display, Displays, strangers
from client.shell.messages import Asked, Question
from client.shell.veil import Veil, let_see
from client.shell.window import Window
from client.widgets.message_strip import Act

CLASSROOM, DESK = "classroom", "desk"
ALWAYS: Final = PRESENTING.choices[1]


@dataclass(frozen=True, slots=True)
class Scene:
    """What presents. own: the whole window, of which `window` is the part with pages."""

    own: QWidget
    window: Window
    displays: Displays
    settings: Settings
    now: Callable[[], datetime]


class Presenter(QObject):
    """Presents, or does not, one desk.

    ask: makes the box that proves who ends it, `accepted` when it is proven; without one a question asks.
    """

    def __init__(self, application: QApplication, scene: Scene) -> None:
        super().__init__(scene.own)
        self._scene = scene
        self.ask: Callable[[QWidget], QDialog] = self._question
        self.box: QDialog | None = None
        self.band = PresentingBand(scene.own)
        self.band.hide()
        self.curtain = Curtain(scene.now, scene.window)
        self.curtain.hide()
        self.veil = Veil(application, scene.own)
        first = scene.displays.now[:1]
        self._own = first[0].key if first else ""
        self._answered: frozenset[str] = frozenset()
        self._stranger: Display | None = None
        self._asks, self._went, self.is_on = False, False, False
        self._keeps = ""
        self._wire()

    def _wire(self) -> None:
        self.veil.covered.connect(self.cover)
        self.veil.presented.connect(self._toggle)
        self.band.covered.connect(self.cover)
        self.band.left.connect(self.leave)
        self.curtain.asked.connect(self._asked)
        self._scene.displays.changed.connect(self.look)

    # -- displays -----------------------------------------------------------------------------------------------------

    @property
    def _known(self) -> frozenset[str]:
        """The displays of the teacher's own, and those somebody has answered for since they came."""
        settings = self._scene.settings
        own = settings.value(OWN_DISPLAYS).split("\n") if settings.value(PRESENTING) != ALWAYS else []
        return self._answered | frozenset(own)

    @Slot()
    def look(self) -> None:
        """Cover before a display nobody has answered for; ask whether to end where the last one has gone."""
        displays = self._scene.displays.now
        strange = strangers(displays, self._own, ())
        self._answered &= frozenset(each.key for each in strange)  # it has to be answered for again when it comes back
        unknown = strangers(displays, self._own, self._known)
        if unknown:
            self._stranger, self._asks, self._went = unknown[-1], True, False
            self.cover()
        elif self.is_on and self._stranger is not None and not strange:
            self._stranger, self._asks, self._went = None, False, True
            self._tell()
            self.leave()

    def _tell(self) -> None:
        """Say on the curtain why it is there, and what can be done."""
        stranger = self._stranger
        if stranger is None and self._went:
            self.curtain.say(lambda: self.tr("The other display is gone."), ())
        elif stranger is None or not self._asks:
            self.curtain.say("", ())
        elif stranger.key == MIRROR or self._scene.settings.value(PRESENTING) == ALWAYS:
            self.curtain.say(lambda: self.tr("Another display was connected. Content is hidden."), ())
        else:
            classroom = Act(CLASSROOM, lambda: self.tr("Classroom"))
            desk = Act(DESK, lambda: self.tr("Desk monitor"))
            words = lambda: self.tr("Another display was connected. Content is hidden. What is it?")  # noqa: E731
            self.curtain.say(words, (classroom, desk))

    # -- on and off ---------------------------------------------------------------------------------------------------

    @Slot()
    def cover(self) -> None:
        """Put the curtain before everything, at once: painted when this returns."""
        if not self.is_on:
            self._begin()
        elif self.box is not None and isValid(self.box):
            self.box.reject()
        self._tell()
        self.veil.close_seen()
        self._scene.window.cover()
        self.curtain.setFocus()
        self._scene.own.repaint()

    def _begin(self) -> None:
        self.veil.draw()
        self.is_on = True
        pages = self._scene.window.presentable
        self.curtain.offer(tuple(Act(page.key, page.title) for page in pages))
        self.curtain.clock.tick()
        self._scene.window.present(self.curtain)
        self.band.show()
        self.veil.settle()

    @Slot()
    def _toggle(self) -> None:
        if self.is_on:
            self.leave()
        else:
            self.cover()

    @Slot()
    def leave(self) -> None:
        """Ask whoever wants to go on working; everything stays hidden until they have answered."""
        if self.is_on and (self.box is None or not isValid(self.box)):
            self.box = box = self.ask(self._scene.own)
            let_see(box)
            box.accepted.connect(self.end)
            box.rejected.connect(self._stays)
            box.open()

    def _question(self, parent: QWidget) -> QDialog:
        asked = Asked(
            self.tr("End presenting?"),
            self.tr("Names and records of pupils are then on this screen again, and on every display that shows it."),
            self.tr("Show everything"),
            self.tr("Stay covered"),
        )
        return Question(asked, parent)

    @Slot()
    def end(self) -> None:
        """Show everything again, as it was left."""
        if not self.is_on:
            return
        if self._keeps:
            settings = self._scene.settings
            kept = [key for key in settings.value(OWN_DISPLAYS).split("\n") if key]
            settings.keep(OWN_DISPLAYS, "\n".join([*kept, self._keeps]))
        self.is_on, self._asks, self._went, self._stranger, self._keeps = False, False, False, None, ""
        strange = strangers(self._scene.displays.now, self._own, ())
        self._answered = frozenset(display.key for display in strange)
        self.curtain.clock.stop()
        self.band.hide()
        self._scene.window.present(None)
        self.veil.lift()

    @Slot(str)
    def _asked(self, act: str) -> None:
        if act == CLASSROOM and self._stranger is not None:
            self._asks = False
            self._answered |= {self._stranger.key}
            self._tell()
            self.look()
        elif act == DESK and self._stranger is not None:
            self._keeps = self._stranger.key
            self.leave()
        else:
            self._scene.window.open_page(act)

    @Slot()
    def _stays(self) -> None:
        self._keeps, self.box = "", None

    def stop(self) -> None:
        """The desk is closed."""
        self.veil.stop()
        self.curtain.clock.stop()
