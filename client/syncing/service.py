"""Sync beside the windows: one worker in one thread, which sends soon after an edit and listens for news in between.

Nothing here decides what to send or what to take: that is `Workspace.sync`. This only decides when, and never blocks
the GUI thread. The worker has its own way to the school and is the only one that uses it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import Event
from time import monotonic, time
from typing import Final, Protocol

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from client.proxy import whereabouts
from client.syncing.status import Standing
from client.workspace import Progress, Report, Workspace
from sync.errors import AccessError, Defect, KeyakiError, SiteError
from sync.protocol.backend import Backend, WaitStopped
from sync.protocol.errors import BadBody, ClockWrong, NotOurs, ProxyScript, Unreachable

_log = logging.getLogger("keyaki.sync")
CLOCK_OFF: Final = timedelta(minutes=5)
"""A clock further off than this is told: it stands beside every value that is typed here."""


class Link(Backend, Protocol):
    """A way to the school that another thread can look at and interrupt."""

    @property
    def ahead(self) -> timedelta:
        """How far this PC's clock was ahead of the server's when that answered last."""
        ...

    def still_s(self) -> float:
        """For how many seconds nothing has moved in the call under way; 0 without one and in a long poll."""
        ...

    def stop_waiting(self) -> None:
        """Break off the long poll under way, or the next one."""
        ...

    def watch(self) -> None:
        """End a call that has outlived its whole time."""
        ...

    def drop(self) -> None:
        """Give up the connection, with the call under way: its network is gone."""
        ...

    def close(self) -> None:
        """End the call under way and refuse all others."""
        ...


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When things happen, in seconds.

    settle: after an edit, so that a row typed in one go is one push; settle_most: but never later than this. again:
    first pause after a failure, doubled up to again_most. ask: between questions where a long poll does not work
    (least, most). shared: a round at least so often. barred: after the school refused us. tick: of the watch. still:
    after so long without a byte a call is called slow; with the watch and the hand's rest it is said within 10 s.
    """

    settle: float = 2
    settle_most: float = 5
    again: float = 2
    again_most: float = 120
    ask: tuple[float, float] = (60, 120)
    shared: float = 1800
    barred: float = 600
    tick: float = 2
    still: float = 5


class _Worker(QObject):
    """Lives in the sync thread. `wanted` is set by others when a round is due now."""

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(
        self, workspace: Workspace, link: Link, rhythm: Rhythm, chance: Callable[[float, float], float]
    ) -> None:
        super().__init__()
        self.wanted, self.cancelled = Event(), Event()
        self._workspace, self._link = workspace, link
        self._rhythm, self._chance = rhythm, chance
        self._failures = 0
        self._deaf = 0

    @Slot()
    def run(self) -> None:
        """Round after round until cancelled."""
        while not self.cancelled.is_set():
            self.wanted.clear()
            error = self._round()
            if self.cancelled.is_set():
                return
            if error is None:
                self._failures = 0
                self._listen()
            else:
                self._failures += 1
                self._deaf = 0  # the network was gone: the long poll need not have been to blame
                self.wanted.wait(self._pause(error))

    def _round(self) -> KeyakiError | None:
        try:
            report = self._workspace.sync(self._link, self._progress, self.cancelled.is_set)
        except KeyakiError as error:
            return self._tell(error)
        except Exception as error:  # noqa: BLE001 a thread of Qt's would end without a word; every edit is safe
            _log.exception("a round failed")
            return self._tell(Defect(assumed=f"a round would not raise {type(error).__name__}"))
        self.finished.emit(report)
        return None

    def _tell(self, error: KeyakiError) -> KeyakiError:
        if not self.cancelled.is_set():
            _log.info("a round ended with %s", error)
            self.failed.emit(error)
        return error

    def _progress(self, progress: Progress) -> None:
        self.progressed.emit(progress)

    def _pause(self, error: KeyakiError) -> float:
        """Seconds until the next try: exponential with full jitter, never before the server asked for."""
        rhythm = self._rhythm
        if isinstance(error, AccessError):
            return rhythm.barred
        most = min(rhythm.again_most, rhythm.again * 2 ** min(self._failures - 1, 16))
        asked = error.facts.get("retry_s", 0)
        return max(self._chance(0, most), rhythm.again / 4) + (asked if isinstance(asked, int) else 0)

    def _listen(self) -> None:
        """Return when there is news, something to send, or the time for a round anyway has come."""
        until = monotonic() + self._rhythm.shared
        school = self._workspace.enrolment.school
        while not self.wanted.is_set() and not self.cancelled.is_set() and monotonic() < until:
            cursor, began = self._workspace.status().cursor, monotonic()
            try:
                answer = self._link.wait(school, cursor)
            except WaitStopped:
                continue
            except KeyakiError as error:
                if not self.wanted.is_set():
                    _log.info("a long poll ended with %s", error)
                    self._link_lost(error)
                return
            self._deaf = 0
            if answer.seq != cursor:
                return
            if monotonic() - began < 1:  # a wait that does not wait must not become a storm
                self.wanted.wait(self._chance(*self._rhythm.ask))

    def _link_lost(self, error: KeyakiError) -> None:
        """A long poll broke: look soon what is left of the network, and only now and then where a round passed since.

        Proxies cut or hold back what takes long. Then a round every minute or two stands in for being told.
        """
        self._deaf += 1
        if self._deaf > 1:
            self.wanted.wait(self._chance(*self._rhythm.ask))
        else:
            asked = error.facts.get("retry_s", 0)
            self.wanted.wait(self._rhythm.again / 4 + (asked if isinstance(asked, int) else 0))


class SyncService(QObject):
    """The windows' side of sync: lives in the GUI thread, owns the worker thread.

    link: a way to the school, used by the worker alone and closed with the service. chance: a random number between
    two. `failed` comes for every failed call; what a person should see of it is in `standing`.
    """

    progressed = Signal(object)  # Progress
    finished = Signal(object)  # Report
    failed = Signal(object)  # KeyakiError
    changed = Signal()  # the standing is another

    def __init__(
        self,
        workspace: Workspace,
        link: Link,
        chance: Callable[[float, float], float],
        parent: QObject,
        rhythm: Rhythm | None = None,
    ) -> None:
        super().__init__(parent)
        self._link, self._rhythm = link, rhythm or Rhythm()
        self._standing = Standing()
        self._worker = _Worker(workspace, link, self._rhythm, chance)
        self._thread = QThread(self)
        self._worker.moveToThread(self._thread)
        self._thread.started.connect(self._worker.run)
        self._worker.progressed.connect(self._on_progress)
        self._worker.finished.connect(self._on_finished)
        self._worker.failed.connect(self._on_failed)
        self._settle = QTimer(self, singleShot=True)
        self._settle.timeout.connect(self.sync_now)
        self._first_edit = 0.0
        self._watch = QTimer(self)
        self._watch.timeout.connect(self._tick)
        self._ticked = time()
        self._place = whereabouts()

    @property
    def standing(self) -> Standing:
        """How the way to the school stands."""
        return self._standing

    def start(self) -> None:
        """Begin with a round at once."""
        self._watch.start(round(self._rhythm.tick * 1000))
        self._thread.start()

    @Slot()
    def edited(self) -> None:
        """Something was saved: send it when the hand rests, and at the latest a little later."""
        now = monotonic()
        if not self._settle.isActive():
            self._first_edit = now
        left = self._first_edit + self._rhythm.settle_most - now
        self._settle.start(round(max(0.0, min(self._rhythm.settle, left)) * 1000))

    @Slot()
    def sync_now(self) -> None:
        """Send and receive now (F5, a sign-in, a network that came back)."""
        self._settle.stop()
        self._worker.wanted.set()
        self._link.stop_waiting()

    def close(self, wait_ms: int = 15_000) -> bool:
        """Break off what is under way and end the thread. False where a call does not let go: then leave the process.

        Nothing is lost by it: what was not answered is sent again.
        """
        self._watch.stop()
        self._settle.stop()
        self._worker.cancelled.set()
        self._worker.wanted.set()
        self._link.close()
        self._thread.quit()
        return self._thread.wait(wait_ms)

    @Slot()
    def _tick(self) -> None:
        """Watch over the call under way; after a sleep of this PC, or in another network, ask at once."""
        now, place = time(), whereabouts()  # the time of the wall: the other clock stands still while a PC sleeps
        asleep = now - self._ticked > max(10, self._rhythm.tick * 3)
        moved = bool(place) and place != self._place
        self._ticked = now
        self._place = place
        self._link.watch()
        if asleep or moved:
            self._link.drop()  # whatever it waits for will not come over a network that is gone
            self.sync_now()
        slow = self._link.still_s() > self._rhythm.still
        if slow != self._standing.slow:
            self._stand(replace(self._standing, slow=slow))

    @Slot(object)
    def _on_progress(self, progress: Progress) -> None:
        self._stand(replace(self._standing, sending=progress, slow=False))
        self.progressed.emit(progress)

    @Slot(object)
    def _on_finished(self, report: Report) -> None:
        off = self._link.ahead
        minutes = round(abs(off) / timedelta(minutes=1))
        self._stand(Standing(reached=True, problem=ClockWrong(minutes=minutes) if abs(off) > CLOCK_OFF else None))
        self.finished.emit(report)

    @Slot(object)
    def _on_failed(self, error: KeyakiError) -> None:
        if isinstance(error, ProxyScript) and not whereabouts():
            error = Unreachable()  # with no network at all nobody needs a way out of it
        self._stand(Standing(reached=_answered(error), problem=error))
        self.failed.emit(error)

    def _stand(self, standing: Standing) -> None:
        self._standing = standing
        self.changed.emit()


def _answered(error: KeyakiError) -> bool:
    """Whether an error still means that the school's server was reached."""
    return not isinstance(error, Unreachable | NotOurs | BadBody | SiteError)
