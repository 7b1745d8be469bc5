"""The lock files hold what pyproject.toml asks for, on every platform, with hashes and without a host."""

import re
from functools import cache

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.source import ROOT, project

LOCKS = ("requirements.lock", "requirements-server.lock")
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[\w+\])?==(?P<version>[^ ;\\]+)", re.MULTILINE)
QT = re.compile(r"^(pyside|shiboken|qt)")


@cache
def pins(lock: str) -> dict[str, str]:
    """Name to version of everything a lock file holds."""
    text = (ROOT / lock).read_text("utf-8")
    return {canonicalize_name(match["name"]): match["version"] for match in PIN.finditer(text)}


def asked(*extras: str) -> list[Requirement]:
    """What the project needs, with these extras."""
    optional = project()["project"]["optional-dependencies"]
    texts = project()["project"]["dependencies"] + [text for extra in extras for text in optional[extra]]
    return [Requirement(text) for text in texts]


def unmet(lock: str, *extras: str) -> list[str]:
    """Requirements a lock does not fulfil."""
    return [
        str(need)
        for need in asked(*extras)
        if not need.specifier.contains(pins(lock).get(canonicalize_name(need.name), "0"))
    ]


def test_the_lock_fulfils_the_project_and_all_its_extras() -> None:
    assert unmet("requirements.lock", *project()["project"]["optional-dependencies"]) == []


def test_the_servers_lock_fulfils_the_server_in_the_same_versions_and_holds_no_qt() -> None:
    assert unmet("requirements-server.lock", "server") == []
    assert pins("requirements-server.lock").items() <= pins("requirements.lock").items()
    assert [name for name in pins("requirements-server.lock") if QT.match(name)] == []
    assert [name for name in pins("requirements.lock") if QT.match(name)] != []


def test_every_pin_has_a_hash_and_no_line_names_a_host() -> None:
    for lock in LOCKS:
        text = (ROOT / lock).read_text("utf-8")
        blocks = re.split(r"\n(?=[a-z0-9])", text.split("\n", 2)[2])
        assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
        assert [line for line in text.splitlines() if "://" in line or line.startswith("-")] == []
