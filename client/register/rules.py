"""How a roster is sorted, searched and copied; no Qt, no store."""

from collections.abc import Iterable, Sequence

from client.register.record import Order, RosterLine
from sync.records.kana import collation_key
from sync.records.search import finds


def in_order(lines: Iterable[RosterLine], order: Order) -> list[RosterLine]:
    """The lines by number, those without one behind by reading; or all by reading. Nobody is left out."""
    if order is Order.KANA:
        return sorted(lines, key=lambda line: (collation_key(line.who.kana), line.who.number or 0))
    return sorted(lines, key=lambda line: (line.who.number is None, line.who.number or 0, collation_key(line.who.kana)))


def found(lines: Iterable[RosterLine], query: str) -> list[RosterLine]:
    """The lines that are meant by what is typed, in their order."""
    return [
        line
        for line in lines
        if finds(query, (line.who.family, line.who.given), line.readings, line.who.number)
        or finds(query, tuple(line.official.split()), line.readings, None)
        or finds(query, tuple(line.common.split()), line.readings, None)
    ]


def tsv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows as a spreadsheet takes them from the clipboard; a tab or a line break inside a cell is a space there."""
    return "".join("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in (header, *rows))
