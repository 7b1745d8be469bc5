"""One day of the simulator: plays steps on real stores and a real server's storage, and checks after each."""

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from client.workspace import Edit, InvalidEdit, MemorySecretStore, Workspace
from sync.errors import KeyakiError
from sync.protocol.errors import DeviceForked, Unreachable
from sync.protocol.frames import Frame
from sync.protocol.messages import PullAnswer, PushAnswer, VerifyAnswer
from sync.server.clock import day as day_in_japan
from sync.server.leases.outbox_keys import OutboxKeys, fresh_outbox_keys
from tests.kit.recovering import TODAY, CoreSchool
from tests.simulator import attached, journals, promises
from tests.simulator.at_once import at_once
from tests.simulator.device import Device, Ears
from tests.simulator.oracle import Key, Truth, hold
from tests.simulator.programs import NEW, OLD, SPARING, running
from tests.simulator.sight import Eyes, Sight
from tests.simulator.steps import Step
from tests.simulator.town import Held, Town
from tests.simulator.wire import Crash, Letter, Wire

TEACHERS = (0, 1, 2, 0)
"""Who sits at which device: the first teacher has two."""
LATE, SPARE = 3, 1
"""The device that begins the day with an older program, and the one whose program keeps little of what grows."""
SCREEN = "grades"
ROUNDS = 3
"""So many quiet rounds of everybody bring everything together: to push, to hear of each other, to hear of answers."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What the server held, and what was true."""

    held: Held
    truth: Truth


@dataclass
class World:
    """The town, its devices and the truth about them. deeds: what each kind of step does; files: all ever attached.

    threads: stores write in threads of their own. keys: the school's, that journals are sealed to; stores: made so far.
    refusing: folders of stores whose disk does not take the journal. journals: stores keep one.
    """

    town: Town
    folder: Path
    deeds: "Mapping[str, Callable[[World, Device, Step], None]]"
    truth: Truth
    threads: bool = True
    devices: list[Device] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    ears: list[Ears] = field(default_factory=list)
    backups: list["Backup"] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    gone_files: set[str] = field(default_factory=set[str])
    tags: int = 0
    nested: bool = False
    about: dict[str, Key] = field(default_factory=dict)
    keys: OutboxKeys = field(default_factory=lambda: fresh_outbox_keys(TODAY))
    stores: int = 0
    refusing: set[Path] = field(default_factory=set[Path])
    journals: bool = True

    def join(self) -> None:
        """Every device joins the school and is in step."""
        for number, teacher in enumerate(TEACHERS):
            enrolment = self.town.enrolment(teacher)
            folder = self.folder / f"device-{number}"
            device = Device(number, teacher, folder, enrolment, MemorySecretStore(), self.dek())
            device.program = {LATE: OLD, SPARE: SPARING}.get(number, NEW)
            device.late = device.program is OLD
            self.open(device)
            with running(device.program):
                device.round()
            self.devices.append(device)

    def twin(self, folder: Path, *, threads: bool = True, journals: bool = True) -> "World":
        """The same morning again in another folder; this world must be closed."""
        folder.mkdir(parents=True)
        town = self.town.same_again(folder / "server")
        world = World(town, folder, self.deeds, replace(self.truth.remembered(), town=town), threads)
        world.keys, world.stores, world.journals = self.keys, self.stores, journals
        for old in self.devices:
            device = old.copy(old.number, folder / old.folder.name)
            world.open(device)
            world.devices.append(device)
        return world

    def close(self) -> None:
        """Close every store and the server."""
        for device in self.devices:
            device.workspace.close()
        self.town.close()

    def remove(self) -> None:
        """Leave nothing of this day; it must be closed."""
        for kept in (self.town.kept, *(backup.held.kept for backup in self.backups)):
            kept.remove()
        shutil.rmtree(self.folder)

    def play(self, steps: Iterable[Step]) -> None:
        """All steps, each with its checks; then the network heals and everything must come together."""
        for step in steps:
            device = self.devices[step.desk % len(self.devices)]
            with running(device.program):
                self.deeds[step.kind](self, device, step)
            self.check(device)
        self.heal()

    def heal(self) -> None:
        """Everything goes well from now on: I16, I17, I20, and I5 for all that was ever saved."""
        self.refusing.clear()
        for device in self.devices:
            device.workspace.holdings.bring_back(device.workspace.holdings.away())
        for _ in range(ROUNDS + any(device.lost for device in self.devices)):
            for device in self.devices:
                self.recover(device)
                self.sync(device)
        apart = self.town.kept_apart()
        for device in self.devices:
            self.renew(device)
            device.workspace.files.want(attached.seen_files(device.workspace))
            device.meddle("DELETE FROM sync_log")
            device.workspace.doubt()
            self.sync(device)
        rows_of: dict[frozenset[str], dict[Key, Any]] = {}
        for device in self.devices:
            status = device.workspace.status()
            hold("I16", status.waiting == 0, f"{status.waiting} groups wait after the network healed")
            hold("I20", status.loading == 0, f"{status.loading} scopes are not complete")
            seen = self.check(device)
            hold("I1", seen.cursor == self.truth.seq, f"cursor {seen.cursor}, the server is at {self.truth.seq}")
            promises.complete(self.truth, seen)
            promises.contiguous(device.workspace)
            promises.all_forgotten(device.workspace)
            promises.same_sums(device.workspace)
            shared, rows = self._shared(device, seen)
            hold("I17", rows_of.setdefault(shared, rows) == rows, "equal grants, other rows")
            promises.nothing_lost(self.truth, device.saved, device.workspace, apart if device.lost else None)
            hold("I5", status.uncopied == 0, f"{status.uncopied} groups have no copy after the disk went well")
            promises.loss_told(self.truth, device.unsaid, device.workspace)
            promises.end_told(seen, self.town.confirmed(device.id))
            attached.all_files(device.workspace, device.wire.core, self.files, self.gone_files)
        promises.all_or_nothing(self.truth)
        promises.once(self.truth)

    # -- what deeds are made of ---------------------------------------------------------------------------------------

    def edit(self, device: Device, what: str, edits: list[Edit], texts: list[tuple[Key, str]]) -> None:
        """Save one group; an edit nobody would take is refused at once and leaves nothing."""
        if not device.program.offers(edits):
            return
        try:
            saved = device.workspace.edit(f"{SCREEN}.{what}", edits)
        except InvalidEdit:
            return
        journals.uncopied(device.workspace, saved)
        if saved.q is not None:
            device.saved += texts
            self.about |= {tag: key for key, tag in texts}
            for key, tag in texts:
                promises.shown(device.workspace, key, tag)

    def dek(self) -> bytes:
        """The key of a vault nobody has had before."""
        self.stores += 1
        return self.stores.to_bytes(32, "big")

    def school(self, device: Device) -> CoreSchool:
        """The school as the user of this store reaches it for a recovery."""
        return replace(CoreSchool.of(self.town.storage, device.workspace, self.town.clock), keys=self.keys)

    def tag(self) -> str:
        """A text nobody has written before."""
        self.tags += 1
        return f"<{self.tags}>"

    def sync(self, device: Device, fates: Iterable[tuple[int, int]] = ()) -> None:
        """One round; whatever happens to it, the store stays sound and the next one goes on."""
        device.wire.fates = iter(fates)
        known, ears, pushes = len(self.truth.changes), device.ears, device.ears.pushes
        waits = device.lost and device.workspace.copies.lost_until() is not None
        try:
            with running(device.program):
                device.round()
        except Unreachable:
            pass
        except Crash:
            self.reopen(device)
        except DeviceForked:
            device.begun.clear()  # a page that had come was not stored: its load begins again
            self._signed_in_anew(device)
        except KeyakiError as error:
            hold("I18", kept=False, what=f"a round ended in {error!r} {error.facts}")
        else:
            promises.authority(device.eyes.look())
            attached.purged_files(device.workspace)
        device.wire.fates = iter(())
        hold(
            "I5",
            not waits or ears.pushes == pushes,
            "a store that has lost groups sends before the school has read them",
        )
        promises.seen_before_overwritten(self.truth, self.truth.changes[known:])

    def recover(self, device: Device) -> None:
        """All that lies only in a journal comes back."""
        with running(device.program):
            self.deeds["recover"](self, device, Step("recover", device.number, 0, 0, 1))

    def reopen(self, device: Device, between: Callable[[], None] = lambda: None) -> None:
        """The client ends and starts again. between: happens meanwhile."""
        device.workspace.close()
        between()
        self.open(device)

    def renew(self, device: Device) -> None:
        """The newest program is installed over an older one (protocol.md section 11: schema bump)."""
        if device.program is OLD:
            device.program = NEW
            self.reopen(device)
            self.check(device)

    def damage(self, device: Device, id_: str, how: int) -> None:
        """A score of a store becomes another, older or nothing; the next comparison must mend it (I11)."""
        device.damage(id_, how)
        device.begun.clear()
        device.workspace.doubt()
        for _ in range(2):
            self.sync(device)
        self.check(device)

    def clone(self, device: Device) -> None:
        """A PC is copied whole, and both copies go on."""
        number = len(self.devices)
        device.workspace.close()
        device.copied = True
        other = device.copy(number, self.folder / f"device-{number}")
        self.open(device)
        self.open(other)
        self.devices.append(other)

    def back_up(self) -> None:
        """Copy the server's data."""
        folder = self.folder / f"backup-{len(self.backups)}"
        self.backups.append(Backup(self.town.copied(folder), self.truth.remembered()))

    def restore(self, backup: Backup) -> None:
        """Set the server back to a copy, as its command does."""
        self.town.set_back(backup.held)
        self.truth.set_back(backup.truth)
        for device in self.devices:
            device.begun.clear()
            device.lose_for_good(self.truth)
            if device.lost:
                self._lost_twice(device)
            self._keep_journal(device)
        self.files_lost_for_good()
        for ears in self.ears:
            ears.core = self.town.core(ears.enrolment)

    def left(self, former: str) -> None:
        """A store is not this device any more: it may be that only one still is."""
        left = [each for each in self.devices if each.id == former]
        for each in left:
            each.copied = len(left) > 1

    def check(self, device: Device) -> Sight:
        """Hold every promise about one store; what is in it."""
        seen = device.eyes.look()
        seen.copied, seen.loaded = device.copied, device.loaded
        now = seen, self.truth.epoch, self.truth.times
        if device.checked is not None and device.checked[0] is seen and device.checked[1:] == now[1:]:
            return seen
        device.checked = now
        if seen.sure and seen.epoch == self.truth.epoch:
            promises.prefix(self.truth, seen)
            promises.erased(self.truth, seen, self.about)
        promises.overlay(seen)
        if self.journals:
            device.shelf.holds(device.workspace, seen.outbox, device.dek, self.keys)
        attached.whole_files(device.workspace, self.files)
        promises.bounded(device.workspace, device.program)
        return seen

    # -- within -------------------------------------------------------------------------------------------------------

    def open(self, device: Device) -> None:
        """The client starts."""
        with running(device.program), at_once(wanted=not self.threads):
            device.workspace = Workspace.open(
                device.folder,
                secrets=device.secrets,
                enrolment=device.enrolment,
                clock=self.town.clock,
                ids=self.town.ids,
            )
            self._keep_journal(device)
        device.eyes = Eyes(device.workspace, device.program, device.late)
        self._connect(device)

    def _keep_journal(self, device: Device) -> None:
        """The device has a lease: it knows what to seal to, and the school whose journal it is."""
        if self.journals:
            self.school(device).keep(device.workspace, device.dek)

    def _connect(self, device: Device) -> None:
        device.ears = ears = Ears(self.town.core(device.enrolment), self.truth, device.enrolment)
        self.ears.append(ears)

        def heard(answer: PushAnswer | PullAnswer | VerifyAnswer | tuple[Frame, ...]) -> None:
            allowed = self.town.scopes(device.teacher, day_in_japan(self.town.clock()))
            frames = answer if isinstance(answer, tuple) else answer.frames
            promises.answer_authority(allowed, frames)
            if isinstance(answer, tuple):
                promises.none_has_left(self.truth, frames)

        def loads() -> None:
            device.loaded = self.truth.seq

        device.wire = Wire(
            *(ears, self.letters, heard, lambda here: self._meanwhile(device, here=here)),
            *(device.begun, loads, device.settle),
        )

    def _signed_in_anew(self, device: Device) -> None:
        """A copy has become a device of its own."""
        former, device.enrolment = device.id, device.workspace.enrolment
        hold("I13", former != device.id, "a copy kept its number")
        device.copied, device.older = False, None
        self._keep_journal(device)
        self.left(former)
        self._connect(device)

    def _meanwhile(self, device: Device, *, here: bool) -> None:
        """Somebody else does something while this device's request is on its way; here: and so does its teacher."""
        if self.nested:
            return
        self.nested = True
        other = self.devices[(device.number + 1) % len(self.devices)]
        for kind in ("note", "sync", *(("duty",) if self.tags % 3 == 0 else ())):
            with running(other.program):
                self.deeds[kind](self, other, Step(kind, other.number, self.tags, self.tags // 3, 0))
        if here:
            with running(device.program):
                self.deeds["note"](self, device, Step("note", device.number, self.tags, self.tags // 3, 0))
        self.nested = False

    def _lost_twice(self, device: Device) -> None:
        """The server has lost what a store had lost before, and had back: it may go, unless a journal is to be read.

        The streams of stores that are not here any more nobody tells the school anew.
        """
        own, streams = device.workspace.copies.lost_until() is not None, self.town.streams()
        journals_here = journals.offered(device.workspace, self.keys, lambda each: str(each) in streams, own=own)
        held = str(journals_here) + str([*map(tuple, device.workspace.rows(promises.ITEMS))])
        device.saved = [(key, tag) for key, tag in device.saved if tag in held or self.truth.told(key, tag)]

    def files_lost_for_good(self) -> None:
        """A file that was uploaded and then erased with the end of a duty may go with what the server has lost.

        Whoever has only looked at it does not bring it back: a reference counts with its author's bytes.
        """
        held, own = self.town.whole_files(), "SELECT sha256 FROM blob WHERE whole AND attached IS NOT NULL"
        for device in self.devices:
            held |= {sha256 for (sha256,) in device.workspace.rows(own)}
        self.gone_files = self.files.keys() - held

    def _shared(self, device: Device, seen: Sight) -> tuple[frozenset[str], dict[Key, Any]]:
        """What others with the same duties should hold as well: everything but the teacher's own box."""
        staff = self.town.teachers[device.teacher].staff
        own = {f"staff:{staff}", f"inbox:{staff}"}
        rows = {key: (row.ver, row.fields) for key, row in seen.visible.items() if not set(seen.sets[key]) <= own}
        return seen.granted - own, rows
