"""Group A, staff: who works here and with which duty; grants come from duties (domain.md 14, 15.2 A)."""

from sync.records.field import code, day, enum, flag, ref, text, uuid
from sync.records.masters import Master
from sync.records.roles import DataClass, Role

TARGETS = ("school", "grade", "class", "group", "course", "pupil")
"""What a duty may be for."""


class Staff(Master):
    """職員."""

    TYPE = "staff"
    DATA_CLASS = DataClass.III
    WRITERS = (Role.CLERK, Role.VICE)
    user = uuid().needed()
    name = text(60).needed()
    kana = text(60)
    post = text(40)
    active = flag()


class Duty(Master):
    """分掌: a role for a target over a span of days. `target` is a code (`2026:3-2`, grade `2026:3`) or an id."""

    TYPE = "duty"
    DATA_CLASS = DataClass.III
    WRITERS = (Role.VICE,)
    staff = ref("staff").needed()
    role = enum(*(role.value for role in Role if role not in (Role.STAFF, Role.SERVER))).needed()
    target_kind = enum(*TARGETS).needed()
    target = code(unit="target_kind").needed()
    from_ = day().needed()
    to = day()
