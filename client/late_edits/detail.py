"""One late edit: who, when and where, what it would change, and the two answers to it."""

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from client.late_edits.record import Change, Late
from client.late_edits.table import ChangeTable, Teller
from client.syncing.record import FieldKind
from client.syncing.rules import when
from client.syncing.words import person
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.card import Card
from client.widgets.chip import Chip
from client.widgets.column_table import RECORD_ROLE
from client.widgets.diff_text import DiffText
from client.widgets.ink import Step, Tone
from client.widgets.label import Label
from client.widgets.line_edit import LineEdit
from client.widgets.paragraph import Paragraph
from client.widgets.record_list import RecordList

REASON_MAX = 300
_TONES = {"open": Tone.WARN, "accepted": Tone.INFO, "declined": Tone.NEUTRAL}


class Detail(Card):
    """accept_asked, decline_asked: the buttons; the reason is in `reason`. Another late edit begins with none."""

    accept_asked = Signal()
    decline_asked = Signal()

    def __init__(self, teller: Teller, parent: QWidget) -> None:
        super().__init__(parent)
        self.late: Late | None = None
        self._teller = teller
        self.title = Label("", Step.HEADING, self)
        self.state = Chip("", Tone.NEUTRAL, self)
        self.sentence = Paragraph("", Step.BODY, self, colour="text2")
        self.table = ChangeTable(teller, self)
        self.view = RecordList(self.table, self)
        self.texts = _Texts(self)
        self.told = Paragraph("", Step.BODY, self)
        self.reason = LineEdit(lambda: self.tr("Reason (needed to decline; its author reads it)"), self)
        self.reason.setMaxLength(REASON_MAX)
        self.decline = Button(lambda: self.tr("Decline"), parent=self, keycap="Ctrl+Shift+Enter")
        self.accept = Button(lambda: self.tr("Accept"), Kind.PRIMARY, self, keycap="Ctrl+Enter")
        self._assemble()
        self.view.selectionModel().currentChanged.connect(self._line_chosen)
        self.accept.clicked.connect(self.accept_asked)
        self.decline.clicked.connect(self.decline_asked)
        self.reason.textEdited.connect(self._reason_written)

    def _assemble(self) -> None:
        look = ink.look()
        head = QHBoxLayout()
        head.setSpacing(look.px(12))
        head.addWidget(self.title)
        head.addWidget(self.state)
        head.addStretch(1)
        self.body.addLayout(head)
        self.body.addWidget(self.sentence)
        self.body.addWidget(self.view, 100)  # what it does not need for its lines is left to the stretch below
        self.body.addWidget(self.texts)
        self.body.addWidget(self.told)
        self.body.addStretch(1)
        self.foot = QWidget(self)
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        row.addWidget(self.reason, 1)
        row.addWidget(self.decline)
        row.addWidget(self.accept)
        self.body.addWidget(self.foot)

    def show_late(self, late: Late, teller: Teller) -> None:
        """Show a late edit; a reason that is being written stays while it is the same one."""
        if self.late is None or self.late.id != late.id:
            self.reason.clear()
            self.reason.set_wrong(wrong=False)
        self.late, self._teller = late, teller
        self.title.set_words(teller.about(late))
        self.state.set_words(teller.state(late), _TONES[late.decision.state])
        made, arrived = when(late.made, teller.now), when(late.arrived, teller.now)
        words = self.tr("{who} entered this on {pc} ({made}). It arrived {arrived}, after the duty had ended.")
        pc = late.device or self.tr("a PC")
        self.sentence.set_words(words.format(who=teller.author(late), pc=pc, made=made, arrived=arrived))
        self.table.show_changes(late, teller)
        self.view.fit_at_most(len(late.changes))
        self.told.set_words(self._said(late, teller))
        self.foot.setVisible(late.open)
        if not self.view.currentIndex().isValid():
            self.view.selectRow(0)
        self._line_chosen(self.view.currentIndex(), QModelIndex())

    def _said(self, late: Late, teller: Teller) -> str:
        """What was decided and by whom, or what a decision would mean."""
        said = late.decision
        if late.open:
            refused = self.tr("The school cannot enter these values: what they belong to is closed or gone.")
            kept = self.tr(
                "Accepted values are entered in their author's name. Where the school's has changed, both are kept."
            )
            return refused if said.refused else kept
        who = person(teller.staff, said.by) if said.by else ""
        facts = "  ".join(part for part in (who, when(said.at, teller.now)) if part)
        parts = (facts or self.tr("Waiting to be sent"), said.reason)
        return self.tr(": ").join(part for part in parts if part)

    @Slot(QModelIndex, QModelIndex)
    def _line_chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_texts(current.data(RECORD_ROLE) if current.isValid() else None)

    def _show_texts(self, change: Change | None) -> None:
        """Long texts are read whole, one beside the other."""
        text = change is not None and change.about.kind is FieldKind.TEXT
        self.texts.setVisible(text)
        if change is not None and text:
            school, late = (self._teller.value(change, late=side) for side in (False, True))
            both = bool(change.school and change.late)
            self.texts.show_both((school, late if both else school), (late, school if both else late))

    @Slot(str)
    def _reason_written(self, _text: str) -> None:
        self.reason.set_wrong(wrong=False)


class _Texts(QWidget):
    """Two texts beside each other, what differs underlined."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        look = ink.look()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(24))
        self.school, self.late = DiffText(self), DiffText(self)
        for words, text in (
            (lambda: self.tr("The school's text"), self.school),
            (lambda: self.tr("Late text"), self.late),
        ):
            column = QVBoxLayout()
            column.setSpacing(look.px(4))
            column.addWidget(Label(words, Step.CAPTION, self, colour="text2"))
            column.addWidget(text)
            column.addStretch(1)
            row.addLayout(column, 1)

    def show_both(self, school: tuple[str, str], late: tuple[str, str]) -> None:
        """Show these two, each with the text it is held against."""
        self.school.show_text(*school)
        self.late.show_text(*late)
