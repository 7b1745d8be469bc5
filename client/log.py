"""What the program writes down about itself: one rotating file in the profile, nothing about pupils.

Modules log in English through a logger named `keyaki.<part>`. Whatever they pass, a line keeps no text in another
script than Latin (so no name), no token, and of an id only a keyed hash that tells two ids apart on this PC.
"""

import hashlib
import hmac
import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

NAME = "keyaki.log"
SIZE, KEPT = 1_000_000, 5
_UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")
_LONG = re.compile(r"[A-Za-z0-9_\-+/=.]{40,}")
_FOREIGN = re.compile(r"[^\x20-\x7e\n\t]+")
_ESCAPED = re.compile(r"(?:\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\x[0-9a-fA-F]{2})+")


class Redacting(logging.Formatter):
    """Formats a line, its traceback included, and takes out what must not be written down. key: of this PC."""

    def __init__(self, key: bytes) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._key = key

    def format(self, record: logging.LogRecord) -> str:
        """The line as it is written."""
        return self.redacted(super().format(record))

    def redacted(self, text: str) -> str:
        """`text` without names, tokens and readable ids."""
        text = _UUID.sub(lambda found: self._hashed(found[0]), text)
        text = _ESCAPED.sub("…", _FOREIGN.sub("…", text))
        return _LONG.sub(lambda found: found[0] if "/" in found[0] and "." in found[0] else "…", text)

    def _hashed(self, id_: str) -> str:
        return "id:" + hmac.new(self._key, id_.lower().encode(), hashlib.sha256).hexdigest()[:8]


def start(folder: Path, key: bytes, level: int = logging.INFO) -> logging.Handler:
    """Write down what our own loggers say from `level` on, and others' warnings. Raises OSError.

    Returns the handler, to be given to `stop`.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder / NAME, maxBytes=SIZE, backupCount=KEPT, encoding="utf-8", delay=True)
    handler.setFormatter(Redacting(key))
    logging.getLogger().addHandler(handler)
    logging.getLogger("keyaki").setLevel(level)
    return handler


def stop(handler: logging.Handler) -> None:
    """Close the file."""
    logging.getLogger().removeHandler(handler)
    handler.close()
