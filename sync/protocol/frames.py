"""Columnar frames: rows of one type with the same scopes, names of columns said once."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, SkipValidation, model_validator

ID, VER = 0, 1
"""Places of the two columns every frame begins with."""


class Row(NamedTuple):
    """One whole record as it travels. fv: {unit: version} of the units whose version differs from `ver`."""

    type: str
    id: str
    ver: int
    fields: Mapping[str, Any]
    fv: Mapping[str, int]
    scopes: tuple[str, ...]


class Frame(BaseModel):
    """Rows of one type and one scope set. `columns` begins with id, ver; `fv` is keyed by row index.

    The rows are the lists that were handed over, looked at but not copied: a page has thousands.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)

    type: str
    scopes: tuple[str, ...]
    columns: tuple[str, ...] = Field(min_length=2)
    rows: SkipValidation[list[list[Any]]]
    fv: dict[str, dict[str, int]] = Field(default_factory=dict[str, dict[str, int]])

    @model_validator(mode="after")
    def _shape(self) -> "Frame":
        width = len(self.columns)
        if self.columns[:2] != ("id", "ver") or len(set(self.columns)) != width:
            raise ValueError("columns")
        if type(self.rows) is not list or set(map(type, self.rows)) - {list} or set(map(len, self.rows)) - {width}:
            raise ValueError("rows")
        if not all(key.isdecimal() and int(key) < len(self.rows) for key in self.fv):
            raise ValueError("fv")
        return self


def pack(rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """Frames, in wire form, of `rows`; consecutive rows of one type and scope set share one. Order is kept."""
    run: list[Row] = []
    for row in rows:
        if run and (run[0].type != row.type or run[0].scopes != row.scopes):
            yield _frame(run)
            run = []
        run.append(row)
    if run:
        yield _frame(run)


def unpack(frame: Frame) -> Iterator[Row]:
    """The rows of a frame; null columns are left out of `fields`."""
    names = frame.columns[2:]
    for index, values in enumerate(frame.rows):
        fields = {name: value for name, value in zip(names, values[2:], strict=True) if value is not None}
        yield Row(frame.type, values[ID], values[VER], fields, frame.fv.get(str(index), {}), frame.scopes)


def _frame(run: list[Row]) -> dict[str, Any]:
    names = list(dict.fromkeys(name for row in run for name in row.fields))
    rows = [[row.id, row.ver, *map(row.fields.get, names)] for row in run]
    frame: dict[str, Any] = {
        "type": run[0].type,
        "scopes": list(run[0].scopes),
        "columns": ["id", "ver", *names],
        "rows": rows,
    }
    versions = {str(index): dict(row.fv) for index, row in enumerate(run) if row.fv}
    return frame | ({"fv": versions} if versions else {})
