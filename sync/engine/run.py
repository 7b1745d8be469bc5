"""One round of sync over two ports, the local store and the server: push what waits, pull what changed, load scopes.

Whatever a server answers, nothing local is lost: what it says is checked before it is stored, and stored whole.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from sync.engine import outbox, pull
from sync.engine.files import Carrier
from sync.engine.loading import Loading
from sync.engine.plan import Action, Apply, Carry, Clean, Compare, Confirm, Done, LoadScopes, Pull, Push, plan
from sync.engine.repair import put_right
from sync.engine.store import LocalStore, StoreState
from sync.errors import KeyakiError
from sync.protocol.backend import Backend
from sync.protocol.errors import (
    BadBody,
    BadRequest,
    CursorTooOld,
    DeviceForked,
    EpochChanged,
    Forbidden,
    SeqGap,
    TooLarge,
)
from sync.protocol.messages import GrantSet, PullAnswer, PurgedRequest

_STEPS_MAX: Final = 10_000
"""No round takes more steps; a server that always has one more page is not believed."""
_GRANTS_MAX: Final = 20
"""Nor more changes of grants."""
_PARTS: Final = 4
"""Parts of attached files between two looks at what others have changed."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a round is. what: push, pull, load, up or down; done, total: changes, rows or bytes of a file,
    total None when nobody knows.
    """

    what: str
    done: int
    total: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """What a round did. outcomes: {outcome: groups}; rows: received; loaded: scopes that are complete now.

    complete: False when it was cancelled half-way.
    """

    outcomes: Mapping[str, int]
    rows: int
    loaded: tuple[str, ...]
    complete: bool


@dataclass(slots=True)
class Round:
    """A round under way; used once."""

    store: LocalStore
    backend: Backend
    progress: Callable[[Progress], None]
    cancelled: Callable[[], bool]
    done: Done = field(default_factory=Done)
    size: outbox.Size = field(default_factory=outbox.Size)
    outcomes: dict[str, int] = field(default_factory=dict[str, int])
    rows: int = 0
    sent: int = 0
    retried: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    regranted: int = 0
    refused: KeyakiError | None = None
    carrier: Carrier | None = None
    parts: int = 0
    loading: Loading = field(init=False)

    def __post_init__(self) -> None:
        self.loading = Loading(
            self.store, self.backend, self.cancelled, lambda rows: self._received("load", rows), self._grants
        )

    def run(self) -> Report:
        """Take step after step until nothing remains or it is cancelled.

        Raises what the server or the network answered, after remembering it in the store; a push that was refused is
        raised when everything else is done.
        """
        try:
            complete = self._steps()
            if self.refused is not None:
                raise self.refused
        except KeyakiError as error:
            if isinstance(error, DeviceForked):
                self.store.forked()
            self.store.ended(error)
            raise
        if complete:
            self.store.ended(None)
        return Report(self.outcomes, self.rows, tuple(self.loading.loaded), complete)

    def _steps(self) -> bool:
        for _ in range(_STEPS_MAX):
            if self.cancelled():
                self.loading.settle()
                return False
            state = self.loading.foreseen(self.store.state())
            if self.done.last is None:
                self.done = replace(self.done, last=state.newest)
            action = next(plan(state, self.done), None)
            if not isinstance(action, LoadScopes) and self.loading.settle():
                continue
            if action is None:
                return True
            try:
                self._take(action, state)
            except EpochChanged as error:
                self._restored(state.school if isinstance(action, Push | Clean) else action.partition, error)
            if not isinstance(action, Push):
                self.done = replace(self.done, last=None)
        raise BadBody(reason="endless")

    def _take(self, action: Action, state: StoreState) -> None:
        """Take one step. state: what it was planned from; it is read again wherever the step has changed it."""
        match action:
            case Push():
                self._push(state)
            case Apply(partition):
                self.rows += self.store.apply_staged(partition)()
            case Pull(partition):
                self._again(partition, lambda: self._pull(partition, state), live=True)
            case LoadScopes(partition, load):
                self._again(partition, lambda: self.loading.pages(partition, load, state), live=False)
            case Clean():
                self.done = replace(self.done, cleaned=True)
                self.store.clean()
            case Confirm(partition, scopes):
                self._confirm(partition, scopes)
            case Compare(partition):
                self.done = replace(self.done, compared=self.done.compared | {partition})
                said = self._pull(partition, state, sums=True)
                if said is not None:
                    put_right(self.store, self.backend, partition, said)
            case Carry(partition):
                self._carry(partition)

    def _carry(self, partition: str) -> None:
        """A part of a file; every few of them the school is asked for news, however long the files are."""
        if self.carrier is None:
            self.carrier = Carrier(self.store, self.backend, partition)
        moved = self.carrier.step()
        self.parts += 1
        if moved is None:
            self.done = replace(self.done, carried=True)
        else:
            self.progress(Progress(moved.way.value, moved.start, moved.size))
            if self.parts % _PARTS == 0:
                self.done = replace(self.done, pulled=self.done.pulled - {partition})

    def _confirm(self, partition: str, scopes: tuple[str, ...]) -> None:
        """Tell what has ended. A server that does not hear it keeps nobody from his work; it is told again."""
        self.done = replace(self.done, confirmed=self.done.confirmed | {partition})
        epoch = self.store.state().of(partition).epoch
        if epoch is None:
            return
        try:
            self.backend.purged(partition, PurgedRequest(epoch=epoch, scopes=scopes))
        except (Forbidden, BadRequest):
            return
        self.store.told_purged(partition, scopes)

    def _restored(self, partition: str, error: EpochChanged) -> None:
        """The server was set back to an earlier point: doubt what is later and say again what was said since."""
        match error.facts:
            case {"epoch": str(epoch), "seq": int(cut)} if ("epoch", partition) not in self.retried:
                self.retried.add(("epoch", partition))
                self.store.restored(partition, epoch, cut)
            case _:
                raise error

    def _push(self, state: StoreState, first: int | None = None) -> None:
        """Send one batch; what the server refuses to take as a push is raised later, so that pulling goes on."""
        batch = self.store.take_batch(self.size, first)
        if batch is None:
            return
        try:
            answer = self.backend.push(state.school, batch.request())
            whole = self.store.store_answer(outbox.checked(batch, answer))
        except TooLarge as error:
            if len(batch.items) == 1:
                self._refuse(error)
            self.size = self.size.halved(len(batch.items))
            return
        except SeqGap as error:
            self._resend(error, batch, state)
            return
        except (BadRequest, BadBody) as error:
            self._refuse(error)
            return
        asked = self.done.pulled - {state.school}
        self.done = replace(self.done, pulled=asked | {state.school} if whole else asked)
        for outcome, count in outbox.counted(answer.outcomes).items():
            self.outcomes[outcome] = self.outcomes.get(outcome, 0) + count
        self.sent += len(answer.outcomes)
        self.progress(Progress("push", self.sent, self.sent + state.waiting - len(answer.outcomes)))

    def _resend(self, error: SeqGap, batch: outbox.Batch, state: StoreState) -> None:
        """Start where the server says its counter stands, once; a second gap is not ours to heal."""
        expected = error.facts.get("expected")
        if not isinstance(expected, int) or expected >= batch.numbers[0] or ("gap", "") in self.retried:
            self._refuse(error)
            return
        self.retried.add(("gap", ""))
        try:
            self._push(state, expected)
        except SeqGap as gone:
            self._refuse(gone)

    def _refuse(self, error: KeyakiError) -> None:
        self.refused = error
        self.done = replace(self.done, mute=True)

    def _again(self, partition: str, step: Callable[[], object], *, live: bool) -> None:
        """Take a step; where the server has forgotten where it was, start it over, once a round."""
        try:
            step()
        except (CursorTooOld, BadRequest) as error:
            place = ("live" if live else "load", partition)
            lost = isinstance(error, CursorTooOld) or error.facts.get("reason") == "next"
            if not lost or place in self.retried:
                raise
            self.retried.add(place)
            self.store.start_over(partition, live=live and isinstance(error, CursorTooOld))

    def _pull(self, partition: str, state: StoreState, *, sums: bool = False) -> PullAnswer | None:
        """All pages of what changed; each is stored before the next is asked for.

        sums: have the server say what all scopes hold. Returns the last page, None when it was not reached.
        """
        while True:
            request = pull.live_request(state.of(partition), state.acked, sums=sums)
            answer = pull.checked(request, self.backend.pull(partition, request))
            self.done = replace(self.done, pulled=self.done.pulled | {partition})
            if answer.grants is not None:
                self._grants(partition, answer.epoch, answer.grants)
                return None
            self._received("pull", self.store.pull_page(partition, request, answer)())
            if answer.next is None:
                return answer
            if self.cancelled():
                return None
            state = self.store.state()

    def _grants(self, partition: str, epoch: str, grants: GrantSet) -> None:
        self.regranted += 1
        if self.regranted > _GRANTS_MAX:
            raise BadBody(reason="grants")
        self.store.take_grants(partition, epoch, grants)

    def _received(self, what: str, rows: int) -> None:
        self.rows += rows
        self.progress(Progress(what, self.rows, None))


def one_round(
    store: LocalStore,
    backend: Backend,
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Report:
    """Push all that waits, pull what changed, load the scopes that are not complete.

    Raises what the server or the network answered (`sync.protocol.errors`). Whatever it raises, nothing is lost and a
    repeat goes on where this one stopped.
    """
    return Round(store, backend, progress, cancelled).run()
