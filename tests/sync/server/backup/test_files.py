"""A backup brings attached files back with the records that refer to them, of a whole server and of one school."""

import hashlib
from pathlib import Path

import pytest

from sync.protocol.backend import FilePart
from sync.protocol.errors import FileComing, Forbidden
from sync.protocol.messages import Create
from sync.records.blobs import Blob, file_set
from sync.server.backup.make import back_up
from sync.server.backup.restore import restore
from sync.server.backup.school import restore_school
from sync.server.backup.unpack import unpacked
from sync.server.storage.store import Storage
from tests.sync.conformance.desk import Desk
from tests.sync.server.backup.bakery import LATER, NOW, Bakery, bakery, new_id, reopened

BEFORE, SINCE = b"before" * 120_000, b"since" * 90_000


def attach(made: Bakery, desk: Desk, data: bytes) -> Blob:
    """Post a notice with a file."""
    blob = Blob(hashlib.sha256(data).hexdigest(), "application/pdf", len(data))
    fields = {"author": made.school.people["sato"].staff, "title": "題", "body": "本文", "files": file_set([blob])}
    (outcome,) = desk.push([Create(type="notice", id=new_id()[:14] + "7" + new_id()[15:], set=fields)])
    assert outcome.outcome == "applied", outcome
    assert desk.backend.put_file(desk.school, FilePart(blob.sha256, blob.size, 0, data)) == blob.size
    return blob


def held(desk: Desk, blob: Blob) -> bytes:
    """The file's bytes."""
    return desk.backend.get_file(desk.school, blob.sha256, 0, blob.size)


def test_a_restored_server_has_the_files_of_its_backup(tmp_path: Path) -> None:
    made = bakery(tmp_path / "data")
    desk = made.desk()
    before = attach(made, desk, BEFORE)
    back_up(tmp_path / "data", tmp_path / "b", NOW)
    since = attach(made, desk, SINCE)
    made.storage.close()
    restore(tmp_path / "data", tmp_path / "b", LATER, new_id)
    reopened(made, tmp_path / "data")
    again = made.desk("kato")
    assert held(again, before) == BEFORE
    with pytest.raises(Forbidden):
        held(again, since)
    own = made.desk()
    assert attach(made, own, SINCE) == since
    assert held(again, since) == SINCE
    made.storage.close()


def test_a_restored_school_has_the_files_of_its_backup(storage: Storage, tmp_path: Path) -> None:
    then, now = bakery(tmp_path / "then"), Bakery(storage)
    before = attach(then, then.desk(), BEFORE)
    back_up(tmp_path / "then", tmp_path / "b", NOW)
    then.storage.close()
    since = attach(now, now.desk(), SINCE)
    (tmp_path / "copy").mkdir()
    with unpacked(tmp_path / "b", tmp_path / "copy") as (_, source):
        restore_school(source, storage.database, now.school.school, LATER, new_id)
    desk = now.desk("kato")
    assert held(desk, before) == BEFORE
    with pytest.raises((Forbidden, FileComing)):
        held(desk, since)
