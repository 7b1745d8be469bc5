"""What is typed finds pages, acts, classes and pupils, however it is written."""

import pytest

from client.find.record import Found, Kind
from client.find.repository import Pupil, found_pupils
from client.find.rules import BEGINS, INSIDE, LOOSE, SHOWN, best, fit, together

PUPILS = [
    Pupil("p1", ("髙橋", "陽菜"), ("たかはし", "はるな"), 12, "2026:3-2", "3年2組"),
    Pupil("p2", ("﨑山", "蓮"), ("さきやま", "れん"), 10, "2026:3-2", "3年2組"),
    Pupil("p3", ("𠮷田", "航"), ("よしだ", "わたる"), 27, "2026:3-2", "3年2組"),
]
PAGES = [
    Found("page today", Kind.PAGE, "今日", page="today"),
    Found("page grades", Kind.PAGE, "成績", page="grades"),
    Found("course m", Kind.COURSE, "3年2組 算数", page="grades"),
    Found("act lock", Kind.ACT, "けやきをロック", "Ctrl+Shift+L"),
]


@pytest.mark.parametrize(
    ("query", "pupil"),
    [
        ("高橋", "p1"),
        ("髙橋", "p1"),
        ("たかはし", "p1"),
        ("タカハシ", "p1"),
        ("takahashi", "p1"),
        ("haruna", "p1"),
        ("崎山", "p2"),
        ("ren", "p2"),
        ("吉田", "p3"),
        ("12", "p1"),
        ("１２", "p1"),
        ("さき れん", "p2"),
    ],
)
def test_a_pupil_is_found_by_kana_kanji_romaji_and_number(query: str, pupil: str) -> None:
    assert [each.key for each in found_pupils(query, PUPILS)] == [f"pupil {pupil}"]


def test_a_found_pupil_leads_to_their_line_on_the_roster() -> None:
    (found,) = found_pupils("12", PUPILS)
    assert (found.page, found.argument) == ("register", ("2026:3-2", "p1"))
    assert found.hint == "3年2組 12 たかはし はるな"


@pytest.mark.parametrize(
    ("query", "words", "how"),
    [("gra", "Grades", BEGINS), ("des", "Grades", INSIDE), ("grs", "Grades", LOOSE), ("xyz", "Grades", None)],
)
def test_a_name_fits_by_its_beginning_a_part_or_its_letters_in_order(query: str, words: str, how: int | None) -> None:
    assert fit(query, words) == how


def test_what_begins_with_the_query_comes_first() -> None:
    offered = [Found("a", Kind.ACT, "Regrade"), Found("b", Kind.ACT, "Grades")]
    assert [each.key for each in best("grade", offered)] == ["b", "a"]


def test_every_word_of_a_query_has_to_fit() -> None:
    assert [each.key for each in best("3年2組 算", PAGES)] == ["course m"]
    assert best("3年2組 理", PAGES) == []


def test_an_act_is_found_by_its_key_too() -> None:
    assert [each.key for each in best("Ctrl+Shift+L", PAGES)] == ["act lock"]


def test_without_a_query_pages_and_courses_are_offered_and_no_pupil() -> None:
    assert [each.key for each in together("", PAGES, found_pupils("", PUPILS))] == [
        "page today",
        "page grades",
        "course m",
    ]


def test_a_number_means_pupils_first() -> None:
    assert together("12", PAGES, found_pupils("12", PUPILS))[0].key == "pupil p1"


def test_many_pupils_do_not_hide_the_page_that_fits_surely() -> None:
    crowd = [Found(f"pupil {n}", Kind.PUPIL, "成田") for n in range(SHOWN)]
    told = together("成", PAGES, crowd)
    assert "page grades" in [each.key for each in told]
    assert len(told) == SHOWN
