"""Real client processes, driven by a test: `desks.open(teacher)`, then `desk.sync()`, `desk.put(…)`, `desk.kill()`."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


class DeskFailed(Exception):
    """An order ended in a numbered error: `number`, `name`."""

    def __init__(self, number: int, name: str) -> None:
        super().__init__(f"E-{number} {name}")
        self.number, self.name = number, name


@dataclass(slots=True)
class Desk:
    """One client process. Every method that does something returns when the process has answered.

    program: the module it runs.
    """

    folder: Path
    server: str
    issuer: str
    teacher: str
    program: str = "tests.kit.desk_process"
    _process: subprocess.Popen[str] | None = None

    @property
    def pid(self) -> int:
        """Its process."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start it; the first time it joins the school."""
        words = [str(self.folder), self.server, self.issuer, self.teacher]
        self._process = subprocess.Popen(
            [sys.executable, "-m", self.program, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        assert self._answer() == {"ready": True}

    def ask(self, do: str, **order: Any) -> Any:
        """Give one order. Raises DeskFailed."""
        self.say(do, **order)
        return self.heard()

    def say(self, do: str, **order: Any) -> None:
        """Give one order without waiting for its answer."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, **order}) + "\n")
        self._process.stdin.flush()

    def heard(self) -> Any:
        """The answer to the oldest order that was not waited for. Raises DeskFailed."""
        answer = self._answer()
        if "error" in answer:
            raise DeskFailed(answer["error"], answer["name"])
        return answer["done"]

    def put(self, type_: str, fields: Mapping[str, Any]) -> int | None:
        """Save fields of one record."""
        return self.ask("put", type=type_, fields=fields)

    def sync(self) -> Any:
        """One round."""
        return self.ask("sync")

    def rows(self, sql: str, *params: Any) -> list[list[Any]]:
        """Rows of its store."""
        return self.ask("rows", sql=sql, params=list(params))

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self._process is not None
        self._process.kill()
        self._gone()

    def close(self) -> None:
        """Let it end by itself."""
        if self._process is not None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            self._gone()

    def _gone(self) -> None:
        assert self._process is not None
        self._process.wait(30)
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        self._process = None

    def _answer(self) -> Any:
        assert self._process is not None
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, f"the desk of {self.teacher} ended without an answer"
        return json.loads(line)


@dataclass(slots=True)
class Desks:
    """Every client process of one test; all are closed at its end."""

    folder: Path
    all: list[Desk] = field(default_factory=list[Desk])

    def open(self, teacher: str, server: str, issuer: str) -> Desk:
        """A new client on a new PC, joined."""
        desk = Desk(self.folder / f"desk-{len(self.all)}", server, issuer, teacher)
        self.all.append(desk)
        desk.start()
        return desk


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    """Client processes, as many as a test opens."""
    made = Desks(tmp_path)
    yield made
    for desk in made.all:
        desk.close()
