"""A store hears that it is blocked or to be erased, and is; whoever does it has no store open in this process.

Nothing is believed that does not bear the signature of the school the store was made for.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, Protocol
from uuid import UUID

from client.paths import Profile
from client.store.database import StoreLock
from client.store.errors import StoreBusy
from client.store.opening import LOCK
from client.vault import header, wipe
from client.vault.device_key import signed_proof
from client.vault.errors import HeaderUnfit, KeyStoreUnreadable
from client.vault.finding import HEADER, Places, header_data
from client.vault.keystore import Absent, Present, Unreadable
from client.vault.lease_file import burn
from client.vault.wipe import Pending
from sync.errors import AccessError, KeyakiError
from sync.protocol.device import Erased, HelloAnswer, Order, Proof, order_of
from sync.protocol.errors import Forbidden
from sync.protocol.signed import Forged, keys_of

_log: Final = logging.getLogger("keyaki.wipe")


class School(Protocol):
    """What a device that carries an order out tells the school; `sync.engine.devices.Summons` over the network."""

    def bring(self, segments: Iterable[bytes], order: str) -> None:
        """Bring segments of journals, sealed as they lie on the disk."""
        ...

    def erased(self, said: Erased) -> object:
        """Say that the order was carried out."""
        ...


Line = Callable[[str], School]
"""(device) -> its way to the school, for one call after the other."""


def lease_to_name(folder: Path) -> str:
    """A lease a locked store can show, to be told whether there is an order; empty where it has none.

    Raises DiskRefused.
    """
    try:
        return next(map(str, header.lease_ids(header_data(folder / HEADER))), "")
    except HeaderUnfit:
        return ""


def is_open(folder: Path) -> bool:
    """Whether a process has this store open, which hears of orders by itself."""
    try:
        StoreLock(folder / LOCK).release()
    except StoreBusy:
        return True
    return False


def heard(folder: Path, device: str, places: Places, answer: HelloAnswer) -> Order | None:
    """The order in an answer, once it is the school's own and for this store; None where there is none.

    Raises DiskRefused, KeyStoreUnreadable.
    """
    if not answer.order:
        return None
    known = {device, _made_on(folder) or device}
    for each in sorted(known):
        match places(f"{each}/root").load():
            case Present(thumbprint):
                try:
                    order = order_of(answer.order, keys_of(answer.keys, thumbprint))
                except Forged as error:
                    _log.info("an order that is not the school's: %s", error)
                    return None
                return order if order.aud in known else None
            case _:
                continue
    raise KeyStoreUnreadable(reason="no root")


def obey(folder: Path, order: Order, token: str) -> None:
    """Write down what is to be done; whoever has the store open ends now. Raises DiskRefused.

    A lock takes the lease away at once. Erasing goes on with `erase`, here or in the next process.
    """
    if order.erases:
        own = {f"{order.aud}/{name}" for name in ("ds/1", "root", "anchor", "key")}
        names = {*wipe.names_of(folder), *own}
        wipe.begin(folder, Pending(token, order.jti, order.kind, order.aud, tuple(sorted(names))))
    else:
        burn(folder)


def begun(profile: Profile) -> Iterator[Path]:
    """The folders in which something is being erased."""
    for parent in (profile.stores, profile.erasing):
        yield from sorted(path.parent for path in parent.glob(f"*/{wipe.PENDING}"))


def close_for_good(profile: Profile, folder: Path) -> Path | None:
    """What needs no network: after this nothing is left but sealed journals; where they lie now.

    None while the process that had the store open has not ended: nothing opens it any more, but it still writes.
    Raises DiskRefused.
    """
    wipe.unopenable(folder)
    pending = wipe.begun(folder)
    if pending is None or is_open(folder):
        return None
    folder = wipe.aside(folder, profile.erasing / str(UUID(pending.id)))
    wipe.clear(folder)
    return folder


def settle(folder: Path, places: Places, line: Line) -> None:
    """Bring the journals, say that it is done, and delete the rest. A repeat goes on.

    What was saved and not sent is brought once where the device was lost, and until it has arrived where it is given
    back; only then is it said that all is erased. Raises what a call may raise, DiskRefused: then nothing is over yet.
    """
    pending = wipe.begun(folder)
    if pending is None:
        return
    school, brought = line(pending.device), True
    try:
        school.bring((path.read_bytes() for path in wipe.journals(folder)), pending.order)
    except KeyakiError as error:
        brought = False
        if pending.kind != "lost_wipe" and not isinstance(error, AccessError):
            raise
        _log.info("a journal of an erased store did not reach the school: %s", error)
    _tell(school, pending, Proof(iss=pending.device, jti=pending.id, kept=wipe.left(folder), brought=brought), places)
    wipe.finish(folder, places)
    _log.info("a store was erased by order of the school")


def _tell(school: School, pending: Pending, said: Proof, places: Places) -> None:
    """Say that it is done, proved with the device's own key; where that is gone or not known to the school, only said.

    Raises KeyStoreUnreadable while the key store does not answer, and what a call may raise.
    """
    bare = Erased(order=pending.order, kept=said.kept, brought=said.brought)
    match places(f"{pending.device}/key").load():
        case Present(secret):
            try:
                school.erased(bare.model_copy(update={"proof": signed_proof(secret, said)}))
            except Forbidden as error:
                _log.info("the school does not know the key of this device: %s", error)
            else:
                return
        case Unreadable(reason):
            raise KeyStoreUnreadable(reason=reason)
        case Absent():
            pass
    school.erased(bare)


def _made_on(folder: Path) -> str | None:
    try:
        whose = header.owner(header_data(folder / HEADER))
    except HeaderUnfit:
        return None
    return None if whose is None else str(whose.device)
