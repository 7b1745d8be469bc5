"""A store that loads with chunks: it goes on at the last one, never waits for one, and ends with the school's rows."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from client.workspace import MemorySecretStore, Workspace
from sync.errors import KeyakiError
from sync.protocol.backend import Backend
from sync.protocol.errors import BadBody, CaptivePortal, ChunkGone, Forbidden, NotOurs, ProxyRefused, Unreachable
from sync.protocol.frames import Frame
from sync.protocol.messages import Chunk, Delete, Patch, PullAnswer, PullRequest
from sync.server.backup.make import back_up
from sync.server.backup.restore import restore
from sync.server.backup.school import restore_school
from sync.server.backup.unpack import unpacked
from sync.server.snapshots import pack
from sync.server.storage.snapshots import Chunking
from sync.server.storage.store import open_storage
from tests.kit.village import Village

CELLS = [(part, pupil, 1000 + 100 * pupil) for part in range(4) for pupil in range(12)]


class Killed(BaseException):
    """The program ends here."""


@dataclass
class Way:
    """The way to the school, all of it the core's. Pages are small; `on_chunks` happens before each fetch of chunks."""

    core: Backend
    pages: list[PullRequest] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    named: dict[str, Chunk] = field(default_factory=dict)
    on_chunks: Callable[[], None] = lambda: None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.core, name)

    def pull(self, school: str, request: PullRequest) -> PullAnswer:
        if request.cursor is None and request.loading:
            self.pages.append(request)
        return self.core.pull(school, request.model_copy(update={"max": 12} if request.chunks else {}))

    def get_chunks(self, school: str, chunks: Sequence[Chunk]) -> tuple[Frame, ...]:
        self.named |= {chunk.id: chunk for chunk in chunks}
        self.on_chunks()
        frames = self.core.get_chunks(school, chunks)
        self.fetched += [chunk.id for chunk in chunks]
        return frames


@dataclass
class Desk:
    """One device of the first teacher."""

    village: Village
    folder: Path
    secrets: MemorySecretStore = field(default_factory=MemorySecretStore)
    workspace: Workspace = field(init=False)
    way: Way = field(init=False)

    def __post_init__(self) -> None:
        enrolment = self.village.enrolment(0)
        self.way = Way(self.village.core(enrolment))
        self.workspace = self.village.opened(self.folder, self.secrets, enrolment)

    def reopen(self) -> None:
        self.workspace.close()
        self.workspace = self.village.opened(self.folder, self.secrets)

    def sync(self) -> None:
        self.workspace.sync(self.way)

    @property
    def scores(self) -> int:
        return self.workspace.rows("SELECT count(*) FROM score")[0][0]

    def same(self) -> bool:
        """Whether a comparison of all rows finds them to be the school's."""
        self.workspace.doubt()
        self.sync()
        return not self.workspace.rows("SELECT 1 FROM sync_log WHERE what = 'E-3305'")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    village = Village(tmp_path / "server", pupil_count=12, part_count=4)
    village.scored(CELLS)
    _pack(village)
    made = Desk(village, tmp_path / "desk")
    yield made
    made.workspace.close()
    village.close()


@pytest.fixture
def undisturbed(desk: Desk, tmp_path: Path) -> list[str]:
    """The chunks of a load to which nothing happens."""
    other = Desk(desk.village, tmp_path / "other")
    other.sync()
    other.workspace.close()
    return other.way.fetched


def test_a_load_that_is_killed_goes_on_at_the_last_chunk(desk: Desk, undisturbed: list[str]) -> None:
    _cut_after(desk, 3)
    before = list(desk.way.fetched)
    assert before
    desk.way.on_chunks, desk.way.pages = (lambda: None), []
    desk.sync()
    assert desk.way.pages[0].next is not None, "not from zero"
    assert desk.way.fetched == undisturbed, "no chunk came once more for it"
    assert len(desk.way.fetched) > len(before) > 0
    assert desk.scores == len(CELLS)
    assert desk.same()


@pytest.mark.parametrize("error", [ChunkGone, Forbidden, BadBody, NotOurs, CaptivePortal, ProxyRefused])
def test_where_chunks_are_not_to_be_had_the_rows_come_with_the_pages(desk: Desk, error: type[KeyakiError]) -> None:
    def refuse() -> None:
        raise error

    desk.way.on_chunks = refuse
    desk.sync()
    assert desk.way.fetched == []
    assert desk.scores == len(CELLS)
    assert desk.same()
    asked = [page.chunks for page in desk.way.pages]
    assert asked == sorted(asked, reverse=True), "the round tries it once"
    assert not asked[-1]


def test_a_broken_line_ends_the_round_and_the_next_one_goes_on(desk: Desk, undisturbed: list[str]) -> None:
    turns = [0]

    def cut() -> None:
        turns[0] += 1
        if turns[0] % 2 == 0:
            raise Unreachable(reason="ReadError")

    desk.way.on_chunks = cut
    rounds = 0
    while rounds < 60:
        rounds += 1
        try:
            desk.sync()
        except Unreachable:
            continue
        break
    assert 1 < rounds < 60
    assert desk.way.fetched == undisturbed
    assert desk.same()


def test_a_duty_that_ends_between_a_page_and_its_chunks_takes_its_rows_away(desk: Desk) -> None:
    village = desk.village
    teacher = village.teachers[0].staff
    turns = [2]

    def end() -> None:
        turns[0] -= 1
        if not turns[0]:
            for role in ("homeroom", "subject"):
                village.change(Delete(type="duty", id=village.duties[teacher, role], base=2**53))

    desk.way.on_chunks = end
    desk.sync()
    assert desk.scores == 0
    assert all(scope in ("all", f"staff:{teacher}", f"inbox:{teacher}") for scope in desk.workspace.scopes())
    assert desk.same()


def test_what_changes_between_a_page_and_its_chunks_is_here_when_the_load_ends(desk: Desk) -> None:
    village = desk.village
    turns = [2, 3, 4]

    def change() -> None:
        turns[:] = [turn - 1 for turn in turns]
        if 0 in turns:
            pupil = turns.index(0)
            village.change(Delete(type="score", id=village.score_id(pupil, pupil), base=2**53))

    desk.way.on_chunks = change
    desk.sync()
    assert desk.scores == len(CELLS) - sum(turn <= 0 for turn in turns)
    assert min(turns) <= 0
    assert desk.same()


@pytest.mark.parametrize("whole", [True, False], ids=["the whole server", "one school of it"])
def test_a_load_that_a_restore_cuts_in_half_ends_with_the_rows_of_the_restored_school(
    desk: Desk, tmp_path: Path, *, whole: bool
) -> None:
    village = desk.village
    back_up(village.folder, tmp_path / "backup", village.clock())
    ids = [village.score_id(0, pupil) for pupil in range(12)]
    versions = dict(_asked(village, "SELECT id, ver FROM record WHERE type = 'score'"))
    village.change(*(Patch(type="score", id=id_, set=village.points(1), base={"state": versions[id_]}) for id_ in ids))
    _pack(village)
    _cut_after(desk, 7)
    half = desk.scores
    assert 0 < half < len(CELLS)
    _set_back(desk, tmp_path / "backup", whole=whole)
    for chunk in desk.way.named.values():
        with pytest.raises(ChunkGone):
            desk.way.core.get_chunks(village.school, [chunk])
    _pack(village)
    desk.way.on_chunks = lambda: None
    desk.sync()
    fresh = Desk(village, tmp_path / "fresh")
    fresh.sync()
    held = "SELECT id, state, value, ver FROM score ORDER BY id"
    assert [*map(tuple, desk.workspace.rows(held))] == [*map(tuple, fresh.workspace.rows(held))]
    assert sorted(row[2] for row in desk.workspace.rows(held)) == sorted(points for _, _, points in CELLS)
    assert desk.same()
    assert fresh.way.fetched, "and whoever comes next is given chunks of the new epoch"
    fresh.workspace.close()


def _cut_after(desk: Desk, fetches: int) -> None:
    """Load until so many chunks have come; then the program ends and is started again."""
    left = [fetches]

    def kill() -> None:
        left[0] -= 1
        if not left[0]:
            raise Killed

    desk.way.on_chunks = kill
    with pytest.raises(Killed):
        desk.sync()
    desk.reopen()


def _pack(village: Village) -> None:
    """Pack all scope sets as they are now, in small chunks."""
    village.storage.chunking = Chunking(least=5, rows=5, apart_s=0)
    pack(village.storage, village.school, range(1, 40), village.clock)


def _set_back(desk: Desk, backup: Path, *, whole: bool) -> None:
    """Set the server back to a backup, all of it or the one school while it goes on serving."""
    village = desk.village
    if whole:
        village.storage.close()
        restore(village.folder, backup, village.clock(), village.ids)
        village.storage = open_storage(village.folder)
    else:
        with unpacked(backup, desk.folder.parent) as (_, source):
            restore_school(source, village.storage.database, village.school, village.clock(), village.ids)
    desk.way.core = village.core(desk.workspace.enrolment)


def _asked(village: Village, sql: str) -> list[Any]:
    with village.storage.database.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]
