"""The map in README.md is the tree.

The map is the fenced block below a heading with the word "map". Each line is a name and what it holds; folders end with
a slash, and what lies inside stands two spaces further in.
"""

import re

from tests.house.source import ROOT, tracked

FENCED = re.compile(
    r"^#+[^\n]*\bmap\b[^\n]*\n.*?^```[^\n]*\n(?P<map>.*?)^```", re.MULTILINE | re.DOTALL | re.IGNORECASE
)
LINE = re.compile(r"^(?P<indent> *)(?P<name>[\w.-]+/?)(\s|$)")


def mapped(text: str) -> list[str]:
    """The paths a README's map names, folders with a slash at the end."""
    block = FENCED.search(text)
    assert block is not None, "README.md has no map"
    paths: list[str] = []
    above: list[str] = []
    for line in block["map"].splitlines():
        match = LINE.match(line)
        if match:
            above = above[: len(match["indent"]) // 2]
            paths.append("".join(above) + match["name"])
            above.append(match["name"])
    return paths


def folders() -> set[str]:
    """What the map must name: the folders at the top, and the rooms of the two packages."""
    parts = [path.relative_to(ROOT).parts for path in tracked()]
    top = {f"{names[0]}/" for names in parts if len(names) > 1 and not names[0].startswith(".")}
    return top | {f"{names[0]}/{names[1]}/" for names in parts if len(names) > 2 and names[0] in ("client", "sync")}


def test_the_map_names_every_room_and_nothing_that_is_not_there() -> None:
    paths = mapped((ROOT / "README.md").read_text("utf-8"))
    assert folders() - set(paths) == set()
    assert [
        path for path in paths if not ((ROOT / path).is_dir() if path.endswith("/") else (ROOT / path).is_file())
    ] == []


def test_a_map_is_read_by_its_indentation() -> None:
    text = "# Keyaki\n## Map of the house\n```\nclient/  the app\n  shell/  frame\n    look.py\nMakefile\n```\n"
    assert mapped(text) == ["client/", "client/shell/", "client/shell/look.py", "Makefile"]
