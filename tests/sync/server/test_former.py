"""A store that has become a device of its own says which one it was, and those who look after devices can read it."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Literal
from uuid import uuid4

import pytest

from sync.errors import KeyakiError
from sync.protocol.errors import DeviceSuspended, DeviceWiped, Forbidden
from sync.protocol.messages import Create
from sync.protocol.session import Continues
from sync.server.edits import server_edit
from sync.server.identity import tokens
from sync.server.identity.devices import devices_command
from sync.server.storage import identity
from sync.server.storage.enrolled import EnrolledRow, enrolled
from tests.sync.server.gate import TIMES, Gate
from tests.sync.server.process import run, serving
from tests.sync.server.test_command import demo_folder
from tests.sync.server.test_command import enrolled as enrolled_device
from tests.sync.server.tiny import PREF, tiny_school

FORKED: Literal["forked"] = "forked"
LOST: Literal["lost"] = "lost"


def kept(gate: Gate, device: str) -> EnrolledRow:
    with gate.storage.database.reading() as connection:
        return next(row for row in enrolled(connection) if row.device == device)


def name_school(gate: Gate, school: str, code: str) -> None:
    values = {"name": "見本小", "kind": "elementary", "school_code": code, "board_code": "052010"}
    (outcome,) = server_edit(gate.storage, PREF, [[Create(type="school", id=school, set=values)]], gate.clock.now)
    assert outcome.outcome == "applied"


def block(gate: Gate, device: str, status: str) -> None:
    with gate.storage.database.writing() as connection:
        identity.set_device_status(connection, device, status)


@pytest.mark.parametrize("why", [FORKED, LOST])
def test_a_device_that_goes_on_from_another_says_so_once_and_it_stays(
    gate: Gate, why: Literal["forked", "lost"]
) -> None:
    former, device = str(uuid4()), str(uuid4())
    gate.enter_anew("sato", former)
    gate.enter_anew("sato", device, continues=Continues(device=former, why=why))
    gate.enter_anew("sato", device)
    other = str(uuid4())
    gate.enter_anew("sato", other)
    gate.enter_anew("sato", device, continues=Continues(device=other, why=FORKED))
    assert (kept(gate, device).former, kept(gate, device).why) == (former, why)
    assert kept(gate, former).former is None
    assert kept(gate, former).status == "active"  # the other copy goes on under the old id


def test_what_could_not_be_told_at_the_first_sign_in_is_told_at_the_next(gate: Gate) -> None:
    former, device = str(uuid4()), str(uuid4())
    gate.enter_anew("sato", former)
    gate.enter_anew("sato", device)
    gate.enter_anew("sato", device, continues=Continues(device=former, why=FORKED))
    assert (kept(gate, device).former, kept(gate, device).why) == (former, FORKED)


@pytest.mark.parametrize("new", [True, False])
def test_nobody_goes_on_from_a_device_of_another_person_or_school_or_from_itself(gate: Gate, *, new: bool) -> None:
    elsewhere = tiny_school(gate.storage, gate.clock.now, 5)
    elsewhere.make("staff", user=gate.school.people["sato"].user, name="sato", active=True)
    colleagues, far, device = str(uuid4()), str(uuid4()), str(uuid4())
    gate.enter_anew("kato", colleagues)
    gate.enter_anew("sato", far, elsewhere.school)
    if not new:
        gate.enter_anew("sato", device, gate.school.school)
    for wrong in (colleagues, far, device):
        with pytest.raises(Forbidden) as refused:
            gate.enter_anew("sato", device, gate.school.school, Continues(device=wrong, why=FORKED))
        assert refused.value.facts == {"reason": "former"}
    with gate.storage.database.reading() as connection:
        rows = {row.device: row for row in enrolled(connection)}
    assert (device in rows) is not new
    assert all(row.former is None for row in rows.values())


def test_a_former_device_the_server_does_not_know_any_more_keeps_nobody_out(gate: Gate) -> None:
    device = str(uuid4())
    gate.enter_anew("sato", device, continues=Continues(device=str(uuid4()), why=FORKED))
    assert kept(gate, device).former is None


@pytest.mark.parametrize(
    ("status", "why", "error"),
    [
        ("suspended", FORKED, DeviceSuspended),
        ("suspended", LOST, DeviceSuspended),
        ("wiping", LOST, DeviceWiped),
        ("wiped", FORKED, DeviceWiped),
        ("retired", FORKED, DeviceSuspended),
    ],
)
def test_a_new_device_does_not_go_on_from_a_blocked_one(
    gate: Gate, status: str, why: Literal["forked", "lost"], error: type[KeyakiError]
) -> None:
    former = str(uuid4())
    gate.enter_anew("sato", former)
    block(gate, former, status)
    with pytest.raises(error):
        gate.enter_anew("sato", str(uuid4()), continues=Continues(device=former, why=why))


@pytest.mark.parametrize("status", ["wiped", "retired"])
def test_who_had_to_erase_a_store_begins_anew(gate: Gate, status: str) -> None:
    former, device = str(uuid4()), str(uuid4())
    gate.enter_anew("sato", former)
    block(gate, former, status)
    gate.enter_anew("sato", device, continues=Continues(device=former, why=LOST))
    assert kept(gate, device).former == former


def test_blocking_the_old_device_later_does_not_block_the_new_one(gate: Gate) -> None:
    former, device = str(uuid4()), str(uuid4())
    gate.enter_anew("sato", former)
    gate.enter_anew("sato", device, continues=Continues(device=former, why=FORKED))
    block(gate, former, "suspended")
    gate.enter_anew("sato", device, continues=Continues(device=former, why=FORKED))
    assert kept(gate, device).status == "active"


def test_the_server_keeps_when_a_device_was_here_first_and_last(gate: Gate) -> None:
    device = str(uuid4())
    pair = gate.enter(gate.token(), id=device)
    first = kept(gate, device)
    assert first.seen == first.enrolled
    gate.clock.pass_(hours=5)
    tokens.refresh(gate.storage, pair["refresh"], TIMES, gate.clock.now)
    hours = timedelta(hours=5) // timedelta(milliseconds=1)
    assert kept(gate, device)[:-4] == first[:-4]
    assert kept(gate, device).seen == first.enrolled + hours
    gate.clock.pass_(hours=5)
    gate.enter_anew("sato", device)
    assert (kept(gate, device).enrolled, kept(gate, device).seen) == (first.enrolled, first.enrolled + 2 * hours)


def test_devices_are_listed_for_people_and_for_programs(gate: Gate, capsys: pytest.CaptureFixture[str]) -> None:
    former, device = str(uuid4()), str(uuid4())
    gate.enter_anew("sato", former)
    gate.clock.pass_(minutes=1)
    gate.enter_anew("sato", device, continues=Continues(device=former, why=FORKED))
    assert devices_command(gate.storage, None, as_json=True) == 0
    old, new = json.loads(capsys.readouterr().out)
    assert (old["device"], new["device"]) == (former, device)
    assert {"goes_on_from": former, "why": "forked"}.items() <= new.items()
    assert old.keys() == new.keys() - {"goes_on_from", "why"}
    assert (new["user"], new["person"], new["state"]) == (gate.school.people["sato"].user, "sato", "active")
    assert new["last_seen"].endswith("+09:00")
    other = tiny_school(gate.storage, gate.clock.now, 5)
    other.make("staff", user=gate.user, name="sato", active=True)
    gate.enter_anew("sato", elsewhere := str(uuid4()), other.school)
    name_school(gate, gate.school.school, "1234567890123")
    assert devices_command(gate.storage, "1234567890123", as_json=False) == 0
    told = capsys.readouterr().out
    assert elsewhere not in told
    assert told.index(former) < told.index(device) < told.index(f"goes on from {former}: forked")


def test_the_command_lists_the_devices_of_a_folder_also_while_it_is_served(tmp_path: Path) -> None:
    storage, school = demo_folder(tmp_path)
    caller, _ = enrolled_device(storage, school)
    storage.close()
    with serving("--demo", "--data", tmp_path):
        asked = run("devices", "--data", tmp_path, "--json")
    assert asked.returncode == 0, asked.stderr
    assert [row["device"] for row in json.loads(asked.stdout)] == [caller.device]
    refused = run("devices", "--data", tmp_path, "--school", "nowhere")
    assert (refused.returncode, refused.stdout, refused.stderr) == (1, "", "there is no school nowhere here\n")
