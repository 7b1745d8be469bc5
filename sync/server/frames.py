"""Frames put together from stored texts: a page of thousands of rows is made without reading one of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import orjson

from sync.server.storage.names import Names
from sync.server.storage.pages import Row

BYTES_MAX: Final = 6 * 1024 * 1024
"""Text a page may hold before it ends early; a client inflates at most 16 MiB."""


@dataclass(slots=True)
class _Frame:
    head: str
    rows: list[str] = field(default_factory=list[str])
    versions: list[str] = field(default_factory=list[str])

    def text(self) -> str:
        fv = f',"fv":{{{",".join(self.versions)}}}' if self.versions else ""
        return f'{self.head}"rows":[{",".join(self.rows)}]{fv}}}'


@dataclass(slots=True)
class Page:
    """Rows being gathered into frames by scope set and layout. `size`: rows, `bytes`: characters so far."""

    names: Names
    size: int = 0
    bytes: int = 0
    _frames: dict[tuple[int, int], _Frame] = field(default_factory=dict[tuple[int, int], _Frame])

    def add(self, rows: Iterable[Row]) -> None:
        """Whole records."""
        before, frame = (0, 0), None
        count = size = 0
        for scopes, layout, id_, ver, data, fv in rows:
            if frame is None or (scopes, layout) != before:
                before = (scopes, layout)
                frame = self._frame(scopes, layout)
            if fv is not None:
                frame.versions.append(f'"{len(frame.rows)}":{fv}')
            frame.rows.append(f'["{id_}",{ver},{data}]')
            count += 1
            size += len(data)
        self.size += count
        self.bytes += size + 60 * count

    def frames(self) -> Iterator[orjson.Fragment]:
        """The frames in wire form."""
        return map(orjson.Fragment, self.texts())

    def texts(self) -> Iterator[str]:
        """The JSON text of each frame."""
        return (frame.text() for frame in self._frames.values())

    def counts(self) -> dict[int, int]:
        """{scope set: rows of it}."""
        found: dict[int, int] = {}
        for (scopes, _), frame in self._frames.items():
            found[scopes] = found.get(scopes, 0) + len(frame.rows)
        return found

    def _frame(self, scopes: int, layout: int) -> _Frame:
        frame = self._frames.get((scopes, layout))
        if frame is None:
            frame = self._frames[scopes, layout] = _Frame(self._head(scopes, layout))
        return frame

    def _head(self, scopes: int, layout: int) -> str:
        item = self.names.layouts[layout - 1]
        names = self.names.names_of(self.names.sets[scopes - 1])
        head = {"type": item.type, "scopes": names, "columns": ["id", "ver", *item.columns]}
        return orjson.dumps(head).decode()[:-1] + ","
