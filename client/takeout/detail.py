"""One take-out: who, what for, what happened, and what can be done about it now."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from client.takeout.rules import may_return, may_start, may_withdraw
from client.takeout.table import TONES, Teller
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.card import Card
from client.widgets.chip import Chip
from client.widgets.ink import Step, Tone, Words
from client.widgets.label import Label
from client.widgets.line_edit import LineEdit
from client.widgets.paragraph import Paragraph
from sync.protocol.permit import TEXT_MAX, Permit


class _ActButton(Button):
    """A button that says what it does. act: what the page calls it."""

    asked = Signal(str)

    def __init__(self, act: str, words: Words, kind: Kind, parent: QWidget, *, keycap: str = "") -> None:
        super().__init__(words, kind, parent, keycap=keycap)
        self._act = act
        self.clicked.connect(self._clicked)

    @Slot()
    def _clicked(self) -> None:
        self.asked.emit(self._act)


class PermitDetail(Card):
    """acted: what the pressed button does, `start`, `return`, `withdraw`, `approved`, `refused` or `revoked`."""

    acted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.permit: Permit | None = None
        self.title = Label("", Step.HEADING, self)
        self.state = Chip("", Tone.NEUTRAL, self)
        self.facts = Paragraph("", Step.BODY, self, measure=None)
        self.lines = Paragraph("", Step.BODY, self, colour="text2", measure=None)
        self.note = Paragraph("", Step.BODY, self, measure=None)
        self.reason = LineEdit(lambda: self.tr("Reason (needed to decline or to end; the teacher reads it)"), self)
        self.reason.setMaxLength(TEXT_MAX)
        self.revoke = _ActButton("revoked", lambda: self.tr("End this take-out"), Kind.PLAIN, self)
        self.decline = _ActButton(
            "refused", lambda: self.tr("Do not approve"), Kind.PLAIN, self, keycap="Ctrl+Shift+Enter"
        )
        self.accept = _ActButton("approved", lambda: self.tr("Approve"), Kind.PRIMARY, self, keycap="Ctrl+Enter")
        self.withdraw = _ActButton("withdraw", lambda: self.tr("Take the request back"), Kind.PLAIN, self)
        self.give_back = _ActButton("return", lambda: self.tr("Return"), Kind.PRIMARY, self)
        self.start = _ActButton("start", lambda: self.tr("Begin the take-out"), Kind.PRIMARY, self)
        self._assemble()
        for button in self._buttons():
            button.asked.connect(self.acted)
        self.reason.textEdited.connect(self._reason_written)

    def _buttons(self) -> tuple[_ActButton, ...]:
        return (self.revoke, self.decline, self.accept, self.withdraw, self.give_back, self.start)

    def _assemble(self) -> None:
        look = ink.look()
        head = QHBoxLayout()
        head.setSpacing(look.px(12))
        head.addWidget(self.title)
        head.addWidget(self.state)
        head.addStretch(1)
        self.body.addLayout(head)
        for part in (self.facts, self.lines, self.note):
            self.body.addWidget(part)
        self.body.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(look.px(8))
        foot.addWidget(self.reason, 1)
        foot.addStretch(0)
        for button in self._buttons():
            foot.addWidget(button)
        self.body.addLayout(foot)

    def show_permit(self, permit: Permit, teller: Teller, device: str, *, decides: bool) -> None:
        """Show one, with the buttons for what can be done. decides: of this one."""
        if self.permit is None or self.permit.id != permit.id:
            self.reason.clear()
            self.reason.set_wrong(wrong=False)
        self.permit = permit
        now = int(teller.now.timestamp())
        self.title.set_words(teller.class_names(permit))
        tone = Tone.DANGER if permit.overdue else TONES.get(permit.state, Tone.NEUTRAL)
        self.state.set_words(teller.state(permit), tone)
        said = (teller.who(permit.staff), teller.purpose(permit), teller.span(permit))
        self.facts.set_words("  ".join(said))
        self.lines.set_words("\n".join(teller.line(event) for event in permit.events))
        self.note.set_words(self._meaning(permit))
        self.accept.setVisible(decides and permit.state == "requested")
        self.decline.setVisible(decides and permit.state == "requested")
        self.revoke.setVisible(decides and permit.state in ("approved", "active"))
        self.reason.setVisible(decides and permit.state in ("requested", "approved", "active"))
        self.withdraw.setVisible(may_withdraw(permit))
        self.start.setVisible(may_start(permit, now))
        self.give_back.setVisible(may_return(permit, device))

    def _meaning(self, permit: Permit) -> str:
        """What the next step does."""
        if not permit.mine:
            return ""
        if permit.state == "approved":
            return self.tr(
                "When it begins, everything is sent first. Then this PC keeps only these classes until you return it."
            )
        if permit.state == "active":
            return self.tr("Other classes come back when you return it. Nothing you entered is lost.")
        return ""

    @Slot(str)
    def _reason_written(self, _text: str) -> None:
        self.reason.set_wrong(wrong=False)
