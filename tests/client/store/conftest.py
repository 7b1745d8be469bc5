"""A fresh store of a made-up teacher, open for writing, with two scopes granted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from client.store.database import connect
from client.store.facts import Enrolment
from client.store.opening import Opened, open_store
from client.store.writing import Writing
from client.vault.keystore import MemorySecretStore

SCHOOL = "018f0000-0000-7000-8000-000000000001"
ENROLMENT = Enrolment("018f0000-0000-7000-8000-0000000000d1", "user", "staff", SCHOOL, {SCHOOL: "school"}, "PC 1")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """A new store's file, key and lock."""
    made = open_store(tmp_path / "profile", MemorySecretStore(), ENROLMENT)
    yield made
    made.lock.release()


@pytest.fixture
def writing(opened: Opened) -> Iterator[Writing]:
    """Its writing connection in an open transaction. Held scopes: lesson:1 and all."""
    connection = connect(opened.path, opened.key, writing=True)
    made = Writing(connection, SCHOOL)
    connection.execute("BEGIN")
    for scope in ("all", "lesson:2026:3-2:math"):
        made.run("INSERT INTO scope VALUES (?, ?, 'live', NULL)", SCHOOL, scope)
    yield made
    connection.close()
