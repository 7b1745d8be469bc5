"""The card of what was merged without asking: whose changes met, all the values, and the way to the field."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from client.syncing.record import FieldKind, Met, Subject
from client.syncing.rules import when
from client.syncing.words import path_of, person, title_of, value_words
from client.terms import Speech
from client.widgets import ink
from client.widgets.button import Button
from client.widgets.card import Card
from client.widgets.chip import Chip
from client.widgets.diff_text import DiffText
from client.widgets.ink import Step, Tone
from client.widgets.label import Label
from client.widgets.paragraph import Paragraph
from client.widgets.rule import Rule

SHOWN: Final = 10
"""So many are shown at a time, the newest; the others when these have been seen."""
_ENDLESS: Final = 100_000
"""A width in which every value stands on one line."""
translate = QCoreApplication.translate


class Counted(QObject):
    """Words with a number: the extractor of translations reads a plural only where an object speaks by `tr`."""

    def fields(self, count: int) -> str:
        """Fields nobody has looked at yet."""
        return self.tr("%n field(s)", "", count)

    def older(self, count: int) -> str:
        """Those that are not shown yet."""
        return self.tr("%n older one(s) follow when these have been seen.", "", count)


_COUNTED = Counted()


class MergedCard(Card):
    """What was merged. opened: (type, id) to go to; seen: the entries somebody has looked at.

    speech: words that are data. me: the signed-in member of staff.
    """

    opened = Signal(str, str)
    seen = Signal(object)

    def __init__(self, speech: Speech, me: Callable[[], str | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._me = speech, me
        self._shown: object = None
        self._all: Sequence[Met] = ()
        self._people: _People | None = None
        self.entries: list[MergedEntry] = []
        head = QHBoxLayout()
        head.setSpacing(ink.look().px(8))
        head.addWidget(Label(lambda: self.tr("Merged by itself"), Step.BODY, self, bold=True))
        self.count = Chip("", Tone.NEUTRAL, self)
        self.all_seen = Button(lambda: self.tr("Mark all as seen"), parent=self)
        self.all_seen.clicked.connect(self._all_seen)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.all_seen)
        self.told = Paragraph(self._sentence, Step.BODY, self, colour="text2")
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.older = Label("", Step.CAPTION, self, colour="text2")
        self.body.addLayout(head)
        self.body.addWidget(self.told)
        self.body.addLayout(self._list)
        self.body.addWidget(self.older)

    def _sentence(self) -> str:
        if self._all:
            return self.tr("Your changes and those of others met here, and both could stand. Nothing has to be done.")
        return self.tr("Nothing new. When your changes and those of others met and both could stand, it is told here.")

    def show_met(self, all_: Sequence[Met], staff: Mapping[str, str], now: datetime) -> None:
        """Show these, newest first. staff: names by id."""
        shown = (tuple(all_), dict(staff), now.date(), self._speech.language)
        if shown == self._shown:
            return
        self._shown, self._all = shown, all_
        self.count.set_words(_COUNTED.fields(len(all_)), Tone.NEUTRAL)
        self.count.setVisible(bool(all_))
        self.all_seen.setVisible(len(all_) > 1)
        self.told.set_words(self._sentence)
        self.older.set_words(_COUNTED.older(len(all_) - SHOWN))
        self.older.setVisible(len(all_) > SHOWN)
        self._people = _People(staff, self._me(), now)
        self._fill(all_[:SHOWN], self._people)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and self._people is not None:
            self._fill(self._all[:SHOWN], self._people)

    def _fill(self, met: Sequence[Met], people: "_People") -> None:
        within = any(button.hasFocus() for entry in self.entries for button in (entry.open_button, entry.seen_button))
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.entries = []
        for place in dict.fromkeys(each.about.place for each in met):
            heading = place or translate("Merged", "School")
            self._list.addWidget(Label(heading, Step.CAPTION, self, colour="text2", bold=True))
            for at, each in enumerate(one for one in met if one.about.place == place):
                if at:
                    self._list.addWidget(Rule(parent=self))
                entry = MergedEntry(each, people, self._speech, self)
                entry.opened.connect(self.opened)
                entry.seen.connect(self._seen)
                self._list.addWidget(entry)
                self.entries.append(entry)
        if within and self.entries:
            self.entries[0].seen_button.setFocus()  # the next key does not fall on something else

    @Slot(object)
    def _seen(self, met: Met) -> None:
        self.seen.emit([met])

    @Slot()
    def _all_seen(self) -> None:
        self.seen.emit(list(self._all))


class MergedEntry(QWidget):
    """One of them. opened: (type, id); seen carries what it shows."""

    opened = Signal(str, str)
    seen = Signal(object)

    def __init__(self, met: Met, people: "_People", speech: Speech, parent: QWidget) -> None:
        super().__init__(parent)
        look = ink.look()
        self._met = met
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.px(8), 0, look.px(12))
        column.setSpacing(look.px(4))
        head = QHBoxLayout()
        head.setSpacing(look.px(8))
        if met.about.pupil:
            head.addWidget(Label(met.about.pupil, Step.BODY, self, bold=True))
        head.addWidget(Label(path_of(met.about, speech), Step.BODY, self))
        head.addStretch(1)
        head.addWidget(Label(when(met.at, people.now), Step.CAPTION, self, colour="text2"))
        column.addLayout(head)
        self.who = Paragraph(met_words(met, people), Step.BODY, self)
        column.addWidget(self.who)
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(12))
        grid.setVerticalSpacing(look.px(4))
        grid.setColumnStretch(1, 1)
        for row, (words, value) in enumerate(self._values(speech)):
            name = Label(words, Step.CAPTION, self, colour="text2")
            name.setFixedHeight(value.heightForWidth(_ENDLESS))  # beside the first line of the value
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
        column.addLayout(grid)
        column.addLayout(self._buttons())

    def _values(self, speech: Speech) -> Sequence[tuple[str, QWidget]]:
        """Each value with what it is called."""
        met = self._met
        now = self.tr("Now, changed again since") if met.later else self.tr("Now")
        if not met.joined:
            told = [(self.tr("Yours"), _named(about, value, speech)) for about, value in met.given]
            told.append((self.tr("The other's"), _named(met.about, met.now, speech)))
            return [(words, Paragraph(value, Step.BODY, self)) for words, value in told]
        words = [value_words(met.about, value, speech) for value in (met.mine, met.theirs, met.now, met.before)]
        mine, theirs, result, before = words
        rows = [(self.tr("Yours"), mine, before), (self.tr("The other's"), theirs, before), (now, result, mine)]
        if met.theirs is None:
            del rows[1]
        return [(name, self._text(text, other)) for name, text, other in rows]

    def _text(self, text: str, other: str) -> QWidget:
        if self._met.about.kind is not FieldKind.TEXT:
            return Paragraph(text, Step.BODY, self)
        shown = DiffText(self)
        shown.show_text(text, other)
        return shown

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, ink.look().px(4), 0, 0)
        row.setSpacing(ink.look().px(8))
        self.open_button = Button(self.tr("Open"), parent=self)
        self.seen_button = Button(self.tr("Seen"), parent=self)
        self.open_button.setVisible(self._met.opens)
        self.open_button.clicked.connect(self._open)
        self.seen_button.clicked.connect(self._mark)
        row.addWidget(self.open_button)
        row.addWidget(self.seen_button)
        row.addStretch(1)
        return row

    @Slot()
    def _open(self) -> None:
        self.opened.emit(self._met.about.type, self._met.about.id)

    @Slot()
    def _mark(self) -> None:
        self.seen.emit(self._met)


class _People:
    """Who is who. me: the signed-in member of staff; now: aware, in the zone people read times in."""

    def __init__(self, staff: Mapping[str, str], me: str | None, now: datetime) -> None:
        self.staff, self.me, self.now = staff, me, now

    def called(self, by: str | None, device: str, at: str) -> str:
        """Somebody with the PC and the time of the change."""
        you = by is not None and by == self.me
        who = translate("Merged", "you yourself") if you else person(self.staff, by)
        facts = translate("Merged", ", ").join(part for part in (device, when(at, self.now)) if part)
        return translate("Merged", "{who} ({facts})").format(who=who, facts=facts)


def met_words(met: Met, people: _People) -> str:
    """What happened, in one sentence."""
    if not met.joined:
        return translate("Merged", "Somebody else changed another field of it before yours arrived. Both stand.")
    if not met.with_:
        return translate("Merged", "Put together with a change somebody else had made.")
    told = translate("Merged", ", ").join(people.called(each.by, each.device, each.at) for each in met.with_)
    return translate("Merged", "Put together with a change of {people}.").format(people=told)


def _named(about: Subject, value: Mapping[str, object], speech: Speech) -> str:
    words = value_words(about, value, speech) or translate("Merged", "empty")
    return f"{title_of(about, speech)}  {words}"
