"""A PC of the simulator: its store, the server as it reaches it, and what its teacher has saved."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from client.workspace import Enrolment, MemorySecretStore, Workspace
from sync.protocol.backend import Backend, FilePart
from sync.protocol.frames import Frame
from sync.protocol.messages import (
    Chunk,
    PullAnswer,
    PullRequest,
    PurgedAnswer,
    PurgedRequest,
    PushAnswer,
    PushRequest,
    VerifyAnswer,
    VerifyRequest,
    WaitAnswer,
)
from tests.simulator import promises
from tests.simulator.journals import Shelf
from tests.simulator.oracle import Key, Truth
from tests.simulator.programs import NEW, OLD, Program, serving
from tests.simulator.sight import Eyes, Sight
from tests.simulator.wire import Wire


@dataclass(slots=True)
class Ears(Backend):
    """The server of one device, and the oracle listening to what reaches it. pushes: so many."""

    core: Backend
    truth: Truth
    enrolment: Enrolment
    pushes: int = 0

    def push(self, school: str, request: PushRequest) -> PushAnswer:
        """As in the port."""
        self.pushes += 1
        with serving():
            try:
                return self.core.push(school, request)
            finally:
                self.truth.pushed(self.enrolment.device, request)

    def pull(self, school: str, request: PullRequest) -> PullAnswer:
        """As in the port."""
        with serving():
            return self.core.pull(school, request)

    def get_chunks(self, school: str, chunks: Sequence[Chunk]) -> tuple[Frame, ...]:
        """As in the port."""
        with serving():
            return self.core.get_chunks(school, chunks)

    def verify(self, school: str, request: VerifyRequest) -> VerifyAnswer:
        """As in the port."""
        with serving():
            return self.core.verify(school, request)

    def purged(self, school: str, request: PurgedRequest) -> PurgedAnswer:
        """As in the port."""
        with serving():
            return self.core.purged(school, request)

    def put_file(self, school: str, part: FilePart) -> int:
        """As in the port."""
        with serving():
            try:
                return self.core.put_file(school, part)
            finally:
                self.truth.look()

    def get_file(self, school: str, sha256: str, start: int, most: int) -> bytes:
        """As in the port."""
        with serving():
            return self.core.get_file(school, sha256, start, most)

    def wait(self, school: str, seq: int) -> WaitAnswer:
        """As in the port."""
        with serving():
            return self.core.wait(school, seq)


@dataclass(slots=True)
class Device:
    """A PC with its store, and what its teacher has saved.

    program: the release of the client that runs here; late: it was an older one this day; copied: another PC
    has its id. loaded: the server's seq when a page of a load came last.
    unsaid: texts erased here when a duty had ended, which the server has lost since. checked: what was seen when the
    promises were held last, and the server's epoch and time.
    dek: the key of its vault; shelf: its journal as the school reads it. older: a copy of the store's files, while it
    is a copy of this device. lost: a store of it was lost this day, or went back to an older copy.
    """

    number: int
    teacher: int
    folder: Path
    enrolment: Enrolment
    secrets: MemorySecretStore
    dek: bytes
    workspace: Workspace = field(init=False)
    eyes: Eyes = field(init=False)
    checked: tuple[Sight, str, int] | None = None
    copied: bool = False
    loaded: int = 0
    program: Program = NEW
    late: bool = False
    wire: Wire = field(init=False)
    ears: Ears = field(init=False)
    saved: list[tuple[Key, str]] = field(default_factory=list)
    unsaid: set[tuple[Key, str]] = field(default_factory=set[tuple[Key, str]])
    begun: set[tuple[str, str]] = field(default_factory=set)
    shelf: Shelf = field(default_factory=Shelf)
    older: Path | None = None
    lost: bool = False

    @property
    def id(self) -> str:
        """The device's id."""
        return self.enrolment.device

    def round(self) -> None:
        """One round, to the end of what the store does behind it: another device's program may know other types."""
        try:
            self.workspace.sync(self.wire)
        finally:
            self._rest()

    def settle(self) -> None:
        """Let an older program write what it writes while it asks for more: the server knows other types than it."""
        if self.program is OLD:
            self._rest()

    def _rest(self) -> None:
        self.workspace._writer.later(lambda _: None, lasting=False).result()

    def meddle(self, sql: str, *params: object) -> None:
        """Do to the store what no part of the program would."""
        self.workspace._writer.edit(lambda writing: writing.run(sql, *params)).result()

    def damage(self, id_: str, how: int) -> None:
        """A score of the store becomes another, older or nothing."""
        column = "note" if self.program.knows("score", "note") else "value"
        sql = (
            f"UPDATE score SET {column} = 1, h = NULL WHERE id = ?",
            "UPDATE score SET ver = ver + 1, h = NULL WHERE id = ?",
            "DELETE FROM score WHERE id = ?",
        )[how]
        self.meddle(sql, id_)

    def copy(self, number: int, folder: Path) -> "Device":
        """This PC copied whole, with all its teacher has saved; its store must be closed."""
        shutil.copytree(self.folder, folder)
        other = Device(number, self.teacher, folder, self.enrolment, self.secrets, self.dek)
        other.program, other.late, other.copied = self.program, self.late, self.copied
        other.loaded, other.lost = self.loaded, self.lost
        other.saved, other.unsaid, other.begun = list(self.saved), set(self.unsaid), set(self.begun)
        return other

    def lose_for_good(self, truth: Truth) -> None:
        """The server was set back: what it has lost and was erased here with the end of a duty may go, that alone.

        A server set back once more, to a later copy, may have it again.
        """
        held = [item for (item,) in self.workspace.rows(promises.ITEMS)]
        emptied = any('"gone"' in item for item in held)
        for key, tag in [place for place in self.unsaid if truth.told(*place)]:
            self.unsaid.remove((key, tag))
            self.saved.append((key, tag))
        for key, tag in list(self.saved):
            if emptied and not truth.told(key, tag) and not any(tag in item for item in held):
                self.saved.remove((key, tag))
                self.unsaid.add((key, tag))
