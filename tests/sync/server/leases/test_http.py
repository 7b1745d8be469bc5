"""Leases over the wire, as a client asks for them."""

import pytest

from sync.protocol.errors import Forbidden
from sync.protocol.lease import LeaseRequest, lease_of, share_of
from sync.protocol.signed import keys_of, root_of, unpadded
from tests.sync.conformance.ends import Place
from tests.sync.server.wire import call, headers, post


def test_a_signed_in_device_gets_a_lease_and_what_it_is_checked_with(shop: Place) -> None:
    caller = shop.enrol(shop.new_school(), "sato", "PC")
    backend = shop.http(caller)
    answer = backend.lease(LeaseRequest())
    lease = lease_of(answer.lease, keys_of(answer.keys, root_of(answer.keys).thumbprint()))
    assert (lease.aud, lease.iss, lease.n) == (caller.device, shop.url, 1)
    assert len(share_of(lease, answer.share)) == 32
    assert backend.lease(LeaseRequest(held=(lease.jti,), newest=1)).held == ()  # its sign-in was long ago


def test_nobody_gets_a_lease_without_a_session_or_with_another_devices(shop: Place) -> None:
    school = shop.new_school()
    one, other = shop.enrol(school, "sato", "PC"), shop.enrol(school, "sato", "PC 2")
    assert post(shop.url, "/v1/lease", headers(one.device), {}).status == 401
    backend = shop.http(one)
    backend.become(other.device)
    with pytest.raises(Forbidden):
        backend.lease(LeaseRequest())


def test_the_keys_may_be_looked_at_by_everybody_and_hold_nothing_secret(shop: Place) -> None:
    device = shop.enrol(shop.new_school(), "sato", "PC").device
    document = call(shop.url, "GET", "/v1/keys", headers(device)).value["keys"]
    keys = keys_of(document, root_of(document).thumbprint())
    assert len(keys) == 1
    assert all(b'"d":' not in unpadded(part) for part in document.split("."))


def test_a_request_of_another_form_is_refused(shop: Place) -> None:
    caller = shop.enrol(shop.new_school(), "sato", "PC")
    backend = shop.http(caller)
    held = backend._keeper.tokens()
    assert held is not None
    for wrong in ({"held": ["x"]}, {"held": [caller.device] * 3}, {"newest": -1}, {"kind": "takeout"}):
        assert post(shop.url, "/v1/lease", headers(caller.device, held.access), wrong).status == 400
