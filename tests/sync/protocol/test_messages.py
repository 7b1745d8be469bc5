"""Messages: requests refuse what they do not know, answers live with it, and the wire form survives a round trip."""

from typing import Any

import pytest

from sync.protocol.errors import BadBody
from sync.protocol.messages import (
    Create,
    Delete,
    Item,
    Outcome,
    Patch,
    PullAnswer,
    PullRequest,
    PushAnswer,
    PushRequest,
    read,
    wire,
)
from sync.protocol.ops import item_wire, op_wire

ID = "018f0000-0000-7000-8000-0000000000aa"
CHAIN = "0" * 32
OPS: list[dict[str, Any]] = [
    {"do": "patch", "type": "score", "id": ID, "set": {"state": "scored", "value": 7000}, "base": {"state": 1790}},
    {"do": "patch", "type": "score", "id": ID, "set": {"state": "absent"}, "base": {"state": "q41"}},
    {"do": "create", "type": "score", "id": ID, "set": {"@lesson": "2026:3-2:math"}},
    {"do": "delete", "type": "daily_note", "id": ID, "base": 1788},
    {"do": "patch", "type": "score", "id": ID, "set": {}, "base": {}, "resolves": [ID]},
]


def push(**changes: Any) -> dict[str, Any]:
    item = item_wire(42, 0, "2026-11-20T05:31:07.120Z", "grades.score", OPS)
    return {"epoch": ID, "chain": CHAIN, "groups": [item]} | changes


def test_an_item_reads_and_writes_back_to_the_very_same_bytes():
    item = read(Item, push()["groups"][0])
    assert (
        item_wire(item.q, item.rev, item.group.at, item.group.kind, [op_wire(op) for op in item.group.ops])
        == (push()["groups"][0])
    )
    assert [type(op) for op in item.group.ops] == [Patch, Patch, Create, Delete, Patch]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"extra": 1}, "extra"),
        ({"chain": "xyz"}, "chain"),
        ({"epoch": ID.upper()}, "epoch"),
        ({"groups": []}, "groups"),
        ({"groups": [{"q": 0, "rev": 0, "group": {}}]}, "groups.0.q"),
        ({"groups": [{"q": "1", "rev": 0, "group": {}}]}, "groups.0.q"),
        ({"groups": [{"q": True, "rev": 0, "group": {}}]}, "groups.0.q"),
    ],
)
def test_a_push_of_a_wrong_form_is_refused_with_its_place_and_without_its_value(change: dict[str, Any], place: str):
    with pytest.raises(BadBody) as caught:
        read(PushRequest, push(**change))
    assert caught.value.facts["at"] == place
    assert set(caught.value.facts) == {"reason", "at", "fault"}


@pytest.mark.parametrize(
    "op",
    [
        {"do": "drop", "type": "score", "id": ID},
        {"do": "patch", "type": "score", "id": ID, "set": {}, "base": {"state": -1}},
        {"do": "patch", "type": "score", "id": ID, "set": {}, "base": {"state": "q0"}},
        {"do": "patch", "type": "Score", "id": ID, "set": {}, "base": {}},
        {"do": "delete", "type": "score", "id": "1", "base": 3},
        {"do": "delete", "type": "score", "id": ID, "base": 3, "set": {}},
    ],
)
def test_an_op_of_a_wrong_form_is_refused(op: dict[str, Any]):
    raw = push()
    raw["groups"][0]["group"]["ops"] = [op]
    with pytest.raises(BadBody):
        read(PushRequest, raw)


def test_an_answer_ignores_what_it_does_not_know_but_not_what_is_wrong():
    raw = {"epoch": ID, "last": 42, "chain": CHAIN, "outcomes": [{"q": 42, "outcome": "same", "new": 1}], "later": {}}
    answer = read(PushAnswer, raw)
    assert answer.outcomes[0].outcome is Outcome.SAME
    for wrong in ({"last": "42"}, {"outcomes": [{"q": 42, "outcome": "maybe"}]}, {"epoch": None}):
        with pytest.raises(BadBody):
            read(PushAnswer, raw | wrong)


def test_a_pull_writes_only_what_it_says():
    asked = PullRequest(cursor=1841, grants="5be1", ack=(41, CHAIN))
    assert wire(asked) == {"cursor": 1841, "grants": "5be1", "ack": (41, CHAIN), "max": 5000}


def test_a_page_reads_deletions_and_departures():
    page = read(
        PullAnswer, {"epoch": ID, "cursor": 3, "del": [["note", ID, 3]], "out": [["class:2026:3-1", "note", ID]]}
    )
    assert page.deleted == (("note", ID, 3),)
    assert page.out == (("class:2026:3-1", "note", ID),)
    assert page.next is None
