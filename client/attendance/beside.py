"""Keeps the right panel at the cell the cursor stands on: told when the hand rests, and leading on from there."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from client.attendance.record import Change, Register
from client.attendance.rules import findings
from client.attendance.side import RegisterSide
from client.attendance.sources import Sources
from client.attendance.view import Here

TOLD_MS = 40
"""What follows the cursor follows it when the hand rests."""


class Beside(QObject):
    """Tells `side` of what is on screen. acted: something was done from the panel."""

    acted = Signal()

    def __init__(
        self,
        sources: Sources,
        register: Callable[[], Register | None],
        view: Callable[[], Here],
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._from, self._register, self._view, self._page = sources, register, view, page
        self.side = RegisterSide(sources.clock)
        self._rest = QTimer(self, singleShot=True, interval=TOLD_MS)
        self._rest.timeout.connect(self._tell)
        self.side.reason_chosen.connect(self._reason_chosen)

    @Slot()
    def soon(self) -> None:
        """Tell of the current cell in a moment, where the page is on screen."""
        if self._page.isVisible():
            self._rest.start()

    def stop(self) -> None:
        """Tell of nothing more for now."""
        self._rest.stop()

    @Slot()
    def _tell(self) -> None:
        register, here = self._register(), self._view().here()
        if register is None:
            return
        at = len(register.days) - 1 if here is None else here[1]
        self.side.show_day(register, at, self._from.situation.staff())
        self.side.show_line(None if here is None else here[0], register, at)
        self.side.show_findings(findings(register), register)

    @Slot(str)
    def _reason_chosen(self, code: str) -> None:
        here = self._view().here()
        if here is not None:
            line, at = here
            self._view().entry.want([Change(line, at, note=(code, line.cells[at].note.text))])
        self.acted.emit()
