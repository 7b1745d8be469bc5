"""When a new lease is asked for, and what the school is told about the old ones."""

from pathlib import Path
from uuid import UUID

from client.unlock.protection import Opening, Protection, Unlocked, device_key, request_for
from client.unlock.record import Known
from client.vault.keystore import MemorySecretStore, Unreadable
from tests.kit.clock import HeldClock
from tests.kit.lending import CHEAP, HOUR, NOW, PIN, WHOSE, KeyPlaces, Lender, vault

KNOWN = Known(str(WHOSE.device), str(WHOSE.user), str(UUID(int=4)), "tanaka")


def test_a_store_without_a_vault_names_no_lease_and_one_with_a_vault_names_its_own(tmp_path: Path) -> None:
    lender, places = Lender(), KeyPlaces()
    made = vault(tmp_path, places)
    assert request_for(made).model_dump() == {"newest": 0, "held": (), "stream": None, "key": None}
    made.make(PIN, lender.answer(n=7))
    held = (str(next(iter(lender.shares))),)
    assert request_for(made).model_dump() == {"newest": 7, "held": held, "stream": None, "key": None}


def test_what_the_device_signs_with_is_made_once_and_while_the_key_store_is_silent_the_lease_comes_without(
    tmp_path: Path,
) -> None:
    places = KeyPlaces()
    made = vault(tmp_path, places)
    key = device_key(made, KNOWN.device)
    assert key is not None
    assert device_key(made, KNOWN.device) == key
    assert request_for(made, key=key).key == key
    assert device_key(made, KNOWN.user) != key
    places.held[f"{KNOWN.device}/key"] = MemorySecretStore(Unreadable("locked"))
    assert device_key(made, KNOWN.device) is None


def test_what_cannot_be_read_now_is_no_reason_not_to_sign_in(tmp_path: Path) -> None:
    lender, places = Lender(), KeyPlaces()
    vault(tmp_path, places).make(PIN, lender.answer())
    deaf = KeyPlaces(dict.fromkeys(places.held, MemorySecretStore(Unreadable("locked"))))
    asked = request_for(vault(tmp_path, deaf))
    assert (asked.newest, len(asked.held)) == (0, 1)


def test_a_lease_is_due_after_a_quarter_or_near_the_end_of_its_window(tmp_path: Path) -> None:
    made = vault(tmp_path, KeyPlaces())
    win = [[NOW, NOW + 4 * HOUR], [NOW + 20 * HOUR, NOW + 24 * HOUR]]
    keys = made.make(PIN, Lender().answer(win=win))
    unlocked = Unlocked(made, keys, made.lease())
    assert not unlocked.is_due(NOW)
    assert not unlocked.is_due(NOW + 3 * HOUR + 1_799)
    assert unlocked.is_due(NOW + 3 * HOUR + 1_800)
    assert unlocked.is_due(NOW + 6 * HOUR)
    assert unlocked.is_due(NOW + 21 * HOUR)
    assert Unlocked(made, keys, None).is_due(NOW)


def test_a_protection_makes_the_vault_of_one_store(tmp_path: Path) -> None:
    places = KeyPlaces()
    clock = HeldClock()
    protection = Protection(lambda _: places, bytes, clock, CHEAP)
    made = protection.vault(tmp_path, KNOWN)
    opening = Opening(lambda: made.make(PIN, Lender().answer()))
    key = opening()
    unlocked = opening.unlocked(made)
    assert unlocked.keys.database == key
    assert unlocked.lease is not None
    assert sorted(places.held) == [f"{WHOSE.device}/ds/1", f"{WHOSE.device}/root"]
    assert protection.now() == int(clock.now.timestamp())
