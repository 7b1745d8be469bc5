"""An order to erase, over the wire: who hears it, that it is signed, what is brought first, and that it is said."""

import random
from dataclasses import dataclass
from typing import Any

import pytest

from client.vault.device_key import public_key, signed_proof
from sync.engine.devices import Devices, Summons
from sync.engine.http import HttpBackend
from sync.engine.recovery import Recovery
from sync.engine.request import Caller as RequestCaller
from sync.engine.tokens import HeldTokens, Tokens
from sync.engine.transport import Transport
from sync.protocol.device import CERTIFICATE_TYPE, Erased, Order, Proof, order_of
from sync.protocol.errors import BadBody, DeviceSuspended, DeviceWiped, Forbidden, SignInTooOld
from sync.protocol.lease import LeaseRequest, lease_of
from sync.protocol.messages import Group, Item
from sync.protocol.outbox_key import outbox_key_of
from sync.protocol.signed import Forged, keys_of, payload_of, root_of
from sync.server.caller import Caller
from sync.server.clock import unix_ms
from sync.server.identity import tokens
from sync.server.identity.tokens import SignedIn
from sync.server.loss.command import order_command
from sync.server.settings import TokenTimes
from sync.server.storage import device_events
from tests.kit.journals import Pen
from tests.sync.conformance.ends import World
from tests.sync.server.wire import headers, post

SECRETS = {"sato": bytes(range(32)), "kato": bytes(range(1, 33))}
"""What each one's laptop signs with."""


@dataclass(slots=True)
class Laptop:
    """A device that has a lease and a journal, and after that no session any more."""

    world: World
    caller: Caller
    lease: str
    pen: Pen
    document: str
    summons: Summons
    secret: bytes

    def proof(self, order: Order, **other: Any) -> Erased:
        """What it says when all is erased, signed. other: what it signs instead, or `secret`, with what."""
        secret = other.pop("secret", self.secret)
        said = Proof.model_validate({"iss": self.caller.device, "jti": order.jti, "kept": 0, "brought": True} | other)
        return Erased(order="", proof=signed_proof(secret, said))

    def order(self) -> tuple[str, Order]:
        """The order it hears, checked as a client does."""
        answer = self.summons.hello(self.lease)
        keys = keys_of(answer.keys, root_of(self.document).thumbprint())
        return answer.order, order_of(answer.order, keys)


def laptop(world: World, name: str = "sato") -> Laptop:
    """A laptop of a member of staff."""
    place = world.place
    caller = place.enrol(world.school, name, "ノートPC")
    line = place.http(caller)
    document = line.lease(LeaseRequest()).keys
    key = outbox_key_of(document, root_of(document).thumbprint())
    assert key is not None
    pen = Pen(caller.user, caller.device, key)
    answer = line.lease(LeaseRequest(stream=pen.told(), key=public_key(SECRETS[name])))
    lease = lease_of(answer.lease, keys_of(document, root_of(document).thumbprint())).jti
    transport = Transport()
    place.transports.append(transport)
    bare = HttpBackend(place.url, RequestCaller(caller.device, "0.1.0"), HeldTokens(None), transport)
    return Laptop(world, caller, lease, pen, document, Summons(bare), SECRETS[name])


def fresh_line(world: World, caller: Caller) -> HttpBackend:
    """A way to the school right after a sign-in."""
    place = world.place
    who = SignedIn(caller.user, caller.staff, caller.device, caller.school, unix_ms(place.clock.now), "pwd otp")
    pair = tokens.issue(place.storage, who, TokenTimes(), place.clock.now)
    transport = Transport()
    place.transports.append(transport)
    keeper = HeldTokens(Tokens(pair.access, pair.refresh))
    return HttpBackend(place.url, RequestCaller(caller.device, "0.1.0"), keeper, transport)


def reported(world: World, of: Laptop) -> Devices:
    """Its teacher reports it lost, at another PC."""
    other = world.place.enrol(world.school, "sato", "職員室PC")
    devices = Devices(lambda: fresh_line(world, other))
    devices.order(of.caller.device, "lost", "電車に忘れた")
    return devices


def test_a_lost_laptop_hears_it_brings_its_journal_and_says_that_it_is_erased(world: World) -> None:
    lost = laptop(world)
    held = lost.world.place.http(lost.caller)
    assert lost.summons.hello(lost.lease).order == ""
    group = Group(at="2026-11-19T23:30:00.000Z", kind="grades.score", ops=())
    lost.pen.write(Item(q=1, rev=0, group=group))
    devices = reported(world, lost)
    with pytest.raises(DeviceSuspended):
        held.lease(LeaseRequest())
    token, order = lost.order()
    assert (order.kind, order.aud, order.erases) == ("lost_wipe", lost.caller.device, True)
    with pytest.raises(DeviceWiped):
        held.lease(LeaseRequest())
    lost.summons.bring([lost.pen.data()], token)
    said = lost.proof(order).model_copy(update={"order": token})
    for _ in range(2):
        assert lost.summons.erased(said).state == "wiped"
    seen = devices.report(lost.caller.device)
    assert [each.event for each in seen.events] == ["lost", "ordered", "wiped"]
    assert (seen.events[-1].kept, seen.events[-1].brought) == (0, True)
    (signer,) = keys_of(lost.document, root_of(lost.document).thumbprint())
    certified = payload_of(seen.events[-1].certificate, CERTIFICATE_TYPE, [signer])
    told = {"sub": lost.caller.device, "user": lost.caller.user, "school": lost.caller.school, "jti": order.jti}
    assert certified.items() >= (told | {"method": "crypto-erase", "proof": said.proof}).items()
    another = world.place.enrol(world.school, "sato", "代わりのPC")
    assert [each.device for each in Recovery(world.place.http(another)).shown().devices] == [lost.caller.device]
    stranger = world.place.enrol(world.school, "kato", "PC")
    assert Recovery(world.place.http(stranger)).shown().devices == ()


def test_no_order_that_was_changed_or_is_anothers_opens_anything(world: World) -> None:
    lost, other = laptop(world), laptop(world, "kato")
    reported(world, lost)
    token, order = lost.order()
    chance = random.Random(3)
    for _ in range(20):
        at = chance.randrange(len(token) - 2)  # the last one carries bits nobody reads
        forged = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        with pytest.raises(Forged):
            order_of(forged, keys_of(lost.document, root_of(lost.document).thumbprint()))
        with pytest.raises((Forbidden, BadBody)):
            lost.summons.erased(Erased(order=forged))
    with pytest.raises(Forbidden):
        other.summons.erased(Erased(order=token))
    with pytest.raises(Forbidden):
        other.summons.bring([b"x"], token)
    with pytest.raises(Forbidden):
        lost.summons.bring([b"x"], lost.document)
    assert order.aud != other.caller.device


def test_no_proof_that_is_another_keys_another_orders_or_says_something_else_ends_a_device(world: World) -> None:
    lost, other = laptop(world), laptop(world, "kato")
    devices = reported(world, lost)
    token, order = lost.order()
    elsewhere = "018f3c1a-0000-7000-8000-00000000000f"
    wrong = [
        lost.proof(order, secret=other.secret),
        lost.proof(order, iss=other.caller.device),
        lost.proof(order, jti=elsewhere),
        lost.proof(order, kept=3),
        lost.proof(order, brought=False),
        Erased(order="", proof=token),
        Erased(order="", proof="x.y.z"),
    ]
    for said in wrong:
        with pytest.raises(Forbidden):
            lost.summons.erased(said.model_copy(update={"order": token}))
    assert devices.report(lost.caller.device).device.state == "wiping"
    for _ in range(2):
        assert lost.summons.erased(Erased(order=token)).state == "wiping"
    seen = devices.report(lost.caller.device)
    assert [each.event for each in seen.events] == ["lost", "ordered", "claimed"]
    assert seen.events[-1].certificate == ""
    assert lost.summons.erased(lost.proof(order).model_copy(update={"order": token})).state == "wiped"


def test_a_proof_of_an_order_that_was_taken_back_says_nothing_about_a_later_one(world: World) -> None:
    lost, place = laptop(world), world.place
    reported(world, lost)
    with place.storage.database.reading() as connection:
        (first,) = device_events.events(connection, world.school.school, lost.caller.device)
    assert first.order is not None
    order_command(place.storage, "reinstate", lost.caller.device, "", place.clock.now)
    devices = reported(world, lost)
    token, order = lost.order()
    assert order.jti != first.order
    with pytest.raises(Forbidden):
        lost.summons.erased(lost.proof(order, jti=first.order).model_copy(update={"order": token}))
    assert devices.report(lost.caller.device).device.state == "wiping"


def test_the_key_a_device_named_first_is_its_own_whatever_its_session_names_later(world: World) -> None:
    lost, place = laptop(world), world.place
    place.http(lost.caller).lease(LeaseRequest(key=public_key(SECRETS["kato"])))
    reported(world, lost)
    token, order = lost.order()
    with pytest.raises(Forbidden):
        lost.summons.erased(lost.proof(order, secret=SECRETS["kato"]).model_copy(update={"order": token}))
    assert lost.summons.erased(lost.proof(order).model_copy(update={"order": token})).state == "wiped"


def test_nobody_orders_without_a_session_or_long_after_the_sign_in(world: World) -> None:
    lost, place = laptop(world), world.place
    path = f"/v1/devices/{lost.caller.device}/lost"
    assert post(place.url, path, headers(lost.caller.device), {}).status == 401
    other = place.enrol(world.school, "sato", "職員室PC")
    with pytest.raises(SignInTooOld):
        Devices(lambda: place.http(other)).order(lost.caller.device, "lost")
    assert Devices(lambda: place.http(other)).report(lost.caller.device).device.state == "active"
