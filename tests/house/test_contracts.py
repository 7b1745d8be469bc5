"""Who may import whom: the contracts of pyproject.toml hold, and nobody is forgotten in them."""

import ast
import re
import subprocess
import sys
import sysconfig
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import client
import sync
from tests.house.source import FRAME, ROOT, Module, features, modules, project

# Imported wherever they are needed; every other library has one home.
SHARED = {"PySide6", "orjson", "pydantic", "shiboken6"}


def contracts(name: str) -> list[dict[str, Any]]:
    """The contracts whose name begins with these words."""
    return [one for one in project()["tool"]["importlinter"]["contracts"] if one["name"].startswith(name)]


def listed(name: str, option: str) -> set[str]:
    """What all contracts of this name list under one option."""
    return {module for one in contracts(name) for module in one[option]}


def children(package: str) -> set[str]:
    """The dotted names of what lies directly in a package."""
    names = {module.name for module in modules(package.replace(".", "/"))}
    depth = package.count(".") + 2
    return {".".join(name.split(".")[:depth]) for name in names} - {package}


def test_every_folder_of_code_is_a_package_so_that_the_contracts_see_it() -> None:
    # Alembic runs its scripts by path.
    paths = (ROOT / module.path for module in modules("client", "sync") if "/migrations/" not in module.path)
    folders = {folder for path in paths for folder in path.parents if folder.is_relative_to(ROOT)} - {ROOT}
    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_every_contract_holds() -> None:
    command = Path(sysconfig.get_path("scripts"), "lint-imports")
    options = ["--no-logo", "--cache-dir", ".cache/import-linter"]
    report = subprocess.run([command, *options], cwd=ROOT, capture_output=True, text=True, check=False)
    assert report.returncode == 0, report.stdout + report.stderr


def test_every_feature_is_named_in_the_contracts_about_features() -> None:
    rooms = {f"client.{feature}" for feature in features()}
    assert listed("features meet at three doors", "modules") == rooms
    assert listed("a feature is read from its page down", "containers") == rooms


def test_every_part_of_the_client_below_the_tables_is_kept_free_of_qt() -> None:
    rows = contracts("imports point down")[0]["layers"]
    names = [re.findall(r"\w+", row) for row in rows]
    depth = next(number for number, row in enumerate(names) if "workspace" in row)
    seen = {name for row in names[:depth] for name in row} | {"settings", "shell", "widgets"}
    assert children("client") - {f"client.{name}" for name in seen} <= listed(
        "no Qt below the tables", "source_modules"
    )


def test_every_package_that_decides_is_kept_pure() -> None:
    deciding = (children("sync") - {"sync.server"}) | ({"sync.server.decide"} & children("sync.server"))
    assert deciding <= listed("what decides is pure", "source_modules")


def test_what_has_one_door_has_its_contract() -> None:
    assert ("client.workspace" in children("client")) == bool(contracts("only the workspace touches the store"))
    assert ("client.workspace" in children("client")) == bool(contracts("only the workspace drives the engine"))
    assert ("sync.server" in children("sync")) == bool(contracts("the client never imports the server"))
    assert ("client.app" in children("client")) == bool(contracts("only app opens panels"))
    assert FRAME.issuperset(
        name.removeprefix("client.") for name in listed("the shell and the widgets", "source_modules")
    )


def libraries(module: Module) -> set[str]:
    """The libraries from outside that a module imports, by their import names."""
    names = {
        name.split(".")[0]
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""])
    }
    return names - sys.stdlib_module_names - {"client", "sync"}


def declared(*extras: str) -> set[str]:
    """The distributions that pyproject.toml asks for, with these extras."""
    optional = project()["project"]["optional-dependencies"]
    texts = project()["project"]["dependencies"] + [text for extra in extras for text in optional[extra]]
    return {canonicalize_name(Requirement(text).name) for text in texts}


def extras_of(path: str) -> tuple[str, ...]:
    """What may be installed where this module runs: the client's things or the server's, and for both ends neither."""
    if path.startswith("sync/server/"):
        return ("server",)
    return ("client",) if path.startswith(("client/", "sync/engine/")) else ()


def test_every_library_is_shared_or_has_one_home() -> None:
    foreign = {name for module in modules("client", "sync") for name in libraries(module)}
    assert foreign - SHARED == listed("one home for each library", "protected_modules") - SHARED


def test_every_library_is_asked_for_by_the_end_that_imports_it() -> None:
    distributions = packages_distributions()
    # Comes in the same version with the PySide that is pinned.
    distributions["shiboken6"] = ["pyside6-essentials"]
    lacking = [
        f"{module.path}: {name}"
        for module in modules("client", "sync")
        for name in sorted(libraries(module))
        if not {canonicalize_name(one) for one in distributions[name]} & declared(*extras_of(module.path))
    ]
    assert lacking == []


def test_both_packages_come_from_this_checkout() -> None:
    assert {Path(package.__file__ or "").parents[1] for package in (client, sync)} == {ROOT}
