"""The words for 欠, 免 and the letters are data; nothing in them contradicts itself."""

import csv

import pytest

from client.grades.rules import word_key
from client.grades.words import FILE, entry_words
from sync.records.assessment import LETTERS, STATES


def rows() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_no_word_means_two_things_in_one_list() -> None:
    seen: dict[tuple[str, str], str] = {}
    for row in rows():
        key = (row["set"], word_key(row["text"]))
        assert seen.setdefault(key, row["means"]) == row["means"], row
    assert len(seen) == len(rows())


def test_every_meaning_is_one_the_records_know() -> None:
    means = {(row["set"], row["means"]) for row in rows() if row["set"] in ("state", "level")}
    states = {state for state in STATES if state != "scored"}
    assert {word for of, word in means if of == "state"} == states | {"", "unrated"}
    assert {word for of, word in means if of == "level"} == set(LETTERS)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_state_has_one_form_on_screen(language: str) -> None:
    assert set(entry_words(language).shown) == {state for state in STATES if state != "scored"} | {"unrated"}
