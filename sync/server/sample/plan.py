"""What the sample school is to be like."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum
from typing import Final

from sync.server.masters import usual


class Marks(Enum):
    """Which attendance marks are made: those a school keeps, none, or one for every pupil and day."""

    KEPT = "kept"
    NONE = "none"
    EVERY_DAY = "every day"


@dataclass(frozen=True, slots=True)
class SchoolPlan:
    """Sizes and options of a sample school.

    pupils: all rows of the year's class lists, those who left or came during the year included.
    classes_per_grade: of the six grades; with `special_class` grade 2 gives one of them up, so the total stays.
    term_count: 2 or 3 (R24).
    transfers: pupils who come and as many who leave during the year. long_absent: pupils who hardly come at all.
    scored: keys such as `3-2` of the classes whose scores are made, None for all; letters are made for all.
    ways: the folder of the board's tables, where they are not the usual ones; what the school itself has otherwise lies
    in its folder `school`. number: the school's own part of its code.
    """

    pupils: int = 600
    classes_per_grade: int = 4
    special_class: bool = True
    term_count: int = 3
    symbol_set: str = "kanji"
    transfers: int = 4
    long_absent: int = 3
    scored: AbstractSet[str] | None = None
    marks: Marks = Marks.KEPT
    prefecture: str = "05"
    board: str = "059902"
    name: str = "けやき市立見本小学校"
    address: str = "けやき市見本町一丁目2番3号"
    number: str = "9999902"
    ways: str = usual.USUAL

    @property
    def classes(self) -> tuple[str, ...]:
        """Keys of the regular classes, `1-1` to `6-4`."""
        without = f"2-{self.classes_per_grade}" if self.special_class and self.classes_per_grade > 1 else None
        keys = (f"{grade}-{no}" for grade in range(1, 7) for no in range(1, self.classes_per_grade + 1))
        return tuple(key for key in keys if key != without)


QUICK_PLAN: Final = SchoolPlan(scored=frozenset({"3-1", "3-2", "3-3", "3-4"}))
"""The whole school with scores in grade 3 alone: a third of the records, for a demonstration that starts at once."""

SECOND_PLAN: Final = SchoolPlan(
    pupils=72,
    classes_per_grade=1,
    special_class=False,
    term_count=2,
    symbol_set="kana",
    transfers=2,
    long_absent=1,
    scored=frozenset({"3-1"}),
    board="059903",
    name="しらかば町立見本小学校",
    address="しらかば町見本一番地",
    number="9999903",
    ways="sample/second",
)
"""A small school of another board, whose ways are others wherever a board may choose: whatever takes the first one's
for given does not work here.
"""
