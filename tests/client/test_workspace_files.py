"""Attached files in the store: kept before the edit that refers to them, carried after it, purged with the record."""

import random
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from client.store import file_upkeep
from client.workspace import AttachmentRefused, Away, Blob, InvalidEdit, MemorySecretStore, Put, Why, Workspace
from sync.protocol.backend import FilePart
from sync.protocol.errors import FileDamaged, ServerBusy, Unreachable
from sync.protocol.messages import Delete
from sync.records.blobs import file_set
from sync.records.media import FILE_MAX
from sync.server.core import Core
from tests.kit.village import CLASS, Village

DATA = random.Random(1).randbytes(700_000)
PDF = "application/pdf"


@dataclass
class Line(Core):
    """A server on whose line things go wrong: each entry of `trouble` is used up by one part of a file."""

    core: Core
    trouble: list[Exception | bytes | None] = field(default_factory=list)
    parts: list[tuple[str, int]] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.core, name)

    def put_file(self, school: str, part: FilePart) -> int:
        return self._meet("up", part.start, lambda: self.core.put_file(school, part))

    def get_file(self, school: str, sha256: str, start: int, most: int) -> bytes:
        return self._meet("down", start, lambda: self.core.get_file(school, sha256, start, min(most, 300_000)))

    def push(self, school: str, request: Any) -> Any:
        return self.core.push(school, request)

    def pull(self, school: str, request: Any) -> Any:
        return self.core.pull(school, request)

    def verify(self, school: str, request: Any) -> Any:
        return self.core.verify(school, request)

    def _meet(self, way: str, start: int, call: Any) -> Any:
        self.parts.append((way, start))
        trouble = self.trouble.pop(0) if self.trouble else None
        if isinstance(trouble, Exception):
            raise trouble
        answer = call()
        return trouble if isinstance(trouble, bytes) else answer


@dataclass
class Desks:
    """Stores at one village school, closed with the test."""

    village: Village
    folder: Path
    stack: ExitStack

    def open(self, teacher: int, name: str) -> tuple[Workspace, Line]:
        """A teacher's new store, loaded, and the line it syncs over."""
        enrolment = self.village.enrolment(teacher)
        made = Workspace.open(
            self.folder / name,
            secrets=MemorySecretStore(),
            enrolment=enrolment,
            clock=self.village.clock,
            ids=self.village.ids,
        )
        line = Line(self.village.core(enrolment))
        self.stack.callback(made.close)
        made.sync(line)
        return made, line

    def dismiss(self, workspace: Workspace) -> None:
        """Take away all duties of a store's teacher."""
        for role in ("homeroom", "subject"):
            duty = self.village.duties[str(workspace.enrolment.staff), role]
            self.village.change(Delete(type="duty", id=duty, base=2**53))

    def post(self, workspace: Workspace, *blobs: Blob, **more: Any) -> str:
        """A notice with these files; its id."""
        fields = {"author": workspace.enrolment.staff, "title": "学年だより", "body": "本文"} | more
        saved = workspace.edit("notice.post", [Put("notice", fields | {"files": file_set(blobs)})])
        return saved.records[0][1]


@pytest.fixture
def desks(village: Village, tmp_path: Path) -> Iterator[Desks]:
    with ExitStack() as stack:
        yield Desks(village, tmp_path, stack)


def test_a_file_goes_to_the_school_after_its_edit_and_to_who_looks_at_it(desks: Desks) -> None:
    (mine, line), (theirs, their_line) = desks.open(0, "a"), desks.open(1, "b")
    blob = mine.files.attach(DATA, PDF)
    assert mine.files.read(blob) == DATA
    desks.post(mine, blob)
    mine.sync(line)
    theirs.sync(their_line)
    assert their_line.parts == [], "nothing is fetched that nobody looks at"
    assert theirs.files.read(blob) == Away(Why.WANTED, 0, len(DATA))
    theirs.sync(their_line)
    assert theirs.files.read(blob) == DATA
    assert [way for way, _ in their_line.parts] == ["down"] * 3


def test_offline_a_file_lies_on_the_disk_before_the_edit_that_refers_to_it(desks: Desks, tmp_path: Path) -> None:
    mine, _ = desks.open(0, "a")
    (tmp_path / "お便り.PDF").write_bytes(DATA)
    blob = mine.files.attach(tmp_path / "お便り.PDF")
    assert (blob.media, blob.size) == (PDF, len(DATA))
    id_ = desks.post(mine, blob)
    assert mine.rows("SELECT files FROM notice WHERE id = ?", (id_,))[0].files == (
        f'[{{"sha256":"{blob.sha256}","size":{blob.size},"media":"{PDF}"}}]'
    )
    assert mine.files.read(blob) == DATA


@pytest.mark.parametrize(
    ("content", "media", "rule"),
    [(b"", PDF, "empty"), (b"x", "text/html", "media"), (b"x", None, "media"), (bytes(FILE_MAX + 1), PDF, "size")],
)
def test_what_cannot_be_attached_is_refused_and_leaves_nothing(
    desks: Desks, content: bytes, media: str | None, rule: str
) -> None:
    mine, _ = desks.open(0, "a")
    with pytest.raises(AttachmentRefused) as refused:
        mine.files.attach(content, media)
    assert refused.value.facts["rule"] == rule
    assert mine.rows("SELECT 1 FROM blob UNION ALL SELECT 1 FROM blob_piece") == []


def test_a_file_that_is_not_there_or_no_kind_of_file_is_refused(desks: Desks, tmp_path: Path) -> None:
    mine, _ = desks.open(0, "a")
    (tmp_path / "setup.exe").write_bytes(b"MZ")
    for path, rule in ((tmp_path / "none.pdf", "unreadable"), (tmp_path / "setup.exe", "media")):
        with pytest.raises(AttachmentRefused) as refused:
            mine.files.attach(path)
        assert refused.value.facts["rule"] == rule


def test_an_edit_that_refers_to_a_file_nobody_has_attached_is_refused(desks: Desks) -> None:
    mine, _ = desks.open(0, "a")
    with pytest.raises(InvalidEdit):
        desks.post(mine, Blob("0" * 64, PDF, 3))
    assert mine.status().waiting == 0


@pytest.mark.parametrize("trouble", [Unreachable(reason="ReadError"), ServerBusy()])
def test_a_transfer_goes_on_where_it_was_broken_off(desks: Desks, trouble: Exception) -> None:
    (mine, line), (theirs, their_line) = desks.open(0, "a"), desks.open(1, "b")
    big = DATA * 5
    blob = mine.files.attach(big, PDF)
    desks.post(mine, blob)
    line.trouble = [None, None, trouble]
    with pytest.raises(type(trouble)):
        mine.sync(line)
    assert mine.status().waiting == 0, "the edit went before its file"
    line.parts.clear()
    mine.sync(line)
    assert line.parts[:2] == [("up", 0), ("up", 1024 * 1024)], "asked, then on from there"
    theirs.sync(their_line)
    theirs.files.read(blob)
    their_line.trouble = [None, None, trouble]
    with pytest.raises(type(trouble)):
        theirs.sync(their_line)
    assert theirs.files.read(blob) == Away(Why.WANTED, 600_000, len(big))
    their_line.parts.clear()
    theirs.sync(their_line)
    assert their_line.parts[0] == ("down", 600_000)
    assert theirs.files.read(blob) == big


def test_wrong_bytes_that_come_are_thrown_away_and_fetched_again(desks: Desks) -> None:
    (mine, line), (theirs, their_line) = desks.open(0, "a"), desks.open(1, "b")
    blob = mine.files.attach(DATA, PDF)
    desks.post(mine, blob)
    mine.sync(line)
    theirs.sync(their_line)
    theirs.files.read(blob)
    their_line.trouble = [None, bytes(300_000)]
    theirs.sync(their_line)
    assert theirs.files.read(blob) == Away(Why.COMING, 0, len(DATA))
    assert theirs.rows("SELECT 1 FROM blob_piece") == []
    theirs.sync(their_line)
    assert theirs.files.read(blob) == DATA


def test_a_file_that_did_not_arrive_whole_is_sent_again_by_itself(desks: Desks) -> None:
    mine, line = desks.open(0, "a")
    blob = mine.files.attach(DATA, PDF)
    desks.post(mine, blob)
    line.trouble = [FileDamaged()]
    mine.sync(line)
    assert mine.rows("SELECT note FROM blob_queue")[0].note.startswith("E-3402 ")
    mine.sync(line)
    assert mine.rows("SELECT 1 FROM blob_queue") == []


def test_edits_and_news_do_not_wait_for_a_long_file(desks: Desks) -> None:
    (mine, line), (theirs, their_line) = desks.open(0, "a"), desks.open(1, "b")
    blob = mine.files.attach(DATA * 20, PDF)
    desks.post(mine, blob)
    seen: list[str] = []

    class Slow(Line):
        def put_file(self, school: str, part: FilePart) -> int:
            if len(self.parts) == 3:
                mine.edit("grades.score", [Put("score", desks.village.score(0, 0) | desks.village.points(100))])
                theirs.edit("grades.score", [Put("score", desks.village.score(0, 1) | desks.village.points(200))])
                theirs.sync(their_line)
            return super().put_file(school, part)

        def push(self, school: str, request: Any) -> Any:
            seen.append(f"push at part {len(self.parts)}")
            return super().push(school, request)

    slow = Slow(line.core)
    mine.sync(slow)
    assert seen == ["push at part 0", "push at part 4"]
    assert mine.rows("SELECT value FROM score WHERE id = ?", (desks.village.score_id(0, 1),))[0].value == 200
    assert len(slow.parts) > 14
    assert mine.rows("SELECT 1 FROM blob_queue") == []


def test_the_wrong_file_taken_back_before_it_was_sent_stays_here(desks: Desks) -> None:
    mine, line = desks.open(0, "a")
    blob = mine.files.attach(DATA, PDF)
    desks.post(mine, blob)
    mine.undo("notice")
    mine.sync(line)
    assert line.parts == []
    mine.redo("notice")
    mine.sync(line)
    assert [way for way, _ in line.parts] == ["up"]


def test_a_purge_takes_the_bytes_with_the_record(desks: Desks, tmp_path: Path) -> None:
    (mine, line), (theirs, their_line) = desks.open(0, "a"), desks.open(1, "b")
    secret = mine.files.attach(b"secret" + DATA, PDF)
    everybody = mine.files.attach(b"public" + DATA, PDF)
    desks.post(mine, secret, grade="2026:3")
    desks.post(mine, everybody)
    mine.sync(line)
    theirs.sync(their_line)
    theirs.files.want([secret, everybody])
    theirs.sync(their_line)
    assert isinstance(theirs.files.read(secret), bytes)
    desks.dismiss(theirs)
    theirs.sync(their_line)
    assert theirs.rows("SELECT sha256 FROM blob")[0].sha256 == everybody.sha256
    assert len(theirs.rows("SELECT 1 FROM blob_piece")) == 3
    theirs.files.want([secret])
    theirs.sync(their_line)
    assert theirs.files.read(secret) in (Away(Why.STOPPED, 0, secret.size), Away(Why.WANTED, 0, secret.size))


def test_a_file_whose_record_leaves_is_sent_first_for_nobody_else_has_it(desks: Desks) -> None:
    (mine, line), (theirs, their_line) = desks.open(0, "a"), desks.open(1, "b")
    blob = mine.files.attach(DATA, PDF)
    desks.post(mine, blob, grade="2026:3")
    line.trouble = [Unreachable(reason="ReadError")]
    with pytest.raises(Unreachable):
        mine.sync(line)
    desks.dismiss(mine)
    mine.sync(line)
    assert mine.rows("SELECT 1 FROM notice UNION ALL SELECT 1 FROM blob UNION ALL SELECT 1 FROM blob_piece") == []
    assert mine.rows("SELECT 1 FROM blob_queue") == []
    theirs.files.want([blob])
    theirs.sync(their_line)
    assert theirs.files.read(blob) == DATA


def test_files_nothing_refers_to_go_and_the_oldest_go_first_where_there_are_too_many(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    (mine, line), (theirs, their_line) = desks.open(0, "a"), desks.open(1, "b")
    blobs = [mine.files.attach(bytes([n]) * 400_000, PDF) for n in range(3)]
    notice = desks.post(mine, *blobs)
    mine.sync(line)
    theirs.sync(their_line)
    theirs.files.want(blobs)
    theirs.sync(their_line)
    desks.village.clock.pass_(minutes=5)
    theirs.files.read(blobs[0])
    monkeypatch.setattr(file_upkeep, "ROOM", 900_000)
    theirs.sync(their_line)
    kept = {row.sha256 for row in theirs.rows("SELECT sha256 FROM blob")}
    assert len(kept) == 2
    assert blobs[0].sha256 in kept
    mine.sync(line)
    assert len(mine.rows("SELECT 1 FROM blob")) == 3, "what was attached here may have to be told again"
    mine.edit("notice.files", [Put("notice", {"files": file_set(blobs[:1])}, id=notice)])
    mine.sync(line)
    theirs.sync(their_line)
    assert {row.sha256 for row in theirs.rows("SELECT sha256 FROM blob")} <= {blobs[0].sha256}


def test_a_file_that_was_never_referred_to_goes_after_a_day(desks: Desks) -> None:
    mine, line = desks.open(0, "a")
    mine.files.attach(DATA, PDF)
    mine.sync(line)
    assert mine.rows("SELECT 1 FROM blob") != []
    desks.village.clock.pass_(days=2)
    mine.sync(line)
    assert mine.rows("SELECT 1 FROM blob UNION ALL SELECT 1 FROM blob_piece") == []


def test_a_file_that_is_not_whole_shows_whether_it_is_still_coming(desks: Desks) -> None:
    (mine, line), (theirs, their_line) = desks.open(0, "a"), desks.open(1, "b")
    blob = mine.files.attach(DATA, PDF)
    desks.post(mine, blob)
    line.trouble = [Unreachable(reason="ReadError")]
    with pytest.raises(Unreachable):
        mine.sync(line)
    theirs.sync(their_line)
    theirs.files.read(blob)
    theirs.sync(their_line)
    assert theirs.files.read(blob) == Away(Why.COMING, 0, len(DATA))
    heard: list[frozenset[str]] = []
    theirs.subscribe(heard.append)
    mine.sync(line)
    theirs.sync(their_line)
    assert any("blob" in types for types in heard)
    assert theirs.files.read(blob) == DATA


def test_a_file_nobody_has_sent_for_a_week_is_not_said_to_be_coming_any_more(desks: Desks) -> None:
    (mine, line), (theirs, their_line) = desks.open(0, "a"), desks.open(1, "b")
    blob = mine.files.attach(DATA, PDF)
    desks.post(mine, blob)
    line.trouble = [Unreachable(reason="ReadError")]
    with pytest.raises(Unreachable):
        mine.sync(line)
    theirs.sync(their_line)
    for days, why in ((0, Why.WANTED), (4, Why.COMING), (4, Why.OVERDUE)):
        desks.village.clock.pass_(days=days)
        assert theirs.files.read(blob) == Away(why, 0, len(DATA))
        theirs.files.want([blob])
        theirs.sync(their_line)
    mine.sync(line)
    theirs.sync(their_line)
    assert theirs.files.read(blob) == DATA, "it may come all the same"


def test_nothing_of_a_file_can_be_read_without_the_key(desks: Desks, tmp_path: Path) -> None:
    mine, _ = desks.open(0, "a")
    blob = mine.files.attach(b"%PDF-1.7 " + "運動会のお知らせ".encode() * 20_000, PDF)
    desks.post(mine, blob)
    files = [path.read_bytes() for path in (tmp_path / "a").iterdir() if path.is_file()]
    assert files
    assert not any(b"%PDF" in held or "運動会".encode() in held for held in files)


def test_the_class_of_the_village_has_a_grade() -> None:
    assert CLASS.startswith("2026:3"), "what the purge above takes away is posted for this grade"
