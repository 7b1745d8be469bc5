"""A full disk and a read-only one take nothing that was saved, and are named for what they are."""

import subprocess
import sys
from pathlib import Path

import pytest

ALONE = ["unshare", "--map-root-user", "--mount"]


def may_mount() -> bool:
    """Whether a process here may mount a disk of its own."""
    if sys.platform != "linux":
        return False
    return subprocess.run([*ALONE, "true"], check=False, capture_output=True).returncode == 0


@pytest.mark.skipif(not may_mount(), reason="#4 2026-11-26: needs a mount namespace")
@pytest.mark.timeout(120)
@pytest.mark.parametrize("left", [4_096, 200_000])
def test_on_a_full_and_on_a_read_only_disk_saved_is_saved_reading_goes_on_and_room_heals_all(
    tmp_path: Path, left: int
) -> None:
    disk, beside = tmp_path / "disk", tmp_path / "beside"
    disk.mkdir()
    beside.mkdir()
    done = subprocess.run(
        [*ALONE, sys.executable, "-m", "tests.kit.small_disk", str(disk), str(beside), str(left)],
        check=False,
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
