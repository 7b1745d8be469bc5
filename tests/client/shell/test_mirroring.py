"""What Windows says of its displays is read right, without Windows."""

import struct

import pytest

from client.shell import displays
from client.shell.displays import MIRROR, read_displays, strangers
from client.shell.mirroring import DisplayChanges, says_change, shares_a_source

ADAPTER = (0x1F2E, 0)


def path(source: int, target: int, adapter: tuple[int, int] = ADAPTER) -> bytes:
    """A DISPLAYCONFIG_PATH_INFO: source (LUID, id, mode, status), target (LUID, id, 10 more), flags."""
    return (
        struct.pack("<IiIII", *adapter, source, 0, 1) + struct.pack("<IiI36x", *adapter, target) + struct.pack("<I", 1)
    )


def message(number: int) -> bytes:
    return struct.pack("@PI", 0x10244, number)


def test_two_displays_of_one_picture_are_told_from_two_of_two() -> None:
    assert len(path(0, 1)) == 72
    assert not shares_a_source(path(0, 1))
    assert not shares_a_source(path(0, 1) + path(1, 2))
    assert shares_a_source(path(0, 1) + path(0, 2))
    assert shares_a_source(path(1, 1) + path(0, 2) + path(1, 3))
    assert not shares_a_source(path(0, 1) + path(0, 2, (0x77, 1))), "the first picture of another adapter"
    assert not shares_a_source(b"")


def test_only_a_change_of_displays_is_heard() -> None:
    assert says_change(message(0x7E))
    assert not says_change(message(0x200))


def test_what_is_no_message_of_windows_goes_by() -> None:
    heard: list[int] = []
    changes = DisplayChanges(lambda: heard.append(1))
    assert changes.nativeEventFilter(b"xcb_generic_event_t", 0) == (False, 0)
    assert heard == []


def test_a_picture_that_windows_shows_twice_is_a_stranger_though_qt_knows_one_screen(
    monkeypatch: pytest.MonkeyPatch, qapp: object
) -> None:
    alone = read_displays()
    assert strangers(alone, alone[0].key, ()) == ()
    monkeypatch.setattr(displays, "is_mirrored", lambda: True)
    assert [each.key for each in strangers(read_displays(), alone[0].key, ())] == [MIRROR]
