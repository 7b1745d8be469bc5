"""Which groups travel together, and which answers to them are believed."""

from typing import Any

import pytest

from sync.engine.outbox import Batch, Size, Verdict, checked, counted, verdicts
from sync.protocol.errors import BadBody
from sync.protocol.messages import GroupOutcome, PushAnswer, read

EPOCH = "018f0000-0000-7000-8000-0000000000e0"
ENDS = {1: "a" * 32, 2: "b" * 32}
ITEM = {"rev": 0, "group": {"at": "2026-11-20T05:31:07.120Z", "kind": "grades.score", "ops": []}}
BATCH = Batch(EPOCH, "0" * 32, tuple({"q": q} | ITEM for q in ENDS), ENDS)


def answer(**changed: Any) -> PushAnswer:
    """The answer that fits the batch, but for what is changed."""
    outcomes = [{"q": q, "outcome": "applied", "seq": 9} for q in ENDS]
    return read(PushAnswer, {"epoch": EPOCH, "last": 2, "chain": "b" * 32, "outcomes": outcomes} | changed)


def outcome(how: str, *ops: tuple[Any, ...]) -> GroupOutcome:
    """A group's outcome."""
    return read(GroupOutcome, {"q": 1, "outcome": how, "seq": 9, "ops": ops})


def test_an_answer_to_just_these_groups_is_believed() -> None:
    assert checked(BATCH, answer()).last == 2
    assert BATCH.request().chain == "0" * 32


def test_an_answer_to_some_of_the_groups_is_believed_for_those() -> None:
    assert checked(BATCH, answer(outcomes=[{"q": 1, "outcome": "applied", "seq": 9}], last=1, chain="a" * 32)).last == 1


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"outcomes": []}, "outcomes"),
        ({"outcomes": [{"q": 3, "outcome": "applied"}]}, "outcomes"),
        ({"outcomes": [{"q": 1, "outcome": "applied"}, {"q": 1, "outcome": "same"}]}, "outcomes"),
        ({"epoch": "018f0000-0000-7000-8000-0000000000e1"}, "epoch"),
        ({"chain": "c" * 32}, "chain"),
    ],
)
def test_an_answer_that_does_not_fit_is_not_stored(changed: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadBody) as error:
        checked(BATCH, answer(**changed))
    assert error.value.facts["reason"] == reason


def test_a_push_that_was_too_large_is_halved_down_to_one_group() -> None:
    half = Size().halved(500)
    assert (half.groups, half.ops, half.bytes) == (250, 2_500, 1024 * 1024)
    assert Size().halved(1).groups == 1


def test_ops_that_are_not_named_were_applied() -> None:
    found = verdicts(outcome("conflict_kept", (1, "state", "conflict_kept", "c")), [{}, {}])
    assert found == [Verdict(True, {}), Verdict(False, {"state": "conflict_kept"})]


@pytest.mark.parametrize("how", ["same", "rejected", "quarantined", "lost"])
def test_a_group_that_changed_nothing_applied_no_op(how: str) -> None:
    assert [verdict.whole for verdict in verdicts(outcome(how), [{}])] == [False]


def test_a_group_of_which_a_part_was_the_same_applied_the_rest() -> None:
    found = verdicts(outcome("same", (0, "state", "same", None)), [{}, {}])
    assert [verdict.whole for verdict in found] == [False, True]


@pytest.mark.parametrize("entry", [(2, "state"), ("0", "state"), (-1, None), ()])
def test_an_outcome_about_an_op_that_is_not_there_is_not_believed(entry: tuple[Any, ...]) -> None:
    with pytest.raises(BadBody):
        verdicts(outcome("merged", entry), [{}, {}])


def test_outcomes_are_counted_by_kind() -> None:
    assert counted([outcome("applied"), outcome("same"), outcome("applied")]) == {"applied": 2, "same": 1}
