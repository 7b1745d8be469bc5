"""What a value is computed from: the rule in a sentence, a pupil's result in a sentence, and the evidence in lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import QCoreApplication

from client.grades.rules import decimal
from client.summing_up.record import GRADE, Basis, Book, Work
from client.summing_up.rules import letters_of, percent, shown
from client.summing_up.table import Row
from client.terms import EntryWords
from client.widgets.column_table import Column, ColumnTable
from client.widgets.marks import CellState
from sync.records.assessment import LETTERS
from sync.records.derive.grading import SCORED, Part

translate = QCoreApplication.translate

_FIGURE = int(CellState.NUMERIC | CellState.PLAIN_EDGE)


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One line of evidence. score: as people write it; weight: empty where the part does not count."""

    id: str
    title: str
    score: str
    weight: str


class WorkList(ColumnTable[WorkLine]):
    """What a rate is made of."""

    COLUMNS: ClassVar[Sequence[Column[Any]]] = (
        Column(
            lambda: translate("WorkList", "Evidence"),
            lambda line: line.title,
            width=128,
            tooltip=lambda line: line.title,
        ),
        Column(lambda: translate("WorkList", "Score"), lambda line: line.score, width=76, state=lambda _: _FIGURE),
        Column(lambda: translate("WorkList", "Weight"), lambda line: line.weight, width=56, state=lambda _: _FIGURE),
    )

    def show_basis(self, basis: Basis | None, words: EntryWords) -> None:
        """Show what a pupil has in a viewpoint; nothing for a column without evidence of its own."""
        self.show([] if basis is None else [_line(work, part, words) for work, part in basis.parts])


def _line(work: Work, part: Part, words: EntryWords) -> WorkLine:
    if part.state == SCORED and part.value is not None:
        score = f"{decimal(part.value)}/{decimal(work.maximum)}" if work.maximum else decimal(part.value)
    else:
        score = words.shown.get(part.state or "", "") or translate("WorkList", "not yet")
    weight = "" if work.weight is None else f"{decimal(work.weight)}%"
    return WorkLine(work.id, " ".join(text for text in (work.title, work.unit) if text), score, weight)


def computed_words(book: Book, row: Row, key: str) -> str:
    """What the rule in force says of a cell, and by what."""
    now, rule = row.ruled[key], book.rule
    if rule is None:
        return translate("DecisionSide", "This course has no grading rule yet, so nothing is computed.")
    value = shown(now.value, book.symbols)
    if key != GRADE:
        if now.share is None:
            return translate("DecisionSide", "No score counts yet, so nothing is computed.")
        told = translate("DecisionSide", "{percent}% of what counts: {value}")
        return told.format(percent=percent(now), value=value)
    held = letters_of(book, row.line)
    letters = " ".join(shown(each, book.symbols) or "－" for each in held)
    entry = rule.entry(held)
    if entry is None or now.value is None:
        return translate("DecisionSide", "{letters}: no grade follows yet").format(letters=letters)
    told = translate("DecisionSide", "{letters}: {value} (usual: {allowed})")
    return told.format(letters=letters, value=value, allowed=", ".join(map(str, entry.allowed)))


def rule_words(book: Book) -> str:
    """The rule of a course in one sentence."""
    rule = book.rule
    if rule is None or rule.cut_a is None or rule.cut_b is None:
        return translate("DecisionSide", "No cut-offs are set for this course.")
    best, middle = (shown(each, book.symbols) for each in LETTERS[:2])
    left = translate("DecisionSide", "what was not handed in does not count")
    zero = translate("DecisionSide", "what was not handed in counts as nothing reached")
    return translate("DecisionSide", "{best} from {a}%, {middle} from {b}%; {rest}").format(
        best=best, a=decimal(rule.cut_a), middle=middle, b=decimal(rule.cut_b), rest=zero if rule.zero else left
    )
