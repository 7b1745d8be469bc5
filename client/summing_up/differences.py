"""The list of differences: every cell that is odd, other than computed, without ground or blank, each with its why."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from client.summing_up.record import GRADE, Book, Finding, Kind
from client.summing_up.rules import TO_CHECK, Sums, counted, percent, shown
from client.summing_up.table import kind_words, name_of
from client.widgets.chip import FilterChip
from client.widgets.column_table import Column, ColumnTable
from client.widgets.ink import Words
from client.widgets.marks import CellState

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Difference:
    """A finding in words. id: whose, which column and why, so that a line stays the same line."""

    id: tuple[str, str, Kind]
    number: str
    name: str
    column: str
    computed: str
    decided: str
    why: str
    reason: str


class DifferenceList(ColumnTable[Difference]):
    """Findings as lines."""

    COLUMNS: ClassVar[Sequence[Column[Any]]] = (
        Column(
            header=lambda: translate("DifferenceList", "No."),
            text=lambda line: line.number,
            state=lambda _: int(CellState.NUMERIC | CellState.PLAIN_EDGE | CellState.MUTED),
            width=48,
        ),
        Column(header=lambda: translate("DifferenceList", "Name"), text=lambda line: line.name, width=144),
        Column(header=lambda: translate("DifferenceList", "Column"), text=lambda line: line.column, width=112),
        Column(
            header=lambda: translate("DifferenceList", "Computed"),
            text=lambda line: line.computed,
            state=lambda _: int(CellState.MUTED),
            width=96,
        ),
        Column(
            header=lambda: translate("DifferenceList", "Decided"),
            text=lambda line: line.decided,
            state=lambda _: int(CellState.STRONG),
            width=72,
        ),
        Column(header=lambda: translate("DifferenceList", "Why it is here"), text=lambda line: line.why, width=232),
        Column(
            header=lambda: translate("DifferenceList", "Reason"),
            text=lambda line: line.reason,
            tooltip=lambda line: line.reason,
            width=200,
        ),
    )

    def show_found(self, book: Book, sums: Sums, found: Sequence[Finding]) -> None:
        """Show these findings of a book."""
        self.show([_line(book, sums, each) for each in found])


def _line(book: Book, sums: Sums, found: Finding) -> Difference:
    line, key = found.line, found.key
    held, now = line.cells[key].decided, sums[line.id][key]
    value = shown(now.value, book.symbols)
    return Difference(
        id=(line.id, key, found.kind),
        number="" if line.who.number is None else str(line.who.number),
        name=line.who.name,
        column=name_of(book, key) if found.kind not in TO_CHECK else "",
        computed=value if key == GRADE else "  ".join(part for part in (percent(now), value) if part),
        decided=shown(held.value, book.symbols),
        why=kind_words(found.kind),
        reason=held.reason,
    )


class KindFilter(QObject):
    """Chips that say how many findings there are and narrow class and list to them. chosen: `kinds` is another set."""

    chosen = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.kinds: AbstractSet[Kind] = frozenset()
        """The findings that are looked for; none for all."""
        self.chips: dict[FilterChip, AbstractSet[Kind]] = {
            self._chip(lambda: self.tr("Unusual")): TO_CHECK,
            self._chip(lambda: self.tr("No reason")): frozenset({Kind.DIFFERS}),
            self._chip(lambda: self.tr("Changed")): frozenset({Kind.CHANGED}),
            self._chip(lambda: self.tr("By hand")): frozenset({Kind.OVERRIDDEN}),
            self._chip(lambda: self.tr("No evidence")): frozenset({Kind.NO_EVIDENCE}),
            self._chip(lambda: self.tr("Blank")): frozenset({Kind.BLANK}),
        }

    def _chip(self, words: Words) -> FilterChip:
        parent = self.parent()
        assert isinstance(parent, QWidget)
        chip = FilterChip(words, parent)
        chip.clicked.connect(self._clicked)
        return chip

    def count(self, found: Sequence[Finding]) -> None:
        """Say on each chip how many findings it stands for."""
        counts = counted(found)
        for chip, kinds in self.chips.items():
            chip.set_count(sum(counts[kind] for kind in kinds))

    def clear(self) -> None:
        """Look for nothing in particular. Emits nothing."""
        self.kinds = frozenset()
        for chip in self.chips:
            chip.setChecked(False)

    def wanted(self, found: Sequence[Finding]) -> list[Finding]:
        """The findings that are looked for."""
        return [each for each in found if not self.kinds or each.kind in self.kinds]

    @Slot()
    def _clicked(self) -> None:
        chosen = self.sender()
        for chip in self.chips:
            if chip is not chosen:
                chip.setChecked(False)
        self.kinds = next((kinds for chip, kinds in self.chips.items() if chip.isChecked()), frozenset[Kind]())
        self.chosen.emit()
