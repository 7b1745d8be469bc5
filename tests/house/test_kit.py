"""The kit itself: what the other tests lean on must be able to fail."""

import logging
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.kit.leftovers import temporary_folder
from tests.kit.logguard import LogGuard
from tests.kit.postgres import PostgresServer

ROOT = Path(__file__).parents[2]

LOGGING_TEST = """
import logging, pytest

def test_surprise():
    logging.getLogger("client.store").warning("damaged page 7")

@pytest.mark.logs("client", "damaged")
def test_announced():
    logging.getLogger("client.store").warning("damaged page 7")

def test_other_words(logs):
    logs.announce("client.store", "damaged")
    logging.getLogger("client.store").warning("something else")

def test_other_level(logs):
    logs.announce("client.store", "damaged")
    logging.getLogger("client.store").error("damaged page 7")

def test_never_came(logs):
    logs.announce("client.store", "damaged")

def test_information():
    logging.getLogger("client.store").info("opened")
"""

NOISE = """
import gc, logging, threading, warnings
from PySide6.QtCore import QObject, Signal, qWarning

class Bell(QObject):
    rung = Signal()

    def fail(self):
        raise ValueError("in a slot")

class Grumpy:
    def __del__(self):
        raise ValueError("nobody sees this")

def test_qt_warns(qtbot):
    qWarning("painter not active")

def test_a_slot_raises(qtbot):
    bell = Bell()
    bell.rung.connect(bell.fail)
    bell.rung.emit()

def test_python_warns():
    warnings.warn("old", DeprecationWarning)

def test_a_thread_dies():
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()

def test_a_file_is_left_open():
    open(__file__)
    gc.collect()

def test_an_error_nobody_can_catch():
    Grumpy()
    gc.collect()

def test_a_log_line():
    logging.getLogger("client").error("lost")

def test_silence():
    logging.getLogger("client").info("found")
"""


def test_a_test_fails_on_a_warning_it_did_not_announce_and_on_one_that_never_came(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makepyfile(LOGGING_TEST)
    result = pytester.runpytest_subprocess("-p", "tests.kit.logguard")
    assert result.parseoutcomes() == {"passed": 6, "errors": 4}
    result.stdout.fnmatch_lines(
        ["*logged: WARNING client.store: damaged page 7*", "*never logged: WARNING client.store*"]
    )


def test_an_announcement_for_one_package_does_not_cover_its_namesake(logs: LogGuard) -> None:
    logs.announce("tests.here", "careful")
    logging.getLogger("tests.here.below").warning("careful")
    guard = LogGuard()
    guard.announce("tests.here", "careful")
    guard.records.append(logging.LogRecord("tests.hereabouts", logging.WARNING, __file__, 1, "careful", (), None))
    assert len(guard.complaints()) == 2


def test_every_database_asked_of_the_tests_server_is_new_and_empty(postgres: PostgresServer) -> None:
    first, second = postgres.create_database(), postgres.create_database()
    assert first != second
    engine = create_engine(second)
    with engine.connect() as connection:
        tables = connection.execute(
            text("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'")
        )
        assert tables.scalar_one() == 0
    engine.dispose()


@pytest.mark.parametrize("workers", ["0", "2"])
def test_every_kind_of_noise_fails_a_test_alone_and_in_parallel(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, workers: str
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    noisy = pytester.makepyfile(test_noise=NOISE)
    settings = ("-c", str(ROOT / "pyproject.toml"), "-p", "tests.kit.logguard", "-o", f"cache_dir={pytester.path}")
    result = pytester.runpytest_subprocess(*settings, "-n", workers, noisy)
    failed = set(re.findall(r"^(?:FAILED|ERROR) \S+::(\w+)", "\n".join(result.outlines), re.MULTILINE))
    assert failed == set(re.findall(r"def (test_\w+)", NOISE)) - {"test_silence"}


HOLDER = """
import sys, time
from tests.kit.leftovers import temporary_folder

with temporary_folder("held-") as folder:
    print(folder, flush=True)
    time.sleep(60)
"""


def test_what_a_killed_run_has_left_behind_is_swept_and_what_another_uses_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    words, place = [sys.executable, "-c", HOLDER], os.environ | {"TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    with (
        subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=place) as killed,
        subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=place) as running,
    ):
        assert killed.stdout is not None
        assert running.stdout is not None
        left, used = Path(killed.stdout.readline().strip()), Path(running.stdout.readline().strip())
        killed.kill()
        killed.wait()
        assert left.is_dir()
        with temporary_folder("held-") as own:
            assert sorted(tmp_path.glob("held-*")) == sorted([used, own])
        assert not own.exists()
        running.kill()
