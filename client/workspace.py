"""The facade of the local store and its sync, for windows, tests, benches and scripts; no Qt.

One writer thread owns the only connection that writes; every thread reads on a connection of its own. What a teacher
saves is on the disk before it is called saved, and no edit waits for the network.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Any, Final, Literal, Self

from client.store import deeds, partitions, reads, session, spent, undo
from client.store.ambient import Clock, fresh_id, utc_now
from client.store.attachments import AttachmentRefused, Away, Why
from client.store.copies import Copies
from client.store.copyist import Copyist
from client.store.database import connect
from client.store.drafts import Draft, Drafts
from client.store.errors import StoreDamaged
from client.store.examining import Examiner
from client.store.facts import Comparison, Enrolment, Mark, MarkKind, NotAccepted, Past, Row, Saved, SyncStatus, base_of
from client.store.files import Files
from client.store.holdings import Holdings
from client.store.listeners import Listeners
from client.store.merged import Merged, MergedUnits, MergedWith
from client.store.opening import Opened, Unlock, erase_store, holds_store, open_store, set_store_aside
from client.store.outbox import Act
from client.store.port import SyncPort
from client.store.readers import Readers
from client.store.writer import Writer
from client.store.writing import Writing
from client.vault.keystore import DeviceSecretStore, FileSecretStore, MemorySecretStore, SystemSecretStore
from sync.engine.conflict import OpenConflict, Settle, Side
from sync.engine.edit import Base, Edit, InvalidEdit, Put, Remove
from sync.engine.inverse import UndoRefused
from sync.engine.run import Progress, Report, one_round
from sync.engine.store import ScopeState
from sync.engine.tokens import Tokens
from sync.protocol.backend import Backend
from sync.protocol.errors import DeviceForked
from sync.protocol.messages import Grant
from sync.records.blobs import Blob
from sync.records.ids import IdMaker

Choice = Literal["current", "incoming", "other"]

__all__ = [
    "AttachmentRefused",
    "Away",
    "Base",
    "Blob",
    "Choice",
    "Clock",
    "Comparison",
    "DeviceSecretStore",
    "Draft",
    "Edit",
    "Enrolment",
    "FileSecretStore",
    "Files",
    "Grant",
    "InvalidEdit",
    "Mark",
    "MarkKind",
    "MemorySecretStore",
    "Merged",
    "MergedWith",
    "NotAccepted",
    "OpenConflict",
    "Past",
    "Progress",
    "Put",
    "Remove",
    "Report",
    "Row",
    "Saved",
    "ScopeState",
    "Settle",
    "Side",
    "StoreDamaged",
    "SyncStatus",
    "SystemSecretStore",
    "UndoRefused",
    "Why",
    "Workspace",
    "base_of",
    "erase_store",
    "fresh_id",
    "holds_store",
    "set_store_aside",
    "utc_now",
]


class Workspace:
    """One open store. Every method may be called from any thread; reads use a connection of the calling thread."""

    def __init__(self, opened: Opened, clock: Clock, ids: IdMaker) -> None:
        self._opened, self._clock, self._ids = opened, clock, ids
        self._listeners, self._readers = Listeners(), Readers(opened.path, opened.key)
        copyist, examiner = Copyist(opened.path.parent, clock), Examiner(opened.path, opened.key, clock)
        self._writer = Writer(self._open_writing, self._listeners.tell, copyist, examiner)
        self.copies: Final = Copies(self._writer, self._readers, copyist, opened.path.parent)
        """What was saved, once more: in a journal that the school alone can read."""
        self.drafts: Final = Drafts(self._writer, self._readers)
        """What was written in its windows and not saved yet."""
        self.files: Final = Files(self._writer, self._readers, clock)
        """The files attached to its records."""
        self.merged: Final = MergedUnits(self._writer, self._readers)
        """Where changes of others met this device's and were merged without asking."""
        self.holdings: Final = Holdings(self._writer, self._readers, opened.enrolment.school, opened.path.parent)
        """What of the school lies in it, and what was put away from it."""
        self._port = SyncPort(self._writer, self._readers.connection, opened.enrolment.school, clock, ids)
        self._round = Lock()
        self._closed = False

    @classmethod
    def open(
        cls,
        profile: Path,
        *,
        secrets: DeviceSecretStore | Unlock,
        enrolment: Enrolment | None = None,
        clock: Clock = utc_now,
        ids: IdMaker = fresh_id,
    ) -> Self:
        """Open the store in folder `profile`; with `enrolment`, make it when there is none. secrets: as `open_store`.

        Raises as `open_store`. Nothing is written then; a repeat is safe.
        """
        return cls(open_store(profile, secrets, enrolment), clock, ids)

    @property
    def enrolment(self) -> Enrolment:
        """Whose store this is."""
        return self._opened.enrolment

    def rows(self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> list[Row]:
        """Rows of a SELECT over the typed tables: one table per record type, quoted by its name.

        Columns: id, ver, fv, own, and the fields by wire name (`"@lesson"`, `"from"`). Decimals are scaled integers,
        yes/no is 1/0, sets and lists are JSON text. `base_of(row, unit)` needs ver, fv and own in the SELECT.
        A row with an edit under way shows the edited value. Raises StoreDamaged, StoreClosed.
        """
        return self._readers.ask(lambda connection: connection.execute(sql, params).fetchall())

    # -- editing ------------------------------------------------------------------------------------------------------

    def edit(self, kind: str, edits: Iterable[Edit], *, screen: str | None = None) -> Saved:
        """Save one edit group, all of it or nothing, and wait until it is on the disk.

        kind: the action, `grades.score`; its first word is the `screen` whose undo stack it joins unless one is given.
        Raises InvalidEdit (nothing was written), DiskFull, WriteFailed, StoreDamaged.
        """
        return self.post(kind, edits, screen=screen).result()

    def post(self, kind: str, edits: Iterable[Edit], *, screen: str | None = None) -> "Future[Saved]":
        """As `edit`, without waiting: the Future ends when the group is on the disk, or with the error."""
        act = Act(kind, self._clock(), screen or kind.partition(".")[0])
        wanted = list(edits)
        return self._writer.edit(lambda writing: deeds.edit(writing, act, wanted, self._ids))

    def undo(self, screen: str) -> Saved | None:
        """Take back the screen's last group as one step; None when there is none.

        An unsent group is emptied, a sent one is answered by a new group. Raises UndoRefused when a unit has been
        changed since by somebody or from elsewhere; nothing is written then, and the next call takes the group before.
        """
        at = self._clock()
        return undo.turn(self._writer, lambda writing: undo.take_back(writing, screen, at, self._ids), screen, undone=0)

    def redo(self, screen: str) -> Saved | None:
        """Do again what `undo` took back last; None when there is none. Raises UndoRefused."""
        at = self._clock()
        return undo.turn(self._writer, lambda writing: undo.do_again(writing, screen, at, self._ids), screen, undone=1)

    def can_undo(self, screen: str) -> bool:
        """Whether `undo` has something to take back."""
        return bool(self.rows("SELECT 1 FROM undo WHERE screen = ? AND NOT undone LIMIT 1", (screen,)))

    def can_redo(self, screen: str) -> bool:
        """Whether `redo` has something to do again."""
        return bool(self.rows("SELECT 1 FROM undo WHERE screen = ? AND undone LIMIT 1", (screen,)))

    # -- what waits, differs or was refused ---------------------------------------------------------------------------

    def marks(self, *types: str) -> list[Mark]:
        """Every unit of records of these types that waits, differs or was refused: one query for a whole grid."""
        return self.copies.marked(self._readers.ask(lambda connection: reads.marks(connection, types)))

    def status(self) -> SyncStatus:
        """How things stand, counted in the tables."""
        return self.copies.counted(self._readers.ask(reads.status))

    def scopes(self) -> Mapping[str, ScopeState]:
        """State of each scope granted in the school; show records of a scope only when it is LIVE."""
        return self._readers.ask(lambda connection: reads.scopes(connection, self.enrolment.school))

    def grants(self) -> list[Grant]:
        """The user's grants in the school."""
        return self._readers.ask(lambda connection: reads.grants(connection, self.enrolment.school))

    def conflicts(self) -> list[OpenConflict]:
        """Open conflicts with both values, newest first; those settled here are left out at once."""
        return self._readers.ask(reads.conflicts)

    def resolve(self, conflict: str, choice: Choice, value: Mapping[str, Any] | None = None) -> Saved:
        """Settle one conflict: keep the current value, take the incoming one, or put another (`value` = the unit)."""
        return self.settle([Settle(conflict, choice, value)])

    def settle(self, choices: Iterable[Settle]) -> Saved:
        """Settle several conflicts as one group and one undo step. Raises InvalidEdit when one is not open any more."""
        at, wanted = self._clock(), list(choices)
        return self._writer.edit(lambda writing: deeds.settle(writing, at, wanted, self._ids)).result()

    def not_accepted(self) -> list[NotAccepted]:
        """Groups the server did not take and nobody has dealt with, oldest first."""
        return self._readers.ask(reads.not_accepted)

    def resend(self, q: int) -> Saved:
        """Save the values of a refused group again, based on what is visible now, and forget the refusal."""
        at = self._clock()
        return self._writer.edit(lambda writing: deeds.resend(writing, at, q, self._ids)).result()

    def withdraw(self, q: int) -> None:
        """Forget a refused group."""
        self._writer.edit(lambda writing: deeds.withdraw(writing, q)).result()

    def history(self, type_: str, id_: str, unit: str) -> list[Past]:
        """What this device did to a unit in the last 30 days, newest first."""
        return self._readers.ask(lambda connection: reads.history(connection, type_, id_, unit))

    # -- sync ---------------------------------------------------------------------------------------------------------

    def tokens(self) -> Tokens | None:
        """The tokens of the session, the newest kept; None before a sign-in."""
        return self._readers.ask(session.tokens)

    def keep(self, tokens: Tokens) -> None:
        """Keep these for good; they are on the disk when this returns."""
        self._writer.edit(lambda writing: session.keep(writing, tokens)).result()

    def sync(
        self,
        backend: Backend,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Report:
        """One round: push all that waits, pull what changed, load scopes that are not complete.

        One round at a time per store. Whatever it raises, every edit is safe and a repeat continues where it stopped.
        Raises Unreachable, ServerBusy, SignInNeeded, ClientTooOld, DeviceForked and their like. After DeviceForked this
        store is a device of its own (`enrolment`) with all that waits, and has to be signed in anew.
        """
        with self._round:
            try:
                return one_round(self._port, backend, progress or (lambda _: None), cancelled or (lambda: False))
            except DeviceForked:
                self._opened = replace(self._opened, enrolment=self._readers.ask(partitions.owner))
                raise

    def numbers(self) -> tuple[int, str] | None:
        """How far its groups have come, and the chain there, for `Enrolment`; None while anything lies only here."""
        return self._readers.ask(spent.numbers)

    def doubt(self) -> None:
        """Have the next round hold every row against the school's and put right what differs; else once a day."""
        self._writer.edit(partitions.doubt).result()

    def comparison(self) -> Comparison:
        """When all rows were held against the school's last, and what came of it."""
        return self._readers.ask(reads.comparison)

    def subscribe(self, callback: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        """Call back after each commit that changed records of these types, from the writer thread; returns the end.

        `outbox` in the set means that what waits, was refused or was answered has changed; `grant` that the scopes
        have; `damage` that the file is not whole. A callback must be quick and must not wait for the workspace.
        """
        return self._listeners.add(callback)

    def close(self) -> None:
        """Finish what was posted, then close every connection. The workspace cannot be used afterwards."""
        if self._closed:
            return
        self._closed = True
        self._writer.close()
        self._readers.close()
        self._opened.lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _open_writing(self) -> Writing:
        return Writing(connect(self._opened.path, self._opened.key, writing=True), self._opened.enrolment.school)
