"""What a grid hands to its page: the cells of one act, or why a text cannot be taken."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex


class Cause(Enum):
    """Which act an Edit came from."""

    TYPED = "typed"
    ONE_KEY = "one_key"
    CLEARED = "cleared"
    FILLED = "filled"
    CUT = "cut"
    PASTED = "pasted"


@dataclass(frozen=True, slots=True)
class CellValue:
    """One cell and the value its parser made for it; None is blank. record: what RECORD_ROLE said of its row."""

    record: object
    row: int
    column: int
    value: object


@dataclass(frozen=True, slots=True)
class Edit:
    """All cells of one act: one edit group, one undo step, one entry in the history."""

    cells: tuple[CellValue, ...]
    cause: Cause


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text cannot be the value of a cell, as a sentence for people; None where the cell is none to type in.

    It is asked again whenever the language changes.
    """

    sentence: Callable[[], str] | None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A text that left its editor without becoming a value, so that it can be offered again.

    index: the cell, invalid where its row is gone. refusal: None where the table was made anew under the editor.
    """

    index: QPersistentModelIndex
    text: str
    refusal: Refusal | None


Parser = Callable[[str, QModelIndex | QPersistentModelIndex], object]
"""(text, index) -> value or Refusal. Asked for typing, single keys, fill, clear (empty text) and paste alike; also
for cells that cannot be changed, where its Refusal says why."""
