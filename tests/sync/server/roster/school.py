"""A school in memory that takes packages through the real decision, without a database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from sync.protocol.messages import Group, Outcome
from sync.records.ids import v7
from sync.server.decide.group import decide
from sync.server.decide.world import Held, Key, World, server_actor
from sync.server.roster.known import Known, Source
from sync.server.roster.mapping import Mapped, map_school
from sync.server.roster.package import open_package, read_package
from sync.server.roster.problem import Kind, Problem

PARTITION = "018f0000-0000-7000-8000-000000000001"
SCHOOL = "b6dbf581-9b26-4ef0-a1e0-59cd423bd767"
TODAY = date(2026, 5, 7)
STAMP = "2026-05-07T00:00:00.000Z"


@dataclass
class School:
    """kind, viewpoint_set, rules, elsewhere: as in Known."""

    kind: str = "elementary"
    viewpoint_set: str | None = None
    rules: Mapping[tuple[int, str, str], str] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    today: date = TODAY
    records: dict[Key, Held] = field(default_factory=dict)
    sources: dict[Source, str] = field(default_factory=dict)
    seq: int = 0
    problems: list[Problem] = field(default_factory=list)
    _made: Iterator[int] = field(default_factory=lambda: count(1))

    def new_id(self) -> str:
        return v7(1_780_000_000_000, next(self._made))

    def known(self) -> Known:
        return Known(PARTITION, self.kind, self.records, self.sources, self.elsewhere, self.viewpoint_set, self.rules)

    def map(self, data: bytes, school: str = SCHOOL) -> Mapped:
        """Map a package that must be sound up to here; what mapping finds is in `problems`."""
        sent, problems = open_package(data, "package.zip")
        assert sent is not None
        reading = read_package(sent, problems, self.known().earlier())
        assert reading.package is not None, reading.problems.errors
        mapped = map_school(reading.package, school, self.known(), self.today, self.new_id)
        self.problems = list(mapped.problems)
        return mapped

    def take(self, data: bytes, school: str = SCHOOL) -> Mapped:
        """Map a package and let the server's decision apply it whole."""
        mapped = self.map(data, school)
        group = Group.model_construct(at=STAMP, kind="roster.import", ops=mapped.ops)
        world = World(PARTITION, self.seq + 1, 0, records=dict(self.records))
        decided = decide(world, server_actor(STAMP), world.seq, group)
        assert decided.outcome.outcome in (Outcome.APPLIED, Outcome.SAME), decided.outcome
        self.seq += 1
        self.records.update(decided.records)
        for source in mapped.forgotten:
            del self.sources[source]
        self.sources.update(mapped.sources)
        return mapped

    def all(self, type_: str) -> list[dict[str, Any]]:
        return [dict(h.fields) for (name, _), h in self.records.items() if name == type_ and not h.deleted]

    def one(self, type_: str, **fields: Any) -> dict[str, Any]:
        (found,) = self.some(type_, **fields)
        return found

    def some(self, type_: str, **fields: Any) -> list[dict[str, Any]]:
        """Records with these fields; `class_` and `from_` stand for Python's own words."""
        wanted = {name.removesuffix("_"): value for name, value in fields.items()}
        return [record for record in self.all(type_) if all(record.get(n) == v for n, v in wanted.items())]

    def pupil(self, sourced_id: str) -> str:
        return self.sources[Source("users", sourced_id, "pupil")]

    def pupil_gone(self, sourced_id: str) -> str:
        """The pupil of a row the sender has deleted."""
        return self.sources[Source("users", sourced_id, "pupil").gone()]

    def staff(self, sourced_id: str) -> str:
        return self.sources[Source("users", sourced_id, "staff")]

    def kinds(self) -> list[Kind]:
        return [problem.kind for problem in self.problems]
