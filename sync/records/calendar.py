"""Group A, calendar: school years, terms, school days and closures (domain.md 3, 4, 15.2 A)."""

from sync.records.field import code, day, enum, flag, integer, ref, text
from sync.records.masters import Master
from sync.records.record import Fields, Record
from sync.records.roles import DataClass, Role


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


class SchoolDay(Record):
    """授業日: what a date is in the school's calendar (R25). A date without a record is no school day."""

    TYPE = "school_day"
    KEY = ("date",)
    DATA_CLASS = DataClass.IV
    WRITERS = (Role.ACADEMIC, Role.VICE)
    date = day().needed()
    kind = enum("school_day", "holiday", "makeup").needed()
    title = text(60, unit="kind")


class Closure(Record):
    """閉鎖・休業: a class is closed on a date; only a whole day counts (R04, R05)."""

    TYPE = "closure"
    KEY = ("class", "date")
    DATA_CLASS = DataClass.III
    WRITERS = (Role.ACADEMIC, Role.VICE)
    class_ = ref("class").needed()
    date = day().needed()
    counts_as = enum("less_school_days", "suspension").needed()
    cause = code("closure_cause", unit="counts_as")
    part = enum("day", "am", "pm", unit="counts_as")
