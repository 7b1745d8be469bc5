"""A copy of the sheet that says whose each row and which work each column is: it finds its way back by them."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from client.grades.pasting import name_key
from client.grades.record import GradeColumn, GradeRow, Sheet
from client.grades.rules import shown
from client.grades.table import title_among
from client.syncing.rules import short_date
from client.terms import EntryWords

translate = QCoreApplication.translate


def labels(columns: Sequence[GradeColumn]) -> list[str]:
    """What each column is called in a copy: its unit and its title, with the day where that names two of them."""
    plain = [" ".join(part for part in (column.unit, title_among(columns, column)) if part) for column in columns]
    return [
        f"{label} {short_date(column.date)}" if column.date and plain.count(label) > 1 else label
        for label, column in zip(plain, columns, strict=True)
    ]


def titled(columns: Sequence[GradeColumn]) -> dict[str, int]:
    """{label as a paste compares it: column}; labels that two columns share name none."""
    found = [name_key(label) for label in labels(columns)]
    return {label: at for at, label in enumerate(found) if found.count(label) == 1}


def named_block(sheet: Sheet, rows: Sequence[GradeRow], columns: Sequence[int], words: EntryWords) -> list[list[str]]:
    """The block of these lines and columns, headed, with the ids, numbers and names of the pupils before the values."""
    called = labels(sheet.columns)
    heads = (translate("NamedBlock", "ID"), translate("NamedBlock", "No."), translate("NamedBlock", "Name"))
    head = [*heads, *(called[at] for at in columns)]
    return [
        head,
        *(
            [
                row.who.pupil,
                "" if row.who.number is None else str(row.who.number),
                row.who.name,
                *(shown(row.cells[at].value, words) for at in columns),
            ]
            for row in rows
        ),
    ]
