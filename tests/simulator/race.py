"""All devices of a day reach the server at the same moment, each on connections of its own."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from sync.protocol.errors import ServerBusy
from sync.protocol.messages import PushAnswer, PushRequest
from tests.simulator import promises
from tests.simulator.device import Device, Ears
from tests.simulator.programs import NEW
from tests.simulator.steps import Step
from tests.simulator.world import World

WRITTEN = ("note", "points", "paste", "remark", "title")
"""What is done before a race."""
EDITS, ROUNDS = 4, 2


@dataclass(slots=True)
class Runner(Ears):
    """The server of one device while others reach it, too: the oracle hears of what was pushed when all is over."""

    said: list[PushRequest] = field(default_factory=list[PushRequest])

    def push(self, school: str, request: PushRequest) -> PushAnswer:
        """As in the port."""
        self.said.append(request)
        return self.core.push(school, request)


def race(world: World, rounds: int) -> None:
    """Everybody syncs so many times at once, then in turn; I1 and I5 hold. Every program must be the newest."""
    known = len(world.truth.changes)
    runners = [Runner(world.town.core(device.enrolment), world.truth, device.enrolment) for device in world.devices]
    with ThreadPoolExecutor(len(runners)) as pool:
        for job in [pool.submit(_run, *each, rounds) for each in zip(world.devices, runners, strict=True)]:
            job.result()
    world.truth.look(most=sum(len(runner.said) for runner in runners))
    for runner in runners:
        for request in runner.said:
            world.truth.pushed(runner.enrolment.device, request)
    promises.seen_before_overwritten(world.truth, world.truth.changes[known:])
    for device in world.devices * 2:
        world.sync(device)
        world.check(device)


def _run(device: Device, runner: Runner, rounds: int) -> None:
    for _ in range(rounds):
        with suppress(ServerBusy):  # it is told to come back, and does
            device.workspace.sync(runner)


def race_day(world: World, chance: Random, races: int) -> None:
    """A day of races between the newest programs: everybody writes a little, then all push and pull at once."""
    for device in world.devices:
        world.renew(device)
        device.program = NEW  # one program a process: they all run at once
    for _ in range(races):
        for device in world.devices:
            for kind in chance.choices(WRITTEN, k=EDITS):
                a, b, c = (chance.randrange(1000) for _ in range(3))
                world.deeds[kind](world, device, Step(kind, device.number, a, b, c))
        race(world, ROUNDS)
    world.heal()
