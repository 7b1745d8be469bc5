"""A school with two heads, in which take-outs are asked for, decided, begun and returned; on each database."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from sync.protocol.lease import Lease, LeaseAnswer, LeaseRequest, lease_of, share_of
from sync.protocol.messages import read
from sync.protocol.permit import (
    Permit,
    PermitAnswer,
    PermitAsk,
    PermitLease,
    PermitsAnswer,
    PermitVerdict,
)
from sync.protocol.signed import keys_of, root_of
from sync.records.registry import NUMBER
from sync.server.caller import Caller
from sync.server.clock import unix_ms
from sync.server.leases import permits, takeout
from sync.server.leases.lend import Lending, Wish, lend
from sync.server.leases.permits import Office
from sync.server.permit_rules import TakeoutRules
from sync.server.storage import identity
from sync.server.storage.identity import ACTIVE, DeviceRow
from tests.sync.server.gate import Gate
from tests.sync.server.tiny import CLASS, Person

HOUR = 3_600


class Heads:
    """The office of a school, and the devices of its people. `head` and `vice` decide, nobody else does; `ict` looks
    after devices.
    """

    def __init__(self, gate: Gate, lending: Lending, rules: TakeoutRules | None = None) -> None:
        self.gate, self.lending = gate, lending
        self.school = gate.school
        self.office = Office(gate.storage, rules or TakeoutRules())
        self._make("head", "principal")
        self._make("ict", "ict")

    def _make(self, name: str, role: str) -> None:
        user = self.school.ids()
        staff = self.school.make("staff", user=user, name=name, active=True)
        self.school.people[name] = Person(user, staff)
        self.school.make(
            "duty",
            staff=staff,
            role=role,
            target_kind="school",
            target="all",
            from_="2026-04-01",
            to="2027-03-31",
        )

    @property
    def now(self) -> int:
        """Unix seconds."""
        return int(self.gate.clock.now.timestamp())

    def later(self, hours: float) -> None:
        """Let time pass."""
        self.gate.clock.now += timedelta(hours=hours)

    def device(self, who: str) -> Caller:
        """A new device, on which somebody has just signed in."""
        person, device = self.school.people[who], str(uuid4())
        owner = DeviceRow(person.user, self.school.school, ACTIVE)
        with self.gate.storage.database.writing() as connection:
            identity.enrol_device(connection, device, owner, ("PC", "linux", None), 0)
        return Caller(person.user, person.staff, device, "PC", self.school.school, NUMBER, unix_ms(self.gate.clock.now))

    def fresh(self, caller: Caller) -> Caller:
        """The same after another sign-in."""
        return replace(caller, auth_time=unix_ms(self.gate.clock.now))

    def asking(self, *classes: str, hours: int = 72, **said: object) -> PermitAsk:
        """A request from now on."""
        values: dict[str, object] = {
            "id": str(uuid4()),
            "classes": classes or (CLASS,),
            "purpose": "grading",
            "text": "学期末の評定",
            "since": self.now,
            "until": self.now + hours * HOUR,
        }
        return PermitAsk.model_validate(values | said)

    def ask(self, caller: Caller, *classes: str, hours: int = 72, **said: object) -> Permit:
        """Ask for a take-out."""
        request = self.asking(*classes, hours=hours, **said)
        return read(PermitAnswer, permits.ask(self.office, caller, request, self.gate.clock.now)).permit

    def decide(self, caller: Caller, permit: str, verdict: str = "approved", reason: str = "") -> Permit:
        """Decide of one."""
        said = PermitVerdict.model_validate({"verdict": verdict, "reason": reason})
        return read(PermitAnswer, permits.decide(self.office, caller, permit, said, self.gate.clock.now)).permit

    def withdraw(self, caller: Caller, permit: str) -> Permit:
        """Take a request back."""
        return read(PermitAnswer, permits.withdraw(self.office, caller, permit, self.gate.clock.now)).permit

    def approved(self, caller: Caller, *classes: str, hours: int = 72) -> Permit:
        """A take-out that was asked for and approved."""
        return self.decide(self.device("head"), self.ask(caller, *classes, hours=hours).id)

    def start(self, caller: Caller, permit: str) -> PermitLease:
        """Begin."""
        wish = Wish(caller, LeaseRequest(), self.gate.clock.now)
        return read(PermitLease, takeout.start(self.office, self.lending, permit, wish))

    def give_back(self, caller: Caller, permit: str) -> PermitLease:
        """Bring back."""
        wish = Wish(caller, LeaseRequest(), self.gate.clock.now)
        return read(PermitLease, takeout.give_back(self.office, self.lending, permit, wish))

    def renew(self, caller: Caller) -> Lease:
        """The device's next lease."""
        answer = lend(self.gate.storage, self.lending, caller, LeaseRequest(), self.gate.clock.now)
        return lease_in(read(LeaseAnswer, answer))

    def lists(self, caller: Caller) -> PermitsAnswer:
        """What somebody sees."""
        return read(PermitsAnswer, permits.lists(self.office, caller, self.gate.clock.now))

    def ledger(self, caller: Caller) -> tuple[Permit, ...]:
        """The whole ledger."""
        return read(PermitsAnswer, permits.ledger(self.office, caller, 0, self.gate.clock.now)).permits


def lease_in(answer: LeaseAnswer) -> Lease:
    """The lease, checked as a client does."""
    lease = lease_of(answer.lease, keys_of(answer.keys, root_of(answer.keys).thumbprint()))
    share_of(lease, answer.share)
    return lease


def said(permit: Permit) -> list[str]:
    """What happened, in order."""
    return [event.event for event in permit.events]
