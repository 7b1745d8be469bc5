"""A load's sweep: one scope set after the other, packed where a chunk may be given, else row by row."""

from collections.abc import Container, Iterator
from itertools import groupby
from typing import Final

from sync.server.offers import NOTHING, Offer, offers
from sync.server.reading import Place, Reading, after
from sync.server.storage.pages import START, PlaceKey

CHUNK: Final = 2_000
"""Rows read by one statement, so that a page of long texts ends before they are all in memory."""


def sweep(reading: Reading, place: Place) -> Place:
    """Go through the scope sets that have a scope to be loaded in them; each record lies in one of them.

    The place returned merges from the lowest seq anything on the load's pages is of.
    """
    sets = [number for number in reading.names.sets_with(reading.since) if number >= place.behind[0]]
    found = offers(reading, place, sets) if reading.chunked and sets else NOTHING
    top, behind = place.top, place.behind
    known = [number for number in sets if number <= found.last]
    for first, last in _runs(known, found.offers):
        behind = max(behind, (first, *START[1:]))
        offer = found.offers.get(first)
        if offer is not None:
            top = min(top, offer.base)
            behind, done = _give(reading, offer, behind)
        else:
            behind, done = _read(reading, behind, (last, top))
        if not done:
            return _ended(reading, Place(top, sweep=True, behind=behind))
    if len(known) < len(sets):
        return _ended(reading, Place(top, sweep=True, behind=(sets[len(known)], *START[1:])))
    return _ended(reading, Place(top, sweep=False, behind=after(top)))


def _give(reading: Reading, offer: Offer, behind: PlaceKey) -> tuple[PlaceKey, bool]:
    """Name the chunks of a set. Returns where the page has come to, and whether to the end of the set."""
    for part in offer.parts:
        if not reading.takes(part):
            return behind, False
        behind = (part[-1].place, part[-1].last_type, part[-1].last_id)
    return behind, True


def _read(reading: Reading, behind: PlaceKey, span: tuple[int, int]) -> tuple[PlaceKey, bool]:
    """Put the rows of a run of sets on the page; returns as `_give` does. span: as of `Pages.sweep`."""
    school, names = reading.partition.school, reading.names
    while (limit := min(reading.room, CHUNK)) > 0:
        rows = reading.storage.pages.sweep(reading.connection, school, behind, span, limit)
        reading.page.add(rows)
        if len(rows) < limit:
            return behind, True
        scopes, layout, id_ = rows[-1][:3]
        behind = (scopes, names.layouts[layout - 1].type, id_)
    return behind, False


def _ended(reading: Reading, place: Place) -> Place:
    """Note which sets are worth packing, now that only swept rows are on the page."""
    if reading.chunked:
        least = reading.storage.chunking.least
        reading.wanted = [number for number, rows in reading.page.counts().items() if rows >= least]
    return place


def _runs(numbers: list[int], alone: Container[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of numbers that follow each other; ascending. alone: runs of their own."""
    for (by_itself, _), run in groupby(enumerate(numbers), key=lambda pair: _key(pair, alone)):
        del by_itself
        found = [number for _, number in run]
        yield found[0], found[-1]


def _key(pair: tuple[int, int], alone: Container[int]) -> tuple[bool, int]:
    index, number = pair
    return (True, number) if number in alone else (False, number - index)
