"""Frames put together from stored texts: a page of thousands of rows is made without reading one of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import orjson

from sync.server.storage.names import Names

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
    """Rows being gathered into frames by type, layout and scope set. `size`: rows, `bytes`: characters so far."""

    names: Names
    size: int = 0
    bytes: int = 0
    _frames: dict[tuple[int, str], _Frame] = field(default_factory=dict[tuple[int, str], _Frame])

    def add(self, id_: str, ver: int, kept: tuple[int, str, str | None, str]) -> None:
        """One whole record. kept: its layout, data, fv and scopes as stored."""
        layout, data, fv, scopes = kept
        frame = self._frames.get((layout, scopes))
        if frame is None:
            frame = self._frames[layout, scopes] = _Frame(self._head(layout, scopes))
        if fv is not None:
            frame.versions.append(f'"{len(frame.rows)}":{fv}')
        frame.rows.append(f'["{id_}",{ver},{data}]')
        self.size += 1
        self.bytes += len(data) + 60

    def frames(self) -> Iterator[orjson.Fragment]:
        """The frames in wire form."""
        return (orjson.Fragment(frame.text()) for frame in self._frames.values())

    def _head(self, layout: int, scopes: str) -> str:
        item = self.names.layouts[layout - 1]
        head = {"type": item.type, "scopes": self.names.names_of(scopes), "columns": ["id", "ver", *item.columns]}
        return orjson.dumps(head).decode()[:-1] + ","
