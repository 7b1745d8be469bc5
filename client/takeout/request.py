"""The form a take-out is asked for with: classes ticked, what for, until when."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget
from shiboken6 import delete

from client.takeout.record import ClassChoice
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.card import Card
from client.widgets.ink import Step
from client.widgets.label import Label
from client.widgets.line_edit import LineEdit
from client.widgets.selector import Option, Selector
from sync.protocol.permit import TEXT_MAX, PermitAsk, PermitRules

_COLUMNS = 8
_DAYS = (1, 2, 3, 5, 7, 10, 14)


class RequestForm(Card):
    """asked: the button; what is asked for is in `request`. cancelled: nothing is asked for."""

    asked = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.ticks: dict[str, Button] = {}
        self._also: dict[str, Button] = {}
        self.purpose = Selector(lambda: self.tr("Purpose"), self)
        self.days = Selector(lambda: self.tr("For how long"), self)
        self.text = LineEdit(lambda: self.tr("What it is for (the head reads it)"), self)
        self.text.setMaxLength(TEXT_MAX)
        self.cancel = Button(lambda: self.tr("Cancel"), parent=self)
        self.send = Button(lambda: self.tr("Ask for it"), Kind.PRIMARY, self, keycap="Ctrl+Enter")
        self._assemble()
        self.cancel.clicked.connect(self.cancelled)
        self.send.clicked.connect(self.asked)

    def _assemble(self) -> None:
        look = ink.look()
        self.body.addWidget(Label(lambda: self.tr("Ask for a take-out"), Step.HEADING, self))
        self.body.addWidget(Label(lambda: self.tr("Classes to take along"), Step.CAPTION, self, colour="text2"))
        self._grid = QGridLayout()
        self._grid.setSpacing(look.px(8))
        self._grid.setColumnStretch(_COLUMNS, 1)
        self.body.addLayout(self._grid)
        self._more = Label(lambda: self.tr("Only when you need it"), Step.CAPTION, self, colour="text2")
        self.body.addWidget(self._more)
        self._row = QHBoxLayout()
        self._row.setSpacing(look.px(8))
        self._row.addStretch(1)
        self.body.addLayout(self._row)
        foot = QHBoxLayout()
        foot.setSpacing(look.px(8))
        foot.addWidget(self.purpose)
        foot.addWidget(self.days)
        foot.addWidget(self.text, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.send)
        self.body.addSpacing(look.px(8))
        self.body.addLayout(foot)
        self.body.addStretch(1)

    def offer(self, classes: Sequence[ClassChoice], rules: PermitRules, *, japanese: bool) -> None:
        """Begin a request: nothing is ticked but the only class there is."""
        for old in (*self.ticks.values(), *self._also.values()):
            delete(old)
        self.ticks = {choice.code: self._tick(choice.label) for choice in classes}
        for at, tick in enumerate(self.ticks.values()):
            self._grid.addWidget(tick, at // _COLUMNS, at % _COLUMNS)
        if len(classes) == 1:
            self.ticks[classes[0].code].setChecked(True)
        self._also = {kind: self._tick(self._kind(kind)) for kind in rules.also}
        for at, tick in enumerate(self._also.values()):
            self._row.insertWidget(at, tick)
        self._more.setVisible(bool(self._also))
        words = [(each.code, each.ja if japanese else each.en) for each in rules.purposes]
        self.purpose.show_options([Option(code, text) for code, text in words], words[0][0] if words else None)
        lengths = [days for days in _DAYS if days <= rules.most_days] or [rules.most_days]
        usual = min(lengths, key=lambda days: abs(days * 24 - rules.default_h))
        self.days.show_options([Option(days, self._length(days)) for days in lengths], usual)
        self.text.clear()
        next(iter(self.ticks.values()), self.text).setFocus()

    def filled(self) -> dict[str, Any]:
        """What is chosen, without what is written, as JSON takes it."""
        return {
            "classes": _ticked(self.ticks),
            "also": _ticked(self._also),
            "purpose": self.purpose.key,
            "days": self.days.key,
        }

    def fill(self, filled: Mapping[str, Any], text: str) -> None:
        """Choose what `filled` had said, as far as it is offered, and write this."""
        for ticks, name in ((self.ticks, "classes"), (self._also, "also")):
            for key, tick in ticks.items():
                tick.setChecked(key in filled[name])
        self.purpose.show_key(filled["purpose"])
        self.days.show_key(filled["days"])
        self.text.setText(text)
        self.text.setFocus()

    def request(self, id_: str, now: int) -> PermitAsk | None:
        """What is asked for, from now on; None while no class is ticked. now: Unix s."""
        classes = _ticked(self.ticks)
        if not classes:
            return None
        days = self.days.key
        assert isinstance(days, int)
        return PermitAsk(
            id=id_,
            classes=classes,
            purpose=str(self.purpose.key),
            text=self.text.text().strip(),
            since=now,
            until=now + round(timedelta(days=days).total_seconds()),
            also=_ticked(self._also),
        )

    def _tick(self, words: str) -> Button:
        tick = Button(words, parent=self)
        tick.setCheckable(True)
        tick.show()
        return tick

    def _kind(self, kind: str) -> str:
        known = {
            "yoroku": self.tr("Guidance records (yoroku)"),
            "past": self.tr("Earlier years"),
            "care": self.tr("Allergies and care"),
        }
        return known.get(kind, kind)

    def _length(self, days: int) -> str:
        return self.tr("%n day(s)", "", days)


def _ticked(ticks: Mapping[str, Button]) -> tuple[str, ...]:
    return tuple(key for key, tick in ticks.items() if tick.isChecked())
