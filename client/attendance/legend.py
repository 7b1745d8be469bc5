"""The keys of a register, made from the board's symbols: each is a button that marks the pupil the cursor is on."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from client.attendance.record import Register, SymbolSet
from client.widgets.button import Kind
from client.widgets.message_strip import Act, ActButton


class Legend(QWidget):
    """One line of keys. chosen: the status whose button was pressed."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addStretch(1)
        self._shown: SymbolSet | None = None
        self.buttons: dict[str, ActButton] = {}

    def show_book(self, register: Register) -> None:
        """Show the keys of this register's symbols."""
        if register.book == self._shown:
            return
        self._shown = register.book
        for button in self.buttons.values():
            self._row.removeWidget(button)
            button.deleteLater()
        self.buttons = {}
        for symbol in register.book.symbols.values():
            if not symbol.stored or not symbol.keys:
                continue
            act = Act(symbol.status, _said(symbol.name))
            button = ActButton(act, Kind.LINK, self, keycap=symbol.keys[0].upper())
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.asked.connect(self.chosen)
            self._row.insertWidget(self._row.count() - 1, button)
            self.buttons[symbol.status] = button


def _said(name: str) -> Callable[[], str]:
    return lambda: name
