"""Checks of references between files (checks 6 and 18)."""

from collections.abc import Iterator

from sync.server.roster import codes
from sync.server.roster.cells import at, is_uuid
from sync.server.roster.layout import LAYOUTS, Column, Holds
from sync.server.roster.problem import Kind, Problem
from sync.server.roster.sent import Sent

_LINKS = frozenset({Holds.REFERENCE, Holds.REFERENCES})


def check_links(sent: Sent) -> Iterator[Problem]:
    """Check that every reference leads to a row of this package or, in a delta, of an earlier one.

    Values that are no UUIDs have their own problem already. A pupil or teacher who is enrolled but not among the users
    is reported as such (18), every other loose end as a reference (6).
    """
    ids = {name: sent.ids(name) for name in LAYOUTS}
    for name, layout in LAYOUTS.items():
        for column in (c for c in layout.columns if c.holds in _LINKS):
            targets = ids[column.target]
            if targets is None:
                continue
            kind = _kind(name, column)
            for table, row in sent.rows(name):
                loose = [v for v in codes.split(row.get(column.name).lower()) if is_uuid(v) and v not in targets]
                if loose:
                    yield at(table, row, column.name, kind, f"{column.target}.csv")
    yield from _subjects_of(sent)


def _subjects_of(sent: Sent) -> Iterator[Problem]:
    """Demographics carry the sourcedId of their user."""
    users = sent.ids("users")
    for table, row in sent.rows("demographics"):
        if users is not None and is_uuid(row.id) and row.id not in users:
            yield at(table, row, "sourcedId", Kind.REFERENCE, "users.csv")


def _kind(name: str, column: Column) -> Kind:
    return Kind.ENROLMENT_USER if (name, column.name) == ("enrollments", "userSourcedId") else Kind.REFERENCE
