"""One device: what was on it, how it was protected, what was ordered and what came of that, and what can be ordered."""

from typing import cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from client.loss.record import Wanted
from client.loss.rules import allowed, progress
from client.loss.words import Teller
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.card import Card
from client.widgets.chip import Chip
from client.widgets.ink import Step, Tone, Words
from client.widgets.label import Label
from client.widgets.line_edit import LineEdit
from client.widgets.paragraph import Paragraph
from sync.protocol.device import REASON_MAX, LossReport

_FACTS = 8
_TONES = {"suspended": Tone.WARN, "wiping": Tone.WARN, "forked": Tone.WARN, "wiped": Tone.INFO}


class _OrderButton(Button):
    """A button that says what it orders."""

    asked = Signal(str)

    def __init__(self, deed: Wanted, words: Words, kind: Kind, parent: QWidget, *, keycap: str = "") -> None:
        super().__init__(words, kind, parent, keycap=keycap)
        self._deed = deed
        self.clicked.connect(self._clicked)

    @Slot()
    def _clicked(self) -> None:
        self.asked.emit(self._deed)


class DeviceDetail(Card):
    """ordered: what the pressed button orders, a `Wanted`. exported: the report is wanted as a file."""

    ordered = Signal(str)
    exported = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.report: LossReport | None = None
        self.title = Label("", Step.HEADING, self)
        self.state = Chip("", Tone.NEUTRAL, self)
        self.export = Button(lambda: self.tr("Export report…"), parent=self)
        self._heads = [Label("", Step.CAPTION, self, colour="text2") for _ in range(_FACTS)]
        self.facts = [Paragraph("", Step.BODY, self, measure=None) for _ in range(_FACTS)]
        self.events = Paragraph("", Step.BODY, self, colour="text2", measure=None)
        self.note = Paragraph("", Step.BODY, self, colour="text2", measure=None)
        self.reason = LineEdit(lambda: self.tr("Reason or circumstances (kept in the record)"), self)
        self.reason.setMaxLength(REASON_MAX)
        self.let_in = _OrderButton("reinstate", lambda: self.tr("Let it in again"), Kind.PLAIN, self)
        self.block = _OrderButton("suspend", lambda: self.tr("Block"), Kind.PLAIN, self)
        self.wipe = _OrderButton("wipe", lambda: self.tr("Erase…"), Kind.PLAIN, self)
        self.lost = _OrderButton("lost", lambda: self.tr("Report it lost…"), Kind.PRIMARY, self, keycap="Ctrl+Enter")
        self._assemble()
        for button in self.buttons.values():
            button.asked.connect(self.ordered)
        self.export.clicked.connect(self.exported)

    @property
    def buttons(self) -> dict[Wanted, _OrderButton]:
        """The button of each order."""
        return {"reinstate": self.let_in, "suspend": self.block, "wipe": self.wipe, "lost": self.lost}

    def _assemble(self) -> None:
        look = ink.look()
        head = QHBoxLayout()
        head.setSpacing(look.px(12))
        head.addWidget(self.title)
        head.addWidget(self.state)
        head.addStretch(1)
        head.addWidget(self.export)
        self.body.addLayout(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(16))
        grid.setVerticalSpacing(look.px(6))
        grid.setColumnStretch(1, 1)
        for at, (name, fact) in enumerate(zip(self._heads, self.facts, strict=True)):
            grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(fact, at, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.events)
        self.body.addWidget(self.note)
        foot = QHBoxLayout()
        foot.setSpacing(look.px(8))
        foot.addWidget(self.reason, 1)
        for button in self.buttons.values():
            foot.addWidget(button)
        self.body.addLayout(foot)

    def show_report(self, report: LossReport, teller: Teller, *, heads: bool) -> None:
        """Show one, with the buttons for what can be ordered. heads: the reader looks after all devices."""
        if self.report is None or self.report.device.id != report.device.id:
            self.reason.clear()
        self.report = report
        line = report.device
        self.title.set_words(f"{line.name}  {teller.who(line.staff)}")
        self.state.set_words(teller.state(line), _TONES.get(line.state, Tone.NEUTRAL))
        for name, fact, (head, said) in zip(self._heads, self.facts, teller.facts(report), strict=True):
            name.set_words(head)
            fact.set_words(said)
        self.events.set_words("\n".join(teller.line(event) for event in report.events))
        self.events.setVisible(bool(report.events))
        may = allowed(line, progress(report), heads=heads)
        for deed, button in self.buttons.items():
            button.setVisible(deed in may)
        self.reason.setVisible(bool(may))
        self.note.set_words(self._note(report, may))
        self.note.setVisible(bool(self.note.text()))

    def asks(self, deed: str) -> bool:
        """Whether this can be ordered about the device on screen."""
        button = self.buttons.get(cast("Wanted", deed))
        return button is not None and button.isVisible()

    def _note(self, report: LossReport, may: frozenset[Wanted]) -> str:
        """Why something cannot be ordered here, and who can."""
        line = report.device
        if line.here:
            return self.tr("This is the PC you sit at. It is reported lost, blocked or erased from another one.")
        if line.state == "suspended" and "reinstate" not in may:
            return self.tr("If it is found again, a head or who looks after computers lets it in again.")
        return ""
