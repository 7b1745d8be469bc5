"""What holds at this school: terms, symbols, letters, reasons and rules, whose word each is, and what a rule leads to.

Nothing is changed here: these are the school's own decisions, made once for everybody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from client.configuration.record import Area, Entry
from client.configuration.repository import Ways
from client.configuration.rules import outcomes
from client.configuration.table import WaysTable, Words, level_words
from client.shell.pages import Left, Page, PageFrame, Place
from client.widgets import ink
from client.widgets.column_table import RECORD_ROLE
from client.widgets.ground import Ground
from client.widgets.ink import Step
from client.widgets.label import Label
from client.widgets.paragraph import Paragraph
from client.widgets.record_list import RecordList
from client.widgets.segmented import Segmented
from sync.records.roles import Partition
from sync.records.year import school_year

KEY: Final = "ways"
SHOWN: Final = frozenset({"term", "symbol", "code_item", "grading_rule", "school_year", "subject"})


@dataclass(frozen=True, slots=True)
class Sources:
    """What the page stands on. clock: the moment, with its time zone."""

    ways: Ways
    clock: Callable[[], datetime]


def page(sources: Sources) -> Page:
    """The page for the window's list."""
    title = lambda: QCoreApplication.translate("WaysPage", "School rules")  # noqa: E731  asked at each change
    return Page(KEY, "info", title, lambda: WaysPage(sources), place=Place.MORE)


class WaysPage(PageFrame):
    """The kinds above, the lines of one below, and at the right what the line on which one stands leads to."""

    def __init__(self, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(lambda: self.tr("School rules"), parent)
        self._from = sources
        self.areas = Segmented(
            lambda: self.tr("Kind"),
            (
                (Area.TERMS, lambda: self.tr("Terms")),
                (Area.SYMBOLS, lambda: self.tr("Attendance")),
                (Area.REASONS, lambda: self.tr("Reasons")),
                (Area.LETTERS, lambda: self.tr("Letters")),
                (Area.RULES, lambda: self.tr("Ratings")),
            ),
            self,
        )
        self.areas.chosen.connect(self._chosen)
        self.tools.addWidget(self.areas)
        self.tools.addStretch(1)
        self.tool_band.show()
        self.table = WaysTable(self)
        self.list = RecordList(self.table, self)
        self.list.selectionModel().currentChanged.connect(self._stands)
        self.body.addWidget(self.list, 1)
        self.side = self._made_side()

    def _made_side(self) -> QWidget:
        look = ink.look()
        side = Ground("panel", None, self)
        column = QVBoxLayout(side)
        column.setContentsMargins(look.px(16), look.px(16), look.px(16), look.px(16))
        column.setSpacing(look.px(12))
        self.what = Label("", Step.HEADING, side)
        self.whose = Paragraph("", Step.BODY, side, colour="text2", measure=None)
        self.leads = Paragraph("", Step.BODY, side, measure=None)
        who = lambda: self.tr(  # noqa: E731  asked at each change
            "The academic affairs teacher decides these for the school, the board of education for all its schools. "
            "What the school has decided itself comes first."
        )
        for widget in (self.what, self.whose, self.leads):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        column.addStretch(1)
        column.addWidget(Paragraph(who, Step.CAPTION, side, colour="text2", measure=None))
        return side

    # -- what is on screen --------------------------------------------------------------------------------------------

    def arrive(self, argument: object) -> None:
        if isinstance(argument, Area):
            self.areas.set_key(argument)
        self.reload()
        self.list.setFocus()

    def left(self) -> Left | None:
        return Left({"area": self._area.value, "row": self.list.currentIndex().row()})

    def come_back(self, left: Left) -> bool:
        self.areas.set_key(Area(left.place.get("area", Area.TERMS.value)))
        self.reload()
        self.list.setCurrentIndex(self.table.index(max(int(left.place.get("row", 0)), 0), 0))
        return not left.typed

    @Slot(object)
    def records_changed(self, types: frozenset[str]) -> None:
        """The store says that records of these types changed."""
        if types & SHOWN and self.isVisible():
            self.reload()

    @property
    def _area(self) -> Area:
        key = self.areas.key
        assert isinstance(key, Area)
        return key

    @Slot()
    def _chosen(self) -> None:
        self.reload()

    def reload(self) -> None:
        """Read again what holds today."""
        today = self._from.clock().date()
        year = school_year(today)
        self.table.words = Words(self._area, self._from.ways.names(year))
        self.table.show(self._from.ways.entries(self._area, year, today.isoformat()))
        self.list.setColumnHidden(2, self._area is not Area.SYMBOLS)
        if self.table.rows and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.table.index(0, 0))
        self._stands()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and self.table.rows:
            self.reload()

    @Slot()
    def _stands(self) -> None:
        """Say at the right what the line leads to."""
        entry: Entry | None = self.list.currentIndex().data(RECORD_ROLE)
        if entry is None:
            for part in (self.what, self.whose, self.leads):
                part.set_words("")
            return
        self.what.set_words(self.table.words.name(entry))
        own = entry.level is Partition.SCHOOL
        self.whose.set_words(
            lambda: (
                self.tr("This school's own.")
                if own
                else self.tr("Set by: {level}").format(level=level_words(entry.level))
            )
        )
        self.leads.set_words(self._leads(entry))

    def _leads(self, entry: Entry) -> str:
        if entry.rule is None:
            return self.table.words.detail(entry)
        marks = self._from.ways.marks(self._from.clock().date().isoformat())
        lines = [
            f"{each.letters}  →  {each.default}" + (f"  ({', '.join(map(str, each.others))})" if each.others else "")
            for each in outcomes(entry.rule, marks)
        ]
        return "\n".join([self.table.words.detail(entry), "", *lines])
