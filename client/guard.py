"""Stands by an open store: whoever leaves their PC leaves it locked, and finds their place again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from client.desk import Desk, Outside
from client.drafts import DraftKeeper
from client.lock import Grounds, Lock
from client.shell.actions import shortcut, shown
from client.shell.cause import Cause
from client.shell.copied import Copied
from client.shell.watch import SessionWatch, Watch
from client.syncing.rules import when
from client.unlock.anchoring import AnchorKeeper
from client.unlock.change import ChangePin
from client.unlock.ending import LeaseEnd
from client.unlock.prove import ProvePin
from client.unlock.relaunch import Successor
from client.unlock.renewal import Renewal
from client.widgets.ink import Tone
from client.widgets.message_strip import Message
from sync.errors import KeyakiError, StoreError

LOCK, CHANGE_PIN = "lock", "change_pin"
HEAR_MS: Final = 1_500
"""By then everything is on screen, and the desktop's bus may be asked for."""


@dataclass(frozen=True, slots=True)
class Post:
    """What is guarded. folder: of the store; ask_pin: makes the box that asks for another PIN; words: (error) -> its
    sentence.
    """

    desk: Desk
    outside: Outside
    folder: Path
    renewal: Renewal
    anchor: AnchorKeeper
    successor: Successor
    ask_pin: Callable[[QWidget], ChangePin]
    words: Callable[[KeyakiError], str]


class Guard(QObject):
    """Watches until the desk is closed."""

    def __init__(self, application: QApplication, post: Post, parent: QObject) -> None:
        super().__init__(parent)
        self._post = post
        self.box: ChangePin | ProvePin | None = None
        desk, outside, renewal = post.desk, post.outside, post.renewal
        desk.presenter.ask = self._ask_to_show
        self.copied = Copied(application.clipboard(), self)
        self.drafts = DraftKeeper(desk.window_, desk.workspace, self)
        wall = lambda: outside.clock().timestamp()  # noqa: E731
        self.ending = LeaseEnd(wall, outside.boot, lambda: renewal.unlocked.lease, self)
        grounds = Grounds(self.drafts, desk.workspace, post.folder, self.copied, post.successor, outside.now)
        self.lock = Lock(grounds, self._leave_vault, self)
        desk.shutting.connect(self.drafts.keep_written)
        desk.closed.connect(self.stop)
        self.watch = Watch(application)
        self.watch.away.connect(self._away)
        self.watch.typed.connect(self.drafts.typed)
        self.ending.away.connect(self._away)
        self.ending.soon.connect(self._tell_end)
        self.ending.set_forward.connect(self._tell_clock)
        renewal.renewed.connect(self.ending.renewed)
        renewal.rewrapped.connect(self._rewrapped)
        renewal.kept.connect(self._kept)
        self._hear = QTimer(self, singleShot=True, interval=HEAR_MS)
        self._hear.timeout.connect(self._hear_desktop)
        self._hear.start()
        self._offer()

    def _offer(self) -> None:
        rail = self._post.desk.window_.rail
        key = shown(shortcut("lock").keys[0])
        rail.offer(
            (
                (LOCK, lambda: self.tr("Lock now") + f"\t{key}"),
                (CHANGE_PIN, lambda: self.tr("Change the PIN...")),
            )
        )
        rail.acted.connect(self._acted)

    def stop(self) -> None:
        """The desk is closed: watch no more."""
        self.watch.stop()

    @Slot(str)
    def _acted(self, act: str) -> None:
        if act == LOCK:
            self._away(Cause.KEY)
        elif act == CHANGE_PIN:
            self.change_pin()

    @Slot()
    def change_pin(self) -> None:
        """Ask for the PIN of now and another one."""
        self.box = box = self._post.ask_pin(self._post.desk)
        box.wanted.connect(self._rewrap)
        box.open()

    def _ask_to_show(self, parent: QWidget) -> ProvePin:
        """The box that asks for the PIN before a program that presents shows everything again."""
        self.box = box = ProvePin(self._post.words, parent)
        box.given.connect(self._prove)
        return box

    @Slot(str)
    def _prove(self, pin: str) -> None:
        now = int(self._post.outside.clock().timestamp())
        self._post.renewal.rewrap(lambda unlocked: unlocked.proven(pin, now))

    @Slot(str, str)
    def _rewrap(self, old: str, new: str) -> None:
        now = int(self._post.outside.clock().timestamp())
        self._post.renewal.rewrap(lambda unlocked: unlocked.with_pin(old, new, now))

    @Slot()
    def _rewrapped(self) -> None:
        box, self.box = self.box, None
        if box is None or not isValid(box):
            return
        changed = isinstance(box, ChangePin)
        box.accept()
        if changed:
            self._post.desk.messages.say(lambda: self.tr("The PIN was changed."))

    @Slot(object)
    def _kept(self, error: KeyakiError) -> None:
        """Somebody who guesses at an open desk is shown the door, too."""
        if isinstance(error, StoreError) and error.facts.get("reason") == "burned":
            self._away(Cause.GUESSES)
        elif self.box is not None and isValid(self.box):
            self.box.tell(error)

    @Slot(object)
    def _away(self, cause: Cause) -> None:
        self.lock.lock(cause)

    @Slot()
    def _hear_desktop(self) -> None:
        SessionWatch(self).away.connect(self._away)

    def _leave_vault(self) -> None:
        self._post.renewal.unlocked.vault.leave(self.ending.seen)
        self._post.anchor.end()

    @Slot(object)
    def _tell_end(self, moment: int) -> None:
        now = self._post.outside.now()
        until = datetime.fromtimestamp(moment, UTC).astimezone(now.tzinfo).isoformat()
        words = lambda: self.tr(  # noqa: E731  asked at each change of language
            "Without a network this PC may be used until {time}. Keyaki locks then; what you are writing is kept."
        )
        self._say(lambda: words().format(time=when(until, now)))

    @Slot()
    def _tell_clock(self) -> None:
        self._say(lambda: self.tr("This PC's clock was set forward. Keyaki does not go by it until it starts again."))

    def _say(self, words: Callable[[], str]) -> None:
        self._post.desk.window_.show_message(Message(words, Tone.WARN))
