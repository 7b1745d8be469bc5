"""The PIN once more, before something is shown or done that somebody else at an open desk may not."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from client.unlock.pin import pin_line
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.ink import Step
from client.widgets.label import Label
from client.widgets.paragraph import Paragraph
from client.widgets.window_title import title_window
from sync.errors import KeyakiError

WIDTH = 400


class ProvePin(QDialog):
    """Asks for it. `given` carries it; the box is accepted from outside when it is proven.

    words: a numbered error in whole sentences.
    """

    given = Signal(str)

    def __init__(self, words: Callable[[KeyakiError], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title_window(self, lambda: self.tr("Keyaki"))
        self.line = pin_line(lambda: self.tr("PIN of this PC"), self)
        self.problem = Paragraph("", Step.BODY, self, colour="danger")
        self.problem.hide()
        self.show_button = Button(lambda: self.tr("Show everything"), Kind.PRIMARY, self)
        back = Button(lambda: self.tr("Stay covered"), parent=self)
        about = Paragraph(
            lambda: self.tr(
                "Names and records of pupils are then on this screen again, and on every display that shows it."
            ),
            Step.BODY,
            self,
            colour="text2",
        )
        look = ink.look()
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(look.px(24), look.px(24), look.px(24), look.px(24))
        column.setSpacing(look.px(12))
        column.addWidget(Label(lambda: self.tr("End presenting?"), Step.HEADING, self))
        for widget in (about, self.line, self.problem):
            column.addWidget(widget)
            widget.setFixedWidth(look.px(WIDTH))
        row.addStretch(1)
        row.addWidget(back)
        row.addWidget(self.show_button)
        column.addLayout(row)
        back.clicked.connect(self.reject)
        self.show_button.clicked.connect(self._give)
        self.line.returnPressed.connect(self._give)
        self.line.setFocus()

    @Slot()
    def _give(self) -> None:
        """Hand it on, once: it takes a moment to look at."""
        if self.line.text() and self.line.isEnabled():
            self._let_type(on=False)
            self.given.emit(self.line.text())

    @Slot(object)
    def tell(self, error: KeyakiError) -> None:
        """Say why it was not done; it can be typed again."""
        self._let_type(on=True)
        self.problem.set_words(f"{self._words(error)} E-{error.number}")
        self.problem.show()
        self.line.selectAll()
        self.line.setFocus()

    def _let_type(self, *, on: bool) -> None:
        self.line.setEnabled(on)
        self.show_button.setEnabled(on)
