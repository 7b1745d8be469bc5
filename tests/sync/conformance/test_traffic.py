"""Clients of every release so far, played back against today's server (protocol.md 9)."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from sync.protocol.messages import Outcome, Rejection
from tests.sync.conformance.ends import served
from tests.sync.conformance.record import record_all
from tests.sync.conformance.traffic import FOLDER, Stage

RELEASES = sorted(path.name for path in FOLDER.iterdir())


def scenes(release: str) -> list[tuple[str, list[dict[str, Any]]]]:
    """The scenes of a release, in order: name and steps."""
    paths = sorted((FOLDER / release).glob("*.json"))
    return [(path.stem, orjson.loads(path.read_bytes())["steps"]) for path in paths]


@pytest.mark.parametrize("release", RELEASES)
def test_a_client_of_that_release_is_told_today_what_it_was_told_then(release: str, tmp_path: Path) -> None:
    with served(tmp_path, None) as place:
        stage = Stage(place.storage, place.clock, place.url, place.issuer)
        for scene, steps in scenes(release):
            for number, step in enumerate(steps):
                if "server" in step:
                    stage.server(step["server"])
                    continue
                reply = stage.ask(step["ask"])
                wrong = stage.differences(step["answer"]["body"], reply.value)
                assert (reply.status, wrong) == (step["answer"]["status"], []), f"{scene}, step {number}"


def test_the_recording_holds_every_outcome_and_every_reason_a_server_of_this_release_gives() -> None:
    told = [
        outcome
        for _, steps in scenes("v1")
        for step in steps
        if "answer" in step
        for outcome in step["answer"]["body"].get("outcomes", ())
    ]
    assert {outcome["outcome"] for outcome in told} == set(Outcome) - {Outcome.LOST}
    only_later = {Rejection.NOT_RESTORED}  # said by a recovery, which that release did not have
    assert {outcome["code"] for outcome in told if "code" in outcome} == set(Rejection) - only_later
    codes = {
        step["answer"]["body"]["error"]["code"]
        for _, steps in scenes("v1")
        for step in steps
        if "error" in step.get("answer", {}).get("body", {})
    }
    assert codes == {
        *("SEQ_GAP", "DEVICE_FORKED", "EPOCH_CHANGED", "CURSOR_TOO_OLD"),
        *("BAD_REQUEST", "BAD_BODY", "FORBIDDEN", "TOKEN_EXPIRED"),
    }


def test_the_recorder_still_tells_all_of_its_release_and_asks_the_same(tmp_path: Path) -> None:
    record_all(tmp_path)
    with served(tmp_path / "data", None) as place:
        stage = Stage(place.storage, place.clock, place.url, place.issuer)
        for scene, then in scenes("v1"):
            today = orjson.loads((tmp_path / f"{scene}.json").read_bytes())["steps"]
            assert [step.get("ask") for step in then] == [step.get("ask") for step in today]
            assert stage.differences(then, today) == [], scene


def test_what_an_answer_no_longer_says_or_says_otherwise_is_found(tmp_path: Path) -> None:
    with served(tmp_path, None) as place:
        stage = Stage(place.storage, place.clock, place.url, place.issuer)
        told = {"epoch": "x", "rows": [[1, "${token}"], [2, "${token}"]]}
        assert stage.differences(told, {"epoch": "x", "rows": [[1, "t"], [2, "t"]], "more": 1}) == []
        assert stage.differences(told, {"rows": [[1, "t"], [2, "t"]]}) == [".epoch: no longer told"]
        assert len(stage.differences(told, {"epoch": "y", "rows": [[1, "t"], [3, "u"]]})) == 3
        assert len(stage.differences(told, {"epoch": "x", "rows": [[1, "t"]]})) == 1


def test_a_frame_may_have_more_columns_but_none_less(tmp_path: Path) -> None:
    with served(tmp_path, None) as place:
        stage = Stage(place.storage, place.clock, place.url, place.issuer)
        told = {"type": "x", "columns": ["id", "a"], "rows": [["1", 2]]}
        assert stage.differences(told, {"type": "x", "columns": ["id", "b", "a"], "rows": [["1", 9, 2]]}) == []
        assert stage.differences(told, {"type": "x", "columns": ["id", "b"], "rows": [["1", 2]]}) == [
            ".rows[0].a: no longer told"
        ]
        assert len(stage.differences(told, {"type": "x", "columns": ["id", "a"], "rows": [["1", 3]]})) == 1
