"""Group A, masters: schools, codes, subjects, viewpoints, symbols, rules, classes and courses (domain.md 15.2 A)."""

from sync.records.field import code, day, dec, enum, flag, integer, listing, ref, set_of, text
from sync.records.record import Fields, Record
from sync.records.roles import DataClass, Partition, Role, TwoEditors

STATUSES = (
    "PRESENT",
    "ABSENT_SICK",
    "ABSENT_ACCIDENT",
    "SUSPEND",
    "MOURNING",
    "LATE",
    "EARLY",
    "LATE_EARLY",
    "EXEMPT_PRESENT",
    "CLASS_CLOSED",
    "SCHOOL_CLOSED",
    "NOT_ENROLLED",
    "UNKNOWN",
)
"""Attendance statuses, stored and derived (domain.md 4)."""
COUNTED = ("suspended", "absent", "late", "early")
"""What a day with some status adds to, besides the school days."""


class Master(Record):
    """What a board or school sets up once and everybody reads."""

    DATA_CLASS = DataClass.IV
    TWO_EDITORS = TwoEditors.SERVER


class School(Master):
    """学校. Its id is the partition's id."""

    TYPE = "school"
    PARTITION = Partition.PREFECTURE
    WRITERS = (Role.BOARD_OFFICE,)
    name = text(60).needed()
    official_name = text(120)
    kind = enum("elementary", "junior_high", "compulsory", "special").needed()
    school_code = text(13).needed()
    board_code = text(6).needed()
    address = text(200)
    opened = day()
    closed = day()


class CodeItem(Master):
    """コード: one value a code field may take, and its words."""

    TYPE = "code_item"
    KEY = ("set", "code")
    PARTITION = Partition.ANY
    WRITERS = (Role.BOARD_OFFICE, Role.ACADEMIC)
    set_ = code(limit=32).needed()
    code = code(limit=32).needed()
    name = text(60).needed()
    short = text(8)
    order = integer()
    attrs = listing()
    valid_from = day()
    valid_to = day()


class Subject(Master):
    """教科等."""

    TYPE = "subject"
    KEY = ("code",)
    PARTITION = Partition.PREFECTURE
    WRITERS = (Role.BOARD_OFFICE,)
    code = code().needed()
    name = text(60).needed()
    short = text(4)
    grades = set_of(integer(1, 9)).needed()
    recorded = enum("abc_grade", "abc", "text", "circle").needed()
    yearly_units = listing()
    order = integer()


class ViewpointSet(Master):
    """観点の組: `items` is a list of {code, name, order}."""

    TYPE = "viewpoint_set"
    KEY = ("code",)
    PARTITION = Partition.PREFECTURE
    WRITERS = (Role.BOARD_OFFICE,)
    code = code().needed()
    valid_from = day().needed()
    items = listing().needed()


class Symbol(Master):
    """出欠記号: how one status is written in one set of symbols, which keys mean it, and what such a day counts as.

    keys: characters, with spaces between. counts: none for a day that is only a school day.
    """

    TYPE = "symbol"
    KEY = ("symbol_set", "status")
    PARTITION = Partition.BOARD
    WRITERS = (Role.BOARD_OFFICE, Role.ACADEMIC)
    symbol_set = code("symbol_set").needed()
    status = enum(*STATUSES).needed()
    symbol = text(4).needed()
    name = text(60).needed()
    keys = text(40)
    counts = set_of(enum(*COUNTED))

    @staticmethod
    def faults(fields: Fields) -> tuple[str, ...]:
        """A day is one of suspended, absent and present; only who was present came late or left early (R01, R03)."""
        counts = frozenset[str](fields.get("counts") or ())
        away = counts & {"suspended", "absent"}
        return ("counts",) if len(away) > 1 or (away and counts - away) else ()


class GradingRule(Master):
    """評価規則: cut-offs in percent, and a table of {pattern, default, allowed} from letters to 評定."""

    TYPE = "grading_rule"
    KEY = ("year", "stage", "subject")
    PARTITION = Partition.BOARD
    WRITERS = (Role.ACADEMIC,)
    year = integer(1900, 2999).needed()
    stage = enum("P", "J").needed()
    subject = code().needed()
    cut_a = dec(5, 2)
    cut_b = dec(5, 2)
    not_submitted = enum("exclude", "zero")
    table = listing().needed()
    version = integer(0)


class SchoolClass(Master):
    """学級. Others refer to it by its code `2026:3-2`, year and key."""

    TYPE = "class"
    KEY = ("year", "key")
    DATA_CLASS = DataClass.III
    WRITERS = (Role.ACADEMIC,)
    year = integer(1900, 2999).needed()
    key = code(limit=8).needed()
    label = text(20).needed()
    kind = enum("regular", "special_support", "multi_grade").needed()
    grades = set_of(integer(1, 9)).needed()
    order_by = enum("number", "groups", "kana")


class StudyGroup(Master):
    """学習集団: pupils of several classes taught together."""

    TYPE = "group"
    KEY = ("year", "key")
    DATA_CLASS = DataClass.III
    WRITERS = (Role.ACADEMIC,)
    year = integer(1900, 2999).needed()
    key = code(limit=8).needed()
    name = text(60).needed()
    kind = enum("small_group", "elective", "resource")


class Course(Master):
    """授業: one subject taught to one class or group for a year. `@lesson` is its own code, `2026:3-2:math`."""

    TYPE = "course"
    KEY = ("year", "class", "subject")
    ROUTES = {"@lesson": "@lesson"}  # noqa: RUF012  a declaration, read once
    DATA_CLASS = DataClass.III
    WRITERS = (Role.ACADEMIC,)
    year = integer(1900, 2999).needed()
    class_ = ref("class").needed()
    subject = code().needed()
    at_lesson = ref("course").needed()
    viewpoint_set = ref("viewpoint_set").needed()
    rule = ref("grading_rule").needed()
    text_only = flag()

    @staticmethod
    def scopes(route: Fields) -> tuple[str, ...]:
        """Everybody sees that a course exists; its teachers have it with their lesson."""
        return ("all", f"lesson:{route['@lesson']}")

    @staticmethod
    def faults(fields: Fields) -> tuple[str, ...]:
        """The code is made of the key parts, and the class is one of that year."""
        code_ = f"{fields['class']}:{fields['subject']}"
        return () if fields["@lesson"] == code_ and code_.startswith(f"{fields['year']}:") else ("@lesson",)
