"""Random histories of take-outs: every lease stands on an approved permit, every start and return in the ledger."""

import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sync.errors import AccessError
from sync.server.caller import Caller
from sync.server.leases.lend import Lending
from sync.server.leases.signing import fresh_keys
from sync.server.migrate import migrate
from sync.server.settings import DeskHours
from sync.server.storage import leases
from sync.server.storage.store import Storage, open_storage
from tests.sync.server.gate import Gate
from tests.sync.server.leases.office import Heads, lease_in

LENDING = Lending(fresh_keys(date(2026, 11, 20)), "https://keyaki.example", DeskHours())
HISTORIES, STEPS = 500, 8
ASKERS = ("sato", "kato", "vice")


@dataclass(slots=True)
class Told:
    """What devices were told, as they would remember it."""

    leases: dict[str, str] = field(default_factory=dict[str, str])
    """{lease: permit} of every take-out lease that was given."""
    begun: Counter[str] = field(default_factory=Counter[str])
    returned: set[str] = field(default_factory=set[str])


class History:
    """One device of somebody, one permit, and what happens to it by chance."""

    def __init__(self, heads: Heads, chance: random.Random, told: Told) -> None:
        self.heads, self.chance, self.told = heads, chance, told
        self.device = heads.device(chance.choice(ASKERS))
        self.permit = heads.ask(self.device, hours=chance.choice((1, 4, 12))).id

    def step(self, deciders: list[Caller]) -> None:
        """One thing that somebody does, allowed or not."""
        deeds: list[Callable[[], None]] = [
            lambda: self._decided(deciders, "approved"),
            lambda: self._decided(deciders, "approved"),
            lambda: self._decided(deciders, self.chance.choice(("refused", "revoked"))),
            self._start,
            self._start,
            self._renew,
            self._renew,
            self._give_back,
            lambda: self.heads.later(self.chance.choice((0.1, 2, 5))),
            self._withdraw,
        ]
        with suppress(AccessError):
            self.chance.choice(deeds)()

    def _decided(self, deciders: list[Caller], verdict: str) -> None:
        self.heads.decide(self.heads.fresh(self.chance.choice(deciders)), self.permit, verdict, "理由")

    def _withdraw(self) -> None:
        self.heads.withdraw(self.device, self.permit)

    def _start(self) -> None:
        lease = lease_in(self.heads.start(self.device, self.permit).lease)
        assert lease.permit == self.permit
        self.told.leases[lease.jti] = self.permit
        self.told.begun[self.permit] += 1

    def _renew(self) -> None:
        lease = self.heads.renew(self.device)
        if lease.permit is not None:
            assert lease.exp <= lease.iat + 12 * 3600
            self.told.leases[lease.jti] = lease.permit

    def _give_back(self) -> None:
        assert lease_in(self.heads.give_back(self.device, self.permit).lease).kind == "desk"
        self.told.returned.add(self.permit)


def lived(folder: Path, seed: int, histories: int) -> None:
    """So many histories of one school, and a look at what devices were told, what was kept of it, and the ledger."""
    storage = open_storage(folder)
    migrate(storage.database)
    heads, told, chance = Heads(Gate(storage), LENDING), Told(), random.Random(seed)
    deciders = [heads.device(name) for name in ("head", "vice", "sato")]
    for _ in range(histories):
        history = History(heads, chance, told)
        for _ in range(STEPS):
            history.step(deciders)
    _compare(heads, told, storage, histories)
    storage.close()


def _compare(heads: Heads, told: Told, storage: Storage, histories: int) -> None:
    """What devices were told, what was kept of it, and what stands in the ledger."""
    ledger = {permit.id: permit for permit in heads.ledger(heads.device("head"))}
    assert len(ledger) == histories
    with storage.database.reading() as connection:
        rows = connection.execute(leases.lease.select().where(leases.lease.c.kind == "takeout")).mappings().all()
    in_ledger = {event.lease: permit.id for permit in ledger.values() for event in permit.events if event.lease}
    assert in_ledger == told.leases
    assert {row["lease"] for row in rows} == told.leases.keys()
    for permit in ledger.values():
        said = [event.event for event in permit.events]
        if "active" in said:
            approval = permit.events[said.index("approved")]
            assert said.index("approved") < said.index("active")
            assert approval.actor != permit.staff
        assert said.count("active") == (1 if told.begun[permit.id] else 0)
        assert said.count("returned") == (1 if permit.id in told.returned else 0)
        assert len({event.n for event in permit.events}) == len(said)
    assert len(told.begun) > histories / 20
    assert len(told.returned) > histories / 50
