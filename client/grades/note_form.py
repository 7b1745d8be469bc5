"""The note beside a score: one line of at most 60 characters."""

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.ink import Step
from client.widgets.label import Label
from client.widgets.line_edit import LineEdit
from client.widgets.window_title import title_window
from sync.records.text import fits

LONGEST: Final = 60
"""Characters, as the record holds them (domain.md 15.2 D)."""
WIDTH: Final = 440


class NoteForm(QDialog):
    """written: the text, another one than there was; empty for no note. Not `writable`, it can only be read."""

    written = Signal(str)

    def __init__(self, where: str, text: str, parent: QWidget, *, writable: bool) -> None:
        super().__init__(parent)
        look = ink.look()
        self._before = text
        title_window(self, lambda: self.tr("Note"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        margin = look.px(24)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(look.px(12))
        column.addWidget(Label(lambda: self.tr("Note"), Step.HEADING, self))
        column.addWidget(Label(where, Step.BODY, self, colour="text2"))
        self.text = LineEdit(lambda: self.tr("Such as: taken later, 9/12"), self)
        self.text.setAccessibleName(self.tr("Note"))
        self.text.setText(text)
        self.text.setReadOnly(not writable)
        self.text.returnPressed.connect(self._done if writable else self.reject)
        column.addWidget(self.text)
        self.wrong = Label(
            lambda: self.tr("A note has at most {limit} characters.").format(limit=LONGEST),
            Step.BODY,
            self,
            colour="danger",
        )
        self.wrong.hide()
        column.addWidget(self.wrong)
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        row.addStretch(1)
        cancel = Button(lambda: self.tr("Cancel") if writable else self.tr("Close"), parent=self)
        cancel.clicked.connect(self.reject)
        row.addWidget(cancel)
        self.done_button = Button(lambda: self.tr("Keep the note"), Kind.PRIMARY, self)
        self.done_button.setVisible(writable)
        self.done_button.clicked.connect(self._done)
        row.addWidget(self.done_button)
        column.addLayout(row)
        self.setMinimumWidth(look.px(WIDTH))
        self.text.setFocus()
        self.text.end(False)

    @Slot()
    def _done(self) -> None:
        text = " ".join(self.text.on_screen.split())
        if not fits(text, LONGEST):
            self.text.set_wrong(wrong=True)
            self.wrong.show()
            return
        if text != self._before:
            self.written.emit(text)
        self.accept()
