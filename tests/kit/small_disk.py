"""A store on a disk that gets full, then is read-only, then neither; a program, for it mounts one: `unshare -rm`."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from client.store.errors import DiskFull, WriteFailed
from client.workspace import MemorySecretStore
from sync.errors import KeyakiError
from tests.kit.journaled import Store
from tests.kit.village import Village

SIZE = 8 << 20


def main(disk: Path, beside: Path, left: int) -> None:
    """Fails where something was lost, called saved or not named. left: bytes of room when the teacher saves on."""
    mount("-t", "tmpfs", "-o", f"size={SIZE}", "none", str(disk))
    store = Store(Village(beside / "village"), disk / "store")
    saved, pupils, refused = {store.score(0, 100)}, {0}, list[KeyakiError]()
    filler = disk / "filler"
    fill(filler, left)
    for n in range(2_000):
        try:
            saved.add(store.score(n % 5, 200 + n))
            pupils.add(n % 5)
        except KeyakiError as error:
            refused.append(error)
        if len(refused) == 3:
            break
    assert [type(error) for error in refused] == [DiskFull] * 3
    assert {row.q for row in store.waiting()} == saved
    error = refusal(store.sync)  # it is sent as far as there is room to say that it was
    assert error is None or isinstance(error, DiskFull), error
    again(store, saved)
    filler.unlink()
    again(store, saved)
    store.workspace.close()
    mount("-o", "remount,ro", str(disk))
    assert isinstance(refusal(store.opened), WriteFailed)
    mount("-o", "remount,rw", str(disk))
    store.workspace = store.opened()
    store.score(0, 900)
    store.sync()
    assert (store.waiting(), sent(store)) == ([], len(pupils))
    assert store.workspace.status().not_accepted == 0
    store.workspace.close()


def again(store: Store, saved: set[int]) -> None:
    """Closed and opened, whether or not there is room: it opens, or says that there is none."""
    store.workspace.close()
    error = refusal(lambda: setattr(store, "workspace", store.opened()))
    assert error is None or isinstance(error, DiskFull), error
    if error is None:
        known = {row.q for row in store.workspace.rows("SELECT q FROM outbox UNION SELECT q FROM accepted")}
        assert known == saved


def sent(store: Store) -> int:
    """How many scores the school has."""
    folder = store.village.folder / f"other{len(list(store.village.folder.iterdir()))}"
    enrolment = store.village.enrolment(1)
    with store.village.opened(folder, MemorySecretStore(), enrolment) as other:
        other.sync(store.village.core(enrolment))
        return other.rows("SELECT count(*) AS n FROM score WHERE value IS NOT NULL")[0].n


def refusal(act: Callable[[], object]) -> KeyakiError | None:
    """What an act ends with that is not done."""
    try:
        act()
    except KeyakiError as error:
        return error
    return None


def fill(filler: Path, left: int) -> None:
    """Take all room but this many bytes."""
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4_096)):
            pass
    os.truncate(filler, max(0, filler.stat().st_size - left))


def mount(*words: str) -> None:
    """As the command."""
    subprocess.run(["mount", *words], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
