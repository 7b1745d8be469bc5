"""What every test stands on: no screen, no home folder of a person, no noise, the same examples at every CI run."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings

pytest_plugins = [
    "pytester",
    "tests.kit.backend",
    "tests.kit.chaos",
    "tests.kit.village",
    "tests.kit.desks",
    "tests.kit.classroom",
    "tests.kit.pair",
    "tests.kit.languages",
    "tests.kit.logguard",
    "tests.kit.postgres",
]

# Before anything imports Qt or keyring: a test never opens a window on, or reads a setting of, the person who runs it.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_home = Path(tempfile.mkdtemp(prefix="keyaki-tests-"))
atexit.register(shutil.rmtree, _home, ignore_errors=True)
for _variable in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_STATE_HOME"):
    _folder = _home / _variable.removeprefix("XDG_").lower()
    _folder.mkdir(mode=0o700)
    os.environ[_variable] = str(_folder)

# Two cores shared with a database server make single steps slow by chance, so no example has a deadline.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_unconfigure() -> None:
    """A process of tests ends as the program does."""
    from PySide6.QtWidgets import QApplication

    from client.shell.ending import end

    application = QApplication.instance()
    if isinstance(application, QApplication):
        end(application)
