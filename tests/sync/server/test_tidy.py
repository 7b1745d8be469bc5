"""The embedded database's log is emptied between requests, beside whoever writes."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.server.edits import create_partition
from sync.server.migrate import migrate
from sync.server.storage import partitions
from sync.server.storage.engines import FILE
from sync.server.storage.store import Storage, open_storage
from tests.sync.server.tiny import PREF

EPOCH = "0b5f9d3e-6a0c-4b5e-9c1d-2f3a4b5c6d7e"


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    opened = open_storage(tmp_path / "server")
    migrate(opened.database)
    yield opened
    opened.close()


def in_the_file_alone(storage: Storage, folder: Path) -> bool:
    """Whether the partition is found without the log."""
    folder.mkdir()
    shutil.copy(Path(str(storage.database.engine.url.database)), folder / FILE)
    copy = open_storage(folder)
    with copy.database.reading() as connection:
        found = partitions.seq(connection, PREF)
    copy.close()
    return found is not None


def test_what_was_committed_lies_in_the_file_after_tidying(storage: Storage, tmp_path: Path) -> None:
    create_partition(storage, PREF, "pref:05", EPOCH)
    assert not in_the_file_alone(storage, tmp_path / "before")
    storage.database.tidy()
    assert in_the_file_alone(storage, tmp_path / "after")


def test_tidying_goes_on_beside_a_writer_and_a_reader(storage: Storage) -> None:
    with storage.database.reading() as reader:
        assert partitions.seq(reader, PREF) is None
        create_partition(storage, PREF, "pref:05", EPOCH)
        with storage.database.writing():
            storage.database.tidy()
    with storage.database.reading() as connection:
        assert partitions.seq(connection, PREF) == (EPOCH, 0)
