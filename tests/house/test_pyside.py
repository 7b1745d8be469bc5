"""The pinned PySide gives back every reference it takes: 6.12.0 does not on Python 3.11, and aborts after a while."""

import sys

from PySide6.QtCore import QObject, Signal

CALLS = 1000


class Bell(QObject):
    """Something that returns nothing from C++, and something that is emitted."""

    rung = Signal(int)


def test_a_thousand_calls_into_qt_lose_no_reference_of_none_or_true(qapp: object) -> None:
    assert qapp is not None
    bell = Bell()
    before = sys.getrefcount(None), sys.getrefcount(True)
    for number in range(CALLS):
        bell.setObjectName("bell")
        bell.rung.emit(number)
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert [abs(now - then) < CALLS / 10 for then, now in zip(before, after, strict=True)] == [True, True]
