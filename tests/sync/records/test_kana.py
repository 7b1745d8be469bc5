"""Readings sort by sound."""

import random

from sync.records.kana import collation_key, hiragana

IN_ORDER = [
    "あいざわ",
    "いしぐろ",
    "かとう",
    "がとう",
    "さーや",
    "さあら",
    "たかはし",
    "たがみ",
    "はっとり",
    "はつとりい",
    "はらだ",
    "ばらだ",
    "ぱらだ",
]


def test_readings_sort_by_sound_then_voice_then_size():
    mixed = IN_ORDER.copy()
    random.Random(1).shuffle(mixed)
    assert sorted(mixed, key=collation_key) == IN_ORDER


def test_katakana_half_width_and_hiragana_are_one_sound():
    assert hiragana("ﾀｶﾊｼ ハルナ") == "たかはし はるな"
    assert collation_key("タカハシ　ハルナ") == collation_key("たかはしはるな")
