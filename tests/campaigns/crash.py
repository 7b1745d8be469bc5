"""The parts of `make crash`: what may happen to a PC, its disk, its key store and its clock."""

import sys
from collections.abc import Callable
from random import Random

from tests.campaigns import (
    canaries,
    clocks,
    disks,
    flips,
    keyrings,
    kills,
    lockings,
    power,
    recoveries,
    refusals,
    rollbacks,
    takeouts,
)
from tests.campaigns.part import Part, Place, Tally
from tests.client.vault.test_due import SPLIT, WHOLE
from tests.kit.lending import NOW

FLIPS = 50
"""Of each kind in one run."""
DAY_CALLS = 170
"""A day takes about so many calls."""
HEADER_BITS = 448 * 8


def _power(place: Place, seed: int) -> Tally:
    tried, lost = power.cut(place.morning, seed)
    assert lost == 0, f"{lost} of {tried} states lack what was called saved"
    return Tally(tried)


def _refusals(place: Place, seed: int) -> Tally:
    return Tally(1, refusals.refused(place.morning, seed))


def _each_call(place: Place, seed: int) -> Tally:
    """Every call of a day, one with each seed; the next day's begin after so many."""
    day, first = divmod(seed, DAY_CALLS)
    return Tally(1, refusals.refused(place.morning, day, first))


def _flips(where: Callable[[flips.Evening, Random], object]) -> Callable[[Place, int], Tally]:
    return lambda place, seed: Tally(FLIPS, flips.many(place.morning, seed, FLIPS, where))


def _vault_flips(place: Place, seed: int) -> Tally:
    files = (flips.HEADER, flips.LEASE, flips.TRUSTED)
    return Tally(
        FLIPS,
        flips.many(
            place.morning, seed, FLIPS, lambda there, chance: flips.in_vault(there, chance, chance.choice(files))
        ),
    )


def _header(place: Place, seed: int) -> Tally:
    """An eighth of the header's bits: eight seeds in a row are all."""
    bits = range(seed % 8, HEADER_BITS, 8)
    left = iter(bits)
    return Tally(
        len(bits), flips.many(place.morning, seed, len(bits), lambda there, _: flips.in_header(there, next(left)))
    )


def _written(place: Place, seed: int) -> Tally:
    if seed % 10 == 0:
        assert canaries.control(place.crowded), "the control finds what is there"
    sieve = canaries.written(place.crowded, seed, acts=12)
    assert sieve.hits == {}
    return Tally(sieve.size)


def _disk(place: Place, seed: int) -> Tally:
    with place.fresh(seed) as folder:
        disks.filled(folder, disks.room(seed))
    return Tally()


def _locked(place: Place, seed: int) -> Tally:
    with place.fresh(seed) as folder:
        return Tally(lockings.CYCLES * lockings.cycled(folder, seed))


def _files(place: Place, seed: int) -> Tally:
    with place.fresh(seed) as folder:
        return Tally(lockings.written(folder))


def _recovery(place: Place, seed: int) -> Tally:
    with place.fresh(seed) as folder:
        return Tally(recoveries.lost_and_found(folder, seed))


def _takeouts(place: Place, seed: int) -> Tally:
    with place.fresh(seed) as folder:
        takeouts.lived(folder, seed, takeouts.HISTORIES)
    return Tally(takeouts.HISTORIES)


def forks() -> bool:
    """Whether a process can be copied here."""
    return sys.platform != "win32"


PARTS = (
    Part("power", "P1", "states of the disk", 4, 500, _power),
    Part("kills", "P2", "lives", 6, 700, lambda place, seed: Tally(3, kills.killed(place.morning, seed)), forks),
    Part("refusals", "P3", "days", 60, 2_500, _refusals),
    Part("every-call", "P3", "days", 0, 2_500, _each_call),
    Part("full-disk", "P4", "disks", 0, 20, _disk, disks.may_mount),
    Part("bits-database", "P5", "flips", 2, 400, _flips(flips.in_database)),
    Part("bits-log", "P5", "flips", 1, 100, _flips(flips.in_log)),
    Part("bits-journal", "P5", "flips", 1, 100, _flips(flips.in_journal)),
    Part("bits-vault", "P5", "flips", 2, 40, _vault_flips),
    Part("bits-header", "P5", "bits", 1, 8, _header),
    Part("bits-anchor", "P5", "flips", 1, 20, _flips(flips.in_anchor)),
    Part("old-copies", "P6", "copies", 2, 60, lambda place, seed: Tally(45, rollbacks.put_back(place.morning, seed))),
    Part("old-pages", "P6", "pages", 0, 20, lambda place, seed: Tally(*rollbacks.pages(place.morning, seed, 50))),
    Part("key-stores", "P7", "mishaps", 1, 200, lambda place, seed: Tally(70, keyrings.mishaps(place.morning, seed))),
    Part("clocks", "P9", "walks", 200, 5_000, lambda _, seed: Tally(1, clocks.walk(seed, (WHOLE, SPLIT), NOW))),
    Part("wipes", "P10", "erasures", 5, 500, lambda place, seed: Tally(1, place.doom.erased(seed)), forks),
    Part("memory", "P11", "canaries", 0, 17, _locked, lockings.readable),
    Part("files-written", "P12", "files", 0, 5, _files, lockings.traceable),
    Part("canaries", "P12", "bytes", 1, 20, _written),
    Part("take-outs", "P24", "histories", 0, 20, _takeouts),
    Part("recoveries", "P26", "losses", 0, 2_000, _recovery),
)
