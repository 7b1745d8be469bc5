"""The keys of a register, made from the board's symbols: each is a button that marks the pupil the cursor is on."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from client.attendance.record import Register, SymbolSet
from client.widgets.button import Button, Kind


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
        self.buttons: dict[str, Button] = {}

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
            button = Button(_said(symbol.name), Kind.LINK, self, keycap=symbol.keys[0].upper())
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(partial(self.chosen.emit, symbol.status))
            self._row.insertWidget(self._row.count() - 1, button)
            self.buttons[symbol.status] = button


def _said(name: str) -> Callable[[], str]:
    return lambda: name
