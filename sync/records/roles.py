"""The words for who somebody is at a school, what may be done, and how sensitive a record is (domain.md 13, 14.1)."""

from enum import StrEnum


class Role(StrEnum):
    """A role a duty gives; a grant carries the one it came from."""

    PRINCIPAL = "principal"
    VICE = "vice"
    ACADEMIC = "academic"
    GRADE_LEAD = "grade_lead"
    HOMEROOM = "homeroom"
    DEPUTY = "deputy"
    SUBJECT = "subject"
    SPECIAL = "special"
    RESOURCE = "resource"
    NURSE = "nurse"
    NUTRITION = "nutrition"
    CLERK = "clerk"
    ASSISTANT = "assistant"
    COUNSELLOR = "counsellor"
    BOARD_GUIDANCE = "board_guidance"
    BOARD_OFFICE = "board_office"
    FORM_OWNER = "form_owner"
    ICT = "ict"
    STAFF = "staff"
    """Any member of staff, by belonging to the school."""
    SERVER = "server"
    """The server itself: imports, rollover, conflict records."""


class DataClass(StrEnum):
    """Importance class of information; class I never enters a local store."""

    I = "I"  # noqa: E741  the guideline's own name
    II = "II"
    III = "III"
    IV = "IV"


class TwoEditors(StrEnum):
    """What happens when two people changed the same unit (domain.md 15.1 rule 9)."""

    UNIT = "unit"
    MERGE = "merge"
    APPEND = "append"
    GROW = "grow"
    SERVER = "server"


class Partition(StrEnum):
    """Whose partition a type lives in."""

    PREFECTURE = "pref"
    BOARD = "board"
    SCHOOL = "school"
    ANY = "any"
