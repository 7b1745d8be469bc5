"""The parts of a card that are read: who it is, the days of the term, results by course and term, remarks."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from client.pupil.record import Attended, Card, CourseLine, Graded, Held, Remarked, RemarkText, Term
from client.pupil.words import held_words, months, result_words, short_terms, spoken_results, totals_words
from client.register.words import status
from client.widgets import ink
from client.widgets.card import Card as Box
from client.widgets.charts import Point, SmallLine
from client.widgets.chip import Chip
from client.widgets.column_table import RECORD_ROLE, Column, ColumnTable
from client.widgets.day_strip import DayStrip
from client.widgets.glyphs import unknown
from client.widgets.ink import Step, Tone, Words
from client.widgets.label import Label
from client.widgets.paragraph import Paragraph
from client.widgets.record_list import RecordList
from client.widgets.rule import Rule
from client.widgets.selector import Option, Selector

translate = QCoreApplication.translate
CHART = 480
"""Widest the line of a course gets, in pixels at 100 %: it has three points."""


class Titled(Box):
    """A card with a title, room for something at the title's right, and a line for what is not held here."""

    def __init__(self, title: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = QHBoxLayout()
        self.head.setSpacing(ink.look().px(8))
        self.head.addWidget(Label(title, Step.BODY, self, bold=True))
        self.head.addStretch(1)
        self.body.addLayout(self.head)
        self.missing = Paragraph("", Step.BODY, self, colour="text2", measure=None)
        self.body.addWidget(self.missing)

    def say_held(self, held: Held, whose: str) -> bool:
        """Say what is not held here, and why; whether anything of the part is."""
        words = held_words(held, whose)
        self.missing.set_words(words)
        self.missing.setVisible(bool(words))
        return held in (Held.HERE, Held.IN_PART)


class PupilHead(Box):
    """Number, name and reading; the register's name where it is another one; class, and coming and going."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout()
        row.setSpacing(ink.look().px(12))
        self.number = Label("", Step.TITLE, self, colour="text2", bold=False)
        self.name = Label("", Step.TITLE, self)
        self.reading = Label("", Step.BODY, self, colour="text2")
        self.state = Chip("", Tone.NEUTRAL, self)
        for part in (self.number, self.name, self.reading):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.state)
        self.told = Label("", Step.BODY, self, colour="text2")
        self.official = Label("", Step.BODY, self, official=True)
        self.warned = Chip("", Tone.WARN, self, sign="alert")
        self.common = Label("", Step.BODY, self, colour="text2")
        below = QHBoxLayout()
        below.setSpacing(ink.look().px(8))
        for part in (self.told, self.official, self.warned, self.common):
            below.addWidget(part)
        below.addStretch(1)
        self.body.addLayout(row)
        self.body.addLayout(below)

    def show_card(self, card: Card) -> None:
        """Say who it is."""
        line = card.line
        self.number.set_words("" if line.who.number is None else str(line.who.number))
        self.name.set_words(line.who.name)
        self.name.setToolTip(line.who.name)
        self.reading.set_words(line.who.kana)
        told = status(line)
        self.state.set_words(told)
        self.state.setVisible(bool(told))
        self.told.set_words(self.tr("In the register:") if line.official else self._unnamed(card))
        self.official.set_words(line.official)
        self.official.setVisible(bool(line.official))
        self.common.set_words(self.tr("Also called {name}").format(name=line.common) if line.common else "")
        missing = unknown(line.official, ink.face(Step.BODY, official=True).font)
        self.warned.set_words(self.tr("not drawn exactly here: {characters}").format(characters=missing))
        self.warned.setVisible(bool(missing))

    def _unnamed(self, card: Card) -> str:
        if card.class_.names_live:
            return self.tr("The register writes the name the same way.")
        if card.class_.names:
            return self.tr("The register's name is being loaded.")
        return self.tr("The register's name is shown to the class teacher.")


class DaysCard(Titled):
    """The days of a term as a strip, and what they add up to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("Attendance"), parent)
        self.period = Selector(lambda: self.tr("Term"), self)
        self.head.addWidget(self.period)
        self.strip = DayStrip(self)
        self._figures = QWidget(self)
        figures = QGridLayout(self._figures)
        figures.setContentsMargins(0, 0, 0, 0)
        figures.setHorizontalSpacing(ink.look().px(12))
        figures.setVerticalSpacing(ink.look().px(4))
        self.body.addWidget(self.strip)
        self.body.addWidget(self._figures)
        self._labels = [(Label("", Step.CAPTION, self, colour="text2"), Label("", Step.BODY, self)) for _ in range(6)]
        for at, (name, figure) in enumerate(self._labels):
            row, column = divmod(at, 3)
            figures.addWidget(name, row, 3 * column)
            figures.addWidget(figure, row, 3 * column + 1, Qt.AlignmentFlag.AlignRight)
            figures.setColumnMinimumWidth(3 * column + 2, ink.look().px(24))
        figures.setColumnStretch(9, 1)

    def show_days(self, attended: Attended, terms: Sequence[Term], term: Term | None) -> None:
        """Show the days of this term, and offer the others."""
        options = [Option(each.code, each.name, after_line=each.no == 0) for each in terms]
        self.period.show_options(options, None if term is None else term.code)
        here = self.say_held(attended.held, self.tr("the class teacher and who takes attendance"))
        for part in (self.strip, self._figures, self.period):
            part.setVisible(here)
        self.strip.show_months(months(attended))
        told = totals_words(attended)
        for at, (name, figure) in enumerate(self._labels):
            name.set_words(told[at][0] if at < len(told) else "")
            figure.set_words(told[at][1] if at < len(told) else "")
            name.setVisible(here and at < len(told))
            figure.setVisible(here and at < len(told))


class CourseTable(ColumnTable[CourseLine]):
    """Courses and their results, a column a term."""

    def show_graded(self, graded: Graded) -> None:
        """Show these."""
        terms = list(short_terms(graded.terms))
        subject: Column[Any] = Column(
            lambda: translate("PupilCard", "Subject"),
            lambda line: line.subject,
            spoken=lambda line: spoken_results(line, terms),
            width=180,
        )
        columns = [_term_column(term) for term in terms]
        self.show(graded.courses, columns=(subject, *columns))


def _term_column(term: Term) -> Column[CourseLine]:
    return Column(lambda: term.name, lambda line: result_words(line.results.get(term.code)), width=150)


class GradesCard(Titled):
    """Results by course and term, and the 評定 of the chosen course as a line over the terms."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("Grades"), parent)
        self._terms: tuple[Term, ...] = ()
        self.key = Label("", Step.CAPTION, self, colour="text2")
        self.head.addWidget(self.key)
        self.table = CourseTable(self)
        self.list = RecordList(self.table, self)
        self.none = Paragraph(lambda: self.tr("Nothing is decided yet."), Step.BODY, self, colour="text2")
        self.chart = QWidget(self)
        column = QVBoxLayout(self.chart)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.chart_title = Label("", Step.CAPTION, self.chart, colour="text2")
        self.line = SmallLine(self.chart)
        column.addWidget(self.chart_title)
        column.addWidget(self.line)
        self._relook()
        for part in (self.list, self.none, self.chart):
            self.body.addWidget(part)
        self.list.selectionModel().currentChanged.connect(self._line_chosen)

    def _relook(self) -> None:
        self.chart.setMaximumWidth(ink.look().px(CHART))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._relook()

    def show_graded(self, graded: Graded) -> None:
        """Show these results."""
        here = self.say_held(graded.held, self.tr("the class teacher"))
        self._terms = tuple(short_terms(graded.terms))
        self.key.set_words(self.tr("Viewpoints: {names}").format(names="・".join(graded.viewpoints)))
        self.key.setVisible(here and bool(graded.courses))
        self.table.show_graded(graded)
        self.list.renew_columns(self.table.columns)
        self.list.fit_height(max(len(graded.courses), 1))
        self.list.setVisible(here and bool(graded.courses))
        self.none.setVisible(here and not graded.courses)
        if graded.courses and not self.list.currentIndex().isValid():
            self.list.selectRow(0)
        self._line_chosen(self.list.currentIndex(), QModelIndex())

    @Slot(QModelIndex, QModelIndex)
    def _line_chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        line: CourseLine | None = current.data(RECORD_ROLE) if current.isValid() else None
        results = [] if line is None else [line.results.get(term.code) for term in self._terms]
        grades = [None if result is None else result.grade for result in results]
        drawn = line is not None and line.top > 0 and any(grade is not None for grade in grades)
        self.chart.setVisible(drawn)
        if line is not None and drawn:
            self.chart_title.set_words(self.tr("{subject}: overall grade by term").format(subject=line.subject))
            points = [Point(term.name, grade) for term, grade in zip(self._terms, grades, strict=True)]
            self.line.show_points(points, 1, line.top)
            self.line.setAccessibleName(self.chart_title.text())


class RemarksCard(Titled):
    """Remarks whole, the newest term first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("Remarks"), parent)
        self._texts = QVBoxLayout()
        self._texts.setSpacing(ink.look().px(8))
        self.body.addLayout(self._texts)
        self.none = Paragraph(lambda: self.tr("Nothing is written yet."), Step.BODY, self, colour="text2")
        self.body.addWidget(self.none)

    def show_remarks(self, remarked: Remarked) -> None:
        """Show these texts."""
        while (item := self._texts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        here = self.say_held(remarked.held, self.tr("the class teacher"))
        for at, text in enumerate(remarked.remarks if here else ()):
            if at:
                self._texts.addWidget(Rule(parent=self))
            self._texts.addWidget(Label(self._about(text), Step.CAPTION, self, colour="text2"))
            self._texts.addWidget(Paragraph(text.text, Step.BODY, self, measure=None))
        self.none.setVisible(here and not remarked.remarks)

    def _about(self, text: RemarkText) -> str:
        parts = (text.term, text.box, "" if text.done else self.tr("draft"))
        return "  ".join(part for part in parts if part)
