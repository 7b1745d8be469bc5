"""A teacher's store with a journal, against a real server, to be closed and opened again."""

from pathlib import Path

from client.workspace import Enrolment, MemorySecretStore, Put, Row, Workspace, holds_store
from sync.protocol.digest import canonical
from sync.protocol.journal import Kind
from tests.kit.sealing import DEK, Reader
from tests.kit.village import Village


class Store:
    """One device of the village's first teacher. dek: of the vault the store would have."""

    def __init__(self, village: Village, folder: Path, dek: bytes = DEK) -> None:
        self.village, self.folder, self.dek = village, folder, dek
        self.secrets, self.reader = MemorySecretStore(), Reader()
        self.enrolment: Enrolment = village.enrolment(0)
        self.workspace = self.opened()
        self.workspace.sync(village.core(self.enrolment))

    def opened(self) -> Workspace:
        """The store as the program opens it."""
        enrolment = None if holds_store(self.folder) else self.enrolment
        workspace = self.village.opened(self.folder, self.secrets, enrolment)
        workspace.copies.keep(self.reader.hands(self.dek))
        return workspace

    def again(self) -> None:
        """Close it, and open it."""
        self.workspace.close()
        self.workspace = self.opened()

    def score(self, pupil: int, value: int, part: int = 0) -> int:
        """Type a score, in hundredths; the number of its group."""
        fields = self.village.score(part, pupil) | self.village.points(value)
        saved = self.workspace.edit("grades.score", [Put("score", fields)])
        assert saved.q is not None
        return saved.q

    def sync(self) -> None:
        """One round."""
        self.workspace.sync(self.village.core(self.workspace.enrolment))

    def waiting(self) -> list[Row]:
        """What has not been answered."""
        return self.workspace.rows("SELECT q, rev, kind, item FROM outbox ORDER BY q")

    def agree(self) -> None:
        """What waits is in the journal exactly as it will be sent."""
        told = self.reader.beside(self.folder, self.workspace.enrolment.device, self.dek)
        for row in self.waiting():
            body = {key: told[row.q].body[key] for key in ("q", "rev", "group")}
            assert canonical(body).decode() == row.item
            assert told[row.q].kind is (Kind.VOID if row.kind == "void" else Kind.GROUP)
            assert told[row.q].body["uid"] == self.enrolment.user
            assert told[row.q].body["did"] == self.workspace.enrolment.device
