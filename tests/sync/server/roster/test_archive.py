"""Hostile and damaged archives are refused with a reason, and cost no more than their bounds."""

import io
import struct
import tracemalloc
import zipfile

import pytest

from sync.server.roster import archive
from sync.server.roster.archive import read_archive
from sync.server.roster.problem import Kind
from tests.sync.server.roster.builder import NAME, PACKAGES, sample, zipped

GOOD = (PACKAGES / NAME).read_bytes()


def kinds(data: bytes) -> list[Kind]:
    opened = read_archive(data, NAME)
    assert not (opened.files and opened.problems)
    return [problem.kind for problem in opened.problems]


def entry(name: str, *, mode: int = 0, content: bytes = b"x") -> bytes:
    data = io.BytesIO()
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    with zipfile.ZipFile(data, "w") as made:
        made.writestr(info, content)
    return data.getvalue()


def test_a_good_archive_gives_its_files_by_name() -> None:
    opened = read_archive(GOOD, NAME)
    assert opened.problems == ()
    assert set(opened.files) == set(sample())
    assert opened.files["manifest"].startswith(b"propertyName,value\n")


@pytest.mark.parametrize(
    "name",
    ["../users.csv", "/etc/users.csv", "a/users.csv", "..\\users.csv", "C:users.csv", "users.csv/", "a/../users.csv"],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    assert kinds(entry(name)) == [Kind.ENTRY_PATH]


def test_a_name_cut_by_a_nul_is_refused() -> None:
    data = entry("users.csv!.exe").replace(b"users.csv!.exe", b"users.csv\0.exe")
    assert kinds(data) == [Kind.ENTRY_PATH]


@pytest.mark.parametrize("mode", [0o120777, 0o060644, 0o020644, 0o010644])
def test_a_link_or_device_is_refused(mode: int) -> None:
    assert kinds(entry("users.csv", mode=mode)) == [Kind.ENTRY_LINK]


@pytest.mark.parametrize("name", ["inner.zip", "readme.txt", "Users.csv", "users.csv.exe", "grades.csv"])
def test_a_file_that_is_no_roster_file_is_refused(name: str) -> None:
    assert kinds(entry(name, content=GOOD)) == [Kind.ENTRY_UNKNOWN]


def test_a_package_with_a_password_is_refused() -> None:
    data = bytearray(entry("users.csv"))
    central = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, 6, 1)
    struct.pack_into("<H", data, central + 8, 1)
    assert kinds(bytes(data)) == [Kind.ENTRY_ENCRYPTED]


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_a_name_twice_is_refused() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        made.writestr("users.csv", b"one")
        made.writestr("users.csv", b"two")
    assert kinds(data.getvalue()) == [Kind.ENTRY_TWICE]


@pytest.mark.parametrize("keep", [0, 1, 10, 1000, len(GOOD) // 2, len(GOOD) - 30, len(GOOD) - 1])
def test_a_cut_off_archive_is_refused(keep: int) -> None:
    assert kinds(GOOD[:keep]) == [Kind.ARCHIVE_UNREADABLE]


def test_a_flipped_byte_in_a_file_is_noticed_by_its_checksum() -> None:
    data = bytearray(zipped({"users.csv": b"a" * 50}))
    stored = bytearray(entry("users.csv", content=b"sourcedId,status"))
    stored[stored.index(b"sourcedId")] ^= 1
    assert kinds(bytes(data)) == []
    assert kinds(bytes(stored)) == [Kind.ARCHIVE_UNREADABLE]


def test_an_unusual_compression_is_refused() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_LZMA) as made:
        made.writestr("users.csv", b"x" * 100)
    assert kinds(data.getvalue()) == [Kind.ARCHIVE_UNREADABLE]


def test_a_bomb_is_refused_by_its_ratio_before_it_is_inflated() -> None:
    data = zipped({"users.csv": bytes(64 * 1024 * 1024)})
    tracemalloc.start()
    assert kinds(data) == [Kind.ARCHIVE_TOO_LARGE]
    assert tracemalloc.get_traced_memory()[1] < 4 * 1024 * 1024
    tracemalloc.stop()


def test_a_bomb_that_lies_about_its_size_is_stopped_while_it_is_inflated() -> None:
    data = bytearray(zipped({"users.csv": bytes(64 * 1024 * 1024)}))
    central = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, central + 24, 100_000)
    tracemalloc.start()
    assert kinds(bytes(data)) == [Kind.ARCHIVE_UNREADABLE]
    assert tracemalloc.get_traced_memory()[1] < 4 * 1024 * 1024
    tracemalloc.stop()


def test_a_file_that_claims_to_be_longer_than_it_is_is_refused() -> None:
    data = bytearray(entry("users.csv", content=b"sourcedId"))
    central = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, central + 24, 20)
    assert kinds(bytes(data)) == [Kind.ARCHIVE_UNREADABLE]


def test_files_that_are_too_large_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "TOTAL_LIMIT", 1000)
    assert kinds(zipped({"users.csv": b"x" * 600, "orgs.csv": b"y" * 600})) == [Kind.ARCHIVE_TOO_LARGE]


def test_an_archive_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "PACKED_LIMIT", len(GOOD) - 1)
    assert kinds(GOOD) == [Kind.ARCHIVE_TOO_LARGE]


def test_an_archive_of_very_many_entries_is_refused_before_its_directory_is_parsed() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        for number in range(20_000):
            made.writestr(f"{number}.csv", b"")
    packed = data.getvalue()
    tracemalloc.start()
    assert kinds(packed) == [Kind.ARCHIVE_TOO_LARGE]
    assert tracemalloc.get_traced_memory()[1] < 1024 * 1024
    tracemalloc.stop()


def test_a_wide_archive_cannot_hide_its_directory_behind_a_small_count() -> None:
    end = GOOD.rindex(b"PK\x05\x06")
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)
    assert kinds(GOOD[:end] + locator + GOOD[end:]) == [Kind.ARCHIVE_TOO_LARGE]


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip", b"MZ" + GOOD, GOOD[:40] * 50])
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    assert kinds(data) == [Kind.ARCHIVE_UNREADABLE]
