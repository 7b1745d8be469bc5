"""The menus of the page: one rule for many conflicts, and the colleagues who may settle a case."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from client.conflicts.record import Case, Colleague
from client.conflicts.rules import Bulk
from client.widgets.menu import Menu
from client.widgets.menu_button import MenuButton


class BulkButton(MenuButton):
    """Offers the rules that settle many. chosen: one of them (Bulk)."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(lambda: self.tr("Decide several"), parent)
        self.clicked.connect(self.offer)

    @Slot()
    def offer(self) -> None:
        """Open the menu."""
        rules = (
            (self.tr("Take what is not blank"), Bulk.FILLED),
            (self.tr("Take what came later"), Bulk.NEWER),
            (self.tr("Take the values now"), Bulk.CURRENT),
        )
        menu = _menu(self, rules)
        menu.triggered.connect(self._triggered)
        self.open_below(menu)

    @Slot(QAction)
    def _triggered(self, action: QAction) -> None:
        self.chosen.emit(action.data())


class GiveButton(MenuButton):
    """Offers the colleagues who may settle the case on screen. given: that case, and who is asked (staff id).

    case: what is on screen; colleagues: those who may settle it, asked for when the menu opens.
    """

    given = Signal(object, str)

    def __init__(
        self, case: Callable[[], Case | None], colleagues: Callable[[Case], Sequence[Colleague]], parent: QWidget
    ) -> None:
        super().__init__(lambda: self.tr("Give to"), parent, keycap="T")
        self._case, self._colleagues = case, colleagues
        self.clicked.connect(self.offer)

    @Slot()
    def offer(self) -> None:
        """Open the menu; it gives the case of this moment, whatever has come to the screen since."""
        case = self._case()
        if case is None:
            return
        held = None if case.given is None else case.given.assignee
        menu = _menu(self, ((each.name, (case, each.id)) for each in self._colleagues(case) if each.id != held))
        if menu.isEmpty():
            menu.addAction(self.tr("Nobody else may settle it")).setEnabled(False)
        menu.triggered.connect(self._triggered)
        self.open_below(menu)
        menu.setActiveAction(menu.actions()[0])  # whoever came by a key goes on by keys

    @Slot(QAction)
    def _triggered(self, action: QAction) -> None:
        self.given.emit(*action.data())


def _menu(parent: QWidget, lines: Iterable[tuple[str, object]]) -> Menu:
    """A menu of these lines: words, and what they stand for."""
    menu = Menu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for words, meant in lines:
        menu.addAction(words).setData(meant)
    return menu
