"""Group A, calendar: school years and terms (domain.md 3, 15.2 A)."""

from sync.records.field import code, day, flag, integer, text
from sync.records.masters import Master
from sync.records.record import Fields
from sync.records.roles import Role


class SchoolYear(Master):
    """年度: from 1 April; how many terms it has and which symbols it uses."""

    TYPE = "school_year"
    KEY = ("year",)
    WRITERS = (Role.ACADEMIC,)
    year = integer(1900, 2999).needed()
    term_count = integer(1, 4).needed()
    symbol_set = code("symbol_set").needed()
    sealed = flag()


class Term(Master):
    """学期. `no` 0 is the whole year; others refer to it by its code `2026-1` (R24)."""

    TYPE = "term"
    KEY = ("year", "no")
    WRITERS = (Role.ACADEMIC,)
    year = integer(1900, 2999).needed()
    no = integer(0, 4).needed()
    name = text(60).needed()
    start = day().needed()
    end = day().needed()

    @staticmethod
    def faults(fields: Fields) -> tuple[str, ...]:
        """A term does not end before it starts."""
        return () if fields["start"] <= fields["end"] else ("end",)
