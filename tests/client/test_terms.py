"""Words are complete, plain, and never show what a hostile answer put into a fact."""

import csv
import re
from string import Formatter

import pytest

from client.resources import ROOT
from client.terms import LANGUAGES, TEXTS, Terms, entry_words, word_key
from sync.errors import Fault, KeyakiError
from sync.protocol.errors import CaptivePortal, ClockWrong, SignInNeeded
from sync.records.assessment import LETTERS, STATES
from sync.records.registry import TYPES
from tests.house.test_errors import kinds

JAPANESE, ENGLISH = Terms("ja"), Terms("en")
BANNED = re.compile(
    r"エラーが発生|コンフリクト|タイムアウト|不正な値|ユーザー|HTTP|\b[45]\d\d\b|An error occurred|timed out|[Ii]nvalid"
)


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "terms" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_record_type_and_field_has_its_words_once_and_no_word_lacks_its_field() -> None:
    named = [(row["type"], row["field"]) for row in rows("fields.csv")]
    expected = {(type_.name, field) for type_ in TYPES.values() for field in ("", *type_.fields)}
    assert len(named) == len(set(named))
    assert set(named) == expected


def test_every_word_of_a_field_is_there_in_both_languages_with_its_reading() -> None:
    for row in rows("fields.csv"):
        assert row["ja"]
        assert row["en"]
        assert re.fullmatch(r"[ぁ-ゖー]+", row["reading"]), row


def test_the_word_of_a_type_and_of_a_field_is_found_by_its_wire_name() -> None:
    assert JAPANESE.type_("score") == "得点"
    assert ENGLISH.field("membership", "from") == "From"
    with pytest.raises(KeyError):
        JAPANESE.field("score", "unheard_of")


def test_an_error_is_said_in_whole_sentences() -> None:
    assert JAPANESE.sentence(CaptivePortal(status=302)) == (
        "このWi-Fiはログインしないと外につながりません。入力はこの端末に保存しています。"
        "ブラウザでログインしてください。"
    )
    assert ENGLISH.sentence(CaptivePortal()) == (
        "This Wi-Fi needs a log-in page. Your entries are saved on this PC. Please log in with your browser."
    )
    assert JAPANESE.error(CaptivePortal()).number == "E-6001"


def test_a_text_is_left_out_when_a_fact_it_needs_is_not_known() -> None:
    assert "{" not in JAPANESE.sentence(SignInNeeded())
    assert "12件" in JAPANESE.sentence(SignInNeeded(), count=12)
    assert ENGLISH.error(ClockWrong(minutes=7)).happened == "This PC's clock is 7 minutes off."


def test_braces_in_a_fact_are_only_text() -> None:
    assert "{count.__class__}" in ENGLISH.sentence(SignInNeeded(), count="{count.__class__}")


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_each_error_says_whose_turn_it_is_as_its_class_does(kind: type[KeyakiError]) -> None:
    row = next(row for row in rows("errors.csv") if row["number"] == f"E-{kind.NUMBER}")
    assert Fault(row["fault"]) is kind.FAULT


@pytest.mark.parametrize("row", rows("errors.csv"), ids=lambda row: row["number"])
def test_no_word_of_an_error_blames_or_is_made_for_programmers(row: dict[str, str]) -> None:
    for text in ("happened", "safe", "teacher"):
        for language in LANGUAGES:
            assert not BANNED.search(row[f"{text}_{language}"])


@pytest.mark.parametrize("row", rows("errors.csv"), ids=lambda row: row["number"])
def test_both_languages_of_a_text_use_the_same_facts_by_plain_names(row: dict[str, str]) -> None:
    for text in TEXTS:
        names = [[n for _, n, _, _ in Formatter().parse(row[f"{text}_{x}"]) if n is not None] for x in LANGUAGES]
        assert sorted(names[0]) == sorted(names[1])
        assert all(re.fullmatch(r"[a-z]+", name) for name in names[0])


def test_no_word_means_two_things_in_one_list() -> None:
    seen: dict[tuple[str, str], str] = {}
    for row in rows("entry_words.csv"):
        key = (row["set"], word_key(row["text"]))
        assert seen.setdefault(key, row["means"]) == row["means"], row
    assert len(seen) == len(rows("entry_words.csv"))


def test_every_meaning_is_one_the_records_know() -> None:
    means = {(row["set"], row["means"]) for row in rows("entry_words.csv") if row["set"] in ("state", "level")}
    states = {state for state in STATES if state != "scored"}
    assert {word for of, word in means if of == "state"} == states | {"", "unrated"}
    assert {word for of, word in means if of == "level"} == set(LETTERS)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_state_has_one_form_on_screen(language: str) -> None:
    assert set(entry_words(language).shown) == {state for state in STATES if state != "scored"} | {"unrated"}
