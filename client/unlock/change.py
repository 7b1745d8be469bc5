"""Another PIN for a store that is open: the one of now, and twice the new one (security.md 3.6)."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from client.unlock.pin import fault_words, pin_line
from client.vault.floors import PIN_LEAST
from client.vault.pin import PinFault
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.ink import Step
from client.widgets.label import Label
from client.widgets.line_edit import LineEdit
from client.widgets.paragraph import Paragraph
from client.widgets.window_title import title_window
from sync.errors import KeyakiError

WIDTH = 400


class ChangePin(QDialog):
    """Asks for it. `wanted` carries the PIN of now and the new one.

    fault: why a new one is not taken, None where it is; words: a numbered error in whole sentences.
    """

    wanted = Signal(str, str)

    def __init__(
        self, fault: Callable[[str], PinFault | None], words: Callable[[KeyakiError], str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._fault, self._words = fault, words
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title_window(self, lambda: self.tr("Change the PIN"))
        self.old, self.first, self.second = (pin_line("", self) for _ in range(3))
        self.problem = Paragraph("", Step.BODY, self, colour="danger")
        self.number = Label("", Step.CAPTION, self, colour="text2")
        self.change = Button(lambda: self.tr("Change"), Kind.PRIMARY, self)
        self._assemble()
        self.old.returnPressed.connect(self.first.setFocus)
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(self._take)
        self.change.clicked.connect(self._take)
        self.old.setFocus()

    def _assemble(self) -> None:
        look = ink.look()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(24), look.px(24), look.px(24), look.px(24))
        column.setSpacing(look.px(8))
        column.addWidget(Label(lambda: self.tr("Change the PIN"), Step.HEADING, self))
        about = Paragraph(lambda: self.tr("The new PIN opens this PC alone."), Step.BODY, self, colour="text2")
        column.addWidget(about)
        asked = (
            lambda: self.tr("PIN of now"),
            lambda: self.tr("New PIN, at least %n characters", "", PIN_LEAST),
            lambda: self.tr("The new one once more"),
        )
        for words, line in zip(asked, self._lines, strict=True):  # three rows of dots would not tell which is which
            line.setAccessibleName(words())
            column.addWidget(Label(words, Step.CAPTION, self, colour="text2"))
            column.addWidget(line)
        column.addWidget(self.problem)
        column.addWidget(self.number)
        about.setFixedWidth(look.px(WIDTH))
        self.problem.setFixedWidth(look.px(WIDTH))
        self._say("", "")
        row = QHBoxLayout()
        back = Button(lambda: self.tr("Cancel"), parent=self)
        back.clicked.connect(self.reject)
        row.addStretch(1)
        row.addWidget(back)
        row.addWidget(self.change)
        column.addLayout(row)

    @property
    def _lines(self) -> tuple[LineEdit, LineEdit, LineEdit]:
        return self.old, self.first, self.second

    @Slot()
    def _take(self) -> None:
        """Hand both on, once, or say why the new one is not taken."""
        old, first, second = (line.text() for line in self._lines)
        fault, same = self._fault(first), first == old
        self.first.set_wrong(wrong=fault is not None or same)
        self.second.set_wrong(wrong=fault is None and first != second)
        if fault is not None:
            self._say(fault_words(fault), "")
        elif same:
            self._say(self.tr("This is the PIN of now."), "")
        elif first != second:
            self._say(self.tr("The two lines are not the same."), "")
        elif old and self.change.isEnabled():
            self._let_type(on=False)
            self.wanted.emit(old, first)

    @Slot(object)
    def tell(self, error: KeyakiError) -> None:
        """Say why it was not done; it can be typed again."""
        self._let_type(on=True)
        self._say(self._words(error), f"E-{error.number}")
        self.old.selectAll()
        self.old.setFocus()

    def _let_type(self, *, on: bool) -> None:
        for widget in (*self._lines, self.change):
            widget.setEnabled(on)

    def _say(self, problem: str, number: str) -> None:
        self.problem.set_words(problem)
        self.number.set_words(number)
        self.problem.setVisible(bool(problem))
        self.number.setVisible(bool(number))
