"""Somebody walks with the clock of a PC: a lease never holds past its end, and never ends early while it is right."""

import random
from collections.abc import Sequence

from client.vault.due import SET_MOST_S, Clocks, Verdict, due, looked, opened
from sync.protocol.lease import Lease

HOUR = 3_600
DAY = 24 * HOUR
STEPS = 60
JUMPS = (-400 * DAY, -HOUR, -400, -200, 200, 400, HOUR, 400 * DAY)


def walk(seed: int, leases: Sequence[Lease], begun: int) -> int:
    """One walk from `begun` (Unix seconds) on, with one of these leases; how many times it was set."""
    chance = random.Random(seed)
    boot, wall_off, sets = 0, 0, 0
    start = 5_000
    floors = opened(Clocks(begun, start), begun - HOUR)
    held = chance.choice(leases)
    for _ in range(STEPS):
        boot += chance.randrange(0, 2 * HOUR)
        if chance.random() < 0.2:
            wall_off += chance.choice(JUMPS)
            sets += 1
        now = Clocks(begun + boot + wall_off, start + boot)
        floors = looked(now, floors)
        said = due(now, held, floors)
        assert said.moment >= begun + boot
        if not held.holds(begun + boot) and begun + boot >= held.exp:
            assert said.verdict in (Verdict.OVER, Verdict.SET_BACK)
        if not sets:
            assert said.moment == begun + boot
            assert (said.verdict in (Verdict.HOLDS, Verdict.SOON)) is held.holds(begun + boot)
        assert said.moment <= begun + boot + SET_MOST_S
    return sets
