"""Reads manifest.csv: what the package says it holds, and whether that is so (check 1)."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from sync.server.roster.layout import LAYOUTS, MANIFEST, UNREAD
from sync.server.roster.problem import Kind, Problem
from sync.server.roster.table import read_records

FILE: Final = f"{MANIFEST}.csv"
VERSIONS: Final = frozenset({"1.2", "1.2.1", "1.2_JP"})
"""Values of `oneroster.version` of the three profiles; none of them decides a layout."""
_MANIFEST_VERSION: Final = "1.0"


class Mode(StrEnum):
    """How a file is sent: not at all, whole, or only what changed."""

    ABSENT = "absent"
    BULK = "bulk"
    DELTA = "delta"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the manifest says. source: the sender, whose sourcedIds are remembered under this name; may be empty."""

    version: str
    source: str
    modes: Mapping[str, Mode]

    @property
    def is_delta(self) -> bool:
        """True when any file is a delta: then files without changes may be left out."""
        return Mode.DELTA in self.modes.values()

    def mode(self, name: str) -> Mode:
        """Return how the file called `name` (without `.csv`) is sent."""
        return self.modes.get(name, Mode.ABSENT)


def read_manifest(files: Mapping[str, bytes], package: str) -> tuple[Manifest | None, list[Problem]]:
    """Read the manifest among `files` (by name without `.csv`) and compare it with what is there.

    Returns (manifest, problems); the manifest is None when there is none to read.
    """
    data = files.get(MANIFEST)
    if data is None:
        return None, [Problem(Kind.MANIFEST_MISSING, package)]
    records, problems = read_records(data, FILE)
    values = {fields[0]: (line, fields[1]) for line, fields in records if len(fields) == 2}
    problems += [Problem(Kind.ROW_WIDTH, FILE, line, hint="2") for line, fields in records if len(fields) != 2]
    modes, mode_problems = _modes(values)
    problems += mode_problems
    problems += _versions(values)
    source = next((v for v in (values.get(k, (0, ""))[1] for k in _SOURCES) if v), "")
    manifest = Manifest(values.get("oneroster.version", (0, ""))[1], source, MappingProxyType(modes))
    problems += _presence(manifest, files.keys(), values)
    return manifest, problems


_SOURCES = ("source.systemCode", "source.systemName")
_Values = Mapping[str, tuple[int, str]]


def _modes(values: _Values) -> tuple[dict[str, Mode], list[Problem]]:
    modes: dict[str, Mode] = {}
    problems: list[Problem] = []
    for name in (*LAYOUTS, *UNREAD):
        line, value = values.get(f"file.{name}", (None, Mode.ABSENT))
        if value in set(Mode):
            modes[name] = Mode(value)
        else:
            problems.append(Problem(Kind.FILE_MODE, FILE, line, f"file.{name}", value))
    return modes, problems


def _versions(values: _Values) -> Iterator[Problem]:
    for key, allowed in (("manifest.version", {_MANIFEST_VERSION}), ("oneroster.version", VERSIONS)):
        line, value = values.get(key, (None, ""))
        if value not in allowed:
            yield Problem(Kind.MANIFEST_VERSION, FILE, line, key, value, hint=" / ".join(sorted(allowed)))


def _presence(manifest: Manifest, present: AbstractSet[str], values: _Values) -> Iterator[Problem]:
    for name in (*LAYOUTS, *UNREAD):
        if name not in manifest.modes:
            continue
        sent = manifest.mode(name) is not Mode.ABSENT
        line = values.get(f"file.{name}", (None, ""))[0]
        if sent and name not in present:
            yield Problem(Kind.FILE_LISTED_ABSENT, FILE, line, f"file.{name}", manifest.mode(name))
        if not sent and name in present:
            yield Problem(Kind.FILE_UNLISTED, FILE, line, f"file.{name}", f"{name}.csv")
        if not sent and name in LAYOUTS and LAYOUTS[name].needed and not manifest.is_delta:
            yield Problem(Kind.FILE_NEEDED, FILE, line, f"file.{name}")
