"""What ends on a device leaves no byte there, and the school is told so: every page is decrypted and looked through."""

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from client.store import database
from client.store.writing import Writing
from client.vault.keystore import Present
from client.workspace import MemorySecretStore, Put, Workspace
from sync.protocol.messages import Create, Delete, Patch
from sync.records.registry import TYPES
from sync.server.storage.tables import purged
from tests.client.test_workspace_crash import Scene as Killed
from tests.kit.forked import Say
from tests.kit.raw_store import raw_bytes
from tests.kit.village import LESSON, Village
from tests.simulator.town import CLASSES, LESSONS, MOVING, Town

KEPT, LOST = LESSONS[0], LESSONS[1]
PUPILS = 240
STEP = 5
"""Statements between two ends: prime, so that over the runs every kind of statement is met."""
CANARY = re.compile("秘([a-z]+)(\\d+)".encode())


def named(pupil: int) -> dict[str, str]:
    """The name of a pupil who will leave the class."""
    return {"family": f"秘moved{pupil}", "given": "x", "kana_family": "たかはし", "kana_given": "x"}


def key_of(secrets: MemorySecretStore) -> bytes:
    """The key of a store."""
    held = secrets.load()
    assert isinstance(held, Present)
    return held.secret


def canaries(folder: Path, secrets: MemorySecretStore) -> dict[str, set[str]]:
    """{file of a store: words of what has ended that are in it}."""
    found: dict[str, set[str]] = {}
    for name, bytes_ in raw_bytes(folder, key_of(secrets)).items():
        words = {match[0].decode() for match in CANARY.finditer(bytes_) if match[1] not in (b"kept", b"own")}
        found |= {name: words} if words else {}
    return found


def on_record(village: Village) -> list[str]:
    """The scopes whose end devices have confirmed to the school."""
    with village.storage.database.reading() as connection:
        query = select(purged.c.scope).where(purged.c.school == village.school).order_by(purged.c.scope)
        return list(connection.execute(query).scalars())


class Scene:
    """A teacher of two lessons whose store has been written to and fro; every value says what it is and of which."""

    def __init__(self, folder: Path) -> None:
        self.town = Town(folder / "server", pupil_count=PUPILS)
        self.folder, self.secrets = folder / "store", MemorySecretStore()
        enrolment = self.town.enrolment(0)
        self.workspace = Workspace.open(
            self.folder, secrets=self.secrets, enrolment=enrolment, clock=self.town.clock, ids=self.town.ids
        )
        self.core = self.town.core(enrolment)
        self.town.add(*(("score", self.cell(lesson, n) | {"state": "pending"}) for lesson in LESSONS for n in self.all))
        base = {"family": 2**53, "kana_family": 2**53}
        self.town.change(*(Patch(type="pupil", id=id_, set=named(n), base=base) for n, id_ in self.moving))
        for turn in range(4):
            self.write(turn)
            self.sync()

    @property
    def all(self) -> range:
        """Every pupil, by place."""
        return range(PUPILS)

    def cell(self, lesson: str, pupil: int) -> dict[str, Any]:
        """Key and routes of a score."""
        part = self.town.lesson_parts[lesson][0]
        return {"evidence_part": part, "pupil": self.town.pupils[pupil], "@lesson": lesson}

    def id(self, lesson: str, pupil: int) -> str:
        """The id of a score."""
        found = TYPES["score"].id_for(self.town.school, self.cell(lesson, pupil))
        assert found is not None
        return found

    def write(self, turn: int) -> None:
        """Every note becomes another, of another length, so that pages are parted and joined."""
        for lesson, word in ((KEPT, "kept"), (LOST, "lost")):
            notes = [
                Patch(
                    type="score",
                    id=self.id(lesson, n),
                    set={"note": f"秘{word}{n}" + "。" * ((n * 37 + turn * 61) % 40)},
                    base={"note": 2**53},
                )
                for n in self.all
            ]
            self.town.change(*notes)

    @property
    def moving(self) -> list[tuple[int, str]]:
        """The pupils who will leave the class."""
        return list(enumerate(self.town.pupils[: PUPILS // 2]))

    def sync(self) -> None:
        """One round."""
        self.workspace.sync(self.core)

    def note(self, lesson: str, pupil: int, text: str) -> int:
        """The teacher types a note; the group's number."""
        q = self.workspace.edit("grades.note", [Put("score", {"note": text}, id=self.id(lesson, pupil))]).q
        assert q is not None
        return q

    def left(self) -> dict[str, set[str]]:
        """{file: canaries of what has ended that are in it}."""
        found = canaries(self.folder, self.secrets)
        for name, bytes_ in raw_bytes(self.folder, key_of(self.secrets)).items():
            words = found.get(name, set[str]())
            words |= {id_ for n in self.all if (id_ := self.id(LOST, n)).encode() in bytes_}
            found |= {name: words} if words else {}
        return found

    def confirmed(self) -> list[str]:
        """What the school has on record of this device."""
        return on_record(self.town)

    def end(self) -> None:
        """The lesson is not this teacher's any more, and half of the pupils are in the other class."""
        self.town.take(MOVING[1])
        for n, id_ in self.moving:
            self.town.change(Delete(type="pupil", id=id_, base=2**53))
            self.town.change(Create(type="pupil", id=id_, set=named(n) | {"@classes": [CLASSES[1]]}))


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    made = Scene(tmp_path)
    yield made
    made.workspace.close()
    made.town.close()


def work(scene: Scene) -> None:
    """What a teacher leaves all over a store: sent, taken back, refused and put away, and half-received pages."""
    for n in range(12):
        scene.note(LOST, n, f"秘typed{n}")
    scene.note(KEPT, 0, "秘kept0")
    scene.sync()
    scene.note(LOST, 20, "秘undone20")
    scene.workspace.undo("grades")
    scene.sync()


def test_what_has_ended_leaves_no_byte_in_the_store_and_its_log_and_the_school_is_told(scene: Scene) -> None:
    work(scene)
    assert set(scene.left()["store.db"] | scene.left().get("store.db-wal", set())) > {
        "秘lost30",
        "秘typed3",
        "秘moved5",
    }
    scene.end()
    scene.sync()
    scene.sync()
    assert scene.left() == {}
    assert scene.workspace.rows("SELECT count(*) FROM score")[0][0] == PUPILS
    assert f"lesson:{LOST}" in scene.confirmed()
    scene.workspace.close()
    assert scene.left() == {}


def without_vacuum(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Writing.run
    monkeypatch.setattr(Writing, "run", lambda self, sql, *given: [] if sql == "VACUUM" else plain(self, sql, *given))


def without_overwriting(monkeypatch: pytest.MonkeyPatch) -> None:
    without_vacuum(monkeypatch)
    off = (
        ("secure_delete", "OFF", "0") if name == "secure_delete" else (name, *rest) for name, *rest in database._PINNED
    )
    monkeypatch.setattr(database, "_PINNED", tuple(off))


def without_emptying_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Writing, "empty_log", lambda _: True)
    monkeypatch.setattr(Writing, "checkpoint", lambda _: None)


def without_forgetting_what_was_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "client.store.purge._forget", lambda writing, *_: writing.run("REPLACE INTO meta VALUES ('unclean', '1')")
    )


@pytest.mark.parametrize(
    ("broken", "where", "least"),
    [
        (without_vacuum, "store.db", 1),
        (without_overwriting, "store.db", 50),
        (without_emptying_the_log, "store.db-wal", 50),
        (without_forgetting_what_was_said, "store.db", 12),
    ],
)
def test_whatever_of_it_is_left_out_is_found(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    broken: Callable[[pytest.MonkeyPatch], None],
    where: str,
    least: int,
) -> None:
    broken(monkeypatch)
    scene = Scene(tmp_path)
    work(scene)
    scene.end()
    scene.sync()
    found = scene.left()
    assert len(found.get(where, ())) >= least, {name: len(words) for name, words in found.items()}
    scene.workspace.close()
    scene.town.close()


def dismissed(workspace: Workspace, village: Village, say: Say) -> None:
    """A note is sent, another waits when the teacher has no duty any more, and the store is left as it is."""
    core = village.core(workspace.enrolment)
    note(workspace, village, 0, "秘typed0")
    workspace.sync(core)
    for duty in village.duties.values():
        village.change(Delete(type="duty", id=duty, base=2**53))
    note(workspace, village, 1, "秘own1")
    say(b"own1\n")
    workspace.sync(core)
    workspace.sync(core)
    workspace.close()


def note(workspace: Workspace, village: Village, pupil: int, text: str) -> None:
    """A note beside a score of the first part."""
    workspace.edit("grades.note", [Put("score", {"note": text}, id=village.score_id(0, pupil))])


@pytest.mark.timeout(600)
@pytest.mark.skipif(sys.platform == "win32", reason="#3 2026-11-26: a process is ended by a fork of this one")
def test_a_program_killed_while_it_purges_goes_on_at_its_next_start(village: Village, tmp_path: Path) -> None:
    village.add(*(("score", village.score(1, n) | {"state": "pending", "note": f"秘lost{n}"}) for n in range(5)))
    scene = Killed(village, tmp_path)
    assert "秘lost3" in canaries(tmp_path / "first", scene.secrets)["store.db"]
    number, ended, stages = 0, True, set[tuple[str, ...]]()
    while ended:
        number += STEP
        ended, said, twin, store = scene.run(number, dismissed)
        with Workspace.open(store, secrets=scene.secrets, clock=twin.clock, ids=twin.ids) as workspace:
            over = workspace.rows("SELECT step FROM ended UNION SELECT key FROM meta WHERE key = 'unclean'")
            stages.add(tuple(row[0] for row in over))
            for duty in twin.duties.values() if not over and not said else ():
                with suppress(AssertionError):  # the duty had ended before
                    twin.change(Delete(type="duty", id=duty, base=2**53))
            for _ in range(3):
                workspace.sync(twin.core(workspace.enrolment))
            own = workspace.rows("SELECT 1 FROM not_accepted WHERE outcome = 'quarantined' AND item LIKE '%own1%'")
            assert bool(own) == bool(said), number
            sent = workspace.rows("SELECT 1 FROM accepted WHERE q = 1")  # else it came late, and waits for the school
            left = {word for words in canaries(store, scene.secrets).values() for word in words}
            assert left <= (set[str]() if sent else {"秘typed0"}), number
        assert f"lesson:{LESSON}" in on_record(twin), number
        twin.close()
        shutil.rmtree(store.parent)
    assert stages >= {(), ("gone", "unclean"), ("clean",), ("told",)}
