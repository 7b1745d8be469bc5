"""The process writes no core dump and gives its memory to no other program of the account."""

import subprocess
import sys

import pytest

SAID = """
import ctypes, resource
from client.hardening import harden
print(harden(), resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="#4 2026-11-26: other systems keep their own ways")
def test_no_core_dump_and_memory_of_nobody_elses() -> None:
    done = subprocess.run([sys.executable, "-c", SAID], capture_output=True, text=True, check=True)
    assert done.stdout == "True (0, 0) 0\n"
