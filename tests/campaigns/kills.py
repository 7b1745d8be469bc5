"""A process is killed at any call by which it changes the disk, or in the middle of it, and the next one goes on."""

import json
import os
import random
import signal

from tests.campaigns.desk import CHOSEN, Desk, Morning, Said, missing
from tests.kit.calls import WRITE, Call
from tests.kit.disk_calls import watched
from tests.kit.forked import Say, life

ACTS, CALLS = 12, 260
"""Things done in a life, and about how many calls they take."""
LIVES = 3


def killed(morning: Morning, seed: int) -> int:
    """Some lives of one PC, each ended where chance has it; how many were."""
    chance = random.Random(seed)
    with morning.desk_of(seed) as desk:
        said: list[Said] = []
        ended = sum(_life(desk, chance, said) for _ in range(LIVES))
        desk.heal()
        return ended


def _life(desk: Desk, chance: random.Random, said: list[Said]) -> bool:
    """One life, and a look at what it has left; whether it was ended. said: so far; this adds to it."""
    number, halved, desk.chance = chance.randrange(CALLS), chance.random() < 0.5, random.Random(chance.random())
    desk.village.close()
    code, words = life(lambda say: _until(number, desk, say, halved=halved))
    desk.village.storage = desk.village._opened()
    said += [tuple(json.loads(line)) for line in words.splitlines()]
    assert code in (0, -signal.SIGKILL), words
    desk.pin = next((number for what, number, _ in reversed(said) if what == CHOSEN), 0)
    desk.village.clock.pass_(minutes=10)
    desk.open()
    assert missing(said, desk.rows()) == {}
    desk.agree()
    desk.close()
    return code != 0


def _until(number: int, desk: Desk, say: Say, *, halved: bool) -> None:
    """Live until the call of this number."""
    left = number

    def told(call: Call) -> int:
        nonlocal left
        left -= 1
        if left < 0:
            if halved and call.kind == WRITE:
                _half(desk, call)
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    desk.village.storage = desk.village._opened()
    with watched(desk.folder, told):
        desk.open()
        for _ in range(ACTS):
            desk.act(lambda said: say(json.dumps(said).encode() + b"\n"))
        desk.close()


def _half(desk: Desk, call: Call) -> None:
    handle = os.open(desk.folder / call.name, os.O_WRONLY)
    os.pwrite(handle, call.data[: len(call.data) // 2], call.at)
