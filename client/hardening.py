"""What this process gives away of its memory: nothing to a core dump, nothing to other programs of the same account."""

import ctypes
import logging
import sys

_PR_SET_DUMPABLE = 4
_log = logging.getLogger("keyaki.hardening")


def harden() -> bool:
    """Have no core dump written, and let no other process of this account read this one's memory (security.md 8).

    False where the system has no such way or refused; the program goes on then. Windows and macOS keep their own ways,
    which are not used yet.
    """
    if sys.platform != "linux":
        return False
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    refused = ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    if refused:
        _log.warning("memory of this process stays readable: %s", ctypes.get_errno())
    return not refused
