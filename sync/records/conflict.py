"""Group G, conflict: two people changed one unit; both values are kept until somebody decides (sync/PROTOCOL.md)."""

from sync.records.field import anything, code, enum, integer, ref, set_of, stamp, text, uuid
from sync.records.record import Record
from sync.records.roles import TwoEditors

WHOLE_RECORD = "@record"
"""The unit of a conflict between deleting a record and editing it."""
ASSIGNED = "assignee"
"""The one unit of a conflict that people set: who is asked to settle it, by whom and when."""


class Conflict(Record):
    """ちがい. `current` and `incoming` are {value, by, device, at, made}; it follows its target's scopes and class.

    Only the server writes it: it opens with the edit that differed and closes with the edit that names it in
    `resolves`. The unit `assignee` alone is set by those who may settle it, to one of them or to nobody. There the
    later word stands and the earlier one is in the history: no conflict is ever about a conflict.
    """

    TYPE = "conflict"
    KEY = ("target_type", "target", "unit", "device", "q")
    ROUTES = {  # noqa: RUF012  a declaration, read once
        "@class": "@class",
        "@classes": "@classes",
        "@lesson": "@lesson",
        "@pupil": "@pupil",
        "@staff": "@staff",
        "@box": "@box",
        "@grade": "@grade",
    }
    FOLLOWS = "target_type"
    TWO_EDITORS = TwoEditors.SERVER
    target_type = code().needed()
    target = uuid().needed()
    unit = text(64).needed()
    device = uuid().needed()
    q = integer(0).needed()
    at_class = ref("class")
    at_classes = set_of(ref("class"))
    at_lesson = ref("course")
    at_pupil = ref("pupil")
    at_staff = ref("staff")
    at_box = code()
    at_grade = code()
    base = anything()
    current = anything()
    incoming = anything()
    state = enum("open", "resolved").needed()
    choice = enum("current", "incoming", "other", unit="state")
    resolved_by = ref("staff", unit="state")
    assignee = ref("staff")
    by = ref("staff", unit="assignee")
    at = stamp(unit="assignee")
