"""SQLite's own layer for files, with a test's calls before its own (`sqlite3_vfs`, `sqlite3_io_methods`)."""

import ctypes
import errno
import os
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import _sqlite3

from tests.kit.calls import NAMES, OPEN, SYNC, TRUNCATE, UNLINK, WRITE, Call, Told

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


class Database:
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
