"""What is done about take-outs at the school, beside the GUI thread, and what is said of it afterwards."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from client.shell.tasks import Tasks
from client.takeout.record import LeaseTaker
from client.takeout.repository import Takeouts
from sync.errors import KeyakiError
from sync.protocol.permit import Permit, PermitVerdict

Words = Callable[[], str]


class Acts(QObject):
    """One act after the other. done: carries the words for what is done; failed: the error.

    leases: puts leases into the vault of the store; None where it has no vault.
    """

    done = Signal(object)
    failed = Signal(object)

    def __init__(
        self, takeouts: Takeouts, tasks: Tasks, leases: Callable[[], LeaseTaker | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._takeouts, self._tasks, self._leases = takeouts, tasks, leases
        self._words: Words = lambda: ""
        self._moving: LeaseTaker | None = None

    @property
    def can_move(self) -> bool:
        """Whether take-outs can begin here: only what lies in a vault is taken out."""
        return self._leases() is not None

    def run(self, act: Callable[[], Permit], words: Words) -> None:
        """Do something at the school. words: what is said when it is done."""
        self._words = words
        self._tasks.run(act, self._ended, self._refused)

    def decide(self, permit: str, verdict: str, reason: str) -> None:
        """Approve, refuse or revoke."""
        said = PermitVerdict.model_validate({"verdict": verdict, "reason": reason})
        words = {
            "approved": lambda: self.tr("Approved. The teacher can begin the take-out."),
            "refused": lambda: self.tr("Declined. The teacher reads the reason."),
        }.get(verdict, lambda: self.tr("Ended. The PC hears it when it next reaches the school."))
        self.run(lambda: self._takeouts.office.decide(permit, said), words)

    def withdraw(self, permit: str) -> None:
        """Take a request back."""
        self.run(lambda: self._takeouts.office.withdraw(permit), lambda: self.tr("The request was taken back."))

    def move(self, permit: str, *, back: bool) -> None:
        """Begin or return: the device's next lease is asked for with it. Nothing while that is under way already."""
        leases = self._leases()
        if leases is None or self._moving is not None:
            return
        act = self._takeouts.give_back if back else self._takeouts.start
        began = lambda: self.tr("The take-out has begun. This PC keeps only these classes.")  # noqa: E731
        ended = lambda: self.tr("Returned. Thank you. Your other classes are being loaded.")  # noqa: E731
        self._words, self._moving = ended if back else began, leases
        leases.rewrapped.connect(self._moved)
        leases.kept.connect(self._stayed)
        leases.ask_by(lambda request: act(permit, request))

    @Slot()
    def _moved(self) -> None:
        self._unhook()
        self.done.emit(self._words)

    @Slot(object)
    def _stayed(self, error: KeyakiError) -> None:
        self._unhook()
        self.failed.emit(error)

    def _unhook(self) -> None:
        leases, self._moving = self._moving, None
        if leases is not None:
            leases.rewrapped.disconnect(self._moved)
            leases.kept.disconnect(self._stayed)

    @Slot(object)
    def _ended(self, _permit: Permit) -> None:
        self.done.emit(self._words)

    @Slot(object)
    def _refused(self, error: KeyakiError) -> None:
        self.failed.emit(error)
