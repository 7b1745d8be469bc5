"""Signing in: an ID token becomes a session of one user on one device at one school."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import Connection

from sync.protocol.errors import ChooseSchool, Forbidden, SignInNeeded
from sync.protocol.session import DeviceInfo, SessionRequest
from sync.server.clock import unix_ms
from sync.server.identity import oidc, tokens
from sync.server.identity.former import former_of
from sync.server.identity.oidc import Issuer
from sync.server.identity.tokens import SignedIn, check_status
from sync.server.settings import TokenTimes
from sync.server.storage import enrolled, identity, partitions, records
from sync.server.storage.identity import ACTIVE, DeviceRow
from sync.server.storage.store import Storage

_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Workplace:
    school: str
    staff: str


def sign_in(
    storage: Storage, issuer: Issuer, request: SessionRequest, times: TokenTimes, now: datetime
) -> dict[str, Any]:
    """Make or find the device, begin a session, and say what may be read; the answer in wire form.

    All of it or nothing: where it raises, the nonce stays unused, and the same token may come again. Raises
    SignInNeeded, MfaRequired, ChooseSchool, Forbidden, DeviceSuspended, DeviceWiped, ServerBusy.
    """
    who = oidc.verify(issuer, request.id_token, request.r32, unix_ms(now) // 1000)
    ms = unix_ms(now)
    with storage.database.writing() as connection:
        user = identity.linked_user(connection, who.link, who.subject)
        if user is None:
            raise Forbidden(reason="unknown_user")
        place = _workplace(storage, connection, user, request.device)
        if not identity.use_nonce(storage.database, connection, who.nonce, who.expires * 1000, ms):
            raise SignInNeeded(reason="nonce")
        _enrol(connection, user, place.school, request, ms)
        readable = _readable(connection, place.school)
        proved = (who.auth_time * 1000, " ".join(who.amr))
        signed_in = SignedIn(user, place.staff, request.device.id, place.school, *proved)
        pair = tokens.begin(connection, signed_in, times, now)
    return {
        "token": pair.access,
        "refresh": pair.refresh,
        "expires_in": pair.expires_in,
        "user": user,
        "staff": place.staff,
        "device_status": ACTIVE,
        "partitions": readable,
    }


def _workplace(storage: Storage, connection: Connection, user: str, device: DeviceInfo) -> _Workplace:
    """Where the user works with this device."""
    places = [_Workplace(*place) for place in partitions.workplaces(connection, user)]
    held = identity.find_device(connection, device.id)
    wanted = device.school or (held.school if held is not None else None)
    if wanted is not None:
        places = [place for place in places if place.school == wanted]
    if not places:
        raise Forbidden(reason="no_school")
    if len(places) > 1:
        raise ChooseSchool(schools=[_named(storage, connection, place.school) for place in places])
    return places[0]


def _named(storage: Storage, connection: Connection, school: str) -> dict[str, str]:
    """A school and its name, from its record in the prefecture's partition."""
    own = partitions.read(connection, school)
    above = None if own is None or own.pref is None else partitions.read(connection, own.pref)
    if above is None:
        return {"id": school, "name": school}
    names = storage.names.read(connection, above)
    key = ("school", school)
    found = records.read(storage.database, connection, names, above.school, [key])
    return {"id": school, "name": found[key].held.fields["name"] if key in found else school}


def _enrol(connection: Connection, user: str, school: str, request: SessionRequest, ms: int) -> None:
    """Make or find the device; a new one is active at once. One device belongs to one user at one school for good."""
    device, owner = request.device, DeviceRow(user, school, ACTIVE)
    held = identity.find_device(connection, device.id)
    if held is not None and (held.user, held.school) != (user, school):
        raise Forbidden(reason="device")
    if held is not None:
        check_status(held.status)
    former = former_of(connection, owner, request, new=held is None)
    if held is None:
        key = None if device.key is None else orjson.dumps(device.key).decode()
        identity.enrol_device(connection, device.id, owner, (device.name, device.os, key), ms)
        _LOG.info("new device: school %s, device %s, user %s", school, device.id, user)
    else:
        identity.meet_device(connection, device.id, device.name, device.os, ms)
    if former is not None and enrolled.goes_on_from(connection, device.id, former.device, former.why):
        _LOG.info("device %s goes on from %s, %s: school %s", device.id, former.device, former.why, school)


def _readable(connection: Connection, school: str) -> list[dict[str, str]]:
    """The partitions a member of staff reads, from the outside in."""
    own = partitions.read(connection, school)
    assert own is not None
    above = [partitions.read(connection, id_) for id_ in (own.pref, own.board) if id_ is not None]
    return [{"id": found.school, "name": found.name} for found in (*above, own) if found is not None]
