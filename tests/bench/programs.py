"""A teacher's program in a process of its own, as a morning starts thirty of them."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from select import select
from typing import Any

from tests.bench.school import ROOT

ENDING_S = 30
"""So long one that was told to end may take."""


class Program(AbstractContextManager["Program"]):
    """One teacher's program in a process of its own. said: the file for what it says beside its figures."""

    def __init__(self, words: Sequence[str], said: Path) -> None:
        order = [sys.executable, "-m", "tests.bench.morning_process", *words]
        self._said = said
        with said.open("ab") as heard:
            self._process = subprocess.Popen(
                order, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=heard, cwd=ROOT
            )
        self._begun = b""

    def told(self, until: float) -> dict[str, Any]:
        """Its next line of figures. Raises RuntimeError, with what it said, where none comes by that moment."""
        out = self._process.stdout
        assert out is not None
        while b"\n" not in self._begun:
            ready, _, _ = select([out], [], [], max(0.0, until - time.time()))
            more = os.read(out.fileno(), 1 << 16) if ready else b""
            if not more:
                how = f"ended with {self._process.wait()}" if ready else "says nothing"
                raise RuntimeError(f"a program {how}: {self._said.read_text('utf-8', 'replace')[-2_000:]}")
            self._begun += more
        line, _, self._begun = self._begun.partition(b"\n")
        return json.loads(line)

    def dismiss(self) -> None:
        """Have it tell what it saw, and end."""
        assert self._process.stdin is not None
        self._process.stdin.close()

    def __exit__(self, *_: object) -> None:
        """However it went, it is not left behind."""
        self.dismiss()
        assert self._process.stdout is not None
        self._process.stdout.close()  # one that still has much to tell waits for nobody
        try:
            self._process.wait(ENDING_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
