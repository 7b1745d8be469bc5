"""Group C, attendance: a mark for a pupil and day, its reason, the taking of a day, and seats (domain.md 4, 15.2 C)."""

from sync.records.field import clock, code, day, enum, flag, integer, ref, set_of, stamp, text
from sync.records.record import Fields, Record
from sync.records.roles import DataClass, Role, TwoEditors

MARKS = (
    "PRESENT",
    "ABSENT_SICK",
    "ABSENT_ACCIDENT",
    "SUSPEND",
    "MOURNING",
    "LATE",
    "EARLY",
    "LATE_EARLY",
    "EXEMPT_PRESENT",
)
"""Marks a teacher gives; PRESENT only undoes another."""
TAKERS = (Role.HOMEROOM, Role.DEPUTY, Role.SPECIAL, Role.VICE)


class AttendanceDay(Record):
    """出欠を確定: the class's day has been taken; without it nobody counts as present."""

    TYPE = "attendance_day"
    KEY = ("class", "date")
    ROUTES = {"@class": "class"}  # noqa: RUF012  a declaration, read once
    DATA_CLASS = DataClass.III
    WRITERS = TAKERS
    TWO_EDITORS = TwoEditors.GROW
    class_ = ref("class").needed()
    date = day().needed()
    taken = flag().needed()
    by = ref("staff", unit="taken")
    at = stamp(unit="taken")

    @staticmethod
    def scopes(route: Fields) -> tuple[str, ...]:
        """The class's own."""
        return (f"class:{route['@class']}",)


class Attendance(Record):
    """出欠: one pupil's mark on one day. A present pupil on a taken day has no record."""

    TYPE = "attendance"
    KEY = ("pupil", "date")
    ROUTES = {"@classes": "@classes"}  # noqa: RUF012  a declaration, read once
    DATA_CLASS = DataClass.III
    WRITERS = TAKERS
    pupil = ref("pupil").needed()
    date = day().needed()
    at_classes = set_of(ref("class")).needed()
    mark = enum(*MARKS).needed()
    late_at = clock(unit="mark")
    left_at = clock(unit="mark")
    source = enum("teacher", "notice", "import", "correction")

    @staticmethod
    def scopes(route: Fields) -> tuple[str, ...]:
        """Every class of the pupil that day."""
        return tuple(f"class:{key}" for key in route["@classes"])


class AttendanceNote(Record):
    """理由: why a pupil was away, late or early, or why a mark was changed later."""

    TYPE = "attendance_note"
    KEY = ("pupil", "date")
    ROUTES = {"@classes": "@classes"}  # noqa: RUF012  a declaration, read once
    DATA_CLASS = DataClass.II
    WRITERS = (*TAKERS, Role.NURSE)
    pupil = ref("pupil").needed()
    date = day().needed()
    at_classes = set_of(ref("class")).needed()
    reason = code("attendance_reason")
    text = text(100, unit="reason")
    heard_by = enum("app", "phone", "visit", "other")

    @staticmethod
    def scopes(route: Fields) -> tuple[str, ...]:
        """As the mark's."""
        return tuple(f"class:{key}" for key in route["@classes"])


class Seat(Record):
    """座席: where a pupil sits in a class, counted from 1, from the front and from the left as seen from the back."""

    TYPE = "seat"
    KEY = ("class", "pupil")
    ROUTES = {"@class": "class"}  # noqa: RUF012  a declaration, read once
    DATA_CLASS = DataClass.III
    WRITERS = TAKERS
    class_ = ref("class").needed()
    pupil = ref("pupil").needed()
    row = integer(1, 20)
    column = integer(1, 20, unit="row")

    @staticmethod
    def scopes(route: Fields) -> tuple[str, ...]:
        """The class's own."""
        return (f"class:{route['@class']}",)
