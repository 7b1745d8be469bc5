"""How attendance is left and come back to: class, view and cell, what is typed there, and a reason half written."""

from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from PySide6.QtCore import QPersistentModelIndex

from client.attendance.chooser import Chooser, View
from client.attendance.reason import ReasonBar
from client.attendance.record import Change, Mark, Register
from client.attendance.table import LineTable
from client.shell.pages import Left
from client.widgets.grid.view import GridView

CELL: Final = "cell"
REASON: Final = "reason"


class Leaving:
    """Reads what is on screen, and puts it back there in another process, where the list may be another one.

    shown: the grid and the table on screen, None while seats are.
    """

    def __init__(
        self,
        chooser: Chooser,
        reason: ReasonBar,
        shown: Callable[[], tuple[GridView, LineTable] | None],
        register: Callable[[], Register | None],
    ) -> None:
        self._chooser, self._reason, self._shown, self._register = chooser, reason, shown, register

    def left(self) -> Left | None:
        """How it would be left now; None where no class is on screen."""
        room = self._chooser.room
        if room is None:
            return None
        place: dict[str, Any] = {"class": room.code, "day": self._chooser.day, "view": self._chooser.shown.value}
        typed: dict[str, str] = {}
        shown = self._shown()
        if shown is not None and shown[0].current.isValid():
            grid, table = shown
            place |= {"pupil": table.rows[grid.current.row()].id, "column": grid.current.column()}
            if grid.typed is not None:
                typed[CELL] = grid.typed
        if self._reason.asking:
            place["changes"] = [_as_json(change) for change in self._reason.changes]
            typed[REASON] = self._reason.text.on_screen
        return Left(place, typed)

    def come_back(self, left: Left) -> bool:
        """Stand on that cell, with what was typed in its editor, or ask for that reason again."""
        place, typed = left.place, left.typed
        views = {view.value: view for view in View}
        if not self._chooser.find(str(place.get("class")), str(place.get("day")), views.get(str(place.get("view")))):
            return not typed
        there = self._stand(place, typed.get(CELL))
        if REASON in typed:
            there = self._ask(place, typed[REASON]) and there
        return there

    def _stand(self, place: Mapping[str, Any], text: str | None) -> bool:
        shown = self._shown()
        if shown is None:
            return text is None
        grid, table = shown
        row = next((at for at, line in enumerate(table.rows) if line.id == place.get("pupil")), None)
        column = place.get("column")
        if row is None or not isinstance(column, int) or column >= len(table.columns):
            return text is None
        grid.go(row, column)
        if text is None or grid.holds(text):
            return True
        grid.resume(QPersistentModelIndex(grid.current), text)
        return grid.editing

    def _ask(self, place: Mapping[str, Any], text: str) -> bool:
        register = self._register()
        kept = cast("list[dict[str, Any]]", place.get("changes") or [])
        if register is None or not kept:
            return not text
        lines, days = {line.id: line for line in register.lines}, {day.date: at for at, day in enumerate(register.days)}
        changes = [
            Change(lines[each["pupil"]], days[each["day"]], Mark(each["status"], each["late_at"], each["left_at"]))
            for each in kept
            if each.get("pupil") in lines and each.get("day") in days
        ]
        if len(changes) < len(kept):
            return not text
        self._reason.ask(changes, register, text)
        return True


def _as_json(change: Change) -> dict[str, Any]:
    mark = change.mark or Mark()
    return {
        "pupil": change.line.id,
        "day": change.cell.date,
        "status": mark.status,
        "late_at": mark.late_at,
        "left_at": mark.left_at,
    }
