"""Every call by which the store, its journal and its vault change the disk, told to a test before it is made.

The database's calls are met in SQLite's own layer for files, those of the rest in Python's `os`. Whoever is told may
note the call, end the process, have half of it done, or have it refused with an error of the system.
"""

import ctypes
import errno
import io
import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

import pytest
from sqlcipher3 import _sqlite3

OPEN, WRITE, TRUNCATE, SYNC, NAMES, RENAME, UNLINK = "open", "write", "truncate", "sync", "names", "rename", "unlink"


@dataclass(frozen=True, slots=True)
class Call:
    """One call. name: of the file, below the folder that is watched; at: byte, or the size it is cut to.

    other: the name a file takes. NAMES keeps the names of the folder `name`.
    """

    kind: str
    name: str
    at: int = 0
    data: bytes = b""
    other: str = ""


Told = Callable[[Call], int]
"""Hears of a call before it is made; 0 lets it be made, another number is the error it fails with (`errno`)."""

_OK, _FULL, _CANNOT_OPEN = 0, 13, 14
_FAULTS: Final = {WRITE: 778, SYNC: 1034, TRUNCATE: 1546, UNLINK: 2570}
_NEW_NAMES: Final = ("-wal", "-journal")
"""SQLite keeps the folder's names with the first wait for such a file."""
_FILE, _TEXT, _INT, _LONG = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_longlong
_Open = ctypes.CFUNCTYPE(_INT, ctypes.c_void_p, ctypes.c_void_p, _FILE, _INT, ctypes.POINTER(_INT))
_Delete = ctypes.CFUNCTYPE(_INT, ctypes.c_void_p, ctypes.c_void_p, _INT)
_Write = ctypes.CFUNCTYPE(_INT, _FILE, ctypes.c_void_p, _INT, _LONG)
_Truncate = ctypes.CFUNCTYPE(_INT, _FILE, _LONG)
_Sync = ctypes.CFUNCTYPE(_INT, _FILE, _INT)


class _Vfs(ctypes.Structure):
    """The beginning of `sqlite3_vfs`."""

    _fields_ = (
        ("version", _INT),
        ("file_bytes", _INT),
        ("path_most", _INT),
        ("next", ctypes.c_void_p),
        ("name", _TEXT),
        ("data", ctypes.c_void_p),
        ("open", _Open),
        ("delete", _Delete),
    )


class _Methods(ctypes.Structure):
    """`sqlite3_io_methods`."""

    _fields_ = (
        ("version", _INT),
        ("close", ctypes.c_void_p),
        ("read", ctypes.c_void_p),
        ("write", _Write),
        ("truncate", _Truncate),
        ("sync", _Sync),
        ("rest", ctypes.c_void_p * 13),
    )


class _File(ctypes.Structure):
    _fields_ = (("methods", ctypes.POINTER(_Methods)),)


class _Database:
    """SQLite's layer for files, with our calls before its own."""

    def __init__(self, folder: Path, told: Told) -> None:
        find = ctypes.CDLL(_sqlite3.__file__).sqlite3_vfs_find
        find.restype = ctypes.POINTER(_Vfs)
        self._folder, self._told = os.fsencode(folder) + b"/", told
        self._vfs: Any = find(None).contents
        self._real: Any = _pointer(self._vfs.open, _Open), _pointer(self._vfs.delete, _Delete)
        self._ours: Any = _Open(self._open), _Delete(self._delete)
        self._methods: dict[int, _Methods] = {}
        self._names: dict[int, str] = {}
        self._unkept: set[str] = set()

    def begin(self) -> None:
        self._vfs.open, self._vfs.delete = self._ours

    def end(self) -> None:
        self._vfs.open, self._vfs.delete = self._real
        self._told = lambda _: 0

    def _below(self, text: int | None) -> tuple[str | None, bool]:
        """A file's name in the folder, and whether it is there. text: where SQLite keeps the path it holds on to."""
        path = ctypes.string_at(text) if text else b""
        if not path.startswith(self._folder) or path.endswith(b"-shm"):
            return None, False
        return os.fsdecode(path[len(self._folder) :]), os.path.exists(path)  # noqa: PTH110  as bytes

    def _open(self, vfs: int, path: int | None, file: int, flags: int, out: Any) -> int:
        name, there = self._below(path)
        fresh = name is not None and not there
        if name is not None and fresh and self._told(Call(OPEN, name)):
            ctypes.cast(file, ctypes.POINTER(_File)).contents.methods = None
            return _CANNOT_OPEN
        said = self._real[0](vfs, path, file, flags, out)
        if name is not None and said == _OK:
            if fresh and name.endswith(_NEW_NAMES):
                self._unkept.add(name)
            self._names[file] = name
            opened = ctypes.cast(file, ctypes.POINTER(_File)).contents
            opened.methods = ctypes.pointer(self._watched(opened.methods))
        return said

    def _watched(self, methods: Any) -> _Methods:
        """The methods of a file with ours among them; made once of each kind, and never let go of."""
        at = ctypes.addressof(methods.contents)
        if at not in self._methods:
            real, ours = methods.contents, _Methods()
            ctypes.pointer(ours)[0] = real
            write, truncate, sync = real.write, real.truncate, real.sync
            ours.write = _Write(lambda *words: self._write(write, *words))
            ours.truncate = _Truncate(lambda file, size: self._call(file, TRUNCATE, size) or truncate(file, size))
            ours.sync = _Sync(lambda file, flags: self._sync(file) or sync(file, flags))
            self._methods[at] = ours
        return self._methods[at]

    def _write(self, real: Any, file: int, data: int, size: int, at: int) -> int:
        name = self._names.get(file, "")
        said = self._told(Call(WRITE, name, at, ctypes.string_at(data, size)))
        if said:
            return _FULL if said == errno.ENOSPC else _FAULTS[WRITE]
        return real(file, data, size, at)

    def _call(self, file: int, kind: str, at: int = 0) -> int:
        return _FAULTS[kind] if self._told(Call(kind, self._names.get(file, ""), at)) else _OK

    def _sync(self, file: int) -> int:
        name = self._names.get(file, "")
        if said := self._call(file, SYNC):
            return said
        if name in self._unkept:
            self._unkept.discard(name)
            self._told(Call(NAMES, os.path.dirname(name)))  # noqa: PTH120  names, not paths
        return _OK

    def _delete(self, vfs: int, path: int, keep: int) -> int:
        name, there = self._below(path)
        if name is not None and there and self._told(Call(UNLINK, name)):
            return _FAULTS[UNLINK]
        return self._real[1](vfs, path, keep)


def _pointer(function: Any, kind: Any) -> Any:
    """A function as it is now, whatever takes its place."""
    return ctypes.cast(ctypes.cast(function, ctypes.c_void_p), kind)


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
    database = _Database(folder, told)
    _kept.append(database)
    with pytest.MonkeyPatch.context() as patched:
        _Python(folder, told).patch(patched)
        database.begin()
        try:
            yield
        finally:
            database.end()


_kept: list[_Database] = []
"""A file of the database that is still open calls what was put before its own."""
