"""Three-way merges of texts and sets, and the union of what only grows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.records.merge import grow, merge_set, merge_text, sentences

TEXTS = st.lists(st.sampled_from(["一。", "二！", "三\n", "「四。」", "五", "6. ", "。", ""]), max_size=6).map("".join)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("一", ["一"]),
        ("一。二。", ["一。", "二。"]),
        ("一。二", ["一。", "二"]),
        ("「一。」二！？三\n四", ["「一。」", "二！？", "三\n", "四"]),
        ("。。一", ["。。", "一"]),
        ("\n\n一\n", ["\n\n", "一\n"]),
        ("3.5倍。次", ["3.5倍。", "次"]),
    ],
)
def test_a_text_is_cut_after_its_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@given(st.text(max_size=60) | TEXTS)
def test_sentences_put_together_are_the_text(text: str) -> None:
    assert "".join(sentences(text)) == text


@pytest.mark.parametrize(
    ("base", "current", "incoming", "merged"),
    [
        ("一。二。三。", "壱。二。三。", "一。二。参。", "壱。二。参。"),
        ("一。二。三。", "一。二。三。四。", "零。一。二。三。", "零。一。二。三。四。"),
        ("一。二。三。", "二。三。", "一。二。", "二。"),
        ("一。二。三。", "壱。二。三。", "壱。二。参。", "壱。二。参。"),
        ("一。二。三。", "壱。二。三。", "いち。二。三。", None),
        ("一。二。三。", "壱。二。三。", "一。弐。三。", None),
        ("一。二。三。", "一。二。三。四。", "一。二。三。五。", None),
        ("一。二。", "一。あ。二。", "一。い。二。", None),
        ("", "一。", "二。", None),
        ("一。", "", "弐。", None),
        ("一。二。三。四。五。", "壱。二。三。四。伍。", "一。二。参。四。五。", "壱。二。参。四。伍。"),
    ],
)
def test_changes_that_do_not_touch_are_merged_and_touching_ones_are_not(
    base: str, current: str, incoming: str, merged: str | None
) -> None:
    assert merge_text(base, current, incoming) == merged
    assert merge_text(base, incoming, current) == merged, "it does not matter who came first"


@given(TEXTS, TEXTS)
def test_who_changed_nothing_takes_nothing_away(base: str, changed: str) -> None:
    assert merge_text(base, base, changed) == changed
    assert merge_text(base, changed, base) == changed
    assert merge_text(base, changed, changed) == changed


@given(TEXTS, TEXTS, TEXTS)
def test_every_new_sentence_of_either_side_is_in_the_merged_text(base: str, current: str, incoming: str) -> None:
    merged = merge_text(base, current, incoming)
    if merged is not None:
        for side in (current, incoming):
            for part in sentences(side):
                assert part in base or part in merged


@pytest.mark.parametrize(
    ("base", "current", "incoming", "merged"),
    [
        ([], ["a"], ["b"], ["a", "b"]),
        (["a"], ["a", "b"], ["a", "c"], ["a", "b", "c"]),
        (["a", "b"], ["a"], ["b"], []),
        (["a", "b"], ["a", "b", "c"], ["b"], ["b", "c"]),
        (["a"], [], ["a"], []),
        (["a"], ["a"], [], []),
    ],
)
def test_sets_are_merged_by_element(
    base: list[str], current: list[str], incoming: list[str], merged: list[str]
) -> None:
    assert merge_set(base, current, incoming) == merged


@pytest.mark.parametrize(
    ("current", "incoming", "united"),
    [
        ({}, {"taken": True, "by": "a"}, {"taken": True, "by": "a"}),
        ({"taken": False}, {"taken": True}, {"taken": True}),
        ({"taken": True, "by": "a"}, {}, {"taken": True, "by": "a"}),
        ({"taken": True, "by": "a"}, {"taken": False}, {"taken": True, "by": "a"}),
        ({"taken": True, "at": "2"}, {"taken": True, "at": "1"}, {"taken": True, "at": "1"}),
        ({"taken": True, "at": "1"}, {"taken": True, "at": "2"}, {"taken": True, "at": "1"}),
        ({"taken": ["a", "c"]}, {"taken": ["b", "c"]}, {"taken": ["a", "b", "c"]}),
    ],
)
def test_what_only_grows_is_united(
    current: dict[str, object], incoming: dict[str, object], united: dict[str, object]
) -> None:
    assert grow(current, incoming, "taken") == united
