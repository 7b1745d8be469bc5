"""The card that says whether the records on this PC are the school's, and has all of them checked when asked."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from client.syncing.rules import when
from client.syncing.status import Standing
from client.widgets.button import Button
from client.widgets.card import Card
from client.widgets.ink import Step
from client.widgets.label import Label
from client.widgets.paragraph import Paragraph
from client.workspace import Comparison


class ComparisonCard(Card):
    """check_asked: hold everything against the school's records now."""

    check_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told = Paragraph("", Step.BODY, self)
        self.check = Button(lambda: self.tr("Check everything now"), parent=self)
        self.check.clicked.connect(self.check_asked)
        self.body.addWidget(Label(lambda: self.tr("Records on this PC"), Step.BODY, self, bold=True))
        self.body.addWidget(self.told)
        foot = QHBoxLayout()
        foot.addWidget(Label(lambda: self.tr("This is done by itself once a day."), Step.CAPTION, self, colour="text2"))
        foot.addStretch(1)
        foot.addWidget(self.check)
        self.body.addLayout(foot)

    def show_comparison(self, comparison: Comparison, standing: Standing, now: datetime) -> None:
        """Say when everything was checked last and what came of it, or that it is being done."""
        self.told.set_words(self._said(comparison, standing, now))

    def _said(self, comparison: Comparison, standing: Standing, now: datetime) -> str:
        if comparison.due and (standing.reached is False or standing.problem is not None):
            return self.tr("Everything is checked as soon as the school can be reached.")
        if comparison.due:
            return self.tr("Every record on this PC is being checked against the school's…")
        if comparison.at is None:
            return self.tr("The records on this PC have not been checked against the school's yet.")
        time = when(comparison.at, now)
        if not comparison.rows:
            return self.tr("Checked {time}: every record on this PC is the same as at the school.").format(time=time)
        mended = self.tr(
            "Checked {time}: %n record(s) differed and were put right. What you entered was not touched.",
            "",
            comparison.rows,
        )
        return mended.format(time=time)
