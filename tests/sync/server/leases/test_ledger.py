"""The ledger read: states follow from lines alone; and what a file may say of the rules."""

import json
from pathlib import Path

import pytest

from sync.protocol.permit import Happened
from sync.records.roles import Role
from sync.server.leases.ledger import is_out, may_happen, state_of
from sync.server.permit_rules import NEVER, PurposeRule, TakeoutRules, load_rules

END = 1_000
WHOLE: tuple[Happened, ...] = ("requested", "approved", "active", "renewed", "returned")


def test_a_state_is_what_the_last_line_says_and_a_renewal_changes_nothing() -> None:
    states = [state_of(WHOLE[:count], END, 0) for count in range(len(WHOLE) + 1)]
    assert states == [None, "requested", "approved", "active", "active", "returned"]


def test_what_has_not_been_brought_back_is_over_at_its_end_and_may_still_be() -> None:
    for count in (1, 2, 3, 4):
        assert state_of(WHOLE[:count], END, END) == "expired"
        assert state_of(WHOLE[:count], END, END - 1) != "expired"
    assert state_of(WHOLE, END, END) == "returned"
    assert may_happen(("requested", "approved", "active"), "returned", END, END + 9)
    assert not may_happen(("requested", "approved"), "returned", END, END + 9)


def test_every_step_of_a_whole_take_out_may_follow_the_one_before_and_none_may_be_left_out() -> None:
    for count, step in enumerate(WHOLE):
        assert may_happen(WHOLE[:count], step, END, 0)
    assert not may_happen((), "active", END, 0)
    assert not may_happen(("requested",), "active", END, 0)
    assert not may_happen(("requested", "refused"), "approved", END, 0)
    assert not may_happen(WHOLE, "active", END, 0)


def test_an_end_is_written_down_once() -> None:
    assert may_happen(("requested", "approved", "active"), "expired", END, END)
    assert not may_happen(("requested", "approved", "active"), "expired", END, END - 1)
    assert not may_happen(("requested", "approved", "active", "expired"), "expired", END, END)


def test_something_is_out_from_its_start_until_it_is_back() -> None:
    assert [is_out(WHOLE[:count]) for count in range(6)] == [False, False, False, True, True, False]
    assert is_out(("requested", "approved", "active", "expired"))
    assert not is_out(("requested", "approved", "expired"))


def test_a_file_replaces_the_rules_it_names(tmp_path: Path) -> None:
    file = tmp_path / "rules.json"
    said = {"purposes": [{"code": "x", "ja": "理由", "en": "X"}], "deciders": ["principal"], "most_days": 3}
    file.write_text(json.dumps(said), "utf-8")
    rules = load_rules(file)
    assert rules.purposes == (PurposeRule("x", "理由", "X"),)
    assert (rules.deciders, rules.most_days, rules.readers) == ((Role.PRINCIPAL,), 3, TakeoutRules().readers)


@pytest.mark.parametrize(
    "said",
    [
        [],
        {"most_days": 15},
        {"most_days": 0},
        {"most_days": "3"},
        {"default_h": 999},
        {"deciders": []},
        {"deciders": ["king"]},
        {"purposes": [{"code": "x"}]},
        {"who": 1},
        {"of_class": ["contact"]},
        {"ticked": ["health"]},
    ],
)
def test_a_file_that_cannot_hold_is_refused(tmp_path: Path, said: object) -> None:
    file = tmp_path / "rules.json"
    file.write_text(json.dumps(said), "utf-8")
    with pytest.raises(ValueError, match=r".+"):
        load_rules(file)


def test_what_never_goes_out_is_in_no_rule() -> None:
    rules = TakeoutRules()
    assert NEVER.isdisjoint({*rules.common, *rules.of_class, *rules.ticked})
