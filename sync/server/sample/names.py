"""Names of invented people: drawn by how common they are, readings with them, no full name twice in a school."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import accumulate
from random import Random
from typing import Final

from sync.records.kana import collation_key
from sync.server.csv_tables import Row
from sync.server.sample.words import table

RARE_SHARE: Final = 0.09
PEERS: Final = 12
"""Given names a grown-up's is drawn from: those nearest in age that no colleague has."""


@dataclass(frozen=True, slots=True)
class Name:
    """A pupil's names: display and kana as daily lists show them, official ones where the register differs (R22)."""

    family: str
    given: str
    kana_family: str
    kana_given: str
    official_family: str = ""
    official_given: str = ""
    official_kana: str = ""
    common_family: str = ""
    common_given: str = ""
    latin: str = ""
    glyph_state: str = "ok"

    @property
    def kana_key(self) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
        """Order in a class list."""
        return collation_key(self.kana_family), collation_key(self.kana_given)


class NamePool:
    """Hands out names, each full name and each pair of readings once."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._taken = set[str]()
        self._adults = set[str]()
        self._families = _Weighted(table("family_names"))
        self._rare = _Weighted(table("family_names_rare"))
        self._children = {group: _Weighted(_of_group("given_names_children", group)) for group in ("f", "m")}

    def take(self, name: Name) -> Name:
        """Keeps a given name from being drawn again, and returns it."""
        self._taken |= {name.family + name.given, name.kana_family + " " + name.kana_given}
        return name

    def child(self, beside: Sequence[Name]) -> Name:
        """A name of a child of today, told apart from those in the same class: schools see to that."""
        families = Counter(each.family for each in beside)
        given_names = {each.given for each in beside}
        while True:
            family = (
                self._rare.draw(self._chance)
                if self._chance.random() < RARE_SHARE
                else self._families.draw(self._chance)
            )
            given = self._children[self._chance.choice("fm")].draw(self._chance)
            name = self._joined(family, given)
            if self._fresh(name) and families[name.family] < 2 and name.given not in given_names:
                return self.take(name)

    def adult(self, age: int, year: int) -> Name:
        """A name of a grown-up, as common among people of about that age in that year."""
        unused = [row for row in table("given_names_adults") if row["given"] not in self._adults]
        peers = sorted(unused, key=lambda row: abs(year - age - int(row["born"])))[:PEERS]
        while True:
            name = self._joined(self._families.draw(self._chance), self._chance.choice(peers))
            if self._fresh(name):
                self._adults.add(name.given)
                return self.take(name)

    def foreign(self, count: int) -> list[Name]:
        """At most `count` names of children with roots abroad, display and official names apart."""
        rows = self._chance.sample(table("foreign_names"), min(count, len(table("foreign_names"))))
        return [self.take(foreign_name(row)) for row in rows]

    def _joined(self, family: Row, given: Row) -> Name:
        official = family.get("official", "")
        return Name(
            family["family"],
            given["given"],
            family["kana"],
            given["kana"],
            official_family=official if official != family["family"] else "",
            glyph_state=family.get("glyph_state", "ok"),
        )

    def _fresh(self, name: Name) -> bool:
        known = {name.family + name.given, name.kana_family + " " + name.kana_given} & self._taken
        return not known and name.kana_family != name.kana_given and not well_known(name.family + name.given)


class _Weighted:
    """Rows drawn by their column `weight`."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._weights = list(accumulate(int(row["weight"]) for row in rows))

    def draw(self, chance: Random) -> Row:
        return chance.choices(self._rows, cum_weights=self._weights)[0]


def foreign_name(row: Row) -> Name:
    """A row of the table of foreign names."""
    return Name(**{column: value for column, value in row.items() if column != "group"})


def well_known(full_name: str) -> bool:
    """Whether somebody in public life bears the name: nobody of the sample shall. The table holds digests only."""
    return sha256(full_name.encode()).hexdigest()[:12] in _well_known()


@cache
def _well_known() -> frozenset[str]:
    return frozenset(row["hash"] for row in table("well_known"))


def _of_group(name: str, group: str) -> tuple[Row, ...]:
    return tuple(row for row in table(name) if row["group"] in (group, "x"))
