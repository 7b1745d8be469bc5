"""What can be wrong with a package: one kind per sentence a person has to read, with its number and how grave it is."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Final

SHOWN: Final = 1000
"""Problems kept per severity; what goes beyond is only counted, so that a broken sender cannot fill memory."""


class Severity(StrEnum):
    """An error refuses the whole package; a warning is shown and the package is taken."""

    ERROR = "error"
    WARNING = "warning"


_ERROR, _WARNING = Severity.ERROR, Severity.WARNING


class Kind(Enum):
    """Every kind of problem: its key in the word table, its number and its severity.

    Numbers 1-25 are those of the import checks of the profile (one number may have several sentences), 31 and above are
    ours: the archive, the form of a row, the fit with what the server knows.
    """

    MANIFEST_MISSING = ("manifest_missing", 1, _ERROR)
    MANIFEST_VERSION = ("manifest_version", 1, _ERROR)
    FILE_LISTED_ABSENT = ("file_listed_absent", 1, _ERROR)
    FILE_UNLISTED = ("file_unlisted", 1, _ERROR)
    FILE_MODE = ("file_mode", 1, _ERROR)
    FILE_NEEDED = ("file_needed", 1, _ERROR)
    HEADER_NONE = ("header_none", 2, _ERROR)
    HEADER_MISSING = ("header_missing", 2, _ERROR)
    HEADER_UNKNOWN = ("header_unknown", 2, _ERROR)
    HEADER_ORDER = ("header_order", 2, _ERROR)
    HEADER_TWICE = ("header_twice", 2, _ERROR)
    HEADER_EXTENSION = ("header_extension", 2, _WARNING)
    VALUE_MISSING = ("value_missing", 3, _ERROR)
    VALUE_WANTED = ("value_wanted", 3, _WARNING)
    NAME_HALF = ("name_half", 3, _ERROR)
    READING_ASSUMED = ("reading_assumed", 3, _WARNING)
    BULK_STAMPED = ("bulk_stamped", 4, _ERROR)
    DELTA_UNSTAMPED = ("delta_unstamped", 4, _ERROR)
    NOT_UUID = ("not_uuid", 5, _ERROR)
    NOT_UUID4 = ("not_uuid4", 5, _ERROR)
    REFERENCE = ("reference", 6, _ERROR)
    HALF_WIDTH_KANA = ("half_width_kana", 7, _ERROR)
    TITLE_YEAR = ("title_year", 8, _ERROR)
    GRADE_UNKNOWN = ("grade_unknown", 9, _ERROR)
    SUBJECT_UNKNOWN = ("subject_unknown", 9, _ERROR)
    COURSE_CODE = ("course_code", 10, _ERROR)
    STUDENT_PRIMARY = ("student_primary", 11, _ERROR)
    MASTER_TWICE = ("master_twice", 12, _ERROR)
    DISTRICT_PARENT = ("district_parent", 13, _ERROR)
    SCHOOL_ORPHAN = ("school_orphan", 13, _ERROR)
    ORG_IDENTIFIER = ("org_identifier", 14, _ERROR)
    ROLE_SECONDARY_ALONE = ("role_secondary_alone", 15, _ERROR)
    CHARACTER_INVALID = ("character_invalid", 16, _ERROR)
    CHARACTER_RARE = ("character_rare", 16, _WARNING)
    NOT_UTF8 = ("not_utf8", 16, _ERROR)
    SHIFT_JIS = ("shift_jis", 17, _ERROR)
    ENROLMENT_USER = ("enrolment_user", 18, _ERROR)
    ROW_VANISHED = ("row_vanished", 19, _WARNING)
    LINE_BREAK = ("line_break", 20, _ERROR)
    HEADER_MISSPELT = ("header_misspelt", 21, _ERROR)
    GRADES_ONE_STRING = ("grades_one_string", 22, _ERROR)
    SUBJECTS_LENGTH = ("subjects_length", 23, _ERROR)
    NULL_LITERAL = ("null_literal", 24, _ERROR)
    BOM = ("bom", 25, _WARNING)
    ARCHIVE_UNREADABLE = ("archive_unreadable", 31, _ERROR)
    ARCHIVE_TOO_LARGE = ("archive_too_large", 32, _ERROR)
    ENTRY_PATH = ("entry_path", 33, _ERROR)
    ENTRY_LINK = ("entry_link", 34, _ERROR)
    ENTRY_ENCRYPTED = ("entry_encrypted", 35, _ERROR)
    ENTRY_TWICE = ("entry_twice", 36, _ERROR)
    ENTRY_UNKNOWN = ("entry_unknown", 37, _ERROR)
    ROW_WIDTH = ("row_width", 38, _ERROR)
    CSV_BROKEN = ("csv_broken", 39, _ERROR)
    ROW_TWICE = ("row_twice", 40, _ERROR)
    VALUE_UNKNOWN = ("value_unknown", 41, _ERROR)
    DATE_INVALID = ("date_invalid", 42, _ERROR)
    DATES_REVERSED = ("dates_reversed", 42, _ERROR)
    YEAR_MISMATCH = ("year_mismatch", 43, _ERROR)
    OTHER_BOARD = ("other_board", 44, _ERROR)
    SEVERAL_BOARDS = ("several_boards", 45, _ERROR)
    TOO_LONG = ("too_long", 46, _ERROR)
    LABEL_SHORTENED = ("label_shortened", 46, _WARNING)
    USER_ROLELESS = ("user_roleless", 47, _ERROR)
    SCHOOL_KIND = ("school_kind", 49, _ERROR)
    SCHOOL_DIFFERS = ("school_differs", 50, _ERROR)
    SCHOOL_CODE_CHANGED = ("school_code_changed", 52, _ERROR)
    COURSE_UNREADY = ("course_unready", 51, _WARNING)
    PERSON_UNCERTAIN = ("person_uncertain", 48, _ERROR)

    def __init__(self, key: str, number: int, severity: Severity) -> None:
        self.key = key
        self.number = number
        self.severity = severity


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong at one place.

    file: name inside the package (`users.csv`), or the package's own name. row: line of the file counted from 1, the
    header being line 1; None = the file as a whole. column: as written in the header. value: as sent. hint: what was
    expected, for the words that ask for it.
    """

    kind: Kind
    file: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    hint: str | None = None


@dataclass(slots=True)
class Problems:
    """Problems in the order they were found, bounded, with true counts."""

    errors: list[Problem] = field(default_factory=list[Problem])
    warnings: list[Problem] = field(default_factory=list[Problem])
    error_count: int = 0
    warning_count: int = 0

    def add(self, problem: Problem) -> None:
        """Take one problem; beyond SHOWN of its severity it is only counted."""
        if problem.kind.severity is Severity.ERROR:
            self.error_count += 1
            kept = self.errors
        else:
            self.warning_count += 1
            kept = self.warnings
        if len(kept) < SHOWN:
            kept.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Take many problems, in order."""
        for problem in problems:
            self.add(problem)

    @property
    def refused(self) -> bool:
        """True when at least one error was found."""
        return self.error_count > 0

    def all(self) -> tuple[Problem, ...]:
        """Return the kept problems, errors first."""
        return (*self.errors, *self.warnings)
