"""What a disk does to a store: it refuses the journal, loses the file, brings an older one back; and the way back."""

import logging
import shutil
from collections.abc import Collection, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson

from client.recovery.record import Found, Id
from client.recovery.repository import Recoveries
from client.store.opening import FILE
from client.vault import segments
from client.vault.errors import DiskRefused
from client.workspace import MemorySecretStore
from sync.protocol.digest import group_hash
from sync.protocol.errors import Unreachable
from sync.protocol.recovery import DecisionAnswer, RecoveryAnswer, RecoveryRequest
from tests.kit.recovering import CoreSchool
from tests.simulator import journals, promises
from tests.simulator.device import Device
from tests.simulator.oracle import Truth, hold
from tests.simulator.programs import serving
from tests.simulator.steps import Step
from tests.simulator.world import World

_EXPECTED = ("journal_write_failed", "the journal knows of group")
"""What the store logs about such a disk."""


@contextmanager
def disk(refusing: Collection[Path]) -> Generator[None]:
    """A disk that keeps half of what is added to a journal in one of these folders, and says that it is full."""
    kept, log = segments.append, logging.getLogger("keyaki.store")

    def append(path: Path, at: int, data: bytes) -> None:
        if path.parent in refusing:
            kept(path, at, data[: len(data) // 2])
            raise DiskRefused(reason="ENOSPC")
        kept(path, at, data)

    def told(record: logging.LogRecord) -> bool:
        return not record.getMessage().startswith(_EXPECTED)

    vars(segments)["append"] = append
    log.addFilter(told)
    try:
        yield
    finally:
        log.removeFilter(told)
        vars(segments)["append"] = kept


def full(world: World, device: Device, _step: Step) -> None:
    """The disk refuses the journal from now on, or takes it again."""
    world.refusing ^= {device.folder}


def aside(world: World, device: Device, _step: Step) -> None:
    """A copy of the store's file is made, as an image of the disk is."""
    world.reopen(device, between=lambda: _copy_aside(device))


def _copy_aside(device: Device) -> None:
    device.older = device.folder.with_name(f"{device.folder.name}-older")
    _bring(device.folder, device.older)


def _bring(folder: Path, other: Path) -> None:
    """Put the store's file of one folder into another, in the place of what is there."""
    other.mkdir(exist_ok=True)
    for path in other.glob(f"{FILE}*"):
        path.unlink()
    for path in folder.glob(f"{FILE}*"):
        shutil.copy(path, other)


def lose(world: World, device: Device, step: Step) -> None:
    """The store's file is gone and its teacher signs in anew, or an older one is in its place; the journal stays."""
    _forget_unkept(world, device)
    older = device.older
    if older is not None and step.b % 3:
        world.reopen(device, between=lambda: _bring(older, device.folder))
        _begin_anew(device)
        world.files_lost_for_good()
        return
    former = device.id
    device.workspace.close()
    for path in device.folder.glob(f"{FILE}*"):
        path.unlink()
    device.enrolment, device.secrets = world.town.enrolment(device.teacher), MemorySecretStore()
    device.dek, device.copied, device.older = world.dek(), False, None
    _begin_anew(device)
    device.loaded = 0
    device.unsaid.clear()
    world.left(former)
    world.open(device)
    world.files_lost_for_good()


def _begin_anew(device: Device) -> None:
    """A store that is another than before."""
    device.begun.clear()
    device.lost = True


def _forget_unkept(world: World, device: Device) -> None:
    """What a store alone holds is lost with it: groups it had said to have no copy, and those that were refused, of
    which their author knew.
    """
    workspace = device.workspace
    offered = str(journals.offered(workspace, world.keys, lambda _: True, own=True))
    waiting = dict(map(tuple, workspace.rows("SELECT q, item FROM outbox")))
    missing = workspace.copies._copyist.missing
    for key, tag in list(device.saved):
        if tag in offered or world.truth.told(key, tag):
            continue
        unkept = [q for q, item in waiting.items() if tag in item]
        hold("I5", missing >= set(unkept), f"{tag} waits in {unkept}, has no copy, and nothing was said")
        device.saved.remove((key, tag))


@dataclass(frozen=True, slots=True)
class Line:
    """The way to the school for a recovery, and the oracle listening. deaf: the answer to a decision is lost."""

    core: CoreSchool
    truth: Truth
    deaf: bool = False

    def bring(self, segments: Iterable[bytes]) -> None:
        """As in the port."""
        self.core.bring(segments)

    def shown(self) -> RecoveryAnswer:
        """As in the port."""
        with serving():
            return self.core.shown()

    def decide(self, request: RecoveryRequest) -> DecisionAnswer:
        """As in the port."""
        with serving():
            answer = self.core.decide(request)
        self.truth.look(most=len(request.devices))
        if self.deaf:
            raise Unreachable(reason="after")
        return answer


def recover(world: World, device: Device, step: Step) -> None:
    """The teacher looks at what lies only in journals, and lets all of it, some or nothing come back."""
    line = Line(world.school(device), world.truth, deaf=step.c % 4 == 0)
    recoveries = Recoveries(device.workspace, line)
    if not recoveries.wanted():
        return
    found = recoveries.look()
    back = {each.id for n, each in enumerate(found.open) if step.a % 3 == 0 or (step.a % 3 == 1 and n % 2)}
    lost = device.workspace.copies.lost_until()
    told = journals.offered(device.workspace, world.keys, lambda _: True, own=lost is not None)
    known = len(world.truth.changes)
    try:
        recoveries.decide(found, back)
    except Unreachable:
        pass
    else:
        hold("I5", not recoveries.wanted(), "a recovery has not come to its end")
    for place, wire in told.items():
        result = world.truth.results.get(place)
        if result is not None and result[0] == group_hash(wire):
            world.truth.groups.setdefault(place, wire)
    promises.seen_before_overwritten(world.truth, world.truth.changes[known:])
    _shown(world, device, found, back)
    world.check(device)


def _shown(world: World, device: Device, found: Found, back: Collection[Id]) -> None:
    """What its author did not want back is told as not accepted; and so is known, as all that was shown to be lost."""
    kept = world.town.kept_apart()
    for group in found.answer.groups:
        place, said = (group.device, group.q), orjson.dumps([op.model_dump() for op in group.ops]).decode()
        away = place in {line.id for line in found.open} and place not in back
        if away:
            result = world.truth.results.get(place)
            hold("I5", result is not None and result[1] == "rejected", f"{place} was declined, it is {result}")
            hold("I5", all(tag in kept for tag in promises.TAG.findall(said)), f"{place} was declined and is nowhere")
        if away or group.state != "unsent":
            device.saved = [(key, tag) for key, tag in device.saved if tag not in said]
