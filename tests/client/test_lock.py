"""A lock ends the process: another one asks for the PIN, what was typed comes back, and memory holds nothing of it."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from client.demo import DemoServer
from client.lock import HARD_S
from tests.kit.locked import JAPANESE, MATH, PIN, Running, gone, until
from tests.kit.memory import found_in

pytestmark = [
    pytest.mark.timeout(600),  # the first test of a run makes the sample school
    pytest.mark.skipif(sys.platform != "linux", reason="#4 2026-11-26: processes are looked at through /proc"),
]
NEW = "50271937"
SPARE_S = 1.0
"""What a machine that is busy with other tests may add."""


@pytest.fixture
def running(tmp_path: Path, backend: DemoServer) -> Iterator[Running]:
    """The program, its PIN chosen and everything loaded."""
    ours = Running(tmp_path, backend)
    try:
        ours.join()
        yield ours
    finally:
        ours.end()


def test_the_key_ends_the_process_and_the_next_one_gives_cell_and_text_back_after_the_pin(running: Running) -> None:
    running.ask("go", MATH, 4, 3)
    running.ask("keys", "9")
    running.ask("enter")
    running.ask("go", JAPANESE, 7, 4)
    before = running.ask("desk")["value"]
    running.ask("keys", "37")
    ended, followed = running.lock()
    assert followed <= ended <= HARD_S + SPARE_S
    asked = running.ask("question")
    assert (asked["kind"], asked["shown"]) == ("AskPin", True)
    assert any(word.startswith("Locked at") for word in asked["said"])
    assert "There is a draft." in asked["said"]
    assert running.ask("desk") is None

    back = running.unlock()
    assert (back["lesson"], back["cell"], back["typed"]) == (JAPANESE, [7, 4], "37")
    assert back["value"] == before, "a draft is never saved by itself"
    assert back["said"] == "There is a draft. It is not saved yet."
    until(lambda: running.ask("desk")["focus"] == "EntryEdit")
    running.ask("enter")
    running.ask("go", MATH, 4, 3)
    assert running.ask("desk")["value"] == "9"
    running.ask("undo")  # what was done before the lock can still be taken back
    running.ask("go", JAPANESE, 7, 4)
    running.ask("undo")
    until(lambda: running.ask("desk")["value"] == before)


def test_no_box_and_no_composition_delays_it_and_the_composed_text_comes_back(running: Running) -> None:
    running.ask("go", JAPANESE, 2, 4)
    running.ask("keys", "3")
    running.ask("compose", "５")
    running.ask("box")
    ended, _ = running.lock()
    assert ended <= HARD_S + SPARE_S
    assert running.unlock()["typed"] == "3５"


def test_whatever_hangs_the_process_is_gone_after_a_second_and_nothing_typed_with_it(running: Running) -> None:
    running.ask("go", JAPANESE, 2, 4)
    running.ask("keys", "31")
    running.ask("hang")
    ended, followed = running.lock()
    assert HARD_S <= ended <= HARD_S + SPARE_S
    assert followed < HARD_S, "nothing that hangs here keeps the lock screen away"
    assert running.unlock()["typed"] == "31"


def test_what_was_typed_a_second_ago_outlives_a_process_that_is_killed(running: Running) -> None:
    running.ask("go", JAPANESE, 2, 4)
    running.ask("keys", "28")
    time.sleep(1.6)  # the hand rests
    os.kill(running.pid, signal.SIGKILL)
    until(lambda: gone(running.pid))
    running.begin()
    asked = until(lambda: running.ask("question"))
    assert asked["kind"] == "Question", "nobody has locked it: the teachers are offered"
    running.ask("first_teacher")
    assert running.unlock()["typed"] == "28"


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="#4 2026-11-26: only root reads such memory"
)
def test_after_a_lock_no_key_no_pin_and_no_name_of_a_pupil_is_in_memory(running: Running) -> None:
    names = [name for name in running.ask("desk")["names"] if name]
    canaries = {f"key {at}": bytes.fromhex(key) for at, key in enumerate(running.ask("secrets"))}
    canaries |= {f"{coding} {name}": name.encode(coding) for name in names for coding in ("utf-8", "utf-16-le")}
    canaries |= {f"PIN {coding}": PIN.encode(coding) for coding in ("utf-8", "utf-16-le")}
    open_ = found_in(running.pid, canaries)
    assert {"key 0", "key 1"} <= open_, "the control finds what is there"
    assert len([name for name in open_ if name.startswith("utf")]) > 5
    running.ask("copy")
    running.lock()
    until(lambda: running.ask("question")["kind"] == "AskPin")
    assert found_in(running.pid, canaries) == set()
    running.unlock()
    assert "key 0" in found_in(running.pid, canaries), "and finds it again"


def test_another_pin_opens_after_the_next_lock_and_the_former_one_does_not(running: Running) -> None:
    assert running.ask("change_pin", "11119999", NEW)["said"].startswith("That PIN is not right.")
    assert running.ask("change_pin", PIN, NEW)["said"] == "The PIN was changed."
    running.lock()
    until(lambda: running.ask("question")["kind"] == "AskPin")
    running.ask("pin", PIN)
    until(lambda: running.ask("question")["error"])
    running.ask("pin", NEW)
    until(lambda: running.ask("desk"))


def test_who_guesses_the_pin_at_an_open_desk_is_shown_the_door(running: Running) -> None:
    count, old = len(running.pids), running.pid
    running.ask("impatient")
    for at in range(4):
        said = running.ask("change_pin", f"1111999{at}", NEW)["said"]
        assert said.startswith("That PIN is not right."), said
    running.ask("change_pin", "22229999", NEW, answered=False)
    until(lambda: gone(old))
    running.follow(count)
    assert any("wrong too often" in word for word in until(lambda: running.ask("question"))["said"])


def test_presenting_ends_with_the_pin_alone_and_a_half_typed_cell_outlives_it_and_a_lock(running: Running) -> None:
    running.ask("go", JAPANESE, 7, 4)
    running.ask("keys", "37")
    said = running.ask("present", "11119990")
    assert said["on"]
    assert said["said"].startswith("That PIN is not right.")
    assert running.ask("desk")["typed"] == "37"
    assert running.ask("present", PIN) == {"on": False, "said": ""}
    back = running.ask("desk")
    assert (back["cell"], back["typed"]) == ([7, 4], "37")
    running.ask("present", "11119990")
    running.lock()
    until(lambda: running.ask("question"))
    assert running.unlock()["typed"] == "37"


def test_back_is_heard_while_a_pin_is_looked_at_and_opens_nothing(running: Running) -> None:
    running.lock()
    until(lambda: running.ask("question")["kind"] == "AskPin")
    running.ask("pin_and_back", PIN)
    assert running.ask("question")["kind"] == "Question"
    running.ask("settle")
    assert running.ask("desk") is None
    running.ask("first_teacher")
    running.unlock()


def test_the_end_of_a_lease_locks_and_a_sign_in_gives_all_of_it_back(running: Running) -> None:
    running.ask("go", JAPANESE, 2, 4)
    running.ask("keys", "31")
    count, old = len(running.pids), running.pid
    running.ask("after", 400 * 24, answered=False)
    until(lambda: gone(old))
    running.follow(count)
    said = until(lambda: running.ask("question"))["said"]
    assert any("without a network was over" in word for word in said), said
    assert not list(running.folder.glob("profile/stores/*/lease.bin")), "its share is gone"
    running.ask("pin", PIN)
    until(lambda: running.ask("question")["kind"] == "AskPin" and not running.ask("question")["error"])
    assert running.unlock()["typed"] == "31"
