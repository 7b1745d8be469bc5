"""Many keys bound as one value, so that one statement looks them all up: JSON in SQLite, arrays in PostgreSQL."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import ARRAY, BigInteger, ColumnElement, FromClause, Table, Text, and_, bindparam, func
from sqlalchemy.dialects import postgresql

Key = tuple[str, str]
"""A record's type and id."""
Stand = tuple[int, int, int]
"""A scope set, one of the scopes in it, and the seq of a snapshot of the set."""


@dataclass(frozen=True, slots=True)
class KeyTable:
    """Many keys as one bound value, of which `params(keys)` makes the parameters."""

    source: FromClause
    type: ColumnElement[str]
    id: ColumnElement[str]
    params: Callable[[Sequence[Key]], dict[str, Any]]

    def joined(self, table: Table) -> FromClause:
        """Each key with the rows of one school that have it, or with nulls.

        An outer join, because SQLite keeps its order; of an inner one it would scan the whole school.
        """
        own = (table.c.school == bindparam("school"), table.c.type == self.type, table.c.id == self.id)
        return self.source.outerjoin(table, and_(*own))


@dataclass(frozen=True, slots=True)
class StandTable:
    """Many stands as one bound value, of which `params(stands)` makes the parameters."""

    source: FromClause
    place: ColumnElement[int]
    scope: ColumnElement[int]
    seq: ColumnElement[int]
    params: Callable[[Iterable[Stand]], dict[str, Any]]


def json_keys() -> KeyTable:
    """For SQLite."""
    source = func.json_each(bindparam("keys")).table_valued("value", name="k")
    return KeyTable(
        source,
        func.json_extract(source.c.value, "$[0]"),
        func.json_extract(source.c.value, "$[1]"),
        lambda keys: {"keys": orjson.dumps(keys).decode()},
    )


def json_stands() -> StandTable:
    """For SQLite."""
    source = func.json_each(bindparam("stands")).table_valued("value", name="s")
    place, scope, seq = (func.json_extract(source.c.value, f"$[{n}]", type_=BigInteger) for n in range(3))
    return StandTable(source, place, scope, seq, lambda stands: {"stands": orjson.dumps(list(stands)).decode()})


def array_keys() -> KeyTable:
    """For PostgreSQL."""
    source = (
        func.unnest(
            bindparam("key_types", type_=ARRAY(Text)),
            bindparam("key_ids", type_=ARRAY(postgresql.UUID(as_uuid=False))),
        )
        .table_valued("type", "id", name="k")
        .render_derived()
    )
    return KeyTable(source, source.c.type, source.c.id, _array_params)


def _array_params(keys: Iterable[Key]) -> dict[str, Any]:
    pairs = list(keys)
    return {"key_types": [type_ for type_, _ in pairs], "key_ids": [id_ for _, id_ in pairs]}


def array_stands() -> StandTable:
    """For PostgreSQL."""
    arrays = (bindparam(name, type_=ARRAY(BigInteger)) for name in ("places", "scopes", "seqs"))
    source = func.unnest(*arrays).table_valued("place", "scope", "seq", name="s").render_derived()
    return StandTable(source, source.c.place, source.c.scope, source.c.seq, _stand_params)


def _stand_params(stands: Iterable[Stand]) -> dict[str, Any]:
    rows = list(stands)
    return {name: [row[n] for row in rows] for n, name in enumerate(("places", "scopes", "seqs"))}
