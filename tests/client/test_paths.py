"""Where things lie on this PC, and which places are refused (security.md 2.1)."""

from pathlib import Path

import pytest

from client import paths
from client.paths import PlaceRefused, Profile

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:31 / /home/t/net rw shared:2 - nfs4 server:/home rw
31 22 8:17 / /media/t/USB\\040STICK rw shared:3 - vfat /dev/sdb1 rw
32 30 8:33 / /home/t/net/local rw shared:4 - xfs /dev/sdc1 rw
"""


def test_a_store_has_its_own_folder_for_each_user_and_school_whose_name_tells_neither(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "p")
    one, other = profile.store("user-1", "school-1"), profile.store("user-1", "school-2")
    assert one == Profile(tmp_path / "p").store("user-1", "school-1")
    assert one != other
    assert len(one.name) == 16
    assert Profile(tmp_path / "q").store("user-1", "school-1").name != one.name


@pytest.mark.parametrize(
    ("folder", "fault"),
    [
        ("/home/t/keyaki", ""),
        ("/home/t/network", ""),
        ("/home/t/net/keyaki", "network"),
        ("/home/t/net/local/keyaki", ""),
        ("/media/t/USB STICK/keyaki", "removable"),
    ],
)
def test_the_file_system_under_a_folder_decides(folder: str, fault: str, tmp_path: Path) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS, "utf-8")
    assert paths._mount_fault(Path(folder), mounts) == fault


def test_a_folder_on_this_disk_is_fit_before_it_exists(tmp_path: Path) -> None:
    paths.refuse_unfit(tmp_path / "not" / "there" / "yet")


@pytest.mark.skipif(not Path("/proc/self/mountinfo").exists(), reason="#2 2026-11-25: Linux only")
def test_an_unfit_folder_is_refused_with_its_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(paths, "_FAR", frozenset({line.split(" - ")[1].split(" ")[0] for line in open_mounts()}))
    with pytest.raises(PlaceRefused) as caught:
        paths.refuse_unfit(tmp_path)
    assert caught.value.facts == {"reason": "network"}


def open_mounts() -> list[str]:
    return Path("/proc/self/mountinfo").read_text("utf-8").splitlines()


def test_without_a_word_the_profile_lies_in_the_data_folder_of_the_account(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert paths.default_root() == tmp_path / "keyaki"
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    assert paths.default_root() == Path.home() / ".local" / "share" / "keyaki"
