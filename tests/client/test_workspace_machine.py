"""Two devices, one server, everything that can go wrong between them, in any order Hypothesis can think of.

After every step each device shows exactly the server's rows with its own unsent edits on top (promise I8), and every
saved value can be found. When the network heals, everything empties and both devices are equal to the server (I2, I3,
I5, I16, I17; protocol.md 10).
"""

import json
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import text

from client.workspace import InvalidEdit, MemorySecretStore, Put, Remove, UndoRefused
from sync.errors import KeyakiError
from sync.protocol.errors import CursorTooOld, ServerBusy, TooLarge, Unreachable
from sync.protocol.messages import Delete, Patch, PullAnswer, PullRequest, PushAnswer, PushRequest, WaitAnswer
from sync.server.core import Core
from tests.kit.village import LESSON, Village

pytestmark = pytest.mark.timeout(600)  # a failure is made small before it is told
CELLS = [(part, pupil) for part in range(2) for pupil in range(2)]
cells = st.sampled_from(CELLS)
devices = st.integers(0, 1)
points = st.integers(0, 4).map(lambda n: n * 100)
faults = st.lists(st.sampled_from(["ok", "ok", "lost before", "lost after", "twice", "busy", "too large", "too old"]))


class Unsteady:
    """A way to the server on which each call meets the next fault of a list."""

    def __init__(self, core: Core) -> None:
        self.core, self.faults = core, list[str]()

    def push(self, school: str, request: PushRequest) -> PushAnswer:
        return self._call(lambda: self.core.push(school, request))

    def pull(self, school: str, request: PullRequest) -> PullAnswer:
        return self._call(lambda: self.core.pull(school, request))

    def wait(self, school: str, seq: int) -> WaitAnswer:
        return self.core.wait(school, seq)

    def _call(self, call: Any) -> Any:
        fault = self.faults.pop(0) if self.faults else "ok"
        refused = {"lost before": Unreachable, "busy": ServerBusy, "too large": TooLarge, "too old": CursorTooOld}
        if fault in refused:
            raise refused[fault]
        answer = call()
        if fault == "twice":
            answer = call()
        if fault == "lost after":
            raise Unreachable
        return answer


class Device:
    """One store, what it was asked to save, and its way to the server."""

    def __init__(self, village: Village, folder: Path, teacher: int) -> None:
        self.enrolment = village.enrolment(teacher)
        self.village, self.folder, self.secrets = village, folder, MemorySecretStore()
        self.way = Unsteady(village.core(self.enrolment))
        self.saved: dict[int, list[tuple[str, str, dict[str, Any]]]] = {}
        self.open()

    def open(self) -> None:
        self.workspace = self.village.opened(self.folder, self.secrets, self.enrolment)

    def shown(self) -> dict[str, dict[str, Any]]:
        """The scores on the screen, without nulls."""
        found = {}
        for row in self.workspace.rows("SELECT id, evidence_part, pupil, state, value, note FROM score"):
            fields = {name: row[name] for name in ("evidence_part", "pupil", "state", "value", "note")}
            found[row.id] = {name: value for name, value in fields.items() if value is not None}
        return found

    def waiting(self) -> list[tuple[int, dict[str, Any]]]:
        """Every op in the outbox that changes something, in order."""
        rows = self.workspace.rows("SELECT q, item FROM outbox ORDER BY q")
        ops = [(row.q, op) for row in rows for op in json.loads(row.item)["group"]["ops"]]
        return [(q, op) for q, op in ops if op["do"] != "patch" or op["set"]]


class TwoDesks(RuleBasedStateMachine):
    """See the module."""

    first: Village | None = None

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="keyaki-machine-"))

    @initialize()
    def begin(self) -> None:
        cls = type(self)
        if cls.first is None:
            cls.first = Village(Path(tempfile.mkdtemp(prefix="keyaki-village-")) / "server")
            cls.first.scored([(0, 0, 5_000), (0, 1, 6_000)])
            cls.first.close()
        self.village = cls.first.twin(self.folder / "server")
        self.desks = [Device(self.village, self.folder / f"desk{n}", n) for n in range(2)]
        for desk in self.desks:
            desk.workspace.sync(desk.way)

    # -- what teachers do ---------------------------------------------------------------------------------------------

    @rule(device=devices, cell=cells, value=points, blind=st.booleans())
    def type_points(self, device: int, cell: tuple[int, int], value: int, *, blind: bool) -> None:
        fields = self.village.score(*cell) | self.village.points(value)
        self._edit(device, Put("score", fields, seen={"state": 0} if blind else None))

    @rule(device=devices, cell=cells, note=st.sampled_from(["再テスト", "忘れ物", None]))
    def type_note(self, device: int, cell: tuple[int, int], note: str | None) -> None:
        with suppress(InvalidEdit):  # a note needs a score to be on
            self._edit(device, Put("score", self.village.score(*cell) | {"note": note}))

    @rule(device=devices, value=points)
    def paste(self, device: int, value: int) -> None:
        self._edit(device, *(Put("score", self.village.score(*cell) | self.village.points(value)) for cell in CELLS))

    @rule(device=devices, cell=cells)
    def clear(self, device: int, cell: tuple[int, int]) -> None:
        self._edit(device, Put("score", self.village.score(*cell) | {"state": None, "value": None}))

    @rule(device=devices, cell=cells)
    def remove(self, device: int, cell: tuple[int, int]) -> None:
        self._edit(device, Remove("score", self.village.score_id(*cell)))

    @rule(device=devices, back=st.booleans())
    def undo(self, device: int, *, back: bool) -> None:
        workspace = self.desks[device].workspace
        with suppress(UndoRefused):
            (workspace.undo if back else workspace.redo)("grades")

    @rule(device=devices, choice=st.sampled_from(["current", "incoming"]))
    def settle(self, device: int, choice: Any) -> None:
        workspace = self.desks[device].workspace
        for conflict in workspace.conflicts()[:1]:
            with suppress(InvalidEdit):  # a deleted record cannot be brought back from a change of one unit
                workspace.resolve(conflict.id, choice)

    # -- what happens -------------------------------------------------------------------------------------------------

    @rule(device=devices, met=faults)
    def sync(self, device: int, met: list[str]) -> None:
        desk = self.desks[device]
        desk.way.faults = met
        with suppress(KeyakiError):
            desk.workspace.sync(desk.way)
        desk.way.faults = []

    @rule(device=devices)
    def restart(self, device: int) -> None:
        self.desks[device].workspace.close()
        self.desks[device].open()

    @rule(cell=cells, value=points)
    def server_edits(self, cell: tuple[int, int], value: int) -> None:
        id_ = self.village.score_id(*cell)
        with suppress(AssertionError):  # it may be deleted, or hold the value already
            self.village.change(Patch(type="score", id=id_, set=self.village.points(value), base={"state": 2**40}))

    @rule(cell=cells)
    def server_deletes(self, cell: tuple[int, int]) -> None:
        with suppress(AssertionError):
            self.village.change(Delete(type="score", id=self.village.score_id(*cell), base=2**40))

    # -- what must be true --------------------------------------------------------------------------------------------

    @invariant()
    def every_row_is_the_server_with_the_outbox_on_top(self) -> None:
        for desk in getattr(self, "desks", ()):
            self._check_overlay(desk)

    def _check_overlay(self, desk: Device) -> None:
        rows = desk.workspace.rows("SELECT id, fields, last FROM underlay WHERE type = 'score'")
        below = {row.id: (json.loads(row.fields) if row.fields else None, row.last) for row in rows}
        shown, waiting = desk.shown(), desk.waiting()
        assert {op["id"] for _, op in waiting} == set(below)
        anew = desk.workspace.scopes()[f"lesson:{LESSON}"] == "none"  # nothing is shown of what is to be loaded anew
        expected = {id_: fields for id_, fields in shown.items() if id_ not in below}
        for id_, (fields, last) in below.items():
            seen = fields
            for _, op in (each for each in waiting if each[1]["id"] == id_):
                if op["do"] == "delete":
                    seen = None
                elif op["do"] == "create" or seen is not None:
                    seen = {**(seen or {}), **op["set"]}
                elif last:
                    seen = {**json.loads(last), **op["set"]}
            if seen is not None and not anew:
                expected[id_] = {name: seen[name] for name in seen if seen[name] is not None and name != "@lesson"}
        assert shown == expected
        own = {
            row.id: json.loads(row.own) for row in desk.workspace.rows("SELECT id, own FROM score WHERE own NOTNULL")
        }
        assert set(own) <= set(below)
        marked = {(mark.id, mark.unit) for mark in desk.workspace.marks("score") if mark.kind in ("waiting", "ahead")}
        touched = {(id_, unit) for id_, units in own.items() for unit in units}
        assert touched <= marked

    def teardown(self) -> None:
        if hasattr(self, "desks"):
            self._heal()
            for desk in self.desks:
                desk.workspace.close()
            self.village.close()
        shutil.rmtree(self.folder)

    def _heal(self) -> None:
        for _ in range(2):
            for desk in self.desks:
                desk.way.faults = []
                desk.workspace.sync(desk.way)
        first, second = ([tuple(row) for row in desk.workspace.rows(_WHOLE)] for desk in self.desks)
        there = self._on_server()
        assert first == there
        assert second == there
        for desk in self.desks:
            status = desk.workspace.status()
            assert (status.waiting, status.not_accepted) == (0, len(desk.workspace.not_accepted()))
            self._check_every_value_is_somewhere(desk)

    def _on_server(self) -> list[tuple[Any, ...]]:
        """What a store that loads everything now is given."""
        fresh = Device(self.village, self.folder / "fresh", 0)
        fresh.workspace.sync(fresh.way)
        rows = [tuple(row) for row in fresh.workspace.rows(_WHOLE)]
        fresh.workspace.close()
        return rows

    def _check_every_value_is_somewhere(self, desk: Device) -> None:
        """Each saved group has exactly one outcome at the server; what was not applied is in a conflict or refused."""
        with self.village.storage.database.reading() as connection:
            answered = connection.execute(
                text("SELECT dseq, outcome FROM op_result WHERE device = :device ORDER BY dseq"),
                {"device": desk.enrolment.device},
            ).fetchall()
        assert [q for q, _ in answered] == list(range(1, len(answered) + 1))
        assert set(desk.saved) <= {q for q, _ in answered}
        conflicts = {(row.device, row.q) for row in desk.workspace.rows("SELECT device, q FROM conflict")}
        refused = {row.q for row in desk.workspace.rows("SELECT q FROM not_accepted")}
        for q, outcome in answered:
            if outcome == "conflict_kept":
                assert (desk.enrolment.device, q) in conflicts
            if outcome in ("rejected", "quarantined"):
                assert q in refused

    def _edit(self, device: int, *edits: Put | Remove) -> None:
        desk = self.desks[device]
        saved = desk.workspace.edit("grades.score", edits)
        if saved.q is not None:
            desk.saved[saved.q] = []


_WHOLE = "SELECT id, ver, fv, own, evidence_part, pupil, state, value, note FROM score ORDER BY id"

TestTwoDesks = TwoDesks.TestCase
TestTwoDesks.settings = settings(max_examples=25, stateful_step_count=25)
