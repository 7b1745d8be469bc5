"""Asks the school for a new lease while somebody works, long before the old one is over; names the journal to it."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from client.shell.tasks import Tasks
from client.unlock.protection import Unlocked, device_key, request_for
from client.workspace import Workspace
from sync.errors import KeyakiError
from sync.protocol.lease import LeaseAnswer, LeaseRequest, Stream

_log = logging.getLogger("keyaki.unlock")


class Renewal(QObject):
    """Looks, when told to, whether a new lease is due, and puts it into the vault.

    workspace: the store, whose journal is sealed to the key that comes with a lease. ask: puts the question to the
    school; may wait, in a thread of its own. now: Unix seconds.
    renewed: carries the Lease that has just come. rewrapped, kept: how an act of `rewrap` went, kept with the error.
    """

    renewed = Signal(object)
    rewrapped = Signal()
    kept = Signal(object)

    def __init__(
        self,
        unlocked: Unlocked,
        workspace: Workspace,
        ask: Callable[[LeaseRequest], LeaseAnswer],
        tasks: Tasks,
        now: Callable[[], int],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.unlocked = unlocked
        self._workspace, self._ask, self._tasks, self._now = workspace, ask, tasks, now
        self._asking = False
        self._granted: frozenset[str] = frozenset()
        self._act: Callable[[Unlocked], Unlocked] | None = None

    def rewrap(self, act: Callable[[Unlocked], Unlocked]) -> None:
        """Do something else to the vault beside the GUI thread, never at the same time as a new lease."""
        self._act = act
        self._go_on()

    def _go_on(self) -> None:
        act, unlocked = self._act, self.unlocked
        if act is not None and not self._asking:
            self._act, self._asking = None, True
            self._tasks.run(lambda: act(unlocked), self._acted, self._refused)

    def _acted(self, unlocked: Unlocked) -> None:
        leased = unlocked.lease != self.unlocked.lease
        self.unlocked, self._asking = unlocked, False
        if leased:
            self.renewed.emit(unlocked.lease)
        self.rewrapped.emit()

    def _refused(self, error: KeyakiError) -> None:
        self._asking = False
        self.kept.emit(error)

    def ask_by(self, ask: Callable[[LeaseRequest], LeaseAnswer]) -> None:
        """Have the next lease asked for in another way, as a take-out begins or ends; `kept` where none came."""
        device = self._workspace.enrolment.device
        self.rewrap(lambda unlocked: self._renewed(unlocked, unlocked.stream(device), ask))

    @Slot()
    def look(self) -> None:
        """Ask for a lease where one is due, grants are others than it says, or the school does not know the journal.

        Not while one is asked for already.
        """
        if self._asking:
            return
        unlocked, workspace = self.unlocked, self._workspace
        stream = unlocked.stream(workspace.enrolment.device)
        granted = frozenset(grant.scope for grant in workspace.grants())
        other = granted not in (self._granted, frozenset(unlocked.lease.scopes if unlocked.lease else ()))
        if other or unlocked.is_due(self._now()) or workspace.copies.known_stream() != stream.id:
            self._asking, self._granted = True, granted
            self._tasks.run(lambda: self._renewed(unlocked, stream, self._ask), self._done, self._failed)

    def _renewed(self, unlocked: Unlocked, stream: Stream, ask: Callable[[LeaseRequest], LeaseAnswer]) -> Unlocked:
        """In a thread that may wait."""
        answer = ask(request_for(unlocked.vault, stream, device_key(unlocked.vault, self._workspace.enrolment.device)))
        granted = frozenset(grant.scope for grant in self._workspace.grants())
        fresh, copies = unlocked.renewed(answer, granted or None), self._workspace.copies
        copies.keep(fresh.hands())
        copies.make_known(stream.id)
        return fresh

    def _done(self, unlocked: Unlocked) -> None:
        self.unlocked, self._asking = unlocked, False
        self.renewed.emit(unlocked.lease)
        self._go_on()

    def _failed(self, error: KeyakiError) -> None:
        """The old lease still holds; the next round asks again."""
        self._asking, self._granted = False, frozenset()
        self._go_on()
        _log.info("no new lease: %s", error)
