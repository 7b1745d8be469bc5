"""What pulls read: the rows of scopes in the order they were touched, and the sums of scopes.

Two orders. A *sweep* reads one scope set after the other up to a fixed seq, in ranges of the key the records lie by:
how scopes are loaded. A *merge* reads many scopes at once in the one order (touched, type, id): how changes are
followed.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Select, String, bindparam, select, tuple_

from sync.server.storage.engines import Database
from sync.server.storage.tables import Big, Uid, rec_scope, record, scope_sum

PlaceKey = tuple[int, str, str]
"""A place in an order: touched, type, id in a merge; scope set, type, id in a sweep."""
START: Final[PlaceKey] = (0, "", "00000000-0000-0000-0000-000000000000")

Row = tuple[int, int, str, int, str, str | None]
"""A row as it goes into a frame: scope set, layout, id, ver, data (the inside of a JSON array), fv (JSON or None).
A bare tuple, for there are very many.
"""


class Merged(NamedTuple):
    """A row of a merge: one record in, or out of, one of the scopes asked for."""

    touched: int
    type: str
    id: str
    scope: int
    inside: bool
    deleted: bool
    row: Row


class Pages:
    """The statements of pulls for one kind of database, built once."""

    def __init__(self, database: Database) -> None:
        joined = (
            (rec_scope.c.school == record.c.school)
            & (rec_scope.c.type == record.c.type)
            & (rec_scope.c.id == record.c.id)
        )
        row = (record.c.place, record.c.layout, record.c.id, record.c.ver, record.c.data, record.c.fv)
        swept = (record.c.place, record.c.type, record.c.id)
        self._sweep: Select[*tuple[Any, ...]] = (
            select(*row)
            .where(
                record.c.school == bindparam("school"),
                tuple_(*swept) > behind(),
                record.c.place <= bindparam("last"),
                record.c.ver <= bindparam("top"),
            )
            .order_by(*swept)
            .limit(bindparam("limit"))
        )
        merged = (rec_scope.c.touched, rec_scope.c.type, rec_scope.c.id)
        self._merge: Select[*tuple[Any, ...]] = (
            select(*merged, rec_scope.c.scope, rec_scope.c.inside, record.c.deleted, *row)
            .join_from(rec_scope, record, joined)
            .where(
                rec_scope.c.school == bindparam("school"),
                rec_scope.c.scope.in_(bindparam("scopes", expanding=True)),
                tuple_(*merged) > behind(),
                record.c["class"] != "I",
            )
            .order_by(*merged)
            .limit(bindparam("limit"))
        )
        self._sums = select(scope_sum.c.n, scope_sum.c["class"], scope_sum.c.sum, scope_sum.c.count).where(
            scope_sum.c.school == bindparam("school"),
            scope_sum.c.n.in_(bindparam("scopes", expanding=True)),
            scope_sum.c["class"] != "I",
        )

        self._hashes = select(record.c.id, record.c.h).where(
            record.c.school == bindparam("school"), record.c.place.in_(bindparam("places", expanding=True))
        )

    def hashes(self, connection: Connection, school: str, sets: Iterable[int]) -> Sequence[tuple[str, int]]:
        """Id and signed hash of every row that lies in these scope sets."""
        found = connection.execute(self._hashes, {"school": school, "places": list(sets)})
        return [(row[0], row[1]) for row in found]

    def sweep(
        self, connection: Connection, school: str, after: PlaceKey, span: tuple[int, int], limit: int
    ) -> Sequence[Row]:
        """Rows behind a place. span: the last scope set to read, and the seq after which nothing is read."""
        last, top = span
        values = {"school": school, "last": last, "top": top, "limit": limit} | behind_values(after)
        return connection.execute(self._sweep, values).all()

    def merge(
        self, connection: Connection, school: str, scopes: Iterable[int], after: PlaceKey, limit: int
    ) -> Sequence[Merged]:
        """Rows of all these scopes behind a place, one for each scope a record is or was in."""
        values = {"school": school, "scopes": list(scopes), "limit": limit} | behind_values(after)
        rows = connection.execute(self._merge, values).all()
        return [Merged._make((*row[:6], row[6:])) for row in rows]

    def sums(self, connection: Connection, school: str, scopes: Iterable[int]) -> dict[int, dict[str, tuple[str, int]]]:
        """{scope: {class: (sum, count)}} of the scopes that have rows."""
        found: dict[int, dict[str, tuple[str, int]]] = {}
        for number, class_, total, count in connection.execute(self._sums, {"school": school, "scopes": list(scopes)}):
            found.setdefault(number, {})[class_] = (total, count)
        return found


def behind() -> Any:
    """The place a statement is to go on from; `behind_values` gives its parameters."""
    return tuple_(bindparam("number", type_=Big), bindparam("type", type_=String), bindparam("id", type_=Uid))


def behind_values(after: PlaceKey) -> dict[str, Any]:
    """The parameters of `behind`."""
    return dict(zip(("number", "type", "id"), after, strict=True))
