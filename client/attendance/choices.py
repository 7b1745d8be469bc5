"""Alt+Down on a pupil's cell lists the reasons that suit its mark, all of them where there is none."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent

from client.attendance.record import Change
from client.attendance.rules import offered
from client.attendance.view import RegisterView
from client.widgets.menu import Menu


class ReasonMenu(QObject):
    """Opens the list over a view's grid and writes what is chosen."""

    def __init__(self, view: RegisterView) -> None:
        super().__init__(view)
        self._view = view
        view.grid.table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if event.key() == Qt.Key.Key_Down and plain == Qt.KeyboardModifier.AltModifier:
                self.open_list()
                return True
        return super().eventFilter(watched, event)

    def open_list(self) -> None:
        """Open the list under the current cell."""
        grid, register, here = self._view.grid, self._view.table.register, self._view.here()
        if register is None or here is None or not register.room.writable:
            return
        line, at = here
        cell = line.cells[at]
        menu = Menu(grid)
        for reason in offered(cell.mark.status, register.book) or register.book.reasons:
            action = QAction(reason.name, menu)
            action.setCheckable(True)
            action.setChecked(reason.code == cell.note.reason)
            action.setData(reason.code)
            menu.addAction(action)
        menu.triggered.connect(self._chosen)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        place = grid.table.visualRect(grid.current).bottomLeft()
        menu.popup(grid.table.viewport().mapToGlobal(place + QPoint(0, 2)))
        if menu.actions():
            menu.setActiveAction(menu.actions()[0])

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        here = self._view.here()
        if here is not None:
            line, at = here
            self._view.entry.want([Change(line, at, note=(action.data(), line.cells[at].note.text))])
