"""At whichever call a write of the vault ends, by a kill or a power cut, the store still opens with the same PIN."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from client.vault import files, header
from client.vault.errors import LeaseNeeded, WrongPin
from client.vault.keystore import Answer, MemorySecretStore
from client.vault.lease_file import lease_bytes
from client.vault.vault import Keys, Vault
from sync.errors import StoreError
from tests.kit.lending import HOUR, NOW, PIN, KeyPlaces, Lender, vault
from tests.kit.power import Recorder, State, content, laid

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="#4 2026-11-26: the calls are those of POSIX")
Held = dict[str, Answer]


def held(places: KeyPlaces) -> Held:
    """What the key store holds now."""
    return {name: store.load() for name, store in places.held.items()}


def places_of(answers: object) -> KeyPlaces:
    """A key store that holds this."""
    assert isinstance(answers, dict)
    return KeyPlaces({name: MemorySecretStore(answer) for name, answer in answers.items()})


def recorded(folder: Path, places: KeyPlaces, act: Callable[[], object]) -> tuple[State, Recorder]:
    """What lay there before, and every call while it was done."""
    before, recorder = content(folder), Recorder(folder, lambda: held(places))
    recorder.during(act)
    return before, recorder


def opened_in_every_state(
    before: State, recorder: Recorder, scratch: Path, look: Callable[[Vault], object]
) -> tuple[int, int]:
    """Look at the vault in each state; the number of calls and of states."""
    states = 0
    for _, answers, state in recorder.states(before):
        folder = laid(state, scratch / str(states))
        look(vault(folder, places_of(answers)))
        shutil.rmtree(folder)
        states += 1
    return len(recorder.calls), states


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, KeyPlaces, Lender, Keys]:
    """A vault that has been made."""
    folder, places, lender = tmp_path / "store", KeyPlaces(), Lender()
    first = vault(folder, places)
    return folder, places, lender, first.make(PIN, lender.answer())


def test_a_vault_that_was_not_made_to_its_end_is_made_anew_or_opens(tmp_path: Path) -> None:
    folder, places, lender = tmp_path / "store", KeyPlaces(), Lender()
    folder.mkdir()
    answer, again = lender.answer(), lender.answer()
    first = vault(folder, places)
    before, recorder = recorded(folder, places, lambda: first.make(PIN, answer))

    def look(found: Vault) -> None:
        if found.stands:
            found.unlock(PIN, NOW)
        keys = found.make(PIN, again)
        assert found.unlock(PIN, NOW).database == keys.database

    calls, states = opened_in_every_state(before, recorder, tmp_path / "states", look)
    assert calls > 8
    assert states > 20


def test_a_renewal_that_ends_anywhere_leaves_a_slot_that_opens(
    made: tuple[Path, KeyPlaces, Lender, Keys], tmp_path: Path
) -> None:
    folder, places, lender, keys = made
    answer, third = lender.answer(NOW + HOUR), lender.answer(NOW + 2 * HOUR)
    found = vault(folder, places)
    before, recorder = recorded(folder, places, lambda: found.renew(keys, answer))

    def look(after: Vault) -> None:
        opened = after.unlock(PIN, NOW + HOUR)
        assert opened.database == keys.database
        after.renew(opened, third)
        assert after.unlock(PIN, NOW + 2 * HOUR).database == keys.database

    calls, states = opened_in_every_state(before, recorder, tmp_path / "states", look)
    assert calls > 12
    assert states > 30


def test_unlocking_after_a_renewal_that_was_ended_settles_it_and_may_itself_be_ended(
    made: tuple[Path, KeyPlaces, Lender, Keys], tmp_path: Path
) -> None:
    folder, places, lender, keys = made
    answer = lender.answer(NOW + HOUR)
    found = vault(folder, places)
    before, recorder = recorded(folder, places, lambda: found.renew(keys, answer))
    states = list(recorder.states(before))
    for number, (_, answers, state) in enumerate(states[:: max(1, len(states) // 4)]):
        here = laid(state, tmp_path / f"between{number}")
        own = places_of(answers)
        settling = vault(here, own)
        there, second = recorded(here, own, lambda settling=settling: settling.unlock(PIN, NOW + HOUR))

        def look(after: Vault) -> None:
            assert after.unlock(PIN, NOW + HOUR).database == keys.database

        opened_in_every_state(there, second, tmp_path / f"after{number}", look)
        assert settling.leases_named() == [settling.unlock(PIN, NOW + HOUR).slot.lease]
        assert sorted(content(here)) == ["header.bin", "keys.jws", "lease.bin"]


def test_a_wrong_pin_that_ends_anywhere_locks_nobody_out(
    made: tuple[Path, KeyPlaces, Lender, Keys], tmp_path: Path
) -> None:
    folder, places, lender, keys = made
    found = vault(folder, places)
    for wait in (0, 10, 20, 40):
        with pytest.raises(WrongPin):
            found.unlock("40271865", NOW + wait)

    def fifth() -> None:
        with pytest.raises(LeaseNeeded):
            found.unlock("40271865", NOW + 80)

    before, recorder = recorded(folder, places, fifth)

    def look(after: Vault) -> None:
        try:
            assert after.unlock(PIN, NOW + 120).database == keys.database
        except LeaseNeeded:
            brought = lender.answer(NOW + 120, held=(keys.slot.lease,))
            assert after.unlock(PIN, NOW + 120, brought).database == keys.database

    opened_in_every_state(before, recorder, tmp_path / "states", look)


def test_the_order_of_the_writes_is_what_makes_it_so(
    made: tuple[Path, KeyPlaces, Lender, Keys], tmp_path: Path
) -> None:
    """The same files written one after the other do lock a teacher out: the states see it."""
    folder, places, lender, keys = made
    answer = lender.answer(NOW + HOUR)
    found = vault(folder, places)

    def simply() -> None:
        lying = found._found()
        lent, secret = found._taken(lying, answer), lying.secret
        slot = found._wrapped(keys, lent.id, lent.ends, lent.share, secret)
        files.write(folder / "header.bin", header.written((slot, None), header.Tries(), secret))
        files.write(folder / "lease.bin", lease_bytes(lent.token, lent.share, secret, bytes(12)))

    before, recorder = recorded(folder, places, simply)
    locked_out: list[int] = []

    def look(after: Vault) -> None:
        try:
            after.unlock(PIN, NOW + HOUR)
        except StoreError as error:
            locked_out.append(error.number)

    opened_in_every_state(before, recorder, tmp_path / "states", look)
    assert locked_out


def test_a_change_of_the_pin_that_ends_anywhere_leaves_one_that_opens(
    made: tuple[Path, KeyPlaces, Lender, Keys], tmp_path: Path
) -> None:
    folder, places, lender, keys = made
    new = "82640517"
    found = vault(folder, places)
    before, recorder = recorded(folder, places, lambda: found.change_pin(keys, new))

    def look(after: Vault) -> None:
        opens: list[Keys] = []
        for at, pin in ((0, PIN), (60, new)):
            try:
                opens.append(after.unlock(pin, NOW + at))
            except WrongPin:
                continue
        assert opens
        assert {opened.database for opened in opens} == {keys.database}
        renewed = after.renew(opens[-1], lender.answer(NOW + HOUR))
        assert renewed.database == keys.database

    calls, states = opened_in_every_state(before, recorder, tmp_path / "states", look)
    assert calls >= 8
    assert states > 15
    assert found.unlock(new, NOW).database == keys.database
    with pytest.raises(WrongPin):
        found.unlock(PIN, NOW)
