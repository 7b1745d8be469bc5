"""What one client's store holds, read past the program that keeps it: rows, what the server said, what waits."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from client.store.schema import read_sql, table
from client.workspace import Workspace
from sync.engine.rebase import Ground, Visible, Waiting
from tests.simulator.at_once import writing
from tests.simulator.programs import NEW, Program, running

Key = tuple[str, str]
SAID = """
SELECT item, before FROM accepted UNION ALL SELECT item, before FROM not_accepted WHERE dealt_with
UNION ALL SELECT before, '' FROM outbox UNION ALL SELECT before, '' FROM not_accepted
UNION ALL SELECT again, '' FROM undo
"""
OWN = """
SELECT item FROM outbox UNION ALL SELECT item FROM not_accepted WHERE NOT dealt_with
UNION ALL SELECT item FROM accepted
WHERE q IN (SELECT value FROM json_each((SELECT value FROM meta WHERE key = 'beyond')))
"""
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


Ask = Callable[..., list[Any]]
"""A SELECT and its parameters to rows."""

RowOf = tuple[Visible, Ground]
"""A row as it is shown, and as the server has told it where nothing waits on it."""


@dataclass(slots=True)
class Known:
    """What has been looked at already, and as what: where neither has changed, it need not be looked at again.

    prefix, overlay: {record: what it was when its promise was held}; under: for which state of everything else.
    """

    prefix: dict[Key, tuple[Any, ...]] = field(default_factory=dict)
    overlay: dict[Key, tuple[Any, ...]] = field(default_factory=dict)
    under: list[Any] = field(default_factory=lambda: [None, None])

    def prefix_of(self, under: object) -> dict[Key, tuple[Any, ...]]:
        """What is known of I1 under this; nothing when anything that counts for all records is other than it was."""
        return self._of(0, under, self.prefix)

    def overlay_of(self, under: object) -> dict[Key, tuple[Any, ...]]:
        """The same of I8."""
        return self._of(1, under, self.overlay)

    def _of(self, which: int, under: object, known: dict[Key, tuple[Any, ...]]) -> dict[Key, tuple[Any, ...]]:
        if self.under[which] != under:
            known.clear()
            self.under[which] = under
        return known


@dataclass(slots=True)
class Sight:
    """A store at one moment. visible: rows as shown; ground: what the server says; sets: {key: scopes of the row};
    waiting: the ops of the outbox on each record, in order; live: scopes that may be shown; outbox: {q: item};
    sure: no comparison of all rows is due. ended: {scope: how far its end has come}; said: what lies here of the
    teacher's own acts that wait no more, and of what they replaced, as text; own: what waits, was not accepted, or was
    taken while it is not known whether its duty was granted anew.
    known: what was found good before; late, program, copied, loaded: as of its device.
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
    known: Known = field(default_factory=Known)
    late: bool = False
    program: Program = NEW
    copied: bool = False
    loaded: int = 0


@dataclass(slots=True)
class Eyes:
    """Look at one store as long as it is open; what has not changed since is neither read nor understood anew."""

    workspace: Workspace
    program: Program
    late: bool
    seen: Sight = field(default_factory=Sight)
    stamp: tuple[object, int] = (None, -1)
    read: dict[str, dict[str, tuple[tuple[Any, ...], RowOf]]] = field(default_factory=dict)
    under: dict[Key, tuple[tuple[Any, ...], Ground]] = field(default_factory=dict)

    def look(self) -> Sight:
        """Everything the store holds of the school; the very same Sight while nobody has written."""
        stamp = self._stamp()
        if stamp != self.stamp:
            with running(self.program):
                self.seen, self.stamp = self._look(), stamp
        return self.seen

    def _stamp(self) -> tuple[object, int]:
        """Another whenever something has been written."""
        held = writing(self.workspace)
        if held is not None:
            return held, held.total_changes
        ((version,),) = self.workspace.rows("PRAGMA data_version")
        return None, version

    def _ask(self) -> Ask:
        """How to ask the store: a reader decrypts its pages anew after every commit, the writer does not."""
        held = writing(self.workspace)
        if held is None:
            return self.workspace.rows
        assert not held.in_transaction, "a store that writes at once is at rest when it is looked at"
        return lambda sql, params=(): held.execute(sql, params).fetchall()

    def _look(self) -> Sight:
        rows, school = self._ask(), self.workspace.enrolment.school
        seen = Sight(known=self.seen.known, late=self.late, program=self.program)
        names = {
            n: (part, tuple(orjson.loads(held))) for n, part, held in rows("SELECT n, partition, names FROM scope_set")
        }
        for type_ in TYPES:
            for id_, (number, row) in self._rows(rows, type_).items():
                key = (type_, id_)
                seen.visible[key], seen.ground[key] = row
                seen.sets[key] = names[number][1] if names[number][0] == school else ()
        self._unknown(rows, seen, names)
        self._grounds(rows, seen)
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

    def _unknown(self, rows: Ask, seen: Sight, names: Mapping[int, tuple[str, tuple[str, ...]]]) -> None:
        """Rows of types this program does not know, kept for the one that will."""
        for type_, id_, ver, fv, number, fields in rows(
            "SELECT type, id, ver, fv, scope_set, fields FROM unknown_record"
        ):
            if type_ in TYPES and names[number][0] == self.workspace.enrolment.school:
                seen.ground[type_, id_] = Ground(ver, orjson.loads(fv or "{}"), orjson.loads(fields), None, number)
                seen.sets[type_, id_] = names[number][1]

    def _grounds(self, rows: Ask, seen: Sight) -> None:
        """Below what waits: what the server has said of the record."""
        before, self.under = self.under, {}
        for type_, id_, ver in rows("SELECT type, id, ver FROM tombstone"):
            self._ground(seen, before, (type_, id_), (ver,))
        for type_, id_, *said in rows("SELECT type, id, ver, fv, fields, last, scope_set FROM underlay"):
            self._ground(seen, before, (type_, id_), tuple(said))

    def _ground(self, seen: Sight, before: Any, key: Key, said: tuple[Any, ...]) -> None:
        raw, ground = before.get(key, (None, None))
        if raw != said:
            ground = _understood(*said)
        self.under[key] = said, ground
        seen.ground[key] = ground

    def _rows(self, rows: Ask, type_: str) -> dict[str, tuple[int, RowOf]]:
        known, before = table(type_), self.read.get(type_, {})
        if known is None:
            return {}
        now: dict[str, tuple[tuple[Any, ...], RowOf]] = {}
        found: dict[str, tuple[int, RowOf]] = {}
        for row in rows(read_sql(type_, "1")):
            id_, raw = row["id"], tuple(row)
            last = before.get(id_)
            if last is None or last[0] != raw:
                fields, fv, own = known.read(row), orjson.loads(row["fv"] or "{}"), orjson.loads(row["own"] or "{}")
                shown = Visible(fields, row["ver"], fv, own)
                last = raw, (shown, Ground(row["ver"], fv, fields, None, row["scope_set"]))
            now[id_] = last
            found[id_] = row["scope_set"], last[1]
        self.read[type_] = now
        return found


def _understood(
    ver: int, fv: str | None = None, fields: str | None = None, last: str | None = None, number: int | None = None
) -> Ground:
    if fv is None and fields is None and last is None and number is None:
        return Ground(ver)
    read = None if fields is None else orjson.loads(fields)
    return Ground(ver, orjson.loads(fv or "{}"), read, None if last is None else orjson.loads(last), number)
