"""The way from the first screen into a store: its PIN is asked for, chosen, or, where it has no vault, not needed."""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from client.desk import Outside
from client.paths import Profile
from client.shell.tasks import Tasks
from client.unlock.change import ChangePin
from client.unlock.enrol import Joined
from client.unlock.locked import forget, noted
from client.unlock.panel import UnlockPanel
from client.unlock.pin import AskPin, BeginAnew, ChoosePin
from client.unlock.protection import Opening, Protection, Unlocked, device_key, request_for
from client.unlock.record import Known
from client.unlock.repository import remember
from client.vault.errors import HeaderUnfit, KeyMissing, LeaseNeeded, PinTooSoon, StoreRolledBack, WrongPin
from client.vault.pin import PinFault, pin_fault
from client.vault.vault import Keys, Vault
from client.workspace import DeviceSecretStore, StoreDamaged, Workspace, erase_store, holds_store, set_store_aside
from sync.errors import KeyakiError
from sync.protocol.errors import ClockWrong, Forbidden
from sync.protocol.lease import LeaseAnswer, LeaseRequest


@dataclass(frozen=True, slots=True)
class Entry:
    """Who is about to come in; `joined` where they have just signed in.

    anew: their store is to be made anew; spent: so is one without a vault, from which nothing is missing at the school.
    """

    known: Known
    joined: Joined | None = None
    anew: bool = False
    spent: bool = False


@dataclass(frozen=True, slots=True)
class Entered:
    """A store that is open, and its vault where it has one."""

    known: Known
    workspace: Workspace
    unlocked: Unlocked | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one typed PIN went: the store is open, or why not. entry: who was about to come in then."""

    entry: Entry
    entered: Entered | None = None
    error: KeyakiError | None = None


class Entrance(QObject):
    """Leads one person at a time in. `entered` carries an Entered."""

    entered = Signal(object)

    def __init__(self, profile: Profile, outside: Outside, panel: UnlockPanel, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._profile, self._outside, self._panel, self._tasks = profile, outside, panel, tasks
        self._entry: Entry | None = None
        self._anew: Known | None = None

    @Slot(object)
    def open_known(self, known: Known) -> None:
        """Open a store of this PC, with or without a network."""
        self._anew = None
        self._begin(Entry(known))

    def open_joined(self, joined: Joined) -> None:
        """Open, or make, the store of who has just signed in."""
        anew, self._anew = self._anew, None
        whose = (joined.enrolment.user, joined.enrolment.school)
        if anew is not None and whose != (anew.user, anew.school):
            self._panel.tell(Forbidden())  # somebody else has signed in
        else:
            self._begin(Entry(joined.known, joined, anew=anew is not None))

    def request_for(self, known: Known) -> LeaseRequest | None:
        """What is asked of the school for the vault of somebody who signs in; None where stores have none."""
        protection, folder = self._outside.protection, self._folder(known)
        if protection is None:
            return None
        vault = protection.vault(folder, known)
        key = device_key(vault, known.device)
        return LeaseRequest(key=key) if self._anew is not None else request_for(vault, key=key)

    @Slot(str)
    def take_pin(self, pin: str) -> None:
        """Make or open vault and store beside the GUI thread: to stretch a PIN takes a moment."""
        entry, protection = self._entry, self._outside.protection
        if entry is None or protection is None:
            return
        vault, opening = self._opening(entry, protection, pin)
        self._tasks.run(lambda: self._tried(entry, opening, vault), self._answered, self._panel.tell)

    @Slot()
    def give_up(self) -> None:
        """Somebody went back: a PIN that is still being looked at opens nothing any more."""
        self._entry = self._anew = None

    @Slot()
    def offer_anew(self, error: KeyakiError | None = None) -> None:
        """The PIN is forgotten, or the store cannot be opened with it: ask whether to make another in its place."""
        step = BeginAnew()
        step.left.connect(self.give_up)
        step.agreed.connect(self._sign_in_anew)
        self._panel.offer_anew(step, error)

    @Slot()
    def _sign_in_anew(self) -> None:
        """A fresh sign-in, as a device of its own: the numbers the former one has given are known to its journal and to
        the school, but not here any more.
        """
        entry, self._entry = self._entry, None
        if entry is not None:
            self._anew = entry.known
            self._panel.start_sign_in(replace(entry.known, device="", former=entry.known.device, why="lost"))

    def _begin(self, entry: Entry) -> None:
        known, protection, folder = entry.known, self._outside.protection, self._folder(entry.known)
        self._entry = entry
        made = holds_store(folder) and not entry.anew
        if protection is not None and made and protection.vault(folder, known).stands:
            self._ask(entry, protection)
        elif protection is not None and entry.joined is not None and (not made or self._is_spent(entry)):
            step = ChoosePin(self._fault, protection.hint)
            step.left.connect(self.give_up)
            self._panel.choose_pin(step)
        else:
            try:
                self._done(Entered(known, self._workspace(entry, self._outside.secrets(folder))))
            except KeyakiError as error:
                self._kept_out(error)

    def _is_spent(self, entry: Entry) -> bool:
        """Whether a store without a vault may be replaced by one with it, which goes on with its numbers."""
        joined, folder = entry.joined, self._folder(entry.known)
        if joined is None:
            return False
        try:
            with self._workspace(entry, self._outside.secrets(folder)) as workspace:
                numbers = workspace.numbers()
        except KeyakiError:
            return False  # what is amiss is told when it is opened to be worked in
        if numbers is not None:
            joined = replace(joined, enrolment=replace(joined.enrolment, numbers=numbers))
            self._entry = replace(entry, joined=joined, spent=True)
        return numbers is not None

    def _ask(self, entry: Entry, protection: Protection, error: KeyakiError | None = None) -> None:
        step = AskPin(entry.known, protection.hint, noted(self._folder(entry.known)))
        step.left.connect(self.give_up)
        step.forgotten.connect(self.offer_anew)
        self._panel.ask_pin(step, error)

    def change_box(self, known: Known, parent: QWidget) -> ChangePin:
        """The box that asks who works here for another PIN."""
        about = known.subject, known.name

        def fault(pin: str) -> PinFault | None:
            return pin_fault(pin, self._outside.now().date(), about)

        return ChangePin(fault, self._panel.words, parent)

    def _fault(self, pin: str) -> PinFault | None:
        """Why a PIN is not taken from whoever is about to come in."""
        known = () if self._entry is None else (self._entry.known.subject, self._entry.known.name)
        return pin_fault(pin, self._outside.now().date(), known)

    def _opening(self, entry: Entry, protection: Protection, pin: str) -> tuple[Vault, Opening]:
        folder, lease = self._folder(entry.known), entry.joined.lease if entry.joined else None
        vault = protection.vault(folder, entry.known)
        if lease is not None and entry.spent:
            return vault, Opening(lambda: self._made_instead(folder, vault, pin, lease))
        if lease is not None and entry.anew:
            return vault, Opening(lambda: self._made_anew(folder, vault, pin, lease))
        if lease is not None and not holds_store(folder):
            return vault, Opening(lambda: vault.make(pin, lease))
        return vault, Opening(lambda: vault.unlock(pin, protection.now(), lease))

    def _made_anew(self, folder: Path, vault: Vault, pin: str, lease: LeaseAnswer) -> Keys:
        """Nobody else has the store now."""
        set_store_aside(folder, self._outside.clock())
        return vault.make(pin, lease)

    def _made_instead(self, folder: Path, vault: Vault, pin: str, lease: LeaseAnswer) -> Keys:
        """Nobody else has the store now."""
        erase_store(folder, self._outside.secrets(folder))
        return vault.make(pin, lease)

    def _tried(self, entry: Entry, opening: Opening, vault: Vault) -> Outcome:
        try:
            return Outcome(entry, self._opened(entry, opening, vault))
        except KeyakiError as error:
            return Outcome(entry, error=error)

    def _answered(self, outcome: Outcome) -> None:
        """Go on with what came of a PIN, unless they have gone back meanwhile."""
        given_up, entered = outcome.entry is not self._entry, outcome.entered
        if entered is not None and given_up:
            entered.workspace.close()
        elif entered is not None:
            self._done(entered)
        elif outcome.error is not None and not given_up:
            self._kept_out(outcome.error)

    def _opened(self, entry: Entry, opening: Opening, vault: Vault) -> Entered:
        workspace = self._workspace(entry, opening)
        try:
            unlocked = opening.unlocked(vault)
            workspace.copies.keep(unlocked.hands())
            unlocked.check(workspace)
        except KeyakiError:
            workspace.close()
            raise
        return Entered(entry.known, workspace, unlocked)

    def _done(self, entered: Entered) -> None:
        entry, self._entry = self._entry, None
        if entry is None:
            entered.workspace.close()
            return
        if entry.joined is not None:
            entered.workspace.keep(entry.joined.tokens)
            remember(self._profile, entry.known)
        forget(self._folder(entry.known))
        self.entered.emit(entered)

    def _kept_out(self, error: KeyakiError) -> None:
        """The PIN was wrong or came too soon; or a sign-in has to bring a lease; or nothing helps here."""
        entry, protection = self._entry, self._outside.protection
        if entry is None or protection is None:
            self._panel.tell(error)
        elif isinstance(error, WrongPin | PinTooSoon):
            self._ask(entry, protection, error)
        elif isinstance(error, LeaseNeeded | ClockWrong) and entry.joined is None:
            self._panel.start_sign_in(entry.known, error)
        elif isinstance(error, KeyMissing | HeaderUnfit | StoreDamaged | StoreRolledBack):
            self.offer_anew(error)
        else:
            self._panel.tell(error)

    def _folder(self, known: Known) -> Path:
        return self._profile.store(known.user, known.school)

    def _workspace(self, entry: Entry, secrets: DeviceSecretStore | Opening) -> Workspace:
        enrolment = entry.joined.enrolment if entry.joined else None
        outside, folder = self._outside, self._folder(entry.known)
        return Workspace.open(folder, secrets=secrets, enrolment=enrolment, clock=outside.clock, ids=outside.ids)
