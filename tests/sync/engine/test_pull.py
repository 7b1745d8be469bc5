"""What is asked of a partition, and which answers are believed."""

from typing import Any

import pytest

from sync.engine.pull import checked, live_request, load_on, load_request
from sync.engine.store import Load, PartitionState, Scope, ScopeState
from sync.protocol.errors import BadBody, EpochChanged
from sync.protocol.messages import PullAnswer, PullRequest, read, wire

EPOCH = "018f0000-0000-7000-8000-0000000000e0"
SCOPES = {"all": Scope(ScopeState.LIVE), "past:1": Scope(ScopeState.NONE), "notes:1": Scope(ScopeState.LOADING, 45)}
LOAD = Load({"past:1": 0, "notes:1": None}, "n1")
HELD = PartitionState("s", "school", EPOCH, 50, "g", SCOPES, LOAD, "n2")
FRAME = {"type": "score", "scopes": ["all"], "columns": ["id", "ver"], "rows": []}


def answer(**said: Any) -> PullAnswer:
    """An answer of our epoch."""
    return read(PullAnswer, {"epoch": EPOCH} | said)


def test_a_pull_reads_live_scopes_from_their_cursor_and_loaded_ones_from_where_their_load_ended() -> None:
    request = live_request(HELD, (7, "c" * 32))
    assert (request.cursor, request.loading, request.next) == (50, {"past:1": None, "notes:1": 45}, "n2")
    assert (request.grants, request.ack, request.epoch) == ("g", (7, "c" * 32), EPOCH)


def test_a_load_reads_nothing_else_and_goes_on_where_it_was() -> None:
    request = load_request(HELD, LOAD, None, used=False)
    assert (request.cursor, request.loading, request.next) == (None, {"past:1": 0, "notes:1": None}, "n1")


def test_a_load_into_a_store_in_use_comes_in_small_pages() -> None:
    assert load_request(HELD, LOAD, None, used=True).max < load_request(HELD, LOAD, None, used=False).max


def test_the_pages_of_a_load_grow_in_a_fresh_store_and_stay_small_in_one_in_use() -> None:
    first = load_request(HELD, LOAD, None, used=False)
    pages = [first, *(first := load_on(first, f"n{number}", used=False) for number in range(2, 7))]
    assert [page.next for page in pages] == [f"n{number}" for number in range(1, 7)]
    assert [page.max for page in pages] == [2_500, 3_750, 5_625, 8_437, 12_655, 18_982]
    small = load_request(HELD, LOAD, None, used=True)
    assert load_on(small, "n2", used=True).max == small.max


def test_the_first_request_of_a_fresh_store_is_empty() -> None:
    assert wire(live_request(PartitionState("s", "school"), None)) == {"max": 5_000}


@pytest.mark.parametrize(
    "said",
    [
        {"cursor": 50},
        {"cursor": 51, "frames": [FRAME]},
        {"next": "n3", "frames": [FRAME]},
        {"grants": {"hash": "h", "rows": []}},
    ],
)
def test_an_answer_that_fits_is_believed(said: dict[str, Any]) -> None:
    asked = live_request(HELD, None)
    assert checked(asked, answer(**said)) == answer(**said)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({}, "cursor"),
        ({"cursor": 49}, "cursor"),
        ({"next": "n2"}, "next"),
        ({"grants": {"hash": "g", "rows": []}}, "grants"),
        ({"grants": {"hash": "h", "rows": []}, "frames": [FRAME]}, "grants"),
    ],
)
def test_an_answer_that_cannot_be_is_not_stored(said: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadBody) as error:
        checked(live_request(HELD, None), answer(**said))
    assert error.value.facts["reason"] == reason


def test_an_answer_of_another_history_is_told_as_that() -> None:
    with pytest.raises(EpochChanged):
        checked(live_request(HELD, None), answer(epoch="018f0000-0000-7000-8000-0000000000e1", cursor=60))


def test_a_fresh_store_takes_the_epoch_it_is_told() -> None:
    assert checked(PullRequest(), answer(cursor=3)).epoch == EPOCH
