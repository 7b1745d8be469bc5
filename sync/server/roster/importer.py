"""Takes a package: reads it, maps it to every school in it, and writes all of it in one transaction or nothing.

Whoever reads meanwhile must never meet half a package, so its writing is not cut into parts. It is made short instead:
everything is read, mapped and decided beside the others, and only the writing keeps them waiting, after a look whether
all that was read is still so. Where it is not, the work is done again; after some times in vain, behind the lock.
"""

import secrets
import sys
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from sqlalchemy import Connection

from sync.protocol.errors import ServerBusy
from sync.records.ids import IdMaker, v7
from sync.server.clock import TOKYO, Clock, system_clock, unix_ms
from sync.server.roster.archive import PACKED_LIMIT
from sync.server.roster.mapping import Mapped, map_school
from sync.server.roster.package import Package, open_package, read_package
from sync.server.roster.prepared import Plan, Prepared, Tools, prepare, school_ops
from sync.server.roster.report import Changed, Report
from sync.server.roster.schools import Desk, Look, Target
from sync.server.roster.sent import Sent
from sync.server.roster.words import headings
from sync.server.settings import Refusal
from sync.server.storage import partitions, sources
from sync.server.storage.store import Storage

WAIT_S: Final = 60.0
"""How long an import waits for its turn; a busy server is busy for seconds."""
AGAIN_S: Final = 0.2
TRIES: Final = 3
"""How often a package is prepared beside the others before it is prepared behind the lock."""
BUSY: Final = 3
"""Exit code of a command that gave way to others: nothing was written, a repeat is safe."""


class _RefusedError(Exception):
    """Ends the transaction; what is wrong is in the problems."""


class _OutdatedError(Exception):
    """Rolls the transaction back: what was prepared stands on what has changed since."""


@dataclass(frozen=True, slots=True)
class Importer:
    """What an import works with. new_id: makes UUIDv7; clock: the server's; wait_s: how long to wait for others."""

    storage: Storage
    clock: Clock
    new_id: IdMaker
    wait_s: float = WAIT_S

    def take(self, data: bytes, name: str) -> Report:
        """Take a package. data: the ZIP; name: what it is called in the report.

        A package with an error writes nothing. Taking the same package again changes nothing. Raises ServerBusy when
        others have not let it write for `wait_s`; nothing was written then, and a repeat is safe.
        """
        tools = Tools(self.storage, self.clock, self.new_id)
        until, tries = monotonic() + self.wait_s, 0
        while True:
            try:
                return _Taking(tools, data, name).report(behind_lock=tries >= TRIES)
            except _OutdatedError:
                tries += 1
            except ServerBusy:
                if monotonic() > until:
                    raise
                sleep(AGAIN_S)


class _Taking:
    """One try to take a package."""

    def __init__(self, tools: Tools, data: bytes, name: str) -> None:
        self._tools = tools
        self._name = name
        self._sent, self._problems = open_package(data, name)
        self._counts: dict[str, int] = {}

    def report(self, *, behind_lock: bool) -> Report:
        """Take the package. Raises ServerBusy, or _OutdatedError where it has to be tried again."""
        plans: list[Plan] = []
        if self._sent is not None:
            with suppress(_RefusedError):
                plans = (self._behind_lock if behind_lock else self._beside)(self._sent).plans
        taken = not self._problems.refused
        return Report(self._name, taken, self._counts, self._problems, _total(plans) if taken else {})

    def _beside(self, sent: Sent) -> Prepared:
        """Prepare without a lock, then write if nothing has changed meanwhile."""
        database = self._tools.storage.database
        with database.reading() as connection:
            prepared = self._prepared(connection, sent, partitions.read)
        if prepared.is_needed:
            with database.writing() as connection:
                if not prepared.fits(connection):
                    raise _OutdatedError
                prepared.write(connection)
            prepared.committed()
        return prepared

    def _behind_lock(self, sent: Sent) -> Prepared:
        """Prepare and write while everybody else waits."""
        database = self._tools.storage.database
        with database.writing() as connection:
            sources.count_taken(database, connection)
            prepared = self._prepared(connection, sent, partitions.lock)
            prepared.write(connection)
        prepared.committed()
        return prepared

    def _prepared(self, connection: Connection, sent: Sent, look: Look) -> Prepared:
        desk = Desk(self._tools.storage, connection, sent, look)
        reading = read_package(sent, self._problems, desk.earlier())
        self._counts.update(reading.counts)
        if reading.package is None:
            raise _RefusedError
        targets = desk.targets(reading.package, self._tools.new_id)
        plans = [(target, self._map(desk, reading.package, target)) for target in targets]
        self._problems.extend(desk.problems)
        for _, mapped in plans:
            self._problems.extend(mapped.problems)
        if self._problems.refused:
            raise _RefusedError
        return prepare(self._tools, connection, desk, plans)

    def _map(self, desk: Desk, package: Package, target: Target) -> Mapped:
        masters = frozenset(user.master_id for user in package.users.values() if user.master_id)
        today = self._tools.clock().astimezone(TOKYO).date()
        return map_school(package, target.sourced_id, desk.known(target, masters), today, self._tools.new_id)


def import_roster(storage: Storage, file: Path, *, as_json: bool, wait_s: float = WAIT_S) -> int:
    """Take the package in `file` and write the report to standard output.

    Returns the exit code: 0 taken, 1 refused, 3 when others did not let it write for `wait_s`; nothing was written
    then, which is said on standard error. Raises Refusal when the file cannot be read.
    """
    try:
        with file.open("rb") as opened:
            data = opened.read(PACKED_LIMIT + 1)
    except OSError as error:
        raise Refusal(f"{file.name}: {error.strerror}") from error
    importer = Importer(storage, system_clock, lambda: v7(unix_ms(system_clock()), secrets.randbits(80)), wait_s)
    try:
        report = importer.take(data, file.name)
    except ServerBusy:
        sys.stderr.write(headings("ja")["busy"].replace("{package}", file.name) + "\n")
        return BUSY
    sys.stdout.write((report.as_json() if as_json else report.as_text()) + "\n")
    return 0 if report.taken else 1


def _total(plans: list[Plan]) -> Mapping[str, Changed]:
    names = [field.name for field in fields(Changed)]
    totals: dict[str, Counter[str]] = {}
    for target, mapped in plans:
        what = "unchanged" if not school_ops(target) else "created" if target.record is None else "changed"
        totals.setdefault("school", Counter())[what] += 1
        for type_, changed in mapped.changed.items():
            totals.setdefault(type_, Counter()).update({name: getattr(changed, name) for name in names})
    return {type_: Changed(**{name: total[name] for name in names}) for type_, total in totals.items()}
