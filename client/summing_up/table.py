"""A book as a table model: for each viewpoint and the 評定 what is computed, and beside it what was decided."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject

from client.grades.table import MARKS, mark_words
from client.summing_up.record import GRADE, Book, Computed, Finding, Kind, Line, Told
from client.summing_up.rules import TO_CHECK, Reason, Shift, Sums, percent, shown, values_of
from client.widgets.column_table import Align, Column, ColumnTable, Heading
from client.widgets.grid.edit import Refusal
from client.widgets.grid.footer import Distribution, Figure, FooterRow
from client.widgets.marks import CellState

translate = QCoreApplication.translate
"""Under this name lupdate finds the words."""

FROZEN: Final = 2
EARLIER, NOTES = "earlier", "notes"
_NUMBER = int(CellState.NUMERIC | CellState.PLAIN_EDGE | CellState.MUTED)
_COMPUTED = int(CellState.NUMERIC | CellState.MUTED | CellState.PLAIN_EDGE)
_STRONG, _STRUCK, _NOTE = int(CellState.STRONG), int(CellState.STRUCK), int(CellState.NOTE)
_ODD = int(CellState.ODD)
_MUTED, _ONE_KEY, _NUMERIC = int(CellState.MUTED), int(CellState.ONE_KEY), int(CellState.NUMERIC)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: the pupil, what is computed (by a trial, where one runs), and what the list says of it."""

    line: Line
    sums: Mapping[str, Computed]
    ruled: Mapping[str, Computed]
    """What the rule in force computes, which `sums` is but during a trial."""
    kinds: Mapping[str, AbstractSet[Kind]]

    @property
    def id(self) -> str:
        """The pupil."""
        return self.line.id


@dataclass(frozen=True, slots=True)
class Place:
    """What stands under a column of the table: key of the book's column (or EARLIER, NOTES), decided or computed."""

    key: str
    decided: bool = False


class BookTable(ColumnTable[Row]):
    """Number, name, pairs of computed and decided, the 評定 of the term before, and what there is to check."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent, columns=())
        self.book: Book | None = None
        self.places: tuple[Place, ...] = ()
        """What stands under the columns behind the frozen ones."""

    def show_book(
        self, book: Book, sums: Sums, trial: Sums | None, lines: list[Line], found: Sequence[Finding]
    ) -> None:
        """Show these lines; the same columns and pupils keep selection and cursor."""
        same = self.book is not None and _ground(self.book) == _ground(book) and bool(self.columns)
        self.book = book
        kinds: dict[str, dict[str, set[Kind]]] = {}
        for each in found:
            kinds.setdefault(each.line.id, {}).setdefault(each.key, set()).add(each.kind)
        rows = [Row(line, (trial or sums)[line.id], sums[line.id], kinds.get(line.id, {})) for line in lines]
        if not same:
            self.places = _places(book)
        self.show(rows, columns=self.columns if same else _columns(book, self.places))

    def find(self, id_: str) -> tuple[int, int] | None:
        """The numbers of the decided cell of a record; None where it is not on screen."""
        for at, row in enumerate(self.rows):
            for column, place in enumerate(self.places):
                if place.decided and row.line.cells[place.key].id == id_:
                    return at, column + FROZEN
        return None

    def spot(self, pupil: str, key: str) -> tuple[int, int] | None:
        """The numbers of the decided cell of a pupil and column; None where it is not on screen."""
        row = next((at for at, each in enumerate(self.rows) if each.id == pupil), None)
        column = next((at for at, each in enumerate(self.places) if each.key == key and each.decided), None)
        return None if row is None or column is None else (row, column + FROZEN)

    def place(self, column: int) -> Place | None:
        """What stands under a column of the model; None for the frozen ones."""
        at = column - FROZEN
        return self.places[at] if 0 <= at < len(self.places) else None


def _ground(book: Book) -> tuple[object, ...]:
    return book.lesson, book.term, book.viewpoints, book.graded, book.rule, book.symbols, book.taught


def _places(book: Book) -> tuple[Place, ...]:
    pairs = tuple(Place(key, decided) for key in book.keys for decided in (False, True))
    return (*pairs, *((Place(EARLIER),) if book.graded and book.before else ()), Place(NOTES))


def _columns(book: Book, places: Sequence[Place]) -> tuple[Column[Row], ...]:
    frozen: tuple[Column[Row], ...] = (
        Column(
            header=lambda: translate("BookTable", "No."),
            text=lambda row: "" if row.line.who.number is None else str(row.line.who.number),
            state=lambda _: _NUMBER,
            width=48,
        ),
        Column(
            header=lambda: translate("BookTable", "Name"),
            text=lambda row: row.line.who.name,
            state=lambda row: _STRUCK if row.line.who.gone else 0,
            tooltip=lambda row: row.line.who.kana,
            width=144,
        ),
    )
    return frozen + tuple(_column(book, place) for place in places)


def _column(book: Book, place: Place) -> Column[Row]:
    if place.key == NOTES:
        return Column(
            header=lambda: translate("BookTable", "To check"),
            text=lambda row: notes_of(row, book),
            tooltip=lambda row: notes_of(row, book),
            heading=lambda: Heading(translate("BookTable", "To check"), (NOTES,), align=Align.LEFT),
            width=168,
        )
    if place.key == EARLIER:
        return Column(
            header=lambda: book.before,
            text=lambda row: "" if row.line.earlier is None else str(row.line.earlier),
            state=lambda _: _COMPUTED,
            heading=lambda: Heading(book.before, (GRADE,), name_of(book, GRADE), closed=True),
            width=64,
        )
    return _decided(book, place.key) if place.decided else _computed(book, place.key)


def _computed(book: Book, key: str) -> Column[Row]:
    def text(row: Row) -> str:
        told = row.sums[key]
        return "  ".join(part for part in (percent(told), shown(told.value, book.symbols)) if part)

    def state(row: Row) -> int:
        moved = row.sums[key].value != row.ruled[key].value
        return (_COMPUTED & ~_MUTED | _STRONG if moved else _COMPUTED) | (_STRUCK if row.line.who.gone else 0)

    return Column(
        header=lambda: translate("BookTable", "By rule"),
        text=text,
        state=state,
        spoken=lambda row: _spoken(row, book, key, translate("BookTable", "By rule"), text(row)),
        heading=lambda: Heading(
            translate("BookTable", "By rule"), (key,), name_of(book, key), ("" if key == GRADE else "%", "")
        ),
        width=64 if key == GRADE else 88,
    )


def _decided(book: Book, key: str) -> Column[Row]:
    open_ = book.lesson.writable and book.taught

    def text(row: Row) -> str:
        held = row.line.cells[key].decided
        return translate("BookTable", "/") if held.unrated is not None else shown(held.value, book.symbols)

    def state(row: Row) -> int:
        cell, kinds = row.line.cells[key], row.kinds.get(key, frozenset[Kind]())
        bits = _NUMERIC | MARKS[int(cell.marks)] | (_ONE_KEY if open_ and not row.line.who.gone else 0)
        bits |= _STRONG if kinds & _APART else 0
        bits |= _NOTE if cell.decided.reason else 0
        bits |= _ODD if kinds & _OPEN else 0
        return bits | (_STRUCK if row.line.who.gone else 0)

    return Column(
        header=lambda: translate("BookTable", "Decided"),
        text=text,
        state=state,
        spoken=lambda row: _spoken(row, book, key, translate("BookTable", "Decided"), text(row)),
        heading=lambda: Heading(
            translate("BookTable", "Decided"),
            (key,),
            name_of(book, key),
            (_scale(book, key), ""),
            brief=name_of(book, key),
        ),
        tooltip=lambda row: mark_words(row.line.cells[key].marks) or row.line.cells[key].decided.reason,
        width=64,
    )


_OPEN = TO_CHECK | {Kind.DIFFERS, Kind.CHANGED}
"""What waits for a person: F7 stops there."""
_APART = frozenset({Kind.DIFFERS, Kind.OVERRIDDEN, Kind.CHANGED})


def _scale(book: Book, key: str) -> str:
    """The values of a column in few characters, `A B C` or `3 2 1`."""
    return " ".join(shown(value, book.symbols) for value in values_of(book, key))


def _spoken(row: Row, book: Book, key: str, what: str, text: str) -> str:
    kinds = sorted(row.kinds.get(key, ()), key=list(Kind).index)
    marks = mark_words(row.line.cells[key].marks)
    parts = (row.line.who.name, name_of(book, key), what, text or translate("BookTable", "blank"), marks)
    return " ".join(part for part in (*parts, *(kind_words(kind) for kind in kinds)) if part)


def name_of(book: Book, key: str) -> str:
    """What a column is called: the viewpoint's short name, or 評定."""
    if key == GRADE:
        return translate("BookTable", "Overall grade")
    return next((each.short for each in book.viewpoints if each.code == key), key)


def kind_words(kind: Kind) -> str:
    """Why a cell is on the list, in a few words."""
    return {
        Kind.INCOMPLETE: translate("BookTable", "graded with a blank viewpoint"),
        Kind.NOT_ALLOWED: translate("BookTable", "grade unusual for these letters"),
        Kind.A_AND_C: translate("BookTable", "highest and lowest mark together"),
        Kind.LETTERS_MISSING: translate("BookTable", "some viewpoints are blank"),
        Kind.DIFFERS: translate("BookTable", "differs, no reason yet"),
        Kind.CHANGED: translate("BookTable", "computed value has changed since"),
        Kind.OVERRIDDEN: translate("BookTable", "by hand"),
        Kind.NO_EVIDENCE: translate("BookTable", "no evidence"),
        Kind.BLANK: translate("BookTable", "blank"),
    }[kind]


def notes_of(row: Row, book: Book) -> str:
    """What there is to check of a pupil, the gravest first; blanks alone say nothing: they are seen."""
    told: dict[Kind, list[str]] = {}
    for key in book.keys:
        for kind in row.kinds.get(key, ()):
            told.setdefault(kind, []).append(name_of(book, key))
    words: list[str] = []
    for kind in Kind:
        if kind in told and kind is not Kind.BLANK:
            where = "" if kind in TO_CHECK else f"{'・'.join(told[kind])} "
            words.append(f"{where}{kind_words(kind)}")
    return " / ".join(words)


def figures(book: Book, shift: Shift, *, trial: bool) -> list[FooterRow]:
    """The footer: how the values are spread, computed and decided; during a trial, before and after it."""
    there = [line for line in book.lines if not line.who.gone]
    now: dict[int, Figure | Distribution] = {}
    ruled: dict[int, Figure | Distribution] = {}
    blank: dict[int, Figure | Distribution] = {}
    for at, place in enumerate(_places(book)):
        if place.key not in book.keys:
            continue
        values = values_of(book, place.key)
        labels = tuple(shown(value, book.symbols) for value in values)
        if place.decided:
            held = [line.cells[place.key].decided for line in there]
            counts = tuple(sum(each.value == value for each in held) for value in values)
            missing = sum(each.blank for each in held)
            blank[at + FROZEN] = Figure(str(missing), muted=not missing)
            now[at + FROZEN] = Distribution(counts, labels)
        else:
            now[at + FROZEN] = Distribution(_counts(shift.after[place.key], values), labels)
            ruled[at + FROZEN] = Distribution(_counts(shift.before[place.key], values), labels)
    rows = [
        FooterRow(translate("BookTable", "Blank"), blank),
        FooterRow(translate("BookTable", "With the trial") if trial else translate("BookTable", "Spread"), now),
    ]
    return [rows[0], FooterRow(translate("BookTable", "By the rule"), ruled), rows[1]] if trial else rows


def _counts(spread: Mapping[Told, int], values: Sequence[Told]) -> tuple[int, ...]:
    return tuple(spread.get(value, 0) for value in values)


def refusal(reason: Reason, text: str, book: Book, key: str) -> Refusal:
    """The sentence for a text that cannot be taken."""
    why: Mapping[Reason, Callable[[], str]] = {
        Reason.NOT_A_LETTER: lambda: translate("BookTable", '"{column}" takes {values}. "{text}" cannot be entered.'),
        Reason.NOT_A_GRADE: lambda: translate("BookTable", '"{column}" takes {values}. "{text}" cannot be entered.'),
        Reason.NO_GRADE: lambda: translate("BookTable", "There is no overall grade in this pupil's year."),
        Reason.NOT_TAUGHT: lambda: translate(
            "BookTable", "This subject is not taught in this year, so nothing is graded."
        ),
        Reason.LEFT: lambda: translate("BookTable", "This pupil has left the class. Values stay as they were."),
        Reason.READ_ONLY: lambda: translate("BookTable", "Only the teachers of this course decide its values."),
    }
    facts = {"column": name_of(book, key), "values": _scale(book, key).replace(" ", ", "), "text": text}
    return Refusal(lambda: why[reason]().format(**facts))
