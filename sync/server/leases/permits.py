"""Take-outs are asked for, decided, withdrawn and listed; each deed is a line of the ledger (security.md 4.3).

Who may decide is what the rules say of roles; nobody decides what they asked for themselves, and whoever decides has
signed in just now. A repeat of a deed that was done already changes nothing.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from sync.protocol.errors import Forbidden, PermitRefused, SignInTooOld
from sync.protocol.permit import Happened, PermitAsk, PermitVerdict
from sync.records.roles import Role
from sync.records.scopes import Opened, valid_on
from sync.server.caller import Caller
from sync.server.clock import day, unix_ms
from sync.server.leases.ledger import is_out, may_happen, state_of
from sync.server.permit_rules import TakeoutRules
from sync.server.storage import grants, permits
from sync.server.storage.permits import EventRow, PermitRow
from sync.server.storage.store import Storage

FRESH_MS: Final = 600_000
"""Whoever decides has signed in no longer ago than this."""
_HOUR: Final = 3_600
_DAY: Final = 86_400
_LISTED_DAYS: Final = 90
_EARLY_S: Final = 300
"""What begins as soon as this begins now: a PC's clock may be ahead."""


@dataclass(frozen=True, slots=True)
class Office:
    """Where permits are dealt with."""

    storage: Storage
    rules: TakeoutRules


@dataclass(frozen=True, slots=True)
class Case:
    """One permit and its lines, oldest first."""

    row: PermitRow
    events: list[EventRow]

    @property
    def said(self) -> list[Happened]:
        """What happened, in order."""
        return [each.event for each in self.events]

    def line(self, event: Happened, caller: Caller, now: int, reason: str = "") -> EventRow:
        """The next line, by the caller."""
        return EventRow(len(self.events) + 1, now, event, caller.user, caller.staff, caller.device, None, reason)


def ask(office: Office, caller: Caller, request: PermitAsk, now: datetime) -> dict[str, Any]:
    """Keep a request of the caller's. Raises PermitRefused, Forbidden for an id that is another's, ServerBusy."""
    at = int(now.timestamp())
    with office.storage.database.writing() as connection:
        if permits.find(connection, caller.school, request.id) is None:
            row = _asked(office.rules, caller, request, at)
            _check_classes(connection, caller, row, day(now))
            permits.add(connection, caller.school, row)
            permits.write(connection, caller.school, row.id, Case(row, []).line("requested", caller, at))
        case = own_case(connection, caller, request.id)
    return {"permit": told(case, caller, office.rules, at)}


def withdraw(office: Office, caller: Caller, id_: str, now: datetime) -> dict[str, Any]:
    """Take back a request of the caller's that has not begun. Raises PermitRefused, Forbidden, ServerBusy."""
    at = int(now.timestamp())
    with office.storage.database.writing() as connection:
        case = own_case(connection, caller, id_)
        case = written(connection, caller, case, case.line("withdrawn", caller, at))
    return {"permit": told(case, caller, office.rules, at)}


def decide(office: Office, caller: Caller, id_: str, request: PermitVerdict, now: datetime) -> dict[str, Any]:
    """Approve, refuse or revoke. Raises SignInTooOld, PermitRefused, Forbidden, ServerBusy."""
    if unix_ms(now) - caller.auth_time > FRESH_MS:
        raise SignInTooOld
    if request.verdict != "approved" and not request.reason.strip():
        raise PermitRefused(reason="reason")
    at = int(now.timestamp())
    with office.storage.database.writing() as connection:
        case = _case(connection, caller.school, id_)
        if not may_decide(connection, office.rules, caller, case.row, day(now)):
            raise Forbidden(reason="decide")
        case = written(connection, caller, case, case.line(request.verdict, caller, at, request.reason.strip()))
        if request.verdict == "revoked":
            for device in permits.devices_out(connection, id_):
                permits.take_out(connection, device, None)
    return {"permit": told(case, caller, office.rules, at, decides=True)}


def lists(office: Office, caller: Caller, now: datetime) -> dict[str, Any]:
    """The caller's own take-outs of late, those the caller may decide of or hears of as overdue, and the rules."""
    at, rules, today = int(now.timestamp()), office.rules, day(now)

    def read(connection: Connection) -> dict[str, Any]:
        held = roles(connection, caller.school, caller.user, today)
        decides = not held.isdisjoint({*rules.deciders, *rules.of_deciders})
        only = None if decides else caller.user
        cases = _cases(connection, caller.school, at - _LISTED_DAYS * _DAY, only)
        mine = [told(case, caller, rules, at) for case in cases if case.row.user == caller.user]
        others = [
            told(case, caller, rules, at, decides=True)
            for case in cases
            if decides
            and (_waits(case, at) or is_overdue(case, rules, at))
            and may_decide(connection, rules, caller, case.row, today)
        ]
        reads = not held.isdisjoint(rules.readers)
        return {"permits": [*others, *mine], "rules": _rules(rules), "decides": decides, "reads": reads}

    return office.storage.read(caller.school, read)


def ledger(office: Office, caller: Caller, since: int, now: datetime) -> dict[str, Any]:
    """Every take-out that ended after a moment, with all its lines. since: Unix s. Raises Forbidden."""
    at, rules = int(now.timestamp()), office.rules

    def read(connection: Connection) -> dict[str, Any]:
        if roles(connection, caller.school, caller.user, day(now)).isdisjoint(rules.readers):
            raise Forbidden(reason="ledger")
        cases = _cases(connection, caller.school, since)
        found = [told(case, caller, rules, at) for case in cases]
        return {"permits": found, "rules": _rules(rules), "decides": False, "reads": True}

    return office.storage.read(caller.school, read)


def roles(connection: Connection, school: str, user: str, today: str) -> frozenset[str]:
    """The roles of a user's duties today."""
    return frozenset(str(opened.role) for opened in _valid(connection, school, user, today))


def may_decide(connection: Connection, rules: TakeoutRules, caller: Caller, row: PermitRow, today: str) -> bool:
    """Whether the caller decides of this: never of an own one, and of a decider's only who decides of deciders."""
    if caller.user == row.user or caller.staff == row.staff:
        return False
    asking: Iterable[Role] = rules.deciders
    if not roles(connection, caller.school, row.user, today).isdisjoint(rules.deciders):
        asking = rules.of_deciders
    return not roles(connection, caller.school, caller.user, today).isdisjoint(asking)


def own_case(connection: Connection, caller: Caller, id_: str) -> Case:
    """A permit of the caller's. Raises Forbidden, also where there is none."""
    case = _case(connection, caller.school, id_)
    if case.row.user != caller.user:
        raise Forbidden(reason="permit")
    return case


def written(connection: Connection, caller: Caller, case: Case, line: EventRow) -> Case:
    """The case with another line; as it is where that was the last already. Raises PermitRefused."""
    if case.events and (case.events[-1].event, case.events[-1].user) == (line.event, line.user):
        return case
    if not may_happen(case.said, line.event, case.row.until, line.at):
        raise PermitRefused(reason="state")
    permits.write(connection, caller.school, case.row.id, line)
    return Case(case.row, [*case.events, line])


def is_overdue(case: Case, rules: TakeoutRules, at: int) -> bool:
    """Whether something is out and should have been brought back for long."""
    return is_out(case.said) and at >= case.row.until + rules.overdue_h * _HOUR


def told(case: Case, caller: Caller, rules: TakeoutRules, at: int, *, decides: bool = False) -> dict[str, Any]:
    """A permit in wire form."""
    row = case.row
    state = state_of(case.said, row.until, at)
    return {
        "id": row.id,
        "staff": row.staff,
        "classes": row.classes,
        "purpose": row.purpose,
        "text": row.text,
        "since": row.since,
        "until": row.until,
        "state": state,
        "also": row.also,
        "mine": row.user == caller.user,
        "mine_to_decide": decides and state == "requested",
        "overdue": is_overdue(case, rules, at),
        "events": [_line(each) for each in case.events],
    }


def _asked(rules: TakeoutRules, caller: Caller, request: PermitAsk, at: int) -> PermitRow:
    """What is asked for, found within the rules. Raises PermitRefused."""
    since = at if request.since <= at + _EARLY_S else request.since
    if request.purpose not in {purpose.code for purpose in rules.purposes}:
        raise PermitRefused(reason="purpose")
    if request.since < at - _DAY or request.until <= since:
        raise PermitRefused(reason="past")
    if request.until - since > rules.most_days * _DAY:
        raise PermitRefused(reason="length")
    if not set(request.also) <= set(rules.ticked):
        raise PermitRefused(reason="class")
    return PermitRow(
        request.id,
        caller.user,
        caller.staff,
        tuple(sorted(set(request.classes))),
        rules.of_class,
        tuple(sorted(set(request.also))),
        rules.common,
        request.purpose,
        request.text.strip(),
        since,
        request.until,
    )


def _check_classes(connection: Connection, caller: Caller, row: PermitRow, today: str) -> None:
    """Each class asked for is one the caller has something to do with. Raises PermitRefused."""
    held = {opened.scope for opened in _valid(connection, caller.school, caller.user, today)}
    for code in row.classes:
        if not any(row._replace(classes=(code,)).names_class_of(scope) for scope in held):
            raise PermitRefused(reason="class")


def _valid(connection: Connection, school: str, user: str, today: str) -> list[Opened]:
    return [opened for opened in grants.of_user(connection, school, user) if valid_on(opened, today)]


def _case(connection: Connection, school: str, id_: str) -> Case:
    row = permits.find(connection, school, id_, lock=True)
    if row is None:
        raise Forbidden(reason="permit")
    return Case(row, permits.events(connection, school, [id_])[id_])


def _cases(connection: Connection, school: str, since: int, user: str | None = None) -> list[Case]:
    rows = permits.of_school(connection, school, since, user)
    lines = permits.events(connection, school, [row.id for row in rows])
    return [Case(row, lines[row.id]) for row in rows]


def _waits(case: Case, at: int) -> bool:
    """Whether it is to be decided, or can still be revoked."""
    return state_of(case.said, case.row.until, at) in ("requested", "approved", "active")


def _line(event: EventRow) -> dict[str, Any]:
    said = {
        "n": event.n,
        "at": event.at,
        "event": event.event,
        "actor": event.staff or "",
        "device": event.device or "",
        "reason": event.reason,
        "lease": event.lease or "",
        "counts": dict(event.counts),
    }
    return {name: value for name, value in said.items() if value or name == "n"}


def _rules(rules: TakeoutRules) -> dict[str, Any]:
    return {
        "purposes": [asdict(purpose) for purpose in rules.purposes],
        "default_h": rules.default_h,
        "most_days": rules.most_days,
        "also": rules.ticked,
    }
