"""What the server knows of one school when a package arrives: its roster records and which rows became which."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sync.protocol.messages import NIL_DEVICE
from sync.server.decide.world import Held, Key
from sync.server.roster.sent import Earlier

ORDER: Final = (
    *("school_year", "class", "group", "course", "staff", "duty"),
    *("pupil", "pupil_official", "enrolment", "membership"),
)
"""Record types a roster writes in a school's partition, in the order in which they may refer to each other."""

NO_RECORD: Final = ""
"""The type remembered for a row that became no record but may be referred to later, such as a guardian's."""
NO_ID: Final = NIL_DEVICE
_GONE: Final = "gone:"


class Source(NamedTuple):
    """A row of this sender. kind: the file's name, with `/…` behind it where a row became several records of a type."""

    kind: str
    sourced_id: str
    type: str

    @property
    def is_live(self) -> bool:
        """False once the sender has deleted the row; it is remembered all the same, for it may come back."""
        return not self.kind.startswith(_GONE)

    def gone(self) -> "Source":
        """Return the same row as deleted."""
        return Source(_GONE + self.kind, self.sourced_id, self.type)


@dataclass(frozen=True, slots=True)
class Known:
    """One school before the import.

    school: its partition. kind: of school, as in its record. records: of the types in ORDER, deleted ones included.
    sources: rows of this sender -> record ids. elsewhere: userMasterIdentifier -> pupil id at other schools of the
    prefecture (R34). viewpoint_set: the one courses use, None before it is set up. rules: (year, stage, subject or
    `*`) -> grading rule.
    """

    school: str
    kind: str
    records: Mapping[Key, Held]
    sources: Mapping[Source, str]
    elsewhere: Mapping[str, str]
    viewpoint_set: str | None
    rules: Mapping[tuple[int, str, str], str]

    def earlier(self) -> Earlier:
        """Return the sourcedIds that live, by file."""
        found: dict[str, set[str]] = {}
        for source in self.sources:
            if source.is_live:
                found.setdefault(source.kind, set()).add(source.sourced_id)
        return found

    def find(self, kind: str, sourced_id: str, type_: str) -> str | None:
        """Return the id of the record of `type_` a row became, deleted rows included."""
        source = Source(kind, sourced_id, type_)
        return self.sources.get(source) or self.sources.get(source.gone())

    def has(self, kind: str, sourced_id: str, type_: str) -> bool:
        """Tell whether a row that lives has become a record of `type_`."""
        return Source(kind, sourced_id, type_) in self.sources

    def was_deleted(self, kind: str, sourced_id: str, type_: str) -> bool:
        """Tell whether the sender has deleted a row that had become a record of `type_`."""
        return Source(kind, sourced_id, type_).gone() in self.sources

    def live(self, type_: str, id_: str) -> Held | None:
        """Return a record unless it is missing or deleted."""
        held = self.records.get((type_, id_))
        return None if held is None or held.deleted else held

    def all(self, type_: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield id and fields of every record of a type that is not deleted."""
        for (name, id_), held in self.records.items():
            if name == type_ and not held.deleted:
                yield id_, held.fields
