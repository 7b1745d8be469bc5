"""Any number work in a folder beside each other; whoever replaces its database is alone in it."""

import subprocess
import sys
from pathlib import Path

import pytest

from sync.protocol.errors import ServerBusy
from sync.server import occupied
from sync.server.occupied import alone, beside_others
from sync.server.settings import Refusal
from tests.sync.server.process import ROOT, run, serving

HOLDER = """
import sys, time
from pathlib import Path
from sync.server.occupied import beside_others

with beside_others(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_many_work_beside_each_other_and_nobody_beside_one_who_is_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(occupied, "_WAIT_S", 0.05)
    folder = tmp_path / "data"
    with beside_others(folder), beside_others(folder), pytest.raises(Refusal, match="stop it first"), alone(folder):
        pytest.fail("it was taken")
    with alone(folder):
        with pytest.raises(ServerBusy), beside_others(folder):
            pytest.fail("it was taken")
        with pytest.raises(Refusal), alone(folder):
            pytest.fail("it was taken")
    with beside_others(folder):
        pass


def test_a_process_that_is_killed_leaves_the_folder_free(tmp_path: Path) -> None:
    words = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(Refusal), alone(tmp_path):
            pytest.fail("it was taken")
        process.kill()
        process.wait()
        with alone(tmp_path):
            pass


def test_commands_give_way_while_a_database_is_replaced(tmp_path: Path) -> None:
    assert run("migrate", "--data", tmp_path).returncode == 0
    with alone(tmp_path):
        for words in (("serve",), ("migrate",)):
            refused = run(*words, "--data", tmp_path)
            assert (refused.returncode, refused.stdout) == (3, ""), words
            assert "nothing was written" in refused.stderr
    with serving("--data", tmp_path), pytest.raises(Refusal), alone(tmp_path):
        pytest.fail("it was taken from a server")
