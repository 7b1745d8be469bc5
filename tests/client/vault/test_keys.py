"""The derivations are those of the standards and of the design, byte for byte."""

import re
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import given
from hypothesis import strategies as st

from client.vault.floors import WORK, Work
from client.vault.keys import (
    Purpose,
    Unopened,
    Whose,
    derived,
    hkdf,
    mac,
    seal,
    secret_check,
    stretched,
    unseal,
    user_key,
    wrapping_key,
)
from tests.kit.lending import CHEAP, PIN, WHOSE

LEASE = UUID("018f3c1a-0000-7000-8000-000000000003")
SALT, SECRET, SHARE, DEK = bytes(range(16)), bytes(range(32)), bytes(range(32, 64)), bytes(range(64, 96))
B32 = st.binary(min_size=32, max_size=32)


def test_argon2id_is_that_of_rfc_9106() -> None:
    kdf = Argon2id(salt=b"\2" * 16, length=32, iterations=3, lanes=4, memory_cost=32, ad=b"\4" * 12, secret=b"\3" * 8)
    assert kdf.derive(b"\1" * 32).hex() == "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"


def test_hkdf_is_that_of_rfc_5869() -> None:
    one = hkdf(b"\x0b" * 22, bytes(range(13)), bytes(range(0xF0, 0xFA)))
    assert one.hex() == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
    three = hkdf(b"\x0b" * 22, b"", b"")
    assert three.hex() == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"


def test_hmac_is_that_of_rfc_4231() -> None:
    assert mac(b"\x0b" * 20, b"Hi There").hex() == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"


def test_aes_gcm_is_that_of_its_authors_test_case_14() -> None:
    sealed = seal(bytes(32), bytes(12), bytes(16), b"")
    assert sealed.hex() == "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"


def test_every_key_of_a_store_is_the_one_the_design_fixes() -> None:
    """The values come from a second program that knows the text of the design and neither of these modules."""
    known = stretched(PIN, SALT, WORK)
    assert known.hex() == "84dde4861ac5ca05b47427ba872783968c997376ee225a6d56e603d25e6bca8d"
    user = user_key(known, SECRET, SALT, WHOSE)
    assert user.hex() == "35fa63298325ee46cc0bcb65fca6da3505dbde54220286f6c7754743e05cc00e"
    key = wrapping_key(user, SHARE, LEASE, WHOSE, 7)
    assert key.hex() == "c1fb55dd534de228a9ab0c59cd2cfea04cd4bc1d3cfa0eb221cdc95b6a7ecbba"
    assert derived(DEK, Purpose.DATABASE).hex() == "e417f2e909c48d25b23217e354218f835cfe5218622cb9c818df4ee8f482580f"
    assert derived(SECRET, Purpose.HEADER).hex() == "5b370ec4d19d9831e32b879fd4a656357479688bb6dcb66f1057fa6e606e47ee"
    assert derived(SECRET, Purpose.LEASE).hex() == "5fe7d076e4cbf84548b55cb6608b6cca1d20b13c9bb4c6c7b3739b9bde1c7dc0"
    assert secret_check(SECRET, WHOSE).hex() == "f76b61e5b9a4b4e9"


def test_a_pin_is_the_same_whichever_keyboard_typed_it() -> None:
    assert stretched("５０２７１８６４", SALT, CHEAP) == stretched(PIN, SALT, CHEAP)
    assert stretched("ｶﾞ5027186", SALT, CHEAP) == stretched("ガ5027186", SALT, CHEAP)


def test_the_work_of_a_guess_is_never_below_the_floor() -> None:
    assert Work(65_536, 3, 4) == WORK
    assert WORK.reaches(WORK)
    assert Work(131_072, 4, 1).reaches(WORK)
    for cheaper in (Work(65_535, 3, 4), Work(65_536, 2, 4), Work(65_536, 3, 0), Work(65_536, 3, 9)):
        assert not cheaper.reaches(WORK)


@given(B32, B32, st.binary(max_size=200), st.binary(max_size=40))
def test_what_is_sealed_opens_with_its_key_and_what_it_is_bound_to_alone(
    key: bytes, other: bytes, plain: bytes, bound: bytes
) -> None:
    nonce = key[:12]
    sealed = seal(key, nonce, plain, bound)
    assert unseal(key, nonce, sealed, bound) == plain
    for wrong in ((other, nonce, sealed, bound), (key, other[:12], sealed, bound), (key, nonce, sealed, bound + b"x")):
        if wrong != (key, nonce, sealed, bound):
            with pytest.raises(Unopened):
                unseal(*wrong)


@given(st.uuids(), st.uuids(), st.uuids(), st.integers(0, 2**32 - 2))
def test_another_user_device_lease_or_wrap_has_another_key(user: UUID, device: UUID, lease: UUID, gen: int) -> None:
    whose, other = Whose(user, device), UUID(int=(user.int + 1) % 2**128)
    base = wrapping_key(SECRET, SHARE, lease, whose, gen)
    assert base != wrapping_key(SECRET, SHARE, lease, whose, gen + 1)
    assert base != wrapping_key(SECRET, SHARE, UUID(int=lease.int ^ 1), whose, gen)
    assert base != wrapping_key(SECRET, SHARE, lease, Whose(other, device), gen)
    assert base != wrapping_key(SECRET, SHARE, lease, Whose(user, UUID(int=device.int ^ 1)), gen)


def test_no_two_purposes_share_a_key() -> None:
    keys = {derived(DEK, purpose) for purpose in Purpose}
    assert len(keys) == len(Purpose)
    assert all(re.fullmatch(rb"keyaki/v1/[a-z-]+", purpose.value) for purpose in Purpose)
