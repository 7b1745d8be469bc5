"""The source as the house tests read it: files, syntax trees, and the names of the rooms."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FRAME = {"shell", "store", "vault", "widgets"}


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file: its path from the root with slashes, its text, its syntax tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """The dotted name it is imported by."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def at(self, node: ast.stmt | ast.expr | ast.ExceptHandler) -> str:
        """Where a person finds this node."""
        return f"{self.path}:{node.lineno}"


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Every module below these folders, in order of path."""
    found: list[Module] = []
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            text = path.read_text("utf-8")
            found.append(Module(path.relative_to(ROOT).as_posix(), text, ast.parse(text)))
    return tuple(found)


def features() -> set[str]:
    """The rooms of the client: every package in it that is neither the frame, the widgets nor the store."""
    return {path.parent.name for path in (ROOT / "client").glob("*/__init__.py")} - FRAME


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    """Every call of a function or method of this name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) == name:
            yield node


def called(call: ast.Call) -> str:
    """The last part of the name that is called; empty when it has none."""
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


@cache
def project() -> dict[str, Any]:
    """pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git keeps, or would keep after `git add`."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return tuple(path for name in sorted(names) if name and (path := ROOT / name).is_file())
