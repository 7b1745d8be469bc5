"""What git keeps: the agreed folders, and nothing of one machine, one registry, or anybody's secrets."""

import re
from pathlib import Path

import pytest

from tests.house.source import ROOT, tracked

FOLDERS = {".ci", "client", "installer", "resources", "sync", "tests"}
FILES = {
    ".gitignore",
    "LICENSE",
    "Makefile",
    "README.md",
    "pyproject.toml",
    "requirements-server.lock",
    "requirements.lock",
}
# Put together from halves, so that this file does not accuse itself.
HOSTS = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "deb." + "debian.org", "git" + "hub.com/releases"]
HERE = "|".join(re.escape(str(folder)) for folder in (ROOT, Path.home()))
FINDINGS = {
    "a folder of one machine": re.compile(rf"(?<![\w.~*-])(?:{HERE}|/work|/root|/tmp/keyaki)/".encode()),
    "the host of a package registry": re.compile("|".join(re.escape(host) for host in HOSTS).encode()),
    "a private key": re.compile(rb"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s+[A-Za-z0-9+/]"),
    "a token": re.compile(rb"\b(?:gh[pousr]_[A-Za-z0-9]{20}|AKIA[0-9A-Z]{16}|ey" + rb"J[\w-]{16,}\.eyJ[\w-]{16,}\.)"),
}
LARGEST = 2 * 1024 * 1024


def findings(text: bytes) -> list[str]:
    """What in this text must not be kept."""
    return [name for name, pattern in FINDINGS.items() if pattern.search(text)]


def test_nothing_stands_at_the_top_but_what_was_agreed() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} <= FOLDERS | FILES


def test_no_tracked_file_holds_a_path_of_one_machine_a_registry_or_a_secret() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): findings(path.read_bytes()) for path in tracked() if path != Path(__file__)
    }
    assert {name: words for name, words in found.items() if words} == {}


def test_no_tracked_file_is_so_large_that_every_clone_would_carry_it_for_ever() -> None:
    assert [path for path in tracked() if path.stat().st_size > LARGEST] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"open('{Path.home()}/marks.csv')".encode(), "a folder of one machine"),
        (b"--index-url https://" + HOSTS[0].encode() + b"/simple", "the host of a package registry"),
        (b"-----BEGIN EC PRIVATE KEY-----\nMHc", "a private key"),
        (b"token = 'ghp_" + b"a1B2" * 9 + b"'", "a token"),
    ],
)
def test_each_of_these_is_found_when_planted(text: bytes, name: str) -> None:
    assert findings(text) == [name]
