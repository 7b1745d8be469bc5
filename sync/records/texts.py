"""Group E, texts: remarks on report cards and in the guidance record (domain.md 8, 15.2 E)."""

from sync.records.field import code, flag, mtext, ref, stamp
from sync.records.record import Fields, Record
from sync.records.roles import Role, TwoEditors

SUBJECT_BOX = "s."
GUIDANCE_BOX = "y."


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
