"""Which master holds where prefecture, board and school may each say something (domain.md 15.2 A).

The school's own comes before the board's, the board's before the prefecture's; key by key, so that a school that
writes one symbol otherwise has all the others of its board. What is not in force on the day says nothing, so that a
school's own gives way to the board's when its time is over. Both ends ask here and nowhere else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from sync.records.record import Fields, RecordType
from sync.records.roles import Partition

LEVELS: Final = (Partition.PREFECTURE, Partition.BOARD, Partition.SCHOOL)
"""From the one everybody else overrides to the one nobody does."""
EVERY: Final = "*"
"""The subject of a grading rule that holds for all that have none of their own."""

Key = tuple[Any, ...]
Rule = TypeVar("Rule")


@dataclass(frozen=True, slots=True)
class Stated:
    """What one partition says: the record's id and its fields as on the wire, missing ones left out or null."""

    level: Partition
    id: str
    fields: Fields


def level_of(name: str) -> Partition:
    """The level of a partition by its name: `pref:05`, `board:059902` or `school`. Raises ValueError for another."""
    return Partition(name.partition(":")[0])


def in_force(fields: Fields, day: str | None) -> bool:
    """Whether a master holds on an ISO date; None asks for no day. One without days holds always."""
    if day is None:
        return True
    first, last = fields.get("valid_from"), fields.get("valid_to")
    return (not first or first <= day) and (not last or day <= last)


def holding(type_: RecordType, stated: Iterable[Stated], day: str | None = None) -> Mapping[Key, Stated]:
    """What holds, by key, in the order the keys are first met. Raises KeyError when a part of a key is missing."""
    found: dict[Key, Stated] = {}
    for each in stated:
        if in_force(each.fields, day):
            key = tuple(each.fields[part] for part in type_.key)
            known = found.get(key)
            if known is None or LEVELS.index(each.level) >= LEVELS.index(known.level):
                found[key] = each
    return found


def rule_for(rules: Mapping[Key, Rule], year: int, stage: str, subject: str) -> Rule | None:
    """The grading rule of a subject: its own, else the one for every subject. rules: by key, as of `holding`."""
    return rules.get((year, stage, subject)) or rules.get((year, stage, EVERY))
