"""People are found however their names are typed, and nobody is found by what is not theirs."""

import pytest

from sync.records.search import finds, name_key, romaji_key


@pytest.mark.parametrize(
    ("query", "name", "reading"),
    [
        ("高橋", ("髙橋", "陽菜"), ("たかはし", "はるな")),
        ("崎山", ("﨑山", "蓮"), ("さきやま", "れん")),
        ("吉田", ("𠮷田", "航"), ("よしだ", "わたる")),
        ("葛城", ("葛󠄀城", "詩"), ("かつらぎ", "うた")),
        ("葛󠄀城", ("葛城", "詩"), ("かつらぎ", "うた")),
        ("渡辺", ("渡邉", "詩"), ("わたなべ", "うた")),
        ("タカハシ", ("髙橋", "陽菜"), ("たかはし", "はるな")),
        ("ﾀｶﾊｼ", ("髙橋", "陽菜"), ("たかはし", "はるな")),
        ("はるな", ("髙橋", "陽菜"), ("たかはし", "はるな")),
        ("髙橋 はる", ("髙橋", "陽菜"), ("たかはし", "はるな")),
        ("takahashi", ("髙橋", "陽菜"), ("たかはし", "はるな")),
        ("takahasi", ("髙橋", "陽菜"), ("たかはし", "はるな")),
        ("takahash", ("髙橋", "陽菜"), ("たかはし", "はるな")),
        ("haruna", ("髙橋", "陽菜"), ("たかはし", "はるな")),
        ("takahashih", ("髙橋", "陽菜"), ("たかはし", "はるな")),
        ("otsuka", ("大塚", "健"), ("おおつか", "けん")),
        ("ohtsuka", ("大塚", "健"), ("おおつか", "けん")),
        ("yuta", ("森", "雄太"), ("もり", "ゆうた")),
        ("shinbo", ("新保", "潤"), ("しんぼ", "じゅん")),
        ("shimbo", ("新保", "潤"), ("しんぼ", "じゅん")),
        ("jun", ("新保", "潤"), ("しんぼ", "じゅん")),
        ("zyun", ("新保", "潤"), ("しんぼ", "じゅん")),
        ("hattori", ("服部", "健"), ("はっとり", "けん")),
        ("chiba", ("千葉", "結月"), ("ちば", "ゆづき")),
        ("yuzuki", ("千葉", "結月"), ("ちば", "ゆづき")),
        ("はt", ("服部", "健"), ("はっとり", "けん")),
        ("MARIA", ("サントス", "マリア"), ("さんとす", "まりあ")),
        ("１２", ("髙橋", "陽菜"), ("たかはし", "はるな")),
    ],
)
def test_a_person_is_found(query: str, name: tuple[str, str], reading: tuple[str, str]) -> None:
    assert finds(query, name, reading, 12)


@pytest.mark.parametrize("query", ["吉", "1", "123", "あおい", "tahakashi", "hashi", "髙橋 陽太"])
def test_nobody_else_is_found(query: str) -> None:
    assert not finds(query, ("髙橋", "陽菜"), ("たかはし", "はるな"), 12)


def test_an_empty_search_finds_everybody() -> None:
    assert finds("  ", ("髙橋", "陽菜"), ("たかはし", "はるな"), None)


def test_a_key_folds_forms_and_selectors_and_keeps_what_is_another_sound() -> None:
    assert name_key("辻󠄀 ﾊﾙﾅ") == "辻はるな"
    assert name_key("がとう") != name_key("かとう")
    assert romaji_key("ジョン") == romaji_key("jon") == romaji_key("zyon")
