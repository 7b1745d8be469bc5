"""Group G, messages: what staff tell each other, with files (domain.md 15.2 G)."""

import re
from typing import Final

from sync.records.field import blob, code, day, ref, set_of, text
from sync.records.record import Fields, Record
from sync.records.roles import DataClass, Role, TwoEditors

_GRADE: Final = re.compile(r"\d{4}:[1-9]")
"""A grade of a school year, `2026:3`."""


class Notice(Record):
    """掲示: for all staff, or for those of one grade; everybody may post one, and its author alone changes it.

    grade: the grade's code with its year, `2026:3`, as a duty for a grade names it.
    """

    TYPE = "notice"
    ROUTES = {"@grade": "grade", "@staff": "author"}  # noqa: RUF012  a declaration, read once
    DATA_CLASS = DataClass.III
    WRITERS = tuple(role for role in Role if role not in (Role.SERVER, Role.BOARD_GUIDANCE, Role.BOARD_OFFICE))
    TWO_EDITORS = TwoEditors.APPEND
    AUTHOR = "author"
    author = ref("staff").needed()
    grade = code()
    title = text(80).needed()
    body = text(4000).needed()
    from_ = day()
    to = day()
    files = set_of(blob())

    @staticmethod
    def scopes(route: Fields) -> tuple[str, ...]:
        """All staff, or those of the grade."""
        return (f"grade:{route['@grade']}",) if "@grade" in route else ("all",)

    @staticmethod
    def faults(fields: Fields) -> tuple[str, ...]:
        """A grade is named with its year; a notice does not end before it begins."""
        grade, since, until = fields.get("grade"), fields.get("from"), fields.get("to")
        if grade is not None and not _GRADE.fullmatch(grade):
            return ("grade",)
        return ("to",) if since is not None and until is not None and until < since else ()
