"""Secret keys in files of their own, which only the server's account may read."""

import os
from collections.abc import Callable
from pathlib import Path

from sync.server.backup.files import to_disk


def made_once(path: Path, fresh: Callable[[], bytes]) -> bytes:
    """A key file's content. Where there is none it is made, once, whoever else starts at the same moment.

    Raises OSError.
    """
    if not path.exists():
        own = path.with_name(f"{path.name}.{os.getpid()}")
        handle = os.open(own, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(fresh())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(own, path)
        except FileExistsError:
            pass  # another server was first, and its key holds
        finally:
            own.unlink()
            to_disk(path.parent)  # what was sealed to a key outlives a power cut only with its name
    return path.read_bytes()
