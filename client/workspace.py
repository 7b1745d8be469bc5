"""The facade of the local store and its sync, for windows, tests, benches and scripts; no Qt."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from client.store.facts import (
    Enrolment,
    Mark,
    MarkKind,
    NotAccepted,
    Past,
    Row,
    Saved,
    SyncStatus,
    base_of,
)
from client.store.keystore import DeviceSecretStore
from sync.engine.conflict import OpenConflict, Settle, Side
from sync.engine.edit import Base, Edit, Put, Remove
from sync.engine.run import Progress, Report
from sync.engine.store import ScopeState
from sync.protocol.backend import Backend
from sync.protocol.messages import Grant
from sync.records.ids import IdMaker

Clock = Callable[[], datetime]
Choice = Literal["current", "incoming", "other"]

__all__ = [
    "Base",
    "Choice",
    "Clock",
    "Edit",
    "Enrolment",
    "Grant",
    "Mark",
    "MarkKind",
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
    "SyncStatus",
    "Workspace",
    "base_of",
]


class Workspace:
    """One open store. Every method may be called from any thread; reads use a connection of the calling thread."""

    @classmethod
    def open(
        cls,
        profile: Path,
        *,
        secrets: DeviceSecretStore,
        enrolment: Enrolment | None = None,
        clock: Clock = ...,
        ids: IdMaker = ...,
    ) -> Self:
        """Open the store in folder `profile`; with `enrolment`, make it when there is none.

        Raises StoreMissing (no store and no enrolment), StoreBusy (open in another process), StoreForeign (of another
        user, school or device), StoreTooNew, StoreDamaged, KeyStoreUnreadable, KeyMissing. Nothing is written when it
        raises; a repeat is safe.
        """

    @property
    def enrolment(self) -> Enrolment:
        """Whose store this is."""

    def rows(self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> list[Row]:
        """Rows of a SELECT over the typed tables: one table per record type, quoted by its name.

        Columns: id, ver, fv, own, and the fields by wire name (`"@lesson"`, `"from"`). Decimals are scaled integers,
        yes/no is 1/0, sets and lists are JSON text. `base_of(row, unit)` needs ver, fv and own in the SELECT.
        A row with an edit under way shows the edited value. Raises StoreError when reading fails.
        """

    def edit(self, kind: str, edits: Iterable[Edit], *, screen: str | None = None) -> Saved:
        """Save one edit group, all of it or nothing, and wait until it is on the disk.

        kind: the action, `grades.score`; its first word is the `screen` whose undo stack it joins unless one is given.
        Raises InvalidEdit (nothing was written), DiskFull, StoreDamaged.
        """

    def post(self, kind: str, edits: Iterable[Edit], *, screen: str | None = None) -> "Future[Saved]":
        """As `edit`, without waiting: the Future ends when the group is on the disk, or with the error."""

    def undo(self, screen: str) -> Saved | None:
        """Take back the screen's last group as one step; None when there is none.

        An unsent group is emptied, a sent one is answered by a new group. Raises UndoRefused when a unit has been
        changed since by somebody or from elsewhere; nothing is written then.
        """

    def redo(self, screen: str) -> Saved | None:
        """Do again what `undo` took back last; None when there is none. Raises UndoRefused."""

    def can_undo(self, screen: str) -> bool:
        """Whether `undo` has something to take back."""

    def can_redo(self, screen: str) -> bool:
        """Whether `redo` has something to do again."""

    def marks(self, *types: str) -> list[Mark]:
        """Every unit of records of these types that waits, differs or was refused: one query for a whole grid."""

    def status(self) -> SyncStatus:
        """How things stand, counted in the tables."""

    def scopes(self) -> Mapping[str, ScopeState]:
        """State of each scope granted in the school; show records of a scope only when it is LIVE."""

    def grants(self) -> list[Grant]:
        """The user's grants in the school."""

    def conflicts(self) -> list[OpenConflict]:
        """Open conflicts with both values, newest first."""

    def resolve(self, conflict: str, choice: Choice, value: Mapping[str, Any] | None = None) -> Saved:
        """Settle one conflict: keep the current value, take the incoming one, or put another (`value` = the unit)."""

    def settle(self, choices: Iterable[Settle]) -> Saved:
        """Settle several conflicts as one group and one undo step. Raises InvalidEdit when one is not open any more."""

    def not_accepted(self) -> list[NotAccepted]:
        """Groups the server did not take and nobody has dealt with, oldest first."""

    def resend(self, q: int) -> Saved:
        """Save the values of a refused group again, based on what is visible now, and forget the refusal."""

    def withdraw(self, q: int) -> None:
        """Forget a refused group."""

    def history(self, type_: str, id_: str, unit: str) -> list[Past]:
        """What this device did to a unit in the last 30 days, newest first."""

    def sync(
        self,
        backend: Backend,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Report:
        """One round: push all that waits, pull what changed, load scopes that are not complete.

        One round at a time per store. Whatever it raises, every edit is safe and a repeat continues where it stopped.
        Raises Unreachable, ServerBusy, SignInNeeded, ClientTooOld, DeviceForked, EpochChanged and their like.
        """

    def subscribe(self, callback: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        """Call back after each commit that changed records of these types, from the writer thread; returns the end.

        `outbox` in the set means that what waits, was refused or was answered has changed.
        """

    def close(self) -> None:
        """Finish what was posted, then close every connection. The workspace cannot be used afterwards."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
