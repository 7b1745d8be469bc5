"""The key store of the system does not do what it should, at each moment it is asked: no group and no key is lost."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import product

from keyring.errors import InitError, KeyringLocked, PasswordDeleteError

from sync.errors import KeyakiError
from tests.campaigns.desk import Desk, Morning, Said, files_of, missing

Fault = Callable[[str | None], str | None]
"""What a key store answers instead of what it holds."""


def _raises(error: Exception) -> Fault:
    def fault(_: str | None) -> str | None:
        raise error

    return fault


ANSWERS: dict[str, Fault] = {
    "absent": lambda _: None,
    "unreadable": _raises(OSError("bus")),
    "wrong": lambda held: held and held[::-1],
    "no time": _raises(TimeoutError()),
    "locked": _raises(KeyringLocked("locked")),
    "not begun": _raises(InitError("no service")),
    "gone meanwhile": _raises(RuntimeError("no backend")),
    "too long": lambda held: held and held * 21,
    "half": lambda held: held and held[:31],
    "another's": lambda held: held and "5a" * 32,
    "empty": lambda held: held and "",
    "no hex": lambda held: held and "鍵" * 64,
}
FORGETFUL, FULL = "keeps nothing", "takes nothing"
STATES = (*ANSWERS, FORGETFUL, FULL)


@dataclass(slots=True)
class Ring:
    """A key store as the library shows it. state: what is wrong with it; after so many calls nothing is, if ever."""

    held: dict[str, str] = field(default_factory=dict[str, str])
    state: str | None = None
    heals_after: int = 10**9

    def get_password(self, service: str, username: str, /) -> str | None:
        """As the library's."""
        answer = ANSWERS.get(self._state() or "")
        held = self.held.get(username)
        return held if answer is None else answer(held)

    def set_password(self, service: str, username: str, password: str, /) -> None:
        """As the library's."""
        match self._state():
            case "keeps nothing":
                return
            case "takes nothing" | "locked" | "unreadable" | "no time" | "gone meanwhile" | "not begun":
                raise OSError("refused")
            case _:
                self.held[username] = password

    def delete_password(self, service: str, username: str, /) -> None:
        """As the library's."""
        if self._state() in ("locked", "unreadable", FULL):
            raise KeyringLocked("locked")
        if self.held.pop(username, None) is None:
            raise PasswordDeleteError

    def _state(self) -> str | None:
        self.heals_after -= 1
        return self.state if self.heals_after >= 0 else None


def _opened(desk: Desk) -> None:
    desk.open()
    desk.edit(lambda _: None)
    desk.close()


def _during(act: Callable[[Desk], object]) -> Callable[[Desk, Ring, str, int], None]:
    """Open the store, then let the key store fail for an act."""

    def moment(desk: Desk, ring: Ring, state: str, heals_after: int) -> None:
        desk.open()
        ring.state, ring.heals_after = state, heals_after
        try:
            act(desk)
        finally:
            desk.edit(lambda _: None)
            desk.close()

    return moment


def _from_the_start(desk: Desk, ring: Ring, state: str, heals_after: int) -> None:
    ring.state, ring.heals_after = state, heals_after
    _opened(desk)


MOMENTS: dict[str, Callable[[Desk, Ring, str, int], None]] = {
    "opening": _from_the_start,
    "a new lease": _during(lambda desk: desk.renew(lambda _: None)),
    "another PIN": _during(lambda desk: desk.choose(lambda _: None)),
    "remembering": _during(lambda desk: desk.remember(lambda _: None)),
    "the end": _during(lambda desk: desk.unlocked.vault.leave(desk.now())),
}


def mishaps(morning: Morning, seed: int) -> int:
    """Each state at each moment, in an order and for a time of chance; how many times the vault said so."""
    chance = random.Random(seed)
    cases = list(product(STATES, MOMENTS))
    chance.shuffle(cases)
    told, said = 0, list[Said]()
    with morning.desk_of(seed) as desk:
        ring = Ring({name: data.decode("ascii") for name, data in files_of(desk.root / "keys").items()})
        desk.ring = ring
        kept = _secrets(ring)
        for state, moment in cases:
            desk.village.clock.pass_(seconds=40)
            heals_after = chance.choice((10**9, 1, 2, 3))
            try:
                MOMENTS[moment](desk, ring, state, heals_after)
            except KeyakiError:
                told += 1
            ring.state = None
            assert _secrets(ring) == kept, (state, moment)
            desk.open()
            desk.edit(lambda word: said.append(word) or 0)
            assert missing(said, desk.rows()) == {}, (state, moment)
            desk.close()
        desk.heal()
    return told


def _secrets(ring: Ring) -> dict[str, str]:
    """What opens stores; an anchor may be another."""
    return {name: value for name, value in ring.held.items() if not name.endswith("anchor")}
