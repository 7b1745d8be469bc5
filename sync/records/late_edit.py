"""Group G, late edits: a group that came after its author's duty had ended, whole, until the school has decided.

Whoever decides must see what the school has now, which its author may see no longer: that is a record of its own.
"""

from sync.records.field import code, enum, integer, listing, ref, stamp, text, uuid
from sync.records.record import Fields, Record
from sync.records.roles import Role, TwoEditors

OPEN, ACCEPTED, DECLINED = "open", "accepted", "declined"
SCOPE = "late"
"""The scope of those who decide."""


class LateEdit(Record):
    """期限後の編集. `ops` are the group's as they were pushed. What it holds is at most of class II.

    Only the server makes it; who may write it changes its `state` once, with a reason, and the server applies the
    group in the same transaction where it is accepted. `outcome` and `marks` say how that ended.
    """

    TYPE = "late_edit"
    KEY = ("device", "q")
    ROUTES = {"@staff": "author"}  # noqa: RUF012  a declaration, read once
    WRITERS = (Role.VICE,)
    device = uuid().needed()
    q = integer(1).needed()
    author = ref("staff").needed()
    device_name = text(100)
    kind = code().needed()
    made = stamp().needed()
    arrived = stamp().needed()
    ops = listing().needed()
    state = enum(OPEN, ACCEPTED, DECLINED).needed()
    reason = text(300, unit="state")
    decided_by = ref("staff", unit="state")
    decided_at = stamp(unit="state")
    outcome = enum("applied", "same", "merged", "conflict_kept")
    marks = listing(unit="outcome")

    @staticmethod
    def scopes(route: Fields) -> tuple[str, ...]:
        """Those who decide, and its author, who hears what became of it."""
        return (SCOPE, f"staff:{route['@staff']}")

    @staticmethod
    def faults(fields: Fields) -> tuple[str, ...]:
        """Who declines says why."""
        return ("reason",) if fields["state"] == DECLINED and not fields.get("reason", "").strip() else ()


class LateTarget(Record):
    """期限後の編集の対象: the records a late edit is about and those they refer to, as they were when it arrived.

    `records` is a list of {type, id, fields}. For those who decide, who do not hold every scope of the school.
    """

    TYPE = "late_target"
    KEY = ("device", "q")
    TWO_EDITORS = TwoEditors.SERVER
    device = uuid().needed()
    q = integer(1).needed()
    records = listing().needed()

    @staticmethod
    def scopes(route: Fields) -> tuple[str, ...]:
        """Those who decide."""
        del route
        return (SCOPE,)
