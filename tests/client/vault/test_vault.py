"""A store opens with its PIN, its device and a lease that holds, and with nothing less; none of them loses anything."""

import hashlib
import itertools
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest

from client.vault.errors import (
    HeaderUnfit,
    KeyMissing,
    KeyStoreUnreadable,
    LeaseNeeded,
    LeaseRefused,
    PinTooSoon,
    WrongPin,
)
from client.vault.keys import Whose
from client.vault.keystore import Absent, Answer, MemorySecretStore, Present, Unreadable
from client.vault.vault import Keys, Vault
from sync.protocol.errors import ClockWrong
from tests.kit.lending import CHEAP, HOUR, NOW, PIN, WHOSE, KeyPlaces, Lender, vault
from tests.kit.power import content, laid

SECRET, ROOT = f"{WHOSE.device}/ds/1", f"{WHOSE.device}/root"
WRONG = "40271865"


@dataclass(slots=True)
class Pc:
    """One PC with a store that has been made."""

    folder: Path
    lender: Lender = field(default_factory=Lender)
    places: KeyPlaces = field(default_factory=KeyPlaces)
    keys: Keys = field(init=False)

    def __post_init__(self) -> None:
        made = self.vault
        self.keys = made.make(PIN, self.lender.answer())

    @property
    def vault(self) -> Vault:
        """The vault as a program that starts finds it."""
        return vault(self.folder, self.places)

    def files(self) -> dict[str, str]:
        """What lies in the folder, by name."""
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in self.folder.iterdir()}


@pytest.fixture
def pc(tmp_path: Path) -> Pc:
    return Pc(tmp_path / "store")


def test_a_vault_that_was_made_opens_with_its_pin_and_gives_the_same_key(pc: Pc) -> None:
    keys = pc.vault.unlock(PIN, NOW)
    assert keys.database == pc.keys.database
    assert len(keys.database) == 32
    assert sorted(pc.files()) == ["header.bin", "keys.jws", "lease.bin"]
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in pc.folder.iterdir())
    assert keys.dek.hex() not in repr(keys)


def test_two_stores_never_share_a_key(tmp_path: Path) -> None:
    one, other = (vault(tmp_path / str(seed), KeyPlaces(), seed=seed) for seed in (1, 2))
    keys = {made.make(PIN, Lender().answer()).database for made in (one, other)}
    assert len(keys) == 2


def test_of_the_eight_combinations_of_right_and_wrong_factors_one_opens(pc: Pc) -> None:
    other = b"a secret of another PC, 32 bytes"
    secrets = pc.places.held[SECRET], MemorySecretStore(Present(other))
    lease = pc.keys.slot.lease
    shares = pc.lender.shares[lease], bytes(32)
    whole = content(pc.folder)
    opened: list[tuple[bool, bool, bool]] = []
    for pin, secret, share in itertools.product((PIN, WRONG), secrets, shares):
        pc.lender.shares[lease] = share
        folder = laid(whole, pc.folder.with_name(f"{pin}{len(opened)}{secret is secrets[0]}{share is shares[0]}"))
        try:
            found = vault(folder, KeyPlaces({SECRET: secret, ROOT: pc.places.held[ROOT]}))
            keys = found.unlock(pin, NOW, pc.lender.answer(held=(lease,)))
        except (WrongPin, KeyMissing):
            continue
        assert keys.database == pc.keys.database
        opened.append((pin == PIN, secret is secrets[0], share is shares[0]))
    assert opened == [(True, True, True)]


def test_a_share_of_the_right_name_and_the_wrong_content_opens_nothing(pc: Pc) -> None:
    lease = pc.keys.slot.lease
    pc.lender.shares[lease] = bytes(32)
    with pytest.raises(WrongPin):
        pc.vault.unlock(PIN, NOW, pc.lender.answer(held=(lease,)))
    assert pc.vault.unlock(PIN, NOW).database == pc.keys.database


def test_a_header_of_another_user_or_device_is_not_opened(pc: Pc) -> None:
    for whose in (Whose(UUID(int=1), WHOSE.device), Whose(WHOSE.user, UUID(int=1))):
        with pytest.raises(LeaseRefused):
            vault(pc.folder, pc.places, whose).unlock(PIN, NOW, Lender().answer(held=()))
    with pytest.raises((LeaseNeeded, WrongPin)):
        vault(pc.folder, pc.places, Whose(UUID(int=1), WHOSE.device)).unlock(PIN, NOW)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Absent(), KeyMissing),
        (Unreadable("locked"), KeyStoreUnreadable),
        (Present(bytes(32)), KeyMissing),
    ],
)
def test_while_the_secret_cannot_be_had_nothing_is_written(pc: Pc, answer: Answer, error: type[Exception]) -> None:
    before = pc.files()
    places = KeyPlaces({SECRET: MemorySecretStore(answer), ROOT: pc.places.held[ROOT]})
    for act in (
        lambda made: made.unlock(PIN, NOW),
        lambda made: made.unlock(PIN, NOW, pc.lender.answer()),
        lambda made: made.renew(pc.keys, pc.lender.answer()),
        lambda made: made.lease(),
        lambda made: made.tries_left(),
    ):
        with pytest.raises(error):
            act(vault(pc.folder, places))
    assert pc.files() == before
    assert places.held[SECRET].load() == answer
    assert pc.vault.unlock(PIN, NOW).database == pc.keys.database


@pytest.mark.parametrize("answer", [Absent(), Unreadable("locked")])
def test_while_the_root_cannot_be_had_no_lease_is_believed_and_nothing_is_written(pc: Pc, answer: Answer) -> None:
    before = pc.files()
    places = KeyPlaces({SECRET: pc.places.held[SECRET], ROOT: MemorySecretStore(answer)})
    with pytest.raises(KeyStoreUnreadable):
        vault(pc.folder, places).unlock(PIN, NOW)
    with pytest.raises(KeyStoreUnreadable):
        vault(pc.folder, places).renew(pc.keys, pc.lender.answer())
    assert pc.files() == before


def test_a_key_store_that_keeps_nothing_makes_no_vault(tmp_path: Path) -> None:
    class Deaf(MemorySecretStore):
        def store(self, secret: bytes) -> bool:
            return False

    folder = tmp_path / "store"
    made = vault(folder, KeyPlaces({ROOT: Deaf()}))
    with pytest.raises(KeyStoreUnreadable):
        made.make(PIN, Lender().answer())
    made = vault(folder, KeyPlaces({SECRET: Deaf()}))
    with pytest.raises(KeyStoreUnreadable):
        made.make(PIN, Lender().answer())
    assert not made.stands


def test_wrong_pins_are_counted_waited_for_and_the_fifth_burns_the_lease(pc: Pc) -> None:
    at, left = NOW, []
    for wait in (0, 0, 0, 5):
        at += wait
        with pytest.raises(WrongPin) as wrong:
            pc.vault.unlock(WRONG, at)
        left.append(wrong.value.facts["left"])
    assert left == [4, 3, 2, 1]
    before = pc.files()
    with pytest.raises(PinTooSoon) as soon:
        pc.vault.unlock(PIN, at + 5)
    assert soon.value.facts == {"seconds": 10}
    assert pc.files() == before
    with pytest.raises(LeaseNeeded, match="burned"):
        pc.vault.unlock(WRONG, at + 15)
    assert sorted(pc.files()) == ["header.bin", "keys.jws"]
    with pytest.raises(LeaseNeeded, match="burned"):
        pc.vault.unlock(PIN, at + 15)


def test_after_a_burned_lease_a_sign_in_opens_the_same_store(pc: Pc) -> None:
    for wait in (0, 10, 20, 30, 50):
        with pytest.raises((WrongPin, LeaseNeeded)):
            pc.vault.unlock(WRONG, NOW + wait)
    named = tuple(pc.vault.leases_named())
    answer = pc.lender.answer(NOW + 60, held=named)
    with pytest.raises(WrongPin):  # the share alone still opens nothing
        pc.vault.unlock(WRONG, NOW + 60, answer)
    keys = pc.vault.unlock(PIN, NOW + 61, answer)
    assert keys.database == pc.keys.database
    assert pc.vault.unlock(PIN, NOW + 62).database == pc.keys.database
    assert pc.vault.tries_left() == 5


def test_the_right_pin_forgets_the_wrong_ones(pc: Pc) -> None:
    with pytest.raises(WrongPin):
        pc.vault.unlock(WRONG, NOW)
    assert pc.vault.tries_left() == 4
    pc.vault.unlock(PIN, NOW)
    assert pc.vault.tries_left() == 5


def test_a_try_is_counted_before_the_pin_is_looked_at(pc: Pc, monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(*_: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("client.vault.vault.stretched", ended)
        with pytest.raises(KeyboardInterrupt):
            pc.vault.unlock(WRONG, NOW)
    assert pc.vault.tries_left() == 4


def test_a_lease_that_is_over_opens_nothing_and_its_share_is_gone(pc: Pc) -> None:
    pc.vault.unlock(PIN, NOW + 24 * HOUR - 1)
    with pytest.raises(LeaseNeeded, match="over"):
        pc.vault.unlock(PIN, NOW + 24 * HOUR)
    assert "lease.bin" not in pc.files()
    assert pc.vault.tries_left() == 5


def test_outside_its_hours_a_lease_opens_nothing_and_stays(tmp_path: Path) -> None:
    lender, places = Lender(), KeyPlaces()
    made = vault(tmp_path, places)
    win = [[NOW, NOW + HOUR], [NOW + 20 * HOUR, NOW + 24 * HOUR]]
    made.make(PIN, lender.answer(win=win))
    with pytest.raises(LeaseNeeded, match="over"):
        made.unlock(PIN, NOW + 2 * HOUR)
    assert (tmp_path / "lease.bin").exists()
    made.unlock(PIN, NOW + 21 * HOUR)


def test_a_clock_that_was_set_back_opens_nothing_until_it_is_right(pc: Pc) -> None:
    pc.vault.unlock(PIN, NOW + 10 * HOUR)
    before = pc.files()
    with pytest.raises(ClockWrong):
        pc.vault.unlock(PIN, NOW + 10 * HOUR - 301)
    assert pc.files() == before
    pc.vault.unlock(PIN, NOW + 10 * HOUR - 299)


def test_a_time_seen_too_high_is_set_back_by_a_lease_of_this_call_alone(pc: Pc) -> None:
    pc.vault.unlock(PIN, NOW + 20 * HOUR)
    answer = pc.lender.answer(NOW + HOUR, held=tuple(pc.vault.leases_named()))
    with pytest.raises(ClockWrong):
        pc.vault.unlock(PIN, NOW + HOUR)
    pc.vault.unlock(PIN, NOW + HOUR, answer)
    pc.vault.unlock(PIN, NOW + HOUR)


def test_a_sign_in_that_brings_no_share_of_this_store_is_no_wrong_pin(pc: Pc) -> None:
    with pytest.raises(LeaseRefused, match="no share"):
        pc.vault.unlock(PIN, NOW, pc.lender.answer())
    assert pc.vault.tries_left() == 5
    assert pc.vault.unlock(PIN, NOW).database == pc.keys.database


def test_a_store_that_has_become_another_device_keeps_its_vault(pc: Pc) -> None:
    """Its leases are for the new device from then on; the header and its secret are found under the old one."""
    now = Whose(WHOSE.user, UUID(int=WHOSE.device.int + 1))
    pc.lender.whose = now
    keys = vault(pc.folder, pc.places, now).unlock(PIN, NOW)
    keys = vault(pc.folder, pc.places, now).renew(keys, pc.lender.answer(NOW + HOUR))
    assert vault(pc.folder, pc.places, now).unlock(PIN, NOW + HOUR).database == pc.keys.database
    assert sorted(pc.places.held) == sorted([SECRET, ROOT])


def test_a_new_lease_wraps_the_same_key_and_the_old_share_opens_nothing_more(pc: Pc) -> None:
    old = pc.keys.slot.lease
    keys = pc.vault.unlock(PIN, NOW)
    for hours in range(1, 6):
        keys = pc.vault.renew(keys, pc.lender.answer(NOW + hours * HOUR))
    assert keys.slot.gen == 6
    assert pc.vault.unlock(PIN, NOW + 6 * HOUR).database == pc.keys.database
    assert pc.vault.leases_named() == [keys.slot.lease]
    assert sorted(pc.files()) == ["header.bin", "keys.jws", "lease.bin"]
    with pytest.raises(LeaseRefused, match="no share"):
        pc.vault.unlock(PIN, NOW + 6 * HOUR, pc.lender.answer(held=(old,)))
    found = pc.vault.lease()
    assert found is not None
    assert found.n == 6


@pytest.mark.parametrize(
    "said",
    [
        {"aud": str(UUID(int=1))},
        {"sub": str(UUID(int=1))},
        {"exp": NOW + 15 * 24 * HOUR},
        {"exp": NOW},
        {"ver": 2},
        {"kind": "master"},
        {"max_class": "I"},
        {"lsh": "A" * 43},
        {"win": [[NOW, NOW]]},
        {"win": [[NOW - 1, NOW + HOUR]]},
        {"win": [[NOW, NOW + 25 * HOUR]]},
        {"win": [[NOW + 2 * HOUR, NOW + 3 * HOUR], [NOW, NOW + HOUR]]},
        {"n": 1},
    ],
)
def test_a_lease_that_says_something_else_is_refused_and_changes_nothing(pc: Pc, said: dict[str, object]) -> None:
    before = pc.files()
    with pytest.raises(LeaseRefused):
        pc.vault.renew(pc.keys, pc.lender.answer(**said))
    with pytest.raises(LeaseRefused):
        pc.vault.unlock(PIN, NOW, pc.lender.answer(held=(pc.keys.slot.lease,), **said))
    assert pc.files() == before


def test_a_lease_of_another_server_is_refused_and_one_put_in_its_place_is_not_believed(pc: Pc) -> None:
    with pytest.raises(LeaseRefused, match="root"):
        pc.vault.renew(pc.keys, Lender().answer())
    (pc.folder / "keys.jws").write_text(Lender().answer().keys, "ascii")
    with pytest.raises(LeaseNeeded):
        pc.vault.unlock(PIN, NOW)


def test_a_damaged_lease_asks_for_a_sign_in_and_harms_nothing(pc: Pc) -> None:
    whole = (pc.folder / "lease.bin").read_bytes()
    for at in range(0, len(whole), 7):
        (pc.folder / "lease.bin").write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(LeaseNeeded):
            pc.vault.unlock(PIN, NOW)
    for length in (0, 3, 70, len(whole) - 1):
        (pc.folder / "lease.bin").write_bytes(whole[:length])
        with pytest.raises(LeaseNeeded):
            pc.vault.unlock(PIN, NOW)
    (pc.folder / "lease.bin").write_bytes(whole)
    assert pc.vault.unlock(PIN, NOW).database == pc.keys.database
    assert pc.vault.tries_left() == 5


def test_a_header_that_is_missing_cut_off_or_damaged_is_named_and_left_alone(pc: Pc) -> None:
    whole = (pc.folder / "header.bin").read_bytes()
    for data in (whole[:-1], b"", bytes(448), whole[:180] + b"\0" + whole[181:]):
        (pc.folder / "header.bin").write_bytes(data)
        with pytest.raises(HeaderUnfit):
            pc.vault.unlock(PIN, NOW)
        assert (pc.folder / "header.bin").read_bytes() == data
    (pc.folder / "header.bin").unlink()
    with pytest.raises(HeaderUnfit):
        pc.vault.unlock(PIN, NOW)


def test_what_a_program_of_the_product_makes_is_never_below_the_floor(pc: Pc) -> None:
    """A header made with cheaper stretching, as the tests do, is refused by a vault that was not told to allow it."""
    with pytest.raises(HeaderUnfit, match="floor"):
        Vault(pc.folder, WHOSE, pc.places, bytes).unlock(PIN, NOW)
    assert pc.keys.slot.work == CHEAP


def test_a_vault_is_made_anew_where_its_store_never_came_to_be(pc: Pc) -> None:
    again = pc.vault
    keys = again.make("62718640", pc.lender.answer())
    assert again.unlock("62718640", NOW).database == keys.database


NEW = "82640517"


def test_another_pin_opens_the_same_store_and_the_old_one_none(pc: Pc) -> None:
    keys = pc.vault.unlock(PIN, NOW)
    changed = pc.vault.change_pin(keys, NEW)
    assert (changed.database, changed.slot.lease) == (keys.database, keys.slot.lease)
    assert changed.slot.salt != keys.slot.salt
    with pytest.raises(WrongPin):
        pc.vault.unlock(PIN, NOW)
    assert pc.vault.unlock(NEW, NOW).database == keys.database
    assert sorted(pc.files()) == ["header.bin", "keys.jws", "lease.bin"]
    renewed = pc.vault.renew(changed, pc.lender.answer(NOW + HOUR))
    assert pc.vault.unlock(NEW, NOW + HOUR).database == renewed.database


def test_the_pin_of_an_open_store_is_proved_and_guesses_count_as_at_the_door(pc: Pc) -> None:
    keys = pc.vault.unlock(PIN, NOW)
    pc.vault.prove(keys, PIN, NOW)
    for at, left in ((0, 4), (0, 3), (0, 2), (5, 1)):
        with pytest.raises(WrongPin) as wrong:
            pc.vault.prove(keys, WRONG, NOW + at)
        assert wrong.value.facts["left"] == left
    assert pc.vault.tries_left() == 1
    with pytest.raises(PinTooSoon):
        pc.vault.prove(keys, PIN, NOW + 6)
    with pytest.raises(LeaseNeeded, match="burned"):
        pc.vault.prove(keys, WRONG, NOW + 60)
    with pytest.raises(LeaseNeeded, match="burned"):
        pc.vault.change_pin(keys, NEW)


def test_a_pin_that_was_proved_forgets_the_wrong_ones(pc: Pc) -> None:
    keys = pc.vault.unlock(PIN, NOW)
    with pytest.raises(WrongPin):
        pc.vault.prove(keys, WRONG, NOW)
    pc.vault.prove(keys, PIN, NOW)
    assert pc.vault.tries_left() == 5


def test_what_was_seen_of_time_is_kept_when_a_store_is_left_and_an_old_lease_goes(pc: Pc) -> None:
    pc.vault.unlock(PIN, NOW)
    pc.vault.leave(NOW + 5 * HOUR)
    with pytest.raises(ClockWrong):
        pc.vault.unlock(PIN, NOW + 4 * HOUR)
    pc.vault.leave(NOW)  # an earlier time takes nothing back
    with pytest.raises(ClockWrong):
        pc.vault.unlock(PIN, NOW + 4 * HOUR)
    pc.vault.unlock(PIN, NOW + 5 * HOUR)
    pc.vault.leave(NOW + 24 * HOUR)
    assert "lease.bin" not in pc.files()
