"""Set-up on a bare machine: what is missing is found, and what cannot be done is said."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from installer import system_packages
from tests.house.source import ROOT

EVERYTHING = ("python", "qt", "fonts", "screen", "tests", "package")
ROOT_USER, SOMEBODY = 0, 1000
needs_debian = pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="no Debian or Ubuntu")


def fake_tools(folder: Path, **scripts: str) -> dict[str, str]:
    """An environment in which only these shell scripts can be found."""
    for name, text in scripts.items():
        tool = folder / name
        tool.write_text(f"#!/bin/sh\n{text}\n")
        tool.chmod(0o755)
    return {"PATH": str(folder)}


def ensure(environment: dict[str, str], user: int) -> str:
    """What is printed when this user asks for the fonts in this environment, in a process of its own."""
    code = f"""
import os, system_packages
os.geteuid = lambda: {user}
try:
    print(system_packages.ensure(("fonts",), []))
except system_packages.Missing as missing:
    print("Missing:", missing)
"""
    command, folder = [sys.executable, "-c", code], ROOT / "installer"
    answer = subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=True
    )
    return answer.stdout.decode()


def test_the_list_of_packages_has_every_group_and_no_package_twice() -> None:
    groups = [set(system_packages.wanted((group,))) for group in EVERYTHING]
    everything = system_packages.wanted(EVERYTHING)
    assert sum(len(group) for group in groups) == len(everything)
    assert all(groups[1:5])
    assert [name for name, may_lack in everything.items() if may_lack and not name.startswith("fonts-")] == []


@needs_debian
def test_a_package_that_is_not_installed_is_missed_and_one_that_is_or_is_provided_is_not() -> None:
    asked = {"dpkg": False, "awk": False, "keyaki-no-such-package": False}
    assert system_packages.missing(asked) == ["keyaki-no-such-package"]


def test_on_another_system_set_up_goes_on_and_says_what_it_could_not_check(tmp_path: Path) -> None:
    said = ensure(fake_tools(tmp_path), SOMEBODY)
    assert "no Debian or Ubuntu" in said
    assert "fonts-noto-cjk" in said
    assert "Missing" not in said


def test_without_root_or_sudo_the_command_to_type_is_said(tmp_path: Path) -> None:
    said = ensure(fake_tools(tmp_path, **{"dpkg-query": "exit 0", "apt-get": "exit 1"}), SOMEBODY)
    assert "Missing:" in said
    assert "apt-get update && apt-get install" in said
    assert "fonts-noto-cjk" in said


def test_without_root_or_sudo_what_can_be_lacked_stops_nobody(tmp_path: Path) -> None:
    tools = {"dpkg-query": "echo installed fonts-noto-cjk", "apt-get": "exit 1"}
    said = ensure(fake_tools(tmp_path, **tools), SOMEBODY)
    assert "Going on without these" in said
    assert said.splitlines()[-1] == "[]"


def test_when_apt_fails_set_up_stops(tmp_path: Path) -> None:
    tools = {"dpkg-query": "exit 0", "apt-get": "exit 100", "apt-cache": "exit 0", "env": 'shift; exec "$@"'}
    assert "Missing: apt-get could not install" in ensure(fake_tools(tmp_path, **tools), ROOT_USER)


def test_what_apt_does_not_know_is_left_out_and_not_asked_for_again(tmp_path: Path) -> None:
    log = tmp_path / "log"
    known = 'case "$2" in fonts-ipamj-mincho) echo "  Candidate: 1";; *) echo "  Candidate: (none)";; esac'
    apt = {"apt-get": f'echo "$@" >> {log}', "apt-cache": known, "env": 'shift; exec "$@"'}
    said = ensure(fake_tools(tmp_path, **apt, **{"dpkg-query": "exit 0"}), ROOT_USER)
    assert said.splitlines()[-1] == "['fonts-morisawa-bizud-gothic', 'fonts-morisawa-bizud-mincho']"
    assert log.read_text().splitlines()[-1].endswith("fonts-ipamj-mincho fonts-noto-cjk")
