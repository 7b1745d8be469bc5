"""A test fails when something is logged at WARNING or above that it did not announce, or announced and never came."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest


@dataclass(frozen=True, slots=True)
class Announced:
    """A log line a test says will come: its level, its logger (or a parent of it) and a pattern found in its text."""

    level: int
    logger: str
    pattern: str

    def fits(self, record: logging.LogRecord) -> bool:
        """Whether this line was meant."""
        own = record.name == self.logger or record.name.startswith(self.logger + ".")
        return own and record.levelno == self.level and re.search(self.pattern, record.getMessage()) is not None

    def __str__(self) -> str:
        return f"{logging.getLevelName(self.level)} {self.logger}: /{self.pattern}/"


@dataclass(slots=True)
class LogGuard:
    """What one test announced and what was really logged."""

    announced: list[Announced] = field(default_factory=list)
    records: list[logging.LogRecord] = field(default_factory=list)

    def announce(self, logger: str, pattern: str, level: int = logging.WARNING) -> None:
        """Say that at least one line fitting this will be logged by the end of the test."""
        self.announced.append(Announced(level, logger, pattern))

    def complaints(self) -> list[str]:
        """One line for each record that nobody announced and each announcement that never came true."""
        unexpected = [record for record in self.records if not any(line.fits(record) for line in self.announced)]
        missing = [line for line in self.announced if not any(line.fits(record) for record in self.records)]
        return [f"logged: {r.levelname} {r.name}: {r.getMessage()} ({r.pathname}:{r.lineno})" for r in unexpected] + [
            f"never logged: {line}" for line in missing
        ]


class _Collector(logging.Handler):
    """Keeps what reaches the root logger at WARNING or above."""

    def __init__(self, guard: LogGuard) -> None:
        super().__init__(logging.WARNING)
        self._guard = guard

    def emit(self, record: logging.LogRecord) -> None:
        self._guard.records.append(record)


@pytest.fixture(autouse=True)
def logs(request: pytest.FixtureRequest) -> Iterator[LogGuard]:
    """The guard of this test: `logs.announce("client.store", "damaged")`, or the marker `logs` with the same words."""
    guard = LogGuard()
    for marker in request.node.iter_markers("logs"):
        guard.announce(*marker.args, **marker.kwargs)
    collector = _Collector(guard)
    root = logging.getLogger()
    root.addHandler(collector)
    yield guard
    root.removeHandler(collector)
    complaints = guard.complaints()
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", "logs(logger, pattern, level=WARNING): this line will be logged")
