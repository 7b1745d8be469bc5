"""Group E, texts: remarks on report cards and in the guidance record, and daily notes (domain.md 8, 15.2 E)."""

from sync.records.field import code, day, enum, flag, mtext, ref, set_of, stamp, text
from sync.records.record import Fields, Record
from sync.records.roles import Role, TwoEditors

SUBJECT_BOX = "s."
GUIDANCE_BOX = "y."
TEAM, HOMEROOM, OWN = "team", "homeroom", "own"
"""Who reads a daily note: all who teach or help in the class, the class teacher's circle, or its author alone."""


class Remark(Record):
    """所見: one text for one pupil, term and box. Boxes `s.<subject>` are a subject's, `y.*` the guidance record's."""

    TYPE = "remark"
    KEY = ("pupil", "term", "box")
    ROUTES = {"@class": "@class", "@lesson": "@lesson", "@box": "box"}  # noqa: RUF012  a declaration, read once
    WRITERS = (Role.HOMEROOM, Role.SPECIAL, Role.DEPUTY, Role.SUBJECT, Role.RESOURCE)
    TWO_EDITORS = TwoEditors.MERGE
    pupil = ref("pupil").needed()
    term = ref("term").needed()
    box = code("box").needed()
    at_class = ref("class").needed()
    at_lesson = ref("course")
    text = mtext(2000)
    done = flag()
    by = ref("staff", unit="done")
    at = stamp(unit="done")

    @staticmethod
    def scopes(route: Fields) -> tuple[str, ...]:
        """A subject's text belongs to lesson and grades, the guidance record's to its circle, the rest to homeroom."""
        if route["@box"].startswith(SUBJECT_BOX):
            return (f"grades:{route['@class']}", f"lesson:{route['@lesson']}")
        return (f"{'yoroku' if route['@box'].startswith(GUIDANCE_BOX) else 'homeroom'}:{route['@class']}",)

    @staticmethod
    def allows(role: Role, fields: Fields) -> bool:
        """A deputy drafts until the text is done; subject teachers write their subject's boxes only."""
        if role is Role.DEPUTY:
            return not fields.get("done")
        return role not in (Role.SUBJECT, Role.RESOURCE) or fields["box"].startswith(SUBJECT_BOX)

    @staticmethod
    def faults(fields: Fields) -> tuple[str, ...]:
        """A subject's text names its lesson, any other does not."""
        return () if fields["box"].startswith(SUBJECT_BOX) == (fields.get("@lesson") is not None) else ("@lesson",)


class DailyNote(Record):
    """日々の様子: what somebody saw of one or several pupils on a day. Its author alone changes it.

    The audience plays the box its scopes hang on, and so stays what it was: for other readers it is written anew.
    """

    TYPE = "daily_note"
    ROUTES = {"@classes": "@classes", "@staff": "author", "@box": "audience"}  # noqa: RUF012  a declaration, read once
    WRITERS = (
        Role.HOMEROOM,
        Role.SPECIAL,
        Role.DEPUTY,
        Role.SUBJECT,
        Role.RESOURCE,
        Role.ASSISTANT,
        Role.COUNSELLOR,
        Role.STAFF,
    )
    TWO_EDITORS = TwoEditors.APPEND
    AUTHOR = "author"
    author = ref("staff").needed()
    at_classes = set_of(ref("class")).needed()
    audience = enum(TEAM, HOMEROOM, OWN).needed()
    pupils = set_of(ref("pupil")).needed()
    date = day().needed()
    text = text(1000).needed()
    tags = set_of(code("note_tag"))

    @staticmethod
    def scopes(route: Fields) -> tuple[str, ...]:
        """The notes of its classes, their class teachers' circles, or what belongs to its author."""
        if route["@box"] == OWN:
            return (f"staff:{route['@staff']}",)
        kind = "notes" if route["@box"] == TEAM else "homeroom"
        return tuple(f"{kind}:{key}" for key in route["@classes"])

    @staticmethod
    def faults(fields: Fields) -> tuple[str, ...]:
        """It is about somebody, in some class, and says something."""
        wrong = [name for name in ("pupils", "@classes") if fields.get(name) == []]
        return tuple(wrong) if wrong or (fields.get("text") or "x").strip() else ("text",)
