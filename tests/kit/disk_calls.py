"""Every call by which the store, its journal and its vault change the disk, told to a test before it is made.

The database's calls are met in SQLite's own layer for files, those of the rest in Python's `os`. Whoever is told may
note the call, end the process, have half of it done, or have it refused with an error of the system.
"""

import io
import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import pytest

from tests.kit.calls import NAMES, OPEN, RENAME, SYNC, TRUNCATE, UNLINK, WRITE, Call, Told
from tests.kit.sqlite_calls import Database


class _Python:
    """What `os` does in the folder, with our calls before its own."""

    def __init__(self, folder: Path, told: Told) -> None:
        self._folder, self._told = folder, told
        self._handles: dict[int, str] = {}
        self._real = os.open, os.write, os.fsync, os.ftruncate, os.replace, os.rename, os.unlink, os.fdopen, io.open

    def patch(self, patched: pytest.MonkeyPatch) -> None:
        for name in ("open", "write", "fsync", "ftruncate", "replace", "rename", "unlink", "fdopen"):
            patched.setattr(os, name, getattr(self, f"_{name}"))
        patched.setattr(io, "open", self._io_open)

    def _below(self, path: Any) -> str | None:
        if isinstance(path, int):
            return None
        name = os.path.relpath(path, self._folder)
        return None if name.startswith("..") else name

    def _tell(self, call: Call) -> None:
        if said := self._told(call):
            raise OSError(said, os.strerror(said))

    def _open(self, path: Any, flags: int, *rest: Any, **more: Any) -> int:
        name = self._below(path)
        if name is not None and flags & os.O_CREAT and not os.path.exists(path):  # noqa: PTH110
            self._tell(Call(OPEN, name))
        handle = self._real[0](path, flags, *rest, **more)
        self._handles.pop(handle, None)
        if name is not None:
            self._handles[handle] = name
            if flags & os.O_TRUNC:
                self._tell(Call(TRUNCATE, name))
        return handle

    def _write(self, handle: int, data: Any) -> int:
        if (name := self._handles.get(handle)) is not None:
            at = os.lseek(handle, 0, os.SEEK_CUR)
            self._tell(Call(WRITE, name, at, bytes(data)))
        return self._real[1](handle, data)

    def _fsync(self, handle: int) -> None:
        if (name := self._handles.get(handle)) is not None:
            folder = (self._folder / name).is_dir()
            self._tell(Call(NAMES, "" if name == "." else name) if folder else Call(SYNC, name))
        self._real[2](handle)

    def _ftruncate(self, handle: int, size: int) -> None:
        if (name := self._handles.get(handle)) is not None:
            self._tell(Call(TRUNCATE, name, size))
        self._real[3](handle, size)

    def _replace(self, source: Any, target: Any, **more: Any) -> None:
        self._renamed(self._real[4], source, target, **more)

    def _rename(self, source: Any, target: Any, **more: Any) -> None:
        self._renamed(self._real[5], source, target, **more)

    def _renamed(self, real: Callable[..., None], source: Any, target: Any, **more: Any) -> None:
        name, other = self._below(source), self._below(target)
        if name is not None and other is not None:
            self._tell(Call(RENAME, name, other=other))
        real(source, target, **more)

    def _unlink(self, path: Any, **more: Any) -> None:
        name = self._below(path)
        if name is not None and os.path.exists(path):  # noqa: PTH110
            self._tell(Call(UNLINK, name))
        self._real[6](path, **more)

    def _fdopen(self, handle: int, mode: str = "r", *rest: Any, **more: Any) -> Any:
        if handle in self._handles and mode == "wb":
            return io.BufferedWriter(_Raw(self, handle))
        return self._real[7](handle, mode, *rest, **more)

    def _io_open(self, path: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
        """As it is; a file that is cut is told of when it is."""
        name = self._below(path)
        file = self._real[8](path, mode, *rest, **more)
        if name is not None and mode == "r+b":
            self._handles[file.fileno()] = name
            return _Cut(self, file)
        return file


class _Raw(io.RawIOBase):
    """A file that is written through `os`."""

    def __init__(self, calls: _Python, handle: int) -> None:
        self._calls, self._handle = calls, handle

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: Any) -> int:
        """As `os.write`."""
        return self._calls._write(self._handle, data)

    def close(self) -> None:
        """Let go of the handle."""
        if not self.closed:
            os.close(self._handle)
        super().close()


class _Cut:
    """A file that is cut through `os`."""

    def __init__(self, calls: _Python, file: Any) -> None:
        self._calls, self._file = calls, file

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def truncate(self, size: int) -> None:
        """As `os.ftruncate`."""
        self._calls._ftruncate(self._file.fileno(), size)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@contextmanager
def watched(folder: Path, told: Told) -> Generator[None]:
    """Have every call told that changes something in a folder, from files of the database opened from now on."""
    database = Database(folder, told)
    _kept.append(database)
    with pytest.MonkeyPatch.context() as patched:
        _Python(folder, told).patch(patched)
        database.begin()
        try:
            yield
        finally:
            database.end()


_kept: list[Database] = []
"""A file of the database that is still open calls what was put before its own."""
