"""A process that dies while a file is attached, sent or fetched leaves no half a file that counts as one."""

import hashlib
import json
import random
import shutil
import sys
from pathlib import Path

import pytest

from client.workspace import Away, Blob, Put, Workspace
from sync.records.blobs import file_set
from tests.client.test_workspace_crash import Scene
from tests.kit.forked import Say
from tests.kit.village import Village

pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform == "win32", reason="#3 2026-11-26: a process is ended by a fork of this one"),
]
DATA = random.Random(3).randbytes(600_000)
THEIRS = random.Random(4).randbytes(600_000)
STEP = 4
STATEMENTS_MAX = 2_000


def post(workspace: Workspace, blob: Blob) -> str:
    """A notice with a file; its id."""
    fields = {"author": workspace.enrolment.staff, "title": "学年だより", "body": "本文"}
    saved = workspace.edit("notice.post", [Put("notice", fields | {"files": file_set([blob])})])
    return saved.records[0][1]


def day(workspace: Workspace, village: Village, say: Say) -> None:
    """A file is attached, posted and sent, and another one is fetched; each is told when it has been done."""

    def tell(word: str) -> None:
        say(f"{word}\n".encode())

    ((files,),) = workspace.rows("SELECT files FROM notice")
    theirs = Blob(json.loads(files)[0]["sha256"], "application/pdf", len(THEIRS))
    blob = workspace.files.attach(DATA, "application/pdf")
    tell("attached")
    post(workspace, blob)
    tell("posted")
    workspace.files.want([theirs])
    workspace.sync(village.core(workspace.enrolment))
    tell("synced")
    assert workspace.files.read(theirs) == THEIRS
    workspace.close()


def check(scene: Scene, said: list[str], village: Village, store: Path, blob: Blob, theirs: Blob) -> None:
    """What was told is so; whatever is here of a file is its bytes; another round brings everything together."""
    with scene.opened(village, store) as workspace:
        found = workspace.files.read(blob)
        assert found == DATA if "attached" in said else isinstance(found, Away) or found == DATA
        posted = len(workspace.rows("SELECT 1 FROM notice")) == 2
        assert posted or "posted" not in said
        assert found == DATA or not posted
        if "synced" in said:
            assert workspace.files.read(theirs) == THEIRS
        workspace.files.want([theirs])
        workspace.sync(village.core(scene.enrolment))
        assert workspace.files.read(theirs) == THEIRS
        assert workspace.rows("SELECT 1 FROM blob_queue WHERE way = 'down' AND sha256 = ?", (theirs.sha256,)) == []
        pieces = workspace.rows("SELECT sum(length(data)) AS held FROM blob_piece")[0].held
        whole = workspace.rows("SELECT sum(got) AS got, min(whole) AS whole FROM blob")[0]
        assert pieces == whole.got or not whole.whole
    if posted:
        enrolment = village.enrolment(1)
        backend = village.core(enrolment)
        assert backend.get_file(village.school, blob.sha256, 0, len(DATA)) == DATA
    village.close()


def test_a_process_that_dies_anywhere_leaves_no_half_file_that_counts(village: Village, tmp_path: Path) -> None:
    scene = Scene(village, tmp_path)
    village = scene.village.twin(tmp_path / "posted")
    enrolment = village.enrolment(1)
    with Workspace.open(
        tmp_path / "theirs", secrets=scene.secrets, enrolment=enrolment, clock=village.clock, ids=village.ids
    ) as other:
        other.sync(village.core(enrolment))
        theirs = other.files.attach(THEIRS, "application/pdf")
        post(other, theirs)
        other.sync(village.core(enrolment))
    with scene.opened(village, tmp_path / "first") as mine:
        mine.sync(village.core(scene.enrolment))
    blob = Blob(hashlib.sha256(DATA).hexdigest(), "application/pdf", len(DATA))
    village.close()
    scene.village = village
    number, runs = 1, 0
    while number < STATEMENTS_MAX:
        ended, said, twin, store = scene.run(number, day)
        check(scene, said.split(), twin, store, blob, theirs)
        shutil.rmtree(store.parent)
        runs += 1
        if not ended:
            break
        number += STEP
    assert runs > 15
    assert number < STATEMENTS_MAX
