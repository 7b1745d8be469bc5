"""A restore that is cut off anywhere leaves one whole database, the old or the new, and a repeat goes through."""

import shutil
import subprocess
import sys
from pathlib import Path

from sync.server.backup.make import back_up
from sync.server.backup.restore import restore
from sync.server.storage.engines import FILE
from tests.sync.server.backup.bakery import LATER, NOW, asked, bakery, new_id
from tests.sync.server.process import ROOT

CUT = """
import os, sys
from pathlib import Path
from sync.server.backup.restore import restore
from tests.sync.server.backup.bakery import LATER, new_id

folder, backup, steps = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])

def count(event, arguments):
    global steps
    if event in ("os.mkdir", "os.link", "os.rename", "os.remove", "os.rmdir"):
        if not steps:
            os._exit(9)
        steps -= 1

sys.addaudithook(count)
restore(folder, backup, LATER, new_id)
os._exit(0)
"""
"""A restore whose process ends before its n-th change of a folder, as by a power cut."""


def test_a_restore_cut_off_before_any_change_of_a_folder_leaves_one_whole_database(tmp_path: Path) -> None:
    made = bakery(tmp_path / "data")
    made.note("backed up")
    back_up(tmp_path / "data", tmp_path / "b", NOW)
    made.note("since")
    made.storage.close()
    seen = list[bool]()
    for steps in range(20):
        folder = tmp_path / f"cut-{steps}"
        shutil.copytree(tmp_path / "data", folder)
        words = [sys.executable, "-c", CUT, str(folder), str(tmp_path / "b"), str(steps)]
        ended = subprocess.run(words, cwd=ROOT, check=False, timeout=60).returncode
        assert asked(folder / FILE, "PRAGMA integrity_check") == [("ok",)]
        (remark,) = asked(folder / FILE, "SELECT data FROM record WHERE type = 'remark'")
        is_new = asked(folder / FILE, "SELECT count(*) FROM past_epoch") == [(4,)]
        assert ("backed up" if is_new else "since") in remark[0]
        seen.append(is_new)
        if ended == 0:
            break
        assert ended == 9
        restore(folder, tmp_path / "b", LATER.replace(hour=9), new_id)
        assert not (folder / "restoring").exists()
    assert seen == sorted(seen)
    assert seen[0] is False
    assert seen[-1] is True
    assert len(seen) > 5, "it was cut off nowhere"
