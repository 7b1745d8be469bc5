"""Decides a file's layout from its header: which column each position is, and what is wrong with the header itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from sync.server.roster.layout import Column, FileLayout
from sync.server.roster.problem import Kind, Problem

_NEAR = 0.85
"""Likeness from which an unknown name counts as a misspelt one; `userMasterIdenfitier` has 0.95."""


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a file by position, None = one nobody reads. written: spelling in the file, by column name."""

    columns: tuple[Column | None, ...]
    written: Mapping[str, str]
    problems: tuple[Problem, ...]


def match_header(layout: FileLayout, names: Sequence[str]) -> Header:
    """Match the names of a header line to the columns of `layout`.

    Both spellings of `metadata.jp.*` are taken whatever version the manifest states. Misspelt names are reported (21)
    and read as what they were meant to be, so that the rows below can still be checked.
    """
    columns, problems = _recognise(layout, names)
    found = [column.name for column in columns if column is not None]
    missing = [c.name for c in layout.columns if not c.absent_ok and c.name not in found]
    problems += [Problem(Kind.HEADER_MISSING, layout.file, 1, name) for name in missing]
    problems += _order(layout, columns, names)
    written = {c.name: name for c, name in zip(columns, names, strict=True) if c is not None}
    return Header(tuple(columns), written, tuple(problems))


def _recognise(layout: FileLayout, names: Sequence[str]) -> tuple[list[Column | None], list[Problem]]:
    known = {spelling: c for c in layout.columns for spelling in (c.name, *c.spellings)}
    free = {s: c for s, c in known.items() if not any(known.get(name) is c for name in names)}
    columns: list[Column | None] = []
    problems: list[Problem] = []
    for name in names:
        column = known.get(name)
        if column is not None and column in columns:
            problems.append(Problem(Kind.HEADER_TWICE, layout.file, 1, name))
            column = None
        elif column is None:
            column = _meant(name, free)
            problems.append(_unknown(layout, name, column))
            free = {s: c for s, c in free.items() if c is not column}
        columns.append(column)
    return columns, problems


def _meant(name: str, free: Mapping[str, Column]) -> Column | None:
    by_case = {spelling.casefold(): column for spelling, column in free.items()}
    near = get_close_matches(name.strip().casefold(), by_case, n=1, cutoff=_NEAR)
    return by_case[near[0]] if near else None


def _unknown(layout: FileLayout, name: str, meant: Column | None) -> Problem:
    if meant is not None:
        return Problem(Kind.HEADER_MISSPELT, layout.file, 1, name, hint=meant.name)
    kind = Kind.HEADER_EXTENSION if name.startswith("metadata.") else Kind.HEADER_UNKNOWN
    return Problem(kind, layout.file, 1, name)


def _order(layout: FileLayout, columns: Sequence[Column | None], names: Sequence[str]) -> Iterator[Problem]:
    position = {column.name: index for index, column in enumerate(layout.columns)}
    furthest = -1
    for column, name in zip(columns, names, strict=True):
        if column is None:
            continue
        if position[column.name] < furthest:
            yield Problem(Kind.HEADER_ORDER, layout.file, 1, name, hint=layout.columns[furthest].name)
            return
        furthest = position[column.name]
