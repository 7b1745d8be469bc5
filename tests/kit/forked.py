"""A life: a copy of this process that does something until it is done or killed, and what it said meanwhile.

A copy has one thread, whatever this process had. So nothing may be left to it that waits for another one: what earlier
tests left behind is cleared away before, a copy that does stand still is ended by the system, and it holds no file of
this process but the one it speaks through - a pipe held open would keep whoever reads from it waiting for ever.
"""

import faulthandler
import gc
import os
import signal
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

STANDING_SECONDS = 100
_OURS = ("keyaki", "request")  # how the threads of client and server are called
_STANDARD = 2  # the handle of standard error: it and those below it are everybody's
_WRITE = os.write  # tests put another one in its place

_TASKS = Path("/proc/self/task")
_LOOKS = 5
_sleepers: set[str] = set()

Say = Callable[[bytes], object]
Act = Callable[[Say], None]


def life(act: Act) -> tuple[int, bytes]:
    """Let a copy of this process do something. It is given what it speaks with.

    Its exit code, 0 when it came to its end, minus a signal when that ended it, 1 when it raised; and what it said.
    Raises AssertionError when a thread of the product runs in this process.
    """
    ours = [thread.name for thread in threading.enumerate() if thread.name.startswith(_OURS)]
    assert ours == [], "a copy would not have these threads"
    _wait_for_ends()
    gc.collect()
    gc.freeze()  # for good: the next time only what is new is looked through
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _live(act, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said


def _live(act: Act, writing: int) -> None:
    try:
        faulthandler.register(signal.SIGALRM, file=_STANDARD, all_threads=True, chain=True)  # where it stands still
        signal.alarm(STANDING_SECONDS)
        _let_go_of_pipes(writing)
        act(lambda words: _WRITE(writing, words))
        os._exit(0)
    finally:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)  # whatever was raised: this process is not to go on with the tests


def _wait_for_ends() -> None:
    """Wait until the system has taken away each thread that Python has joined already.

    Such a thread still gives back what it held of OpenSSL, under a lock of that library: a copy made meanwhile would
    have the lock and not the thread. Strangers that only sleep are Qt's and the tools': they hold nothing.
    """
    looks: Counter[str] = Counter()
    ours = {str(thread.native_id) for thread in threading.enumerate()}
    while strangers := {path.name for path in _TASKS.iterdir()} - ours - _sleepers:
        for stranger in strangers:
            with suppress(OSError):
                sleeps = (_TASKS / stranger / "stat").read_text("ascii").rpartition(")")[2].split()[0] == "S"
                looks[stranger] = looks[stranger] + 1 if sleeps else 0
        _sleepers.update(stranger for stranger, count in looks.items() if count > _LOOKS)
        time.sleep(0.001)


def _let_go_of_pipes(kept: int) -> None:
    """Close every pipe and socket of the process that this one is a copy of."""
    for path in list(Path("/proc/self/fd").iterdir()):
        handle = int(path.name)
        if handle > _STANDARD and handle != kept:
            with suppress(OSError):
                if str(path.readlink()).startswith(("pipe:", "socket:")):
                    os.close(handle)
