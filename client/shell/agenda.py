"""What the parts of the product ask of a person now, and how far long work has come: told to the first page.

A feature has one `Source` and registers it where the pages are put together; the first page knows none by name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import Protocol

from client.widgets.ink import Tone, Words


class Rank(IntEnum):
    """What comes first on the page: what is lost or refused, what a day waits for, then what has time."""

    TROUBLE = 0
    DAY = 1
    WORK = 2
    DECISION = 3
    NOTICE = 4


@dataclass(frozen=True, slots=True)
class Door:
    """Where something is done. page: its key; argument: for the page's `arrive`."""

    page: str
    argument: object = None


@dataclass(frozen=True, slots=True)
class Item:
    """Something a person is asked to do.

    key: what makes it the same thing tomorrow. state: a few words on a chip; empty shows none, `sign` its mark or icon.
    figure: how many, large, with `unit` after it; None shows neither. line: whom or what it is about; more: in small
    type. act: what the button says.
    """

    key: str
    rank: Rank
    icon: str
    title: Words
    act: Words
    door: Door
    state: Words = ""
    tone: Tone = Tone.NEUTRAL
    sign: str = ""
    figure: int | None = None
    unit: Words = ""
    line: Words = ""
    more: Words = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far something has come that is due on a day. done, total: in whatever is counted; due: None = no day."""

    key: str
    title: Words
    done: int
    total: int
    door: Door
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What one source asks at a moment."""

    items: tuple[Item, ...] = ()
    progress: tuple[Progress, ...] = ()


class Source(Protocol):
    """Tells what is to be done. types: the record types whose change may change it."""

    @property
    def types(self) -> frozenset[str]:
        """As above."""
        ...

    def ask(self, now: datetime) -> Asked:
        """What is to be done at a moment of this PC's zone; quick, for it is asked in the GUI thread. StoreError."""
        ...


def gathered(sources: Iterable[Source], now: datetime) -> Asked:
    """What all of them ask, in the order of rank; sources of one rank in their own order."""
    asked = [source.ask(now) for source in sources]
    items = sorted((item for each in asked for item in each.items), key=lambda item: item.rank)
    return Asked(tuple(items), tuple(line for each in asked for line in each.progress))
