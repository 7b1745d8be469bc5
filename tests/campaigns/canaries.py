"""Ten thousand pupils with names that are found again: no byte the client writes has one of them in clear."""

import tempfile
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest

from client.workspace import Draft, Put
from tests.campaigns.desk import Desk, Morning
from tests.kit.calls import WRITE, Call
from tests.kit.disk_calls import watched
from tests.kit.village import CLASS

PUPILS: Final = 10_000
FAMILY, KANA, REMARK = "鬼怒川渡瀬", "きぬがわわたらせ", "消えない鉛筆の跡を見た"
CODINGS: Final = ("utf-8", "utf-16-le", "utf-16-be", "cp932", "euc_jp")
NEEDLES: Final = {f"{word} in {coding}": word.encode(coding) for word in (FAMILY, KANA, REMARK) for coding in CODINGS}


def found(data: bytes) -> set[str]:
    """Which canaries are in these bytes."""
    return {name for name, needle in NEEDLES.items() if needle in data}


@dataclass(slots=True)
class Sieve:
    """Looks through all that is written. size: bytes there were; hits: what was found, by the file's name."""

    size: int = 0
    hits: dict[str, set[str]] = field(default_factory=dict[str, set[str]])

    def __call__(self, call: Call) -> int:
        if call.kind == WRITE:
            self.look(call.name, call.data)
        return 0

    def look(self, name: str, data: bytes) -> None:
        """Look through bytes of a file."""
        self.size += len(data)
        if hits := found(data):
            self.hits.setdefault(name, set()).update(hits)

    def look_below(self, folders: Iterable[Path]) -> None:
        """Look through every file that is there."""
        for folder in folders:
            for path in folder.rglob("*"):
                if path.is_file():
                    self.look(str(path), path.read_bytes())


def school(morning: Morning) -> None:
    """Let the village's class have that many pupils more."""
    village = morning.desk.village
    village.storage = village._opened()
    people = [
        ("pupil", {"@classes": [CLASS], "family": FAMILY, "given": f"{n:05}", "kana_family": KANA, "kana_given": "と"})
        for n in range(PUPILS)
    ]
    village.add(*people)
    village.close()


def written(morning: Morning, seed: int, acts: int) -> Sieve:
    """Load, work, and write the canaries by hand in every place; what was found, which should be nothing."""
    sieve = Sieve()
    with morning.desk_of(seed) as desk, _temporary(desk.root / "tmp"):
        with watched(desk.folder, sieve):
            desk.open()
            desk.sync()
            names = desk.workspace.rows("SELECT count(*) AS n FROM pupil WHERE family = ?", (FAMILY,))
            assert names[0].n == PUPILS
            _write_by_hand(desk)
            for _ in range(acts):
                desk.act(lambda _: None)
            _write_by_hand(desk)
            desk.close()
        sieve.look_below((desk.folder, desk.root / "keys", desk.root / "tmp"))
    return sieve


def control(morning: Morning) -> set[str]:
    """What is found where nothing is sealed: in the server's own files."""
    sieve = Sieve()
    sieve.look_below([morning.desk.root / "server"])
    return {hit for hits in sieve.hits.values() for hit in hits}


def _write_by_hand(desk: Desk) -> None:
    note = desk.village.score(0, 1) | desk.village.points(4_500) | {"note": REMARK}
    desk.workspace.edit("grades.score", [Put("score", note)])
    desk.workspace.drafts.keep([Draft("grades", {"row": 3}, {"cell": REMARK}, shown=True)]).result()
    desk.workspace.files.attach(REMARK.encode("utf-8") * 1_000, "text/plain")


@contextmanager
def _temporary(folder: Path) -> Iterable[None]:
    """Have temporary files lie in a folder of their own."""
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("TMPDIR", str(folder))
        patched.setattr(tempfile, "tempdir", str(folder))
        yield
