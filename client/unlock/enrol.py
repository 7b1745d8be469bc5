"""From a signed-in teacher to a store on this PC: which device this is, which school, and the server's own tokens."""

import platform
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from time import sleep
from typing import Final

from client.unlock.record import Known
from client.unlock.signin import Identity, Provider, SignIn
from client.workspace import Enrolment
from sync.engine.http import HttpBackend
from sync.engine.request import Caller
from sync.engine.tokens import HeldTokens, Tokens
from sync.engine.transport import Transport
from sync.errors import AccessError, Defect, Fault
from sync.protocol.errors import BadBody, ServerBusy
from sync.protocol.lease import LeaseAnswer, LeaseRequest
from sync.protocol.session import Continues, DeviceInfo, SessionAnswer, SessionRequest
from sync.records.ids import IdMaker

ACTIVE = "active"
BUSY_S: Final = 30
"""So long a busy server is asked again before the teacher hears of it: on a Monday morning everybody comes at once."""
_AGAIN_S: Final = 2
"""After so long, where the server does not say when to come back."""


class DevicePending(AccessError):
    """The school has not yet let this device in. Fact `status`."""

    NUMBER = 2102
    FAULT = Fault.SITE


@dataclass(frozen=True, slots=True)
class Joined:
    """A finished sign-in: whose store it is, the tokens of its session, and its line in the list of teachers.

    lease: as it came, where one was asked for.
    """

    enrolment: Enrolment
    tokens: Tokens
    known: Known
    lease: LeaseAnswer | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where to sign in, and what this computer says of itself. version: of the program."""

    server: str
    provider: Provider
    device_name: str
    version: str


class Enrol:
    """One attempt of one person. Runs in a thread that may wait.

    chance: random bytes of a given number; ids: makes the id of a new device; known: the stores of this PC; pause: lets
    so many seconds pass; asks: what is asked of the school for the vault of a store, None for one that has none.
    """

    def __init__(
        self,
        place: Place,
        known: Iterable[Known],
        transport: Transport,
        chance: Callable[[int], bytes],
        ids: IdMaker,
        pause: Callable[[float], None] = sleep,
        asks: Callable[[Known], LeaseRequest | None] | None = None,
    ) -> None:
        self._asks = asks
        self._place = place
        self._known = tuple(known)
        self._transport = transport
        self._chance = chance
        self._fresh = ids()
        self._pause = pause
        self._cancelled: Callable[[], bool] = lambda: False
        self._identity: Identity | None = None

    def run(
        self, open_page: Callable[[str], None], page: str, cancelled: Callable[[], bool], wanted: Known | None = None
    ) -> Joined | None:
        """Sign in, and join the school; None when cancelled.

        wanted: the store whose session is to be renewed. Raises ChooseSchool (then `choose`), SignInBroken,
        DevicePending, MfaRequired and what every call over the network may raise. A repeat begins anew and is safe.
        """
        self._cancelled = cancelled
        sign_in = SignIn(self._place.provider, self._transport, self._chance, open_page)
        self._identity = sign_in.run(page, cancelled)
        if self._identity is None:
            return None
        mine = [known for known in self._known if known.subject == self._identity.subject]
        store = wanted or (mine[0] if len(mine) == 1 else None)
        return self._join(store, store.school if store else None)

    def choose(self, school: str) -> Joined:
        """Join this one of several schools, after ChooseSchool. Raises as `run`."""
        identity = self._identity
        if identity is None:
            raise Defect(assumed="a school is chosen after a sign-in")
        mine = (known for known in self._known if known.subject == identity.subject and known.school == school)
        return self._join(next(mine, None), school)

    def _join(self, store: Known | None, school: str | None) -> Joined:
        identity, place = self._identity, self._place
        if identity is None:
            raise Defect(assumed="somebody joins after a sign-in")
        device = (store.device if store else "") or self._fresh
        keeper = HeldTokens()
        backend = HttpBackend(place.server, Caller(device, place.version), keeper, self._transport)
        about = DeviceInfo(id=device, school=school, name=place.device_name, os=platform.system().lower())
        request = SessionRequest(
            id_token=identity.id_token, r32=identity.r32, device=about, continues=_continues(store)
        )
        answer = self._admitted(backend, request)
        if answer.device_status != ACTIVE:
            raise DevicePending(status=answer.device_status)
        tokens = keeper.tokens()
        if tokens is None:
            raise Defect(assumed="a session keeps its tokens")
        enrolment = _enrolment(device, answer, place.device_name)
        line = store or Known(device, enrolment.user, enrolment.school, identity.subject)
        line = replace(line, device=device, name=identity.name or line.name)
        wanted = None if self._asks is None else self._asks(line)
        lease = None if wanted is None else backend.lease(wanted)
        return Joined(enrolment, keeper.tokens() or tokens, line, lease)

    def _admitted(self, backend: HttpBackend, request: SessionRequest) -> SessionAnswer:
        """The session, asked for again while the server is busy, and without what it is too old to be told: nothing was
        taken then.
        """
        waited = 0
        while True:
            try:
                return backend.session(request)
            except BadBody as refused:
                if request.continues is None or refused.facts.get("at") != "continues":
                    raise
                request = request.model_copy(update={"continues": None})
            except ServerBusy as busy:
                asked = busy.facts.get("retry_s")
                wait_s = asked if isinstance(asked, int) and asked else _AGAIN_S
                waited += wait_s
                if waited > BUSY_S or self._cancelled():
                    raise
                self._pause(wait_s)


def _continues(store: Known | None) -> Continues | None:
    """Which device the one that signs in goes on from."""
    if store is None or not store.former or not store.why:
        return None
    return Continues(device=store.former, why=store.why)


def _enrolment(device: str, answer: SessionAnswer, name: str) -> Enrolment:
    partitions = {partition.id: partition.name for partition in answer.partitions}
    school = next((id_ for id_, named in partitions.items() if named == "school"), None)
    if school is None:
        raise Defect(assumed="a session names the school")
    return Enrolment(device, answer.user, answer.staff, school, partitions, name)
