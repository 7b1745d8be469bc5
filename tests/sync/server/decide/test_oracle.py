"""The decision against a plain oracle: random edits of several devices, each seeing what it last pulled.

The oracle knows one sentence: an edit that has seen the present value replaces it, the same value changes nothing,
anything else is kept beside it (protocol.md 4, 13). After every group each value anybody saved is accounted for (I5).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.protocol.messages import Create, Delete, Group, Outcome, Patch
from sync.records.conflict import WHOLE_RECORD
from sync.records.registry import TYPES
from sync.records.versions import version_of
from sync.server.decide.group import decide
from sync.server.decide.world import CREATED, DELETED, Actor, Held, Past, Rights, World

SCHOOL = "018f0000-0000-7000-8000-000000000001"
PUPIL = "018f0000-0000-7000-8000-0000000000aa"
EVIDENCE = "018f0000-0000-7000-8000-0000000000e1"
MATH, TERM, CLASS = "2026:3-2:math", "2026-1", "2026:3-2"
SCORE = TYPES["score"]
PART = TYPES["evidence_part"].id_for(SCHOOL, {"evidence": EVIDENCE, "viewpoint": "know"})
ID = str(SCORE.id_for(SCHOOL, {"evidence_part": PART, "pupil": PUPIL}))
COURSE = str(TYPES["course"].id_for(SCHOOL, {"year": 2026, "class": CLASS, "subject": "math"}))
FIXED = {"evidence_part": PART, "pupil": PUPIL, "@lesson": MATH}
RIGHTS = Rights({f"lesson:{MATH}": frozenset({"subject"})}, {})
MADE = "2026-11-20T05:31:07.120Z"
UNITS = ("state", "note")
VALUES: Mapping[str, list[dict[str, Any]]] = {
    "state": [{"state": "absent"}, {"state": "scored", "value": 1}, {"state": "scored", "value": 2}, {}],
    "note": [{"note": "x"}, {"note": "y"}, {}],
}


@dataclass(slots=True)
class Device:
    """What one store last saw: the record and its unit versions, None where it was not there."""

    id: str
    seen: Held | None = None
    q: int = 0


@dataclass(slots=True)
class Oracle:
    """The record as plain dictionaries."""

    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    ver: int = 0
    there: bool = False
    given: set[str] = field(default_factory=set[str])
    saved: list[tuple[str, str, dict[str, Any] | None]] = field(default_factory=list)


def world() -> World:
    """A school with one part, one pupil and no score yet."""

    def held(type_: str, id_: str, **fields: Any) -> Held:
        return Held(TYPES[type_], id_, {name.replace("at_", "@"): value for name, value in fields.items()}, {}, 1)

    known = [
        held("pupil", PUPIL, at_classes=[CLASS], family="a", given="b", kana_family="a", kana_given="b"),
        held("evidence_part", str(PART), evidence=EVIDENCE, viewpoint="know", at_lesson=MATH, max=100, weight=1),
        held(
            "course",
            str(TYPES["course"].id_for(SCHOOL, {"year": 2026, "class": CLASS, "subject": "math"})),
            at_lesson=MATH,
        ),
    ]
    return World(partition=SCHOOL, seq=1, tomb_floor=0, records={one.key: one for one in known})


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[int, str, Any]]:
    """Steps: (device, what, value). A device pulls, saves some units, or deletes."""
    unit_values = st.fixed_dictionaries({}, optional={unit: st.sampled_from(VALUES[unit]) for unit in UNITS})
    step = st.one_of(
        st.tuples(st.integers(0, 2), st.just("pull"), st.none()),
        st.tuples(st.integers(0, 2), st.just("save"), unit_values.filter(bool)),
        st.tuples(st.integers(0, 2), st.just("save"), unit_values.filter(bool)),
        st.tuples(st.integers(0, 2), st.just("delete"), st.none()),
    )
    return draw(st.lists(step, max_size=25))


@settings(max_examples=300)
@given(edits())
def test_every_outcome_is_the_oracles_and_no_value_is_ever_lost(steps: list[tuple[int, str, Any]]) -> None:
    ours, oracle = world(), Oracle()
    devices = [Device(f"018f0000-0000-7000-8000-00000000d00{n}") for n in range(3)]
    for number, what, value in steps:
        device = devices[number]
        if what == "pull":
            device.seen = ours.records.get(("score", ID))
            continue
        op = _op(device, what, value)
        if op is None:
            continue
        device.q += 1
        ours.seq += 1
        expected = _expect(oracle, device, op, ours.seq)
        actor = Actor("u", "s", device.id, f"PC {number}", RIGHTS, MADE)
        decided = decide(ours, actor, device.q, Group(at=MADE, kind="x", ops=(op,)))
        ours.take(device.q, decided)
        ours.groups.clear()
        told = {mark.unit: mark.outcome for mark in decided.marks}
        assert told == {unit: outcome for unit, outcome in expected.items() if outcome is not Outcome.APPLIED}
        graver = (Outcome.CONFLICT_KEPT, Outcome.MERGED, Outcome.APPLIED)
        gravest = [one for one in graver if one in expected.values()]
        assert decided.how == (gravest or [Outcome.SAME])[0]
        assert (decided.outcome.seq is None) == (not decided.records)
        _same_record(ours, oracle)
        _accounted(ours, oracle)


def _op(device: Device, what: str, value: Any) -> Create | Patch | Delete | None:
    """The op a client would push for this edit, given what it has seen."""
    seen = device.seen
    if what == "delete":
        return None if seen is None or seen.deleted else Delete(type="score", id=ID, base=seen.ver)
    if seen is None or seen.deleted:
        fields = {name: field for unit in value.values() for name, field in unit.items()}
        return Create(type="score", id=ID, set=FIXED | fields) if "state" in fields else None
    whole = {name: value[unit].get(name) for unit in value for name in SCORE.units[unit]}
    return Patch(type="score", id=ID, set=whole, base={unit: seen.version(unit) for unit in value})


def _expect(oracle: Oracle, device: Device, op: Create | Patch | Delete, seq: int) -> dict[str, Outcome]:
    """What must come out, unit by unit; moves the oracle on."""
    if isinstance(op, Delete):
        if not oracle.there:
            return {WHOLE_RECORD: Outcome.SAME}
        if isinstance(op.base, int) and op.base < oracle.ver:
            oracle.saved.append((device.id, WHOLE_RECORD, None))
            return {WHOLE_RECORD: Outcome.CONFLICT_KEPT}
        oracle.there, oracle.ver = False, seq
        return {WHOLE_RECORD: Outcome.APPLIED}
    given = {
        unit: {name: op.set[name] for name in SCORE.units[unit] if op.set.get(name) is not None}
        for unit in UNITS
        if any(name in op.set for name in SCORE.units[unit])
    }
    oracle.saved += [(device.id, unit, value) for unit, value in given.items()]
    if not oracle.there and isinstance(op, Create):
        oracle.values = {unit: given.get(unit, {}) for unit in UNITS}
        oracle.versions, oracle.ver, oracle.there = dict.fromkeys(UNITS, seq), seq, True
        oracle.given = {unit for unit, value in given.items() if value}
        return {CREATED: Outcome.APPLIED}
    if not oracle.there:
        return {WHOLE_RECORD: Outcome.CONFLICT_KEPT}
    return {unit: _unit(oracle, op, unit, value, seq) for unit, value in given.items()}


def _unit(oracle: Oracle, op: Create | Patch, unit: str, value: dict[str, Any], seq: int) -> Outcome:
    base = op.base[unit] if isinstance(op, Patch) else 0
    if oracle.values[unit] == value:
        return Outcome.SAME
    seen = isinstance(base, int) and base >= oracle.versions[unit]
    if seen or unit not in oracle.given:
        oracle.values[unit], oracle.versions[unit], oracle.ver = value, seq, seq
        oracle.given.add(unit)
        return Outcome.APPLIED if seen else Outcome.MERGED
    return Outcome.CONFLICT_KEPT


def _same_record(ours: World, oracle: Oracle) -> None:
    held = ours.records.get(("score", ID))
    assert (held is not None and not held.deleted) == oracle.there
    if held is None or held.deleted:
        return
    assert held.ver == oracle.ver
    for unit in UNITS:
        assert held.unit(unit) == oracle.values[unit]
        assert version_of(held.fv, held.ver, unit) == oracle.versions[unit]
    assert held.ver not in held.fv.values(), "a unit of the record's own version is not told twice"


def _accounted(ours: World, oracle: Oracle) -> None:
    """Each value saved is current, in the past of the record, or in a conflict (I5)."""
    held = ours.records.get(("score", ID))
    conflicts = [one.fields for (type_, _), one in ours.records.items() if type_ == "conflict"]
    for device, unit, value in oracle.saved:
        now = held is not None and not held.deleted and unit != WHOLE_RECORD and held.unit(unit) == value
        before = any(_held_once(past, unit, value) for past in ours.past.get(("score", ID), []))
        kept = any(
            fields["device"] == device and fields["unit"] in (unit, WHOLE_RECORD) and _incoming(fields, unit, value)
            for fields in conflicts
        )
        assert now or before or kept, (device, unit, value)


def _held_once(past: Past, unit: str, value: dict[str, Any] | None) -> bool:
    if value is None:
        return False
    if past.unit == unit:
        return value in (past.old, past.new)
    names = SCORE.units[unit]
    return past.unit == DELETED and {n: v for n, v in (past.old or {}).items() if n in names} == value


def _incoming(fields: Mapping[str, Any], unit: str, value: dict[str, Any] | None) -> bool:
    said = fields["incoming"]["value"]
    if value is None or said is None or fields["unit"] == unit:
        return said == value
    return value.items() <= said.items()
