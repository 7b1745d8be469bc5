"""What one client's store holds, read past the program that keeps it: rows, what the server said, what waits."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from client.store.schema import read_sql, table
from client.workspace import Workspace
from sync.engine.rebase import Ground, Visible, Waiting

Key = tuple[str, str]
SAID = """
SELECT item, before FROM accepted UNION ALL SELECT item, before FROM not_accepted WHERE dealt_with
UNION ALL SELECT before, '' FROM outbox UNION ALL SELECT before, '' FROM not_accepted
UNION ALL SELECT again, '' FROM undo
"""
OWN = "SELECT item FROM outbox UNION ALL SELECT item FROM not_accepted WHERE NOT dealt_with"
TYPES = (
    "score",
    "remark",
    "evidence",
    "evidence_part",
    "viewpoint_grade",
    "conflict",
    "pupil",
    "duty",
    "staff",
    "membership",
    "course",
    "class",
    "notice",
)
"""Types that occur in the school partition of the simulator's town."""


@dataclass(slots=True)
class Sight:
    """A store at one moment. visible: rows as shown; ground: what the server says; sets: {key: scopes of the row};
    waiting: the ops of the outbox on each record, in order; live: scopes that may be shown; outbox: {q: item};
    sure: no comparison of all rows is due. ended: {scope: how far its end has come}; said: what lies here of the
    teacher's own acts that wait no more, and of what they replaced, as text; own: what waits, or was not accepted.
    """

    visible: dict[Key, Visible] = field(default_factory=dict)
    ground: dict[Key, Ground] = field(default_factory=dict)
    sets: dict[Key, tuple[str, ...]] = field(default_factory=dict)
    waiting: dict[Key, list[Waiting]] = field(default_factory=lambda: defaultdict(list))
    outbox: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    live: frozenset[str] = frozenset()
    granted: frozenset[str] = frozenset()
    cursor: int | None = None
    epoch: str | None = None
    sure: bool = True
    ended: Mapping[str, str] = field(default_factory=dict)
    said: str = ""
    own: str = ""


def look(workspace: Workspace) -> Sight:
    """Everything a store holds of the school."""
    school = workspace.enrolment.school
    seen = Sight()
    rows = workspace.rows
    names = {row[0]: (row[1], tuple(orjson.loads(row[2]))) for row in rows("SELECT n, partition, names FROM scope_set")}
    for type_, id_, fields, ver, fv, own, number in _rows(workspace):
        key = (type_, id_)
        seen.visible[key] = Visible(fields, ver, fv, own)
        seen.ground[key] = Ground(ver, fv, fields, None, number)
        seen.sets[key] = names[number][1] if names[number][0] == school else ()
    for type_, id_, ver in rows("SELECT type, id, ver FROM tombstone"):
        seen.ground[type_, id_] = Ground(ver)
    for type_, id_, ver, fv, fields, last, number in rows(
        "SELECT type, id, ver, fv, fields, last, scope_set FROM underlay"
    ):
        read = None if fields is None else orjson.loads(fields)
        seen.ground[type_, id_] = Ground(
            ver, orjson.loads(fv or "{}"), read, None if last is None else orjson.loads(last), number
        )
    for q, item in rows("SELECT q, item FROM outbox ORDER BY q"):
        seen.outbox[q] = orjson.loads(item)
        for op in seen.outbox[q]["group"]["ops"]:
            seen.waiting[op["type"], op["id"]].append(Waiting(q, op))
    scopes = {row[0]: row[1] for row in rows("SELECT name, state FROM scope WHERE partition = ?", (school,))}
    seen.live = frozenset(name for name, state in scopes.items() if state == "live")
    seen.granted = frozenset(scopes)
    state = rows("SELECT cursor, epoch, coalesce(checked, '-') FROM partition WHERE id = ?", (school,))
    seen.cursor, seen.epoch, checked = state[0]
    seen.sure = bool(checked)
    seen.ended = dict(map(tuple, rows("SELECT name, step FROM ended WHERE partition = ?", (school,))))
    seen.said = " ".join(text or "" for row in rows(SAID) for text in row)
    seen.own = " ".join(item for (item,) in rows(OWN))
    return seen


def _rows(workspace: Workspace) -> Iterator[tuple[str, str, dict[str, Any], int, dict[str, int], dict[str, int], int]]:
    for type_ in TYPES:
        known = table(type_)
        assert known is not None
        for row in workspace.rows(read_sql(type_, "1")):
            fv, own = orjson.loads(row["fv"] or "{}"), orjson.loads(row["own"] or "{}")
            yield type_, row["id"], known.read(row), row["ver"], fv, own, row["scope_set"]
