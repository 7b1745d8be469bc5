"""A store is erased by its school's order: nobody opens it from the first steps on, and wherever it ends it goes on."""

import os
import shutil
import signal
import sys
from pathlib import Path
from uuid import UUID

import pytest

from client.store import wiping
from client.vault import wipe
from client.vault.device_key import public_key
from client.vault.errors import HeaderUnfit, KeyMissing, KeyStoreUnreadable, LeaseNeeded
from sync.errors import StoreError
from sync.protocol.device import Proof, proof_of
from sync.protocol.errors import Forbidden, Unreachable
from sync.protocol.signed import Forged
from tests.kit.doomed import ORDER, Doomed, Killed, Office, ending_at, erase, go_on, made, order
from tests.kit.forked import life
from tests.kit.lending import NOW, PIN, Lender
from tests.kit.village import Village

RUNS = 20


@pytest.fixture
def lender() -> Lender:
    return Lender()


@pytest.fixture
def doomed(tmp_path: Path, village: Village, lender: Lender) -> Doomed:
    return made(tmp_path / "pc", village, lender)


def copied(doomed: Doomed, place: Path) -> Doomed:
    """The same PC once more."""
    shutil.copytree(doomed.root, place)
    return Doomed(place, doomed.device, doomed.user, doomed.store)


def opens(doomed: Doomed) -> bool:
    """Whether the PIN opens the store."""
    try:
        doomed.vault().unlock(PIN, NOW)
    except (HeaderUnfit, KeyMissing, LeaseNeeded):
        return False
    return True


def test_nothing_is_left_and_what_was_not_sent_has_reached_the_school(doomed: Doomed, lender: Lender) -> None:
    assert opens(doomed)
    assert len(doomed.keys_left()) == 3
    office = Office(doomed.root)
    erase(doomed, order(doomed, lender), office)
    assert doomed.files() == set()
    assert list(doomed.profile.erasing.iterdir()) == []
    assert doomed.keys_left() == []
    assert len(office.heard("brought")) == 1
    assert office.heard("erased") == [["erased", 0, "yes", "proved"]]


def test_wherever_it_is_killed_the_next_start_goes_on_and_a_store_that_opens_is_whole(
    doomed: Doomed, lender: Lender, tmp_path: Path
) -> None:
    answer, calls, before = order(doomed, lender), 0, True
    while before:
        one = copied(doomed, tmp_path / f"run{calls}")
        office = Office(one.root)
        try:
            with ending_at(calls, _killed):
                erase(one, answer, office)
            before = False
        except Killed:
            noted = list(wiping.begun(one.profile))
            assert opens(one) or noted or not one.files()
            go_on(one, office)
            if one.folder.exists() and opens(one):  # it had not been written down yet: nothing had begun
                assert noted == []
                erase(one, answer, office)
        assert one.files() == set(), calls
        assert one.keys_left() == []
        assert len(office.heard("erased")) >= 1
        assert len(office.heard("brought")) >= 1
        shutil.rmtree(one.root)
        calls += 1
    assert calls > RUNS


def _killed() -> None:
    raise Killed


@pytest.mark.skipif(sys.platform == "win32", reason="#4 2026-11-26: SIGKILL is POSIX's")
def test_twenty_processes_that_are_killed_while_they_erase_leave_nothing_that_opens(
    doomed: Doomed, lender: Lender, tmp_path: Path
) -> None:
    answer, unfinished = order(doomed, lender), 0
    for run in range(RUNS):
        one = copied(doomed, tmp_path / f"run{run}")

        def erased(_: object, run: int = run, one: Doomed = one) -> None:
            with ending_at(3 + run, lambda: os.kill(os.getpid(), signal.SIGKILL)):
                erase(one, answer, Office(one.root))

        assert life(erased)[0] == -signal.SIGKILL
        unfinished += bool(one.files())
        office = Office(one.root)
        go_on(one, office)
        assert (one.files(), one.keys_left()) == (set(), [])
        assert office.heard("erased")
    assert unfinished == RUNS


def test_once_header_and_lease_are_gone_neither_the_store_nor_one_set_aside_opens(
    doomed: Doomed, lender: Lender
) -> None:
    answer = order(doomed, lender)
    heard = wiping.heard(doomed.folder, doomed.device, doomed.places, answer)
    assert heard is not None
    wiping.obey(doomed.folder, heard, answer.order)
    assert opens(doomed)
    wipe.unopenable(doomed.folder)
    assert not opens(doomed)
    assert not [path for path in doomed.root.rglob("*") if path.name.startswith(("header", "lease"))]


def test_while_another_process_has_it_open_it_is_made_unopenable_and_left_where_it_is(
    doomed: Doomed, lender: Lender, village: Village
) -> None:
    answer = order(doomed, lender)
    heard = wiping.heard(doomed.folder, doomed.device, doomed.places, answer)
    assert heard is not None
    wiping.obey(doomed.folder, heard, answer.order)
    held = wiping.StoreLock(doomed.folder / wiping.LOCK)
    assert wiping.close_for_good(doomed.profile, doomed.folder) is None
    assert not opens(doomed)
    held.release()
    go_on(doomed, Office(doomed.root))
    assert doomed.files() == set()


@pytest.mark.parametrize("kind", ["lost_wipe", "rescue_wipe"])
def test_without_a_network_everything_but_the_sealed_journal_goes_and_the_rest_follows(
    doomed: Doomed, lender: Lender, kind: str
) -> None:
    office = Office(doomed.root, [Unreachable()])
    office.deaf = True
    with pytest.raises(Unreachable):
        erase(doomed, order(doomed, lender, kind), office)
    left = {Path(name).name for name in doomed.files()}
    assert {name for name in left if not name.startswith("soj-")} == {"wipe.pending"}
    assert len(left) == 2
    assert not opens(doomed)
    go_on(doomed, Office(doomed.root))
    assert doomed.files() == set()


def test_a_lost_one_asks_once_for_its_journal_and_one_that_is_given_back_until_it_has_arrived(
    doomed: Doomed, lender: Lender, tmp_path: Path
) -> None:
    other = copied(doomed, tmp_path / "other")
    lost = Office(doomed.root, [Unreachable()])
    erase(doomed, order(doomed, lender), lost)
    assert (doomed.files(), lost.heard("erased")) == (set(), [["erased", 0, "no", "proved"]])
    back = Office(other.root, [Unreachable()])
    with pytest.raises(Unreachable):
        erase(other, order(other, lender, "rescue_wipe"), back)
    assert back.heard("erased") == []
    back.refuses = [Forbidden()]  # nobody will ever read it there
    go_on(other, back)
    assert back.heard("erased") == [["erased", 0, "no", "proved"]]


def test_it_waits_for_a_key_store_that_is_silent_and_without_a_key_or_one_the_school_knows_it_only_says_so(
    doomed: Doomed, lender: Lender, tmp_path: Path
) -> None:
    unknown, silent = copied(doomed, tmp_path / "unknown"), copied(doomed, tmp_path / "silent")
    doomed.places(f"{doomed.device}/key").delete()
    office = Office(doomed.root)
    erase(doomed, order(doomed, lender), office)
    assert (office.heard("erased"), doomed.files()) == ([["erased", 0, "yes"]], set())
    strange = Office(unknown.root)
    strange.knows_key = False
    erase(unknown, order(unknown, lender), strange)
    assert (strange.heard("erased"), unknown.files()) == ([["erased", 0, "yes"]], set())
    place = silent.root / "keys" / f"{silent.device}-key"
    secret = place.read_text("ascii")
    place.write_text("no hex", "ascii")
    deaf = Office(silent.root)
    with pytest.raises(KeyStoreUnreadable):
        erase(silent, order(silent, lender), deaf)
    assert deaf.heard("erased") == []
    place.write_text(secret, "ascii")
    go_on(silent, deaf)
    assert (deaf.heard("erased"), silent.files()) == ([["erased", 0, "yes", "proved"]], set())


def test_what_is_proved_is_this_devices_word_about_this_order(doomed: Doomed, lender: Lender) -> None:
    office, key = Office(doomed.root), doomed.vault().device_key(UUID(doomed.device))
    erase(doomed, order(doomed, lender), office)
    (proof,) = office.proofs
    assert proof_of(proof, key) == Proof(iss=doomed.device, jti=ORDER, kept=0, brought=True)
    with pytest.raises(Forged):
        proof_of(proof, public_key(bytes(range(32))))


def test_a_lock_takes_the_lease_away_and_nothing_else(doomed: Doomed, lender: Lender) -> None:
    before = doomed.files()
    answer = order(doomed, lender, "lock")
    heard = wiping.heard(doomed.folder, doomed.device, doomed.places, answer)
    assert heard is not None
    wiping.obey(doomed.folder, heard, answer.order)
    assert before - doomed.files() == {f"stores/{doomed.store}/lease.bin"}
    with pytest.raises(LeaseNeeded):
        doomed.vault().unlock(PIN, NOW)
    assert list(wiping.begun(doomed.profile)) == []


def test_nothing_is_believed_that_is_not_this_schools_word_to_this_store(doomed: Doomed, lender: Lender) -> None:
    def hear(of: Lender, **said: object) -> object:
        return wiping.heard(doomed.folder, doomed.device, doomed.places, order(doomed, of, **said))  # type: ignore[arg-type]

    assert hear(lender) is not None
    assert hear(Lender()) is None  # another school's keys
    assert hear(lender, aud=doomed.user) is None
    assert hear(lender, kind="format_disk") is None
    right = order(doomed, lender)
    for wrong in (
        right.model_copy(update={"order": lender.answer().lease}),
        right.model_copy(update={"keys": "x.y.z"}),
    ):
        assert wiping.heard(doomed.folder, doomed.device, doomed.places, wrong) is None
    assert wiping.heard(doomed.folder, doomed.device, doomed.places, right.model_copy(update={"order": ""})) is None
    doomed.places(f"{doomed.device}/root").delete()
    with pytest.raises(StoreError):
        hear(lender)
    assert list(wiping.begun(doomed.profile)) == []
