"""Two teachers' devices at a village school, and a way to the real server on which things can go wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from client.workspace import (
    Enrolment,
    MarkKind,
    MemorySecretStore,
    Put,
    Workspace,
)
from sync.errors import KeyakiError
from sync.protocol.backend import Backend, FilePart
from sync.protocol.messages import (
    Patch,
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
from tests.kit.village import LESSON, Village

Tamper = Callable[[Any], Any]
ROW = {"type": "score", "scopes": [f"lesson:{LESSON}"], "columns": ["id", "ver", "value"]}
"""The head of a frame, for answers that lie."""
Asked = PushRequest | PullRequest | VerifyRequest | PurgedRequest


@dataclass
class Way:
    """The way to a real server, on which things can go wrong: each entry of a list is used up by one call.

    before: raised instead of the call; after: raised when the server has done its work; tamper: changes the answer.
    """

    core: Backend
    before: list[KeyakiError] = field(default_factory=list)
    after: list[KeyakiError] = field(default_factory=list)
    tamper: list[Tamper] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def push(self, school: str, request: PushRequest) -> PushAnswer:
        return self._call(lambda: self.core.push(school, request), request)

    def pull(self, school: str, request: PullRequest) -> PullAnswer:
        return self._call(lambda: self.core.pull(school, request), request)

    def verify(self, school: str, request: VerifyRequest) -> VerifyAnswer:
        return self._call(lambda: self.core.verify(school, request), request)

    def purged(self, school: str, request: PurgedRequest) -> PurgedAnswer:
        return self._call(lambda: self.core.purged(school, request), request)

    def put_file(self, school: str, part: FilePart) -> int:
        return self.core.put_file(school, part)

    def get_file(self, school: str, sha256: str, start: int, most: int) -> bytes:
        return self.core.get_file(school, sha256, start, most)

    def wait(self, school: str, seq: int) -> WaitAnswer:
        return self.core.wait(school, seq)

    def _call(self, call: Callable[[], Any], request: Asked) -> Any:
        self.asked.append(request)
        if self.before:
            raise self.before.pop(0)
        answer = call()
        if self.after:
            raise self.after.pop(0)
        return self.tamper.pop(0)(answer) if self.tamper else answer

    @property
    def pushes(self) -> list[PushRequest]:
        """The pushes asked for, oldest first."""
        return [request for request in self.asked if isinstance(request, PushRequest)]


@dataclass
class Desk:
    """One teacher's device: its store and its way to the server."""

    village: Village
    folder: Path
    enrolment: Enrolment
    secrets: MemorySecretStore = field(default_factory=MemorySecretStore)
    workspace: Workspace = field(init=False)
    way: Way = field(init=False)

    def __post_init__(self) -> None:
        self.way = Way(self.village.core(self.enrolment))
        self.open()

    def open(self) -> None:
        self.workspace = self.village.opened(self.folder, self.secrets, self.enrolment)

    def sync(self) -> dict[str, int]:
        """One round; the outcomes of what was pushed."""
        return dict(self.workspace.sync(self.way).outcomes)

    def fails(self, error: type[KeyakiError]) -> KeyakiError:
        """One round that must end in this error."""
        with pytest.raises(error) as caught:
            self.workspace.sync(self.way)
        return caught.value

    def put(self, part: int, pupil: int, points: int, **more: Any) -> None:
        """Type one value."""
        fields = self.village.score(part, pupil) | self.village.points(points)
        self.workspace.edit("grades.score", [Put("score", fields, **more)])

    def value(self, part: int, pupil: int) -> Any:
        """The points shown, None where there is no record."""
        rows = self.workspace.rows("SELECT value FROM score WHERE id = ?", (self.village.score_id(part, pupil),))
        return rows[0].value if rows else None

    def marks(self) -> list[MarkKind]:
        return [mark.kind for mark in self.workspace.marks("score")]


def server_score(village: Village, part: int, pupil: int, points: int, base: int) -> None:
    """The server changes a score itself."""
    set_ = village.points(points)
    village.change(Patch(type="score", id=village.score_id(part, pupil), set=set_, base={"state": base}))
