"""Changes the school did not take: what, why, what is kept, and what can be done about each."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from client.syncing.record import Answered, Refused
from client.syncing.rules import when
from client.syncing.words import path_of, person, value_words
from client.terms import Speech
from client.widgets import ink
from client.widgets.button import Button
from client.widgets.chip import Chip
from client.widgets.ink import Step, Tone
from client.widgets.label import Label
from client.widgets.paragraph import Paragraph
from client.widgets.rule import Rule

translate = QCoreApplication.translate


class Counted(QObject):
    """Words with a number: the extractor of translations reads a plural only where an object speaks by `tr`."""

    def values(self, place: str, count: int) -> str:
        """Values of a refused group."""
        return self.tr("{place}: %n value(s)", "", count).format(place=place)


_COUNTED = Counted()
_ANSWERS: Final[Mapping[str, Callable[[], str]]] = {
    "accepted": lambda: translate("Refused", "The school has entered it in your name."),
    "declined": lambda: translate("Refused", "The school has left its own value. Yours is kept here."),
}


class RefusalEntry(QWidget):
    """One refused group. opened, resent, withdrawn carry its number."""

    opened = Signal(int)
    resent = Signal(int)
    withdrawn = Signal(int)

    def __init__(
        self, refused: Refused, staff: Mapping[str, str], speech: Speech, now: datetime, parent: QWidget
    ) -> None:
        super().__init__(parent)
        look = ink.look()
        self._q = refused.q
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.px(12), 0, look.px(12))
        column.setSpacing(look.px(4))
        head = QHBoxLayout()
        head.setSpacing(look.px(8))
        head.addWidget(_chip(refused, self))
        head.addWidget(Label(refused_title(refused, speech), Step.BODY, self, bold=True))
        head.addStretch(1)
        head.addWidget(Label(when(refused.at, now), Step.CAPTION, self, colour="text2"))
        column.addLayout(head)
        column.addWidget(Paragraph(reason_words(refused), Step.BODY, self))
        if refused.answered is not None:
            said = answer_words(refused.answered, staff, now)
            column.addWidget(Paragraph(said, Step.BODY, self))
        kept = refused_values(refused, speech)
        if kept:
            column.addWidget(Label(self.tr("Kept: {values}").format(values=kept), Step.CAPTION, self, colour="text2"))
        if not refused.late and not refused.lost:
            column.addLayout(self._buttons())
        elif refused.lost or refused.answered is not None:
            column.addLayout(self._put_away())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, ink.look().px(4), 0, 0)
        row.setSpacing(ink.look().px(8))
        self.open_button = Button(self.tr("Open and correct"), parent=self)
        self.resend_button = Button(self.tr("Send again"), parent=self)
        self.withdraw_button = Button(self.tr("Withdraw"), parent=self)
        self.open_button.clicked.connect(self._open)
        self.resend_button.clicked.connect(self._resend)
        self.withdraw_button.clicked.connect(self._withdraw)
        for button in (self.open_button, self.resend_button, self.withdraw_button):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _put_away(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, ink.look().px(4), 0, 0)
        self.withdraw_button = Button(self.tr("Take off this list"), parent=self)
        self.withdraw_button.clicked.connect(self._withdraw)
        row.addWidget(self.withdraw_button)
        row.addStretch(1)
        return row

    @Slot()
    def _open(self) -> None:
        self.opened.emit(self._q)

    @Slot()
    def _resend(self) -> None:
        self.resent.emit(self._q)

    @Slot()
    def _withdraw(self) -> None:
        self.withdrawn.emit(self._q)


class RefusalList(QWidget):
    """All refused groups, oldest first, with lines between."""

    opened = Signal(int)
    resent = Signal(int)
    withdrawn = Signal(int)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.entries: Mapping[int, RefusalEntry] = {}

    def show_groups(self, groups: Sequence[Refused], staff: Mapping[str, str], now: datetime) -> None:
        """Show these groups. staff: names of those who decided late edits."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        entries: dict[int, RefusalEntry] = {}
        for at, group in enumerate(groups):
            if at:
                self._column.addWidget(Rule(parent=self))
            entry = entries[group.q] = RefusalEntry(group, staff, self._speech, now, self)
            entry.opened.connect(self.opened)
            entry.resent.connect(self.resent)
            entry.withdrawn.connect(self.withdrawn)
            self._column.addWidget(entry)
        self.entries = entries


def reason_words(refused: Refused) -> str:
    """Why the school did not take a group, as a sentence."""
    if refused.late:
        if refused.answered is None:
            return translate("Refused", "It arrived after your duty ended and was passed to the school for review.")
        return _ANSWERS[refused.answered.state]()
    if refused.lost:
        return translate(
            "Refused",
            "The school's server was set back to an earlier backup, which does not hold this change. Your duty had "
            "ended, so this PC has no copy of it any more. Please tell who is in charge now the day and time of the "
            "change, so that the values can be checked.",
        )
    if refused.code == "invalid" and refused.kind == "conflict.give":
        return translate("Refused", "The colleague you asked may not settle this.")
    return {
        "forbidden": translate("Refused", "You are not in charge of this any more."),
        "period_closed": translate("Refused", "This was finalised before your change arrived."),
        "invalid": translate("Refused", "The school's rules do not allow this value."),
        "parent_missing": translate("Refused", "What this belongs to is not at the school any more."),
        "deleted": translate("Refused", "This was deleted at the school."),
        "schema_unknown": translate("Refused", "The school does not know this kind of record yet."),
    }.get(refused.code or "", translate("Refused", "The school did not take this change."))


def answer_words(answered: Answered, staff: Mapping[str, str], now: datetime) -> str:
    """Who decided about a late edit, when and why."""
    who = person(staff, answered.by)
    facts = translate("Refused", "{who}, {time}").format(who=who, time=when(answered.at, now))
    if not answered.reason:
        return facts
    return translate("Refused", "{who}: {reason}").format(who=facts, reason=answered.reason)


def _chip(refused: Refused, parent: QWidget) -> Chip:
    """What became of a group, in a word or two."""
    if not refused.late:
        lost, refused_ = translate("Refused", "No longer at the school"), translate("Refused", "Not accepted")
        return Chip(lost if refused.lost else refused_, Tone.DANGER, parent, sign="refused")
    state = "" if refused.answered is None else refused.answered.state
    words = {
        "accepted": translate("Refused", "Accepted by the school"),
        "declined": translate("Refused", "Declined by the school"),
    }.get(state, translate("Refused", "With the school"))
    return Chip(words, Tone.INFO if state == "accepted" else Tone.NEUTRAL, parent)


def refused_title(refused: Refused, speech: Speech) -> str:
    """What a refused group was about, in one line."""
    about = refused.values[0][0] if refused.values else None
    if about is None and refused.kind.startswith("grades."):
        return translate("Refused", "A change of grades")
    if about is None:
        return translate("Refused", "A change without content")
    place = " ".join(part for part in (about.place, path_of(about, speech)) if part)
    if len(refused.values) == 1:
        return " ".join(part for part in (place, about.pupil) if part)
    return _COUNTED.values(place, len(refused.values))


def refused_values(refused: Refused, speech: Speech) -> str:
    """The values of a refused group that are kept, the first few; whose, where the title does not say it."""
    several = len(refused.values) > 1
    told = [
        " ".join(part for part in (about.pupil if several else "", value_words(about, fields, speech)) if part)
        for about, fields in refused.values[:3]
    ]
    return translate("Values", ", ").join(text for text in told if text)
