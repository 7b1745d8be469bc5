"""Every state a folder of small files can be in after the power went, from the calls a program made of the system.

A call that was made may not have reached the disk: bytes do with the file's fsync, names with the folder's. Until then
a file may hold nothing, a part or all of what was written, and of the names changed any first part may be there.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

State = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Call:
    """One call that changed something. data: the file's bytes at its fsync; other: the name it takes."""

    kind: str
    name: str
    data: bytes = b""
    other: str = ""


@dataclass(slots=True)
class Recorder:
    """Notes what is done in one folder while `during` runs. beside: what else is to be known at each moment."""

    folder: Path
    beside: Callable[[], object] = lambda: None
    calls: list[tuple[Call, object]] = field(default_factory=list[tuple[Call, object]])
    _handles: dict[int, str] = field(default_factory=dict[int, str])

    def during(self, act: Callable[[], object]) -> None:
        """Run it with the calls noted."""
        real = os.open, os.fsync, os.replace, os.unlink

        def opened(path: os.PathLike[str], *rest: int) -> int:
            handle = real[0](path, *rest)
            self._handles[handle] = os.path.relpath(path, self.folder)
            if rest[0] & os.O_CREAT:
                self._note(Call("open", self._handles[handle]))
            return handle

        def synced(handle: int) -> None:
            real[1](handle)
            name = self._handles.get(handle, "")
            path = self.folder / name
            self._note(Call("names", "") if path.is_dir() else Call("bytes", name, path.read_bytes()))

        def replaced(source: os.PathLike[str], target: os.PathLike[str]) -> None:
            real[2](source, target)
            self._note(Call("rename", Path(source).name, other=Path(target).name))

        def unlinked(path: os.PathLike[str]) -> None:
            real[3](path)
            self._note(Call("unlink", Path(path).name))

        with pytest.MonkeyPatch.context() as patched:
            for name, call in (("open", opened), ("fsync", synced), ("replace", replaced), ("unlink", unlinked)):
                patched.setattr(os, name, call)
            act()

    def states(self, before: State) -> Iterator[tuple[int, object, State]]:
        """Each state after each number of calls, with what was beside it then; the one nothing was lost of included."""
        first, calls = self.beside(), [call for call, _ in self.calls]
        for made in range(len(calls) + 1):
            told = self.calls[made - 1][1] if made else first
            seen: list[State] = []
            for state in _states(before, calls, made):
                if state not in seen:
                    seen.append(state)
                    yield made, told, state

    def _note(self, call: Call) -> None:
        self.calls.append((call, self.beside()))


def content(folder: Path) -> State:
    """The files of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def laid(state: State, folder: Path) -> Path:
    """A folder with these files."""
    folder.mkdir(parents=True)
    for name, data in state.items():
        handle = os.open(folder / name, os.O_CREAT | os.O_WRONLY, 0o600)
        os.write(handle, data)
        os.close(handle)
    return folder


def _states(before: State, calls: list[Call], made: int) -> Iterator[State]:
    """What may be there when so many calls were made, by how much of the folder's changes had been kept."""
    kept = max((at + 1 for at, call in enumerate(calls[:made]) if call.kind == "names"), default=0)
    changes = [at for at in range(kept, made) if calls[at].kind in ("open", "rename", "unlink")]
    for lost_from in (*changes, made):
        for part in (0, 2, 1):
            yield _replayed(before, calls, made, lost_from, part)


def _replayed(before: State, calls: list[Call], made: int, lost_from: int, part: int) -> State:
    """Names as before the change number `lost_from`; bytes not synced by then: none, half or all of them."""
    files = {name: bytearray(data) for name, data in before.items()}
    inodes = dict(files)
    for at, call in enumerate(calls[:made]):
        if call.kind == "bytes":
            inodes[call.name][:] = call.data
        elif call.kind == "open":
            coming = next(later.data for later in calls[at:] if (later.kind, later.name) == ("bytes", call.name))
            fresh = bytearray(coming[: len(coming) // part] if part else b"")
            inodes[call.name] = fresh
            if at < lost_from:
                files[call.name] = fresh
        elif call.kind == "rename":
            inodes[call.other] = inodes.pop(call.name)
            if at < lost_from:
                files[call.other] = files.pop(call.name)
        elif call.kind == "unlink" and at < lost_from:
            del files[call.name]
    return {name: bytes(data) for name, data in files.items()}
