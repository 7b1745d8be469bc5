"""Finds rows of an earlier package that a full one no longer has (check 19): told, never deleted."""

from collections.abc import Iterator, Mapping
from typing import Any

from sync.server.roster.edits import Edits
from sync.server.roster.known import Source
from sync.server.roster.manifest import Mode
from sync.server.roster.package import Package
from sync.server.roster.problem import Kind, Problem


def vanished(edits: Edits, package: Package) -> Iterator[Problem]:
    """Yield one problem per person, class or place that is missing from a bulk file though it has not ended here.

    Only years of the package are looked at, and a pupil or teacher who is missing is told once, not with every row.
    """
    sent = {"users": package.users.keys(), "classes": package.classes.keys(), "enrollments": package.enrolments.keys()}
    gone = {
        source: fields
        for source, id_ in edits.known.sources.items()
        if source.kind in sent and package.manifest.mode(source.kind) is Mode.BULK
        if source.sourced_id not in sent[source.kind]
        if (fields := edits.get(source.type, id_) if source.type else None) is not None
    }
    people = {edits.known.sources[source] for source in gone if source.kind == "users"}
    places = _Places(edits, {session.year for session in package.sessions.values()})
    for source, fields in gone.items():
        hint = places.of(source, edits.known.sources[source], fields)
        if hint is not None and (source.kind == "users" or not {fields.get("pupil"), fields.get("staff")} & people):
            yield Problem(Kind.ROW_VANISHED, f"{source.kind}.csv", None, "sourcedId", source.sourced_id, hint)


class _Places:
    """Where the missing ones belong, without a pupil's name; nowhere if that has ended or is of another year."""

    def __init__(self, edits: Edits, years: set[int]) -> None:
        self._years = {str(year) for year in years}
        self._enrolled = {f["pupil"] for _, f in edits.known.all("enrolment") if f.get("to") is None}
        seats = sorted((f["from"], f["pupil"], _seat(f)) for _, f in edits.known.all("membership"))
        self._seats = {pupil: seat for _, pupil, seat in seats}

    def of(self, source: Source, id_: str, fields: Mapping[str, Any]) -> str | None:
        match source.type:
            case "pupil":
                return self._seats.get(id_, "-") if id_ in self._enrolled else None
            case "staff":
                return fields["name"] if fields.get("active") else None
            case "class" | "group":
                return fields["key"] if str(fields["year"]) in self._years else None
            case "membership":
                return _seat(fields) if fields["class"][:4] in self._years else None
            case "duty":
                return fields["target"] if fields["target"][:4] in self._years else None
            case _:
                return None


def _seat(membership: Mapping[str, Any]) -> str:
    return f"{membership['class']} {membership.get('number') or '-'}"
