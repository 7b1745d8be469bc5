"""What pulls read: the rows of scopes in the order they were touched, and the sums of scopes.

Two orders. A *sweep* reads one scope after the other up to a fixed seq, each by one range of the index: how a scope is
loaded. A *merge* reads many scopes at once in the one order (touched, type, id): how changes are followed.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Select, String, bindparam, select, tuple_

from sync.server.storage.engines import Database
from sync.server.storage.tables import Big, Uid, rec_scope, record, scope_sum

PlaceKey = tuple[int, str, str]
"""touched, type, id: a place in the order."""
START: Final[PlaceKey] = (0, "", "00000000-0000-0000-0000-000000000000")


class Swept(NamedTuple):
    """A row of a sweep, as it goes into a frame. data: the inside of a JSON array; fv: JSON or None."""

    ver: int
    type: str
    id: str
    layout: int
    data: str
    fv: str | None
    scopes: str


class Merged(NamedTuple):
    """A row of a merge: one record in, or out of, one of the scopes asked for."""

    touched: int
    type: str
    id: str
    scope: int
    inside: bool
    deleted: bool
    ver: int
    layout: int
    data: str
    fv: str | None
    scopes: str


class Pages:
    """The statements of pulls for one kind of database, built once."""

    def __init__(self, database: Database) -> None:
        joined = (
            (rec_scope.c.school == record.c.school)
            & (rec_scope.c.type == record.c.type)
            & (rec_scope.c.id == record.c.id)
        )
        place = tuple_(rec_scope.c.touched, rec_scope.c.type, rec_scope.c.id)
        behind = place > tuple_(
            bindparam("touched", type_=Big), bindparam("type", type_=String), bindparam("id", type_=Uid)
        )
        own = (rec_scope.c.school == bindparam("school"), record.c["class"] != "I", behind)
        order = (rec_scope.c.touched, rec_scope.c.type, rec_scope.c.id)
        kept = (record.c.layout, record.c.data, record.c.fv, database.plain(record.c.scopes))
        self._sweep: Select[*tuple[Any, ...]] = (
            select(rec_scope.c.touched, rec_scope.c.type, rec_scope.c.id, *kept)
            .join_from(rec_scope, record, joined)
            .where(
                *own,
                rec_scope.c.scope == bindparam("scope"),
                rec_scope.c.touched <= bindparam("top"),
                rec_scope.c.inside.is_(True),
                record.c.deleted.is_(False),
            )
            .order_by(*order)
            .limit(bindparam("limit"))
        )
        self._merge: Select[*tuple[Any, ...]] = (
            select(*order, rec_scope.c.scope, rec_scope.c.inside, record.c.deleted, record.c.ver, *kept)
            .join_from(rec_scope, record, joined)
            .where(*own, rec_scope.c.scope.in_(bindparam("scopes", expanding=True)))
            .order_by(*order)
            .limit(bindparam("limit"))
        )
        self._sums = select(scope_sum.c.n, scope_sum.c["class"], scope_sum.c.sum, scope_sum.c.count).where(
            scope_sum.c.school == bindparam("school"),
            scope_sum.c.n.in_(bindparam("scopes", expanding=True)),
            scope_sum.c["class"] != "I",
        )

    def sweep(
        self, connection: Connection, school: str, scope: int, span: tuple[PlaceKey, int], limit: int
    ) -> Sequence[Swept]:
        """Rows of one scope behind a place and not touched after a seq. span: that place and seq."""
        (touched, type_, id_), top = span
        values = {"school": school, "scope": scope, "top": top, "limit": limit}
        rows = connection.execute(self._sweep, values | {"touched": touched, "type": type_, "id": id_})
        return list(map(Swept._make, rows))

    def merge(
        self, connection: Connection, school: str, scopes: Iterable[int], behind: PlaceKey, limit: int
    ) -> Sequence[Merged]:
        """Rows of all these scopes behind a place, one for each scope a record is or was in."""
        touched, type_, id_ = behind
        values = {"school": school, "scopes": list(scopes), "limit": limit}
        rows = connection.execute(self._merge, values | {"touched": touched, "type": type_, "id": id_})
        return list(map(Merged._make, rows))

    def sums(self, connection: Connection, school: str, scopes: Iterable[int]) -> dict[int, dict[str, tuple[str, int]]]:
        """{scope: {class: (sum, count)}} of the scopes that have rows."""
        found: dict[int, dict[str, tuple[str, int]]] = {}
        for number, class_, total, count in connection.execute(self._sums, {"school": school, "scopes": list(scopes)}):
            found.setdefault(number, {})[class_] = (total, count)
        return found
