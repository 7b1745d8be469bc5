"""What the store logs when a disk refuses or files were damaged, as campaigns have them do; all else stays a noise."""

import logging
import re
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

_LOGGERS: Final = ("keyaki.store", "keyaki.unlock")
_EXPECTED: Final = re.compile(
    "the journal knows of group|journal_write_failed|the write-ahead log stays"
    "|the store's writing connection is dropped"
    "|the journal is not begun|no journal for now|the store is damaged|the damage cannot be kept"
)


def _unexpected(record: logging.LogRecord) -> bool:
    return record.levelno != logging.WARNING or _EXPECTED.match(record.getMessage()) is None


@contextmanager
def expected() -> Generator[None]:
    """Say nothing of what is expected meanwhile."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    for logger in loggers:
        logger.addFilter(_unexpected)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeFilter(_unexpected)
