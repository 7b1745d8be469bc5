"""What the board allows in take-outs: purposes, who decides, for how long, and which scopes go along.

All of it is data: a file of the server's own replaces what stands here word by word.
"""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, cast

import orjson

from sync.records.roles import Role

LEASE_DAYS: Final = 14
"""No client takes a longer lease, whatever a file says."""


@dataclass(frozen=True, slots=True)
class PurposeRule:
    """A code, and how people read it."""

    code: str
    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class TakeoutRules:
    """deciders: roles that decide; of_deciders: roles that decide where somebody asks who decides themselves. readers:
    roles that read the ledger. keepers: roles that look after the school's devices. common: kinds of scope everybody
    keeps; of_class: those of each named class; ticked: those that must be asked for besides. overdue_h: so long after
    its end a take-out that was not returned is told of.
    """

    purposes: tuple[PurposeRule, ...] = (
        PurposeRule("grading", "成績処理", "Grading"),
        PurposeRule("remarks", "所見の作成", "Writing remarks"),
        PurposeRule("trip", "校外学習の引率", "Accompanying a class outside"),
        PurposeRule("home_visit", "家庭訪問・面談", "Home visits and interviews"),
        PurposeRule("other", "その他", "Other"),
    )
    deciders: tuple[Role, ...] = (Role.PRINCIPAL, Role.VICE)
    of_deciders: tuple[Role, ...] = (Role.PRINCIPAL, Role.VICE)
    readers: tuple[Role, ...] = (Role.PRINCIPAL, Role.VICE)
    keepers: tuple[Role, ...] = (Role.PRINCIPAL, Role.VICE, Role.ICT)
    common: tuple[str, ...] = ("all", "staff", "inbox", "plan")
    of_class: tuple[str, ...] = ("roster", "class", "homeroom", "notes", "grades", "lesson")
    ticked: tuple[str, ...] = ("yoroku", "past", "care")
    default_h: int = 72
    most_days: int = LEASE_DAYS
    overdue_h: int = 24

    def __post_init__(self) -> None:
        if not (0 < self.most_days <= LEASE_DAYS and 0 < self.default_h <= self.most_days * 24 and self.overdue_h >= 0):
            raise ValueError(f"a take-out lasts {LEASE_DAYS} days at most")
        if never := NEVER.intersection((*self.common, *self.of_class, *self.ticked)):
            raise ValueError(f"never taken out: {', '.join(sorted(never))}")
        if not self.purposes or not self.deciders or not self.of_deciders:
            raise ValueError("somebody decides, for some purpose")


NEVER: Final = frozenset({"contact", "guidance", "health", "support", "register", "office", "late"})
"""Kinds of scope no file can let out."""


def load_rules(path: Path) -> TakeoutRules:
    """The rules in a JSON file that names those it replaces. Raises OSError, ValueError for what cannot hold."""
    raw = orjson.loads(path.read_bytes())
    if not isinstance(raw, dict):
        raise ValueError("not an object")  # noqa: TRY004  of a file, not of a call
    said = cast("dict[str, Any]", raw)
    known = {each.name for each in fields(TakeoutRules)}
    if unknown := said.keys() - known:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    return TakeoutRules(**{name: _value(name, value) for name, value in said.items()})


def _value(name: str, value: Any) -> Any:
    """One rule from its JSON form. Raises ValueError."""
    try:
        if name == "purposes":
            return tuple(PurposeRule(**each) for each in value)
        if name in ("deciders", "of_deciders", "readers"):
            return tuple(Role(each) for each in value)
        if name in ("default_h", "most_days", "overdue_h"):
            if type(value) is not int:
                raise ValueError(f"{name} is a whole number")
            return value
        return tuple(str(each) for each in value)
    except TypeError as error:
        raise ValueError(f"{name} has another form") from error
