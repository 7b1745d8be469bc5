"""A sheet of grades as a table model, and the sentences its cells are described with."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject

from client.grades.record import POINT, ColumnKind, GradeCell, GradeColumn, GradeRow, Mark, Sheet
from client.grades.rules import OverMaximum, Reason, Refused, decimal, level, shown
from client.syncing.rules import short_date
from client.terms import EntryWords, Speech
from client.widgets.column_table import Column, ColumnTable, Heading
from client.widgets.grid.edit import Refusal
from client.widgets.marks import CellState

translate = QCoreApplication.translate
"""Under this name lupdate finds the words."""

FROZEN = 2
"""Columns that stay in view: number and name."""
NUMBER_WIDTH, NAME_WIDTH, CELL_WIDTH = 48, 144, 84

_NUMBER = int(CellState.NUMERIC | CellState.PLAIN_EDGE | CellState.MUTED)
_STRUCK = int(CellState.STRUCK)
_LEVELS: Final[Mapping[str | None, int]] = {"A": int(CellState.LEVEL_HIGH), "C": int(CellState.LEVEL_LOW)}
_DRAWN = {
    Mark.SAVING: int(CellState.SAVING),
    Mark.WAITING: int(CellState.WAITING),
    Mark.UNCOPIED: int(CellState.UNCOPIED),
    Mark.CONFLICT: int(CellState.CONFLICT),
    Mark.REFUSED: int(CellState.REFUSED),
}
MARKS = {
    int(bits): sum(drawn for mark, drawn in _DRAWN.items() if bits & mark)
    for bits in map(Mark, range(int(max(Mark)) * 2))
}
"""What each set of marks is drawn as."""


class SheetTable(ColumnTable[GradeRow]):
    """Number, name, and a column for everything that is graded. Rows are pupils, never places."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent, columns=())
        self.sheet: Sheet | None = None
        self.coloured = False
        """Whether the ground of a cell tells its level; set it before a sheet is shown."""
        self._made_from: object = None

    def show_sheet(self, sheet: Sheet, rows: list[GradeRow], words: EntryWords) -> None:
        """Show these lines of a sheet; the same columns and pupils keep selection and open editor."""
        made_from = (sheet.columns, sheet.lesson, sheet.cuts, self.coloured)
        same = self.sheet is not None and made_from == self._made_from
        self.sheet, self._made_from = sheet, made_from
        self.show(rows, columns=self.columns if same else columns_of(sheet, words, coloured=self.coloured))

    def place(self, row: int, column: int) -> GradeCell:
        """The cell at these numbers of the model; column counts the frozen ones."""
        return self.rows[row].cells[column - FROZEN]

    def find(self, id_: str) -> tuple[int, int] | None:
        """The numbers of the cell of a record, as `place` takes them; None where it is not on screen."""
        for at, row in enumerate(self.rows):
            for column, cell in enumerate(row.cells):
                if cell.id == id_:
                    return at, column + FROZEN
        return None


def columns_of(sheet: Sheet, words: EntryWords, *, coloured: bool = False) -> tuple[Column[GradeRow], ...]:
    """The columns of the model for a sheet. coloured: the ground of a cell tells its level."""
    frozen: tuple[Column[GradeRow], ...] = (
        Column(
            header=lambda: translate("SheetTable", "No."),
            text=lambda row: "" if row.who.number is None else str(row.who.number),
            state=lambda _: _NUMBER,
            width=NUMBER_WIDTH,
        ),
        Column(
            header=lambda: translate("SheetTable", "Name"),
            text=lambda row: row.who.name,
            state=lambda row: _STRUCK if row.who.gone else 0,
            caption=_left,
            tooltip=lambda row: row.who.kana,
            width=NAME_WIDTH,
        ),
    )
    return frozen + tuple(
        _column(at, column, sheet, words, coloured=coloured) for at, column in enumerate(sheet.columns)
    )


def _column(at: int, column: GradeColumn, sheet: Sheet, words: EntryWords, *, coloured: bool) -> Column[GradeRow]:
    open_ = sheet.lesson.writable and not column.closed and column.kind is not ColumnKind.GRADE
    plain = int(CellState.NUMERIC)
    if open_ and column.letters:
        plain |= int(CellState.ONE_KEY)
    if column.closed or column.kind is ColumnKind.GRADE:
        plain |= int(CellState.CLOSED)
    muted, note = int(CellState.MUTED), int(CellState.NOTE)
    typed = open_ and not column.letters

    def state(row: GradeRow) -> int:
        cell = row.cells[at]
        bits = plain | MARKS[int(cell.marks)]
        if cell.value.state not in (None, "scored") or cell.value.unrated is not None:
            bits |= muted
        if cell.note:
            bits |= note
        if coloured:
            bits |= _LEVELS.get(level(cell.value, column, sheet.cuts), 0)
        return bits | _STRUCK if row.who.gone else bits

    def text(row: GradeRow) -> str:
        return shown(row.cells[at].value, words)

    return Column(
        header=lambda: title(column),
        text=text,
        state=state,
        spoken=_speaker(at, column, text),
        editable=lambda row: typed and not row.who.gone,
        heading=lambda: _heading(column, sheet),
        tooltip=lambda row: mark_words(row.cells[at].marks) or row.cells[at].note,
        width=CELL_WIDTH,
    )


def _speaker(at: int, column: GradeColumn, text: Callable[[GradeRow], str]) -> Callable[[GradeRow], str]:
    def spoken(row: GradeRow) -> str:
        parts = (
            row.who.name,
            column.unit,
            title(column),
            column.viewpoint_short if column.unit else "",
            text(row) or translate("SheetTable", "blank"),
            mark_words(row.cells[at].marks),
        )
        return " ".join(part for part in parts if part)

    return spoken


def _heading(column: GradeColumn, sheet: Sheet) -> Heading:
    if column.kind in (ColumnKind.VIEWPOINT, ColumnKind.GRADE):
        group = translate("SheetTable", "Results of {term}").format(term=sheet.term.name)
        captions = (translate("SheetTable", "ABC"), "") if column.letters else (translate("SheetTable", "Grade"), "")
        return Heading(title(column), ("", "results"), group, captions, closed=column.kind is ColumnKind.GRADE)
    day = "" if column.date is None else f" {short_date(column.date)}"
    captions = (f"{column.viewpoint_short}{day}", f"{maximum_words(column)} {weight_words(column)}".strip())
    return Heading(
        title(column),
        ("unit", column.unit),
        column.unit or translate("SheetTable", "Other"),
        captions,
        closed=column.closed,
    )


def _left(row: GradeRow) -> str | None:
    if row.who.guest and not row.who.gone:
        return translate("SheetTable", "guest")
    if not row.who.gone:
        return None
    leave = row.who.leave
    return {
        "transferred": translate("SheetTable", "moved away"),
        "graduated": translate("SheetTable", "graduated"),
        "withdrawn": translate("SheetTable", "left"),
        "deferred": translate("SheetTable", "deferred"),
    }.get(leave or "", translate("SheetTable", "left"))


def title(column: GradeColumn) -> str:
    """What a column is called."""
    return translate("SheetTable", "Overall") if column.kind is ColumnKind.GRADE else column.title


def title_among(columns: Iterable[GradeColumn], column: GradeColumn) -> str:
    """What a column is called among these: with its viewpoint where another one of its unit has the same title."""
    alike = sum(title(other) == title(column) for other in columns if other.unit == column.unit)
    return f"{title(column)}({column.viewpoint_short})" if alike > 1 else title(column)


def maximum_words(column: GradeColumn) -> str:
    """「100点」, 「ABC」, or nothing where the maximum is not decided."""
    if column.letters:
        return translate("SheetTable", "ABC")
    return "" if column.maximum is None else translate("SheetTable", "/{points}").format(points=decimal(column.maximum))


def weight_words(column: GradeColumn) -> str:
    """「40%」, or nothing where the weight is not decided."""
    return "" if column.weight is None else f"{decimal(column.weight)}%"


def mark_words(marks: Mark) -> str:
    """What the marks of a cell say, the gravest one."""
    if marks & Mark.REFUSED:
        return translate("SheetTable", "not accepted")
    if marks & Mark.CONFLICT:
        return translate("SheetTable", "needs a decision")
    if marks & Mark.AHEAD:
        return translate("SheetTable", "waiting; somebody else has changed it too")
    if marks & Mark.UNCOPIED:
        return translate("SheetTable", "saved on this PC, no backup copy")
    if marks & Mark.WAITING:
        return translate("SheetTable", "saved on this PC, not sent yet")
    return translate("SheetTable", "being saved") if marks & Mark.SAVING else ""


@dataclass(frozen=True, slots=True)
class Numbered(Refusal):
    """A refusal with its number, empty where it has none. brief: what happened alone, for a list of many."""

    number: str = ""
    brief: Callable[[], str] | None = None


def refusal(refused: Refused, column: GradeColumn, speech: Speech) -> Numbered:
    """The sentence for a text that cannot be taken."""
    text, why = refused.text, _WHY.get(refused.reason)
    if why is None:
        error = OverMaximum(max=refused.limit, value=text)
        happened = lambda: speech.terms.error(error).happened  # noqa: E731  asked at each change of language
        return Numbered(lambda: speech.sentence(error), f"E-{error.number}", happened)
    return Numbered(lambda: why().format(value=text, title=title(column)))


_WHY: Final[Mapping[Reason, Callable[[], str]]] = {
    Reason.NEGATIVE: lambda: translate("SheetTable", "A score is never below zero. {value} cannot be entered."),
    Reason.TOO_FINE: lambda: translate(
        "SheetTable", "Scores have at most two decimal places. {value} cannot be entered."
    ),
    Reason.NOT_A_LETTER: lambda: translate("SheetTable", '"{title}" takes A, B or C. "{value}" cannot be entered.'),
    Reason.NOT_UNDERSTOOD: lambda: translate(
        "SheetTable", '"{value}" is neither a number nor a word such as "absent".'
    ),
    Reason.CLOSED: lambda: translate("SheetTable", '"{title}" is closed. Reopen it before changing a value.'),
    Reason.LEFT: lambda: translate("SheetTable", "This pupil has left the class. Values stay as they were."),
    Reason.READ_ONLY: lambda: translate("SheetTable", "This column is for reading. It is decided elsewhere."),
}
"""Every reason but the one that is a rule with a number."""


def points(scaled: int) -> float:
    """Points as a chart takes them."""
    return scaled / POINT
