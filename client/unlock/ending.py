"""Looks again and again whether the lease of an open store still holds (security.md 4.2)."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from client.shell.cause import Cause
from client.vault.due import Clocks, Verdict, due, entered, looked, sworn
from sync.protocol.lease import Lease

LOOK_MS: Final = 30_000


class LeaseEnd(QObject):
    """soon: the end is near, with its moment in Unix seconds, once for each end. away: it has come, with the Cause.
    set_forward: the wall clock was set forward and is not believed any more.

    wall: Unix seconds, as the PC's clock says; boot: seconds that count while it sleeps, too; lease: that holds now.
    """

    soon = Signal(object)
    away = Signal(object)
    set_forward = Signal()

    def __init__(
        self,
        wall: Callable[[], float],
        boot: Callable[[], float],
        lease: Callable[[], Lease | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._wall, self._boot, self._lease = wall, boot, lease
        self.floors = entered(self._clocks(), lease())
        self._told = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_MS)

    @property
    def seen(self) -> int:
        """The latest time ever taken, in Unix seconds."""
        return self.floors.seen

    @Slot()
    def look(self) -> None:
        """Look at the clocks and at the lease."""
        now, before = self._clocks(), self.floors
        self.floors = looked(now, before)
        found = due(now, self._lease(), self.floors)
        if before.heeded and not self.floors.heeded:
            self.set_forward.emit()
        if found.verdict is Verdict.SET_BACK:
            self.away.emit(Cause.CLOCK)
        elif found.verdict is Verdict.OVER:
            self.away.emit(Cause.LEASE)
        elif found.verdict is Verdict.SOON and self._told != found.moment + found.left_s:
            self._told = found.moment + found.left_s
            self.soon.emit(self._told)

    @Slot(object)
    def renewed(self, lease: Lease | None) -> None:
        """The school has just given this lease: its time is the school's word."""
        if lease is not None:
            self.floors = sworn(self._clocks(), lease.iat)

    def _clocks(self) -> Clocks:
        return Clocks(int(self._wall()), int(self._boot()))
