"""The tests of `make check`: the house's rules, everything that decides, and what mirrors the files being worked on."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import PurePosixPath

import pytest

from tests.house.source import ROOT

ALWAYS = ("tests/house", "tests/sync/protocol", "tests/sync/records", "tests/sync/engine", "tests/sync/server/decide")


def changed() -> list[str]:
    """Files that differ from the last commit or are new, as git names them."""
    commands = (["git", "diff", "--name-only", "HEAD"], ["git", "ls-files", "--others", "--exclude-standard"])
    answers = (subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout for words in commands)
    return sorted({name for answer in answers for name in answer.splitlines()})


def mirrors(files: Iterable[str]) -> set[str]:
    """The tests that belong to these files: a changed test itself, else the nearest folder that mirrors the place."""
    found: set[str] = set()
    for file in map(PurePosixPath, files):
        if file.parts[0] == "tests" and file.name.startswith("test_") and (ROOT / file).exists():
            found.add(str(file))
        elif file.parts[0] in ("client", "sync"):
            # Not above a room: a change of one feature is no reason to test them all.
            rooms = ["tests" / parent for parent in file.parents if len(parent.parts) > 1]
            found.update(str(room) for room in [room for room in rooms if (ROOT / room).is_dir()][:1])
    return found


def main() -> int:
    """Run them; pytest's exit code."""
    always = [folder for folder in ALWAYS if (ROOT / folder).is_dir()]
    return pytest.main(["-q", *always, *sorted(mirrors(changed()))])


if __name__ == "__main__":
    sys.exit(main())
