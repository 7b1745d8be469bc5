"""Whether Windows shows one picture on several displays: Qt is told of no screen then, so Windows itself is asked."""

import ctypes
import logging
import struct
import sys
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray

_ACTIVE_PATHS: Final = 2
_PATH: Final = struct.Struct("<IiI60x")
"""DISPLAYCONFIG_PATH_INFO of 72 bytes, of which only the source is read: its adapter (low, high) and its number."""
_MODE_BYTES: Final = 64
_MESSAGE: Final = struct.Struct("@PI")
"""The beginning of a MSG: the window, and what the message says."""
_DISPLAY_CHANGE: Final = 0x7E
_log = logging.getLogger("keyaki.displays")


def shares_a_source(paths: bytes) -> bool:
    """Whether two of these paths, as QueryDisplayConfig writes them, begin at the same picture."""
    sources = [_PATH.unpack_from(paths, at) for at in range(0, len(paths) - _PATH.size + 1, _PATH.size)]
    return len(set(sources)) < len(sources)


def is_mirrored() -> bool:
    """Whether the picture of this PC is on several displays at once, as Windows says; False where it is not Windows."""
    if sys.platform != "win32":
        return False
    user32 = ctypes.WinDLL("user32")
    paths, modes = ctypes.c_uint32(), ctypes.c_uint32()
    if user32.GetDisplayConfigBufferSizes(_ACTIVE_PATHS, ctypes.byref(paths), ctypes.byref(modes)):
        _log.info("Windows does not say what its displays show")
        return False
    found = ctypes.create_string_buffer(paths.value * _PATH.size)
    kept = ctypes.create_string_buffer(modes.value * _MODE_BYTES)
    refused = user32.QueryDisplayConfig(_ACTIVE_PATHS, ctypes.byref(paths), found, ctypes.byref(modes), kept, None)
    return not refused and shares_a_source(found.raw[: paths.value * _PATH.size])


class DisplayChanges(QAbstractNativeEventFilter):
    """Told by Windows that a display came, went or shows something else; installed on the application."""

    def __init__(self, heard: Callable[[], object]) -> None:
        super().__init__()
        self._heard = heard

    def nativeEventFilter(
        self,
        eventType: QByteArray | bytes | bytearray | memoryview,  # noqa: N803 Qt's own name
        message: int,
    ) -> tuple[bool, int]:
        if eventType == b"windows_generic_MSG" and says_change(ctypes.string_at(int(message), _MESSAGE.size)):
            self._heard()
        return False, 0


def says_change(message: bytes) -> bool:
    """Whether a MSG says that the displays changed."""
    return _MESSAGE.unpack(message)[1] == _DISPLAY_CHANGE
