"""Asks for the reason of a late change, in the page and not in a box: Enter takes it, Esc lets the change go."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from client.attendance.record import Change, Register
from client.attendance.words import day_words, status_name
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.ground import Ground
from client.widgets.label import Label
from client.widgets.line_edit import LineEdit


class ReasonBar(Ground):
    """One line: what would change, a line to write why, and the two ways out.

    given: (the changes, the text). dropped: the change was let go.
    """

    given = Signal(object, str)
    dropped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("panel", Qt.Edge.BottomEdge, parent)
        self.changes: tuple[Change, ...] = ()
        look = ink.look()
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(24), look.px(6), look.px(16), look.px(6))
        row.setSpacing(look.px(8))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.what = Label("", parent=self)
        self.text = LineEdit(lambda: self.tr("Why is it changed after the day was taken?"), self)
        self.text.setMaxLength(100)
        self.save = Button(lambda: self.tr("Change it"), Kind.PLAIN, self, keycap="Enter")
        self.drop = Button(lambda: self.tr("Leave it"), Kind.LINK, self, keycap="Esc")
        for widget in (self.what, self.text, self.save, self.drop):
            row.addWidget(widget, 1 if widget is self.text else 0)
        self.text.returnPressed.connect(self._give)
        self.save.clicked.connect(self._give)
        self.drop.clicked.connect(self._drop)
        self.text.textChanged.connect(self._typed)
        self.hide()

    def ask(self, changes: Sequence[Change], register: Register, text: str = "") -> None:
        """Ask for the reason of these changes. text: what was written already."""
        self.changes = tuple(changes)
        first, count = self.changes[0], len(self.changes)
        who, day = first.line.who.name, register.days[first.at].date
        becomes = None if first.mark is None else first.mark.status

        def words() -> str:
            if count > 1:
                return self.tr("%n mark(s) change", "", count)
            return self.tr("{name}, {day}: {status}").format(
                name=who, day=day_words(day), status=status_name(becomes, register)
            )

        self.what.set_words(words)
        self.text.setText(text)
        self._typed()
        self.show()
        self.text.setFocus()

    @property
    def asking(self) -> bool:
        """Whether it waits for a reason."""
        return bool(self.changes)

    @Slot()
    def _typed(self) -> None:
        self.save.setEnabled(bool(self.text.text().strip()))

    @Slot()
    def _give(self) -> None:
        text = self.text.on_screen.strip()
        if not text or not self.changes:
            return
        changes, self.changes = self.changes, ()
        self.hide()
        self.given.emit(changes, text)

    @Slot()
    def _drop(self) -> None:
        self.close_quietly()
        self.dropped.emit()

    def close_quietly(self) -> None:
        """Ask no more; nothing was changed."""
        self.changes = ()
        self.text.clear()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._drop()
        else:
            super().keyPressEvent(event)
