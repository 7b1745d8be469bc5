"""A village's server set back to what it was, as after a restore from a backup."""

import shutil
from pathlib import Path

from sync.server.storage import epochs, partitions
from sync.server.storage.store import open_storage
from tests.kit.village import Village


def keep(village: Village) -> Path:
    """A copy of the server's data."""
    village.storage.close()
    folder = village.folder.with_name("kept")
    shutil.copytree(village.folder, folder)
    village.storage = open_storage(village.folder)
    return folder


def set_back(village: Village, kept: Path) -> None:
    """Restore the server from a copy, as its command does."""
    village.storage.close()
    shutil.rmtree(village.folder)
    shutil.copytree(kept, village.folder)
    village.storage = open_storage(village.folder)
    with village.storage.database.writing() as connection:
        held = partitions.lock(connection, village.school)
        assert held is not None
        epochs.begin(connection, held, village.ids())
