"""What holds, as a table model; its words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject

from client.configuration.record import Area, Entry
from client.widgets.column_table import Column, ColumnTable
from client.widgets.marks import CellState
from sync.records.configured import EVERY
from sync.records.roles import Partition

translate = QCoreApplication.translate
_COUNTS: Mapping[str, object] = {
    "absent": QT_TRANSLATE_NOOP("Ways", "absent"),
    "suspended": QT_TRANSLATE_NOOP("Ways", "suspended"),
    "late": QT_TRANSLATE_NOOP("Ways", "late"),
    "early": QT_TRANSLATE_NOOP("Ways", "left early"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """What the words need. statuses: what those of attendance are called."""

    area: Area = Area.TERMS
    statuses: Mapping[str, str] = field(default_factory=dict[str, str])

    def mark(self, entry: Entry) -> str:
        """How it is written; a rule by the schools it is for."""
        stages = {"P": translate("Ways", "Elementary"), "J": translate("Ways", "Junior high")}
        return stages.get(entry.stage, entry.mark) if self.area is Area.RULES else entry.mark

    def name(self, entry: Entry) -> str:
        """What it is called; a rule by the subject it is for."""
        if self.area is Area.RULES and entry.code == EVERY:
            return translate("Ways", "Every subject")
        return entry.name or entry.code

    def detail(self, entry: Entry) -> str:
        """What it means, in a few words."""
        if self.area is Area.TERMS:
            return f"{_short(entry.first)} – {_short(entry.last)}"
        if self.area is Area.SYMBOLS:
            counted = [translate("Ways", str(_COUNTS[each])) for each in entry.counts]
            return translate("Ways", "counts as {what}").format(what=" / ".join(counted)) if counted else ""
        if self.area is Area.REASONS:
            return " / ".join(self.statuses.get(each, each) for each in entry.counts)
        if self.area is Area.RULES:
            return _cuts(entry)
        return entry.code


def level_words(level: Partition) -> str:
    """Whose word it is."""
    return {
        Partition.SCHOOL: translate("Ways", "This school"),
        Partition.BOARD: translate("Ways", "Board of education"),
        Partition.PREFECTURE: translate("Ways", "Prefecture"),
    }[level]


class WaysTable(ColumnTable[Entry]):
    """One line each; what the school has otherwise than its board stands out by a strong word, not by colour."""

    def __init__(self, parent: QObject | None = None) -> None:
        self.words = Words()
        super().__init__(parent, columns=self._columns())

    def _mark(self, entry: Entry) -> str:
        return self.words.mark(entry)

    def _name(self, entry: Entry) -> str:
        return self.words.name(entry)

    def _detail(self, entry: Entry) -> str:
        return self.words.detail(entry)

    def _columns(self) -> tuple[Column[Entry], ...]:
        strong: Callable[[Entry], int] = lambda entry: int(  # noqa: E731  used twice
            CellState.STRONG if entry.level is Partition.SCHOOL else CellState.NONE
        )
        return (
            Column(lambda: translate("Ways", "Mark"), self._mark, strong, width=104),
            Column(lambda: translate("Ways", "Name"), self._name, strong, width=240),
            Column(lambda: translate("Ways", "Key"), lambda entry: entry.keys, width=120),
            Column(lambda: translate("Ways", "Set by"), lambda entry: level_words(entry.level), width=200),
            Column(lambda: translate("Ways", "What it means"), self._detail, width=320),
        )


def _short(day: str | None) -> str:
    return f"{int(day[5:7])}/{int(day[8:])}" if day else ""


def _cuts(entry: Entry) -> str:
    rule = entry.rule
    if rule is None or rule.cut_a is None or rule.cut_b is None:
        return translate("Ways", "not decided")
    zero = translate("Ways", "what was not handed in counts as nothing") if rule.zero else ""
    words = translate("Ways", "A from {a} %, B from {b} %").format(a=f"{rule.cut_a / 100:g}", b=f"{rule.cut_b / 100:g}")
    return f"{words}; {zero}" if zero else words
