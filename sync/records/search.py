"""Keys by which people are found: by reading, by the usual form of a kanji, by romaji. Never stored, never shown."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from sync.records.kana import hiragana

_FORMS: Final = (
    "髙高 﨑崎 嵜崎 碕崎 𠮷吉 濵浜 濱浜 邉辺 邊辺 齋斎 齊斉 德徳 "
    "廣広 澤沢 嶋島 嶌島 眞真 櫻桜 國国 龍竜 惠恵 榮栄 瀨瀬 橫横 "
    "黑黒 靑青 淸清 冨富 峯峰 條条 鷗鴎 凜凛 來来 圓円 圡土 會会 "
    "關関 學学 實実 壽寿 將将 曾曽 桒桑 檜桧 氣気 渕淵 渊淵 灣湾 "
    "澁渋 瀧滝 瑤瑶 當当 盡尽 禮礼 穗穂 縣県 繩縄 聲声 與与 舘館 "
    "萬万 藏蔵 藝芸 豐豊 賴頼 辯弁 遙遥 郞郎 鄕郷 醫医 釋釈 鐵鉄 "
    "靜静 顯顕 鹽塩 麥麦 黃黄 𣘺橋 槗橋 堯尭 槇槙 亙亘 曻昇 卷巻 "
    "嶽岳 巖巌 帶帯 應応 戶戸 步歩 每毎 狹狭 獨独 薰薫 藪薮 螢蛍 "
    "祿禄 增増 彥彦 綠緑 錄録"
)
_USUAL: Final = str.maketrans({pair[0]: pair[1] for pair in _FORMS.split()})
"""Forms of a kanji that a keyboard does not give first, and the form that it does."""
_SELECTORS: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_BETWEEN: Final = re.compile(r"[\s・･·'’\-‐=＝]+")
_UNDER_WAY: Final = re.compile(r"(?<=[ぁ-ゖー])[a-z]+$")
"""Letters an input method has not made kana of yet."""

_ROWS: Final = {
    "": "あいうえお",
    "k": "かきくけこ",
    "s": "さしすせそ",
    "t": "たちつてと",
    "n": "なにぬねの",
    "h": "はひふへほ",
    "m": "まみむめも",
    "r": "らりるれろ",
    "g": "がぎぐげご",
    "z": "ざじずぜぞ",
    "d": "だぢづでど",
    "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
    "v": "　　ゔ　　",
}
_LETTERS: Final = {
    kana: row + vowel for row, line in _ROWS.items() for kana, vowel in zip(line, "aiueo", strict=True)
} | dict(zip("やゆよわをんゐゑ", ("ya", "yu", "yo", "wa", "o", "n", "i", "e"), strict=True))
_SMALL: Final = dict(zip("ぁぃぅぇぉゃゅょゎ", ("a", "i", "u", "e", "o", "ya", "yu", "yo", "wa"), strict=True))
_SAME: Final = (
    (re.compile("sh"), "sy"),
    (re.compile("ch"), "ty"),
    (re.compile("ts"), "t"),
    (re.compile("j"), "zy"),
    (re.compile("f"), "h"),
    (re.compile("d(?=[iu])"), "z"),
    (re.compile("tt?y(?=y|i)|(?<=[szt])y(?=i|y)"), lambda found: found.group().replace("y", "")),
    (re.compile("m(?=[bp])"), "n"),
    (re.compile("n+(?=n)"), ""),
    (re.compile(r"oh(?![aiueo])"), "o"),
    (re.compile("o[ou]+"), "o"),
    (re.compile("uu+"), "u"),
    (re.compile("(?<=[a-z])y$"), ""),
)
"""Ways of writing one sound in letters, long and short ones too: one of them each."""


@lru_cache(maxsize=4096)
def name_key(text: str) -> str:
    """A name, or what is typed to find one, with the usual form of every kanji, kana as hiragana, no spaces."""
    bare = _SELECTORS.sub("", unicodedata.normalize("NFC", text)).translate(_USUAL)
    return _BETWEEN.sub("", hiragana(bare).casefold())


@lru_cache(maxsize=4096)
def romaji_key(text: str) -> str:
    """A reading, or what is typed in letters, with one spelling a sound: Hepburn and Kunrei, long vowels or not."""
    plain = unicodedata.normalize("NFD", name_key(text))
    marked = {"\u3099", "\u309a"}  # of kana, which say another sound; others are accents
    kana = unicodedata.normalize("NFC", "".join(c for c in plain if c in marked or not unicodedata.combining(c)))
    key = _letters(kana)
    for pattern, instead in _SAME:
        key = pattern.sub(instead, key)
    return key


def _letters(kana: str) -> str:
    out = ""
    double = False
    for char in kana:
        if char == "っ":
            double = True
            continue
        if char == "ー":
            out += out[-1:]
            continue
        small = _SMALL.get(char)
        if small is not None and out[-1:] in ("i", "u", "e") and len(out) > 1:
            out = out[:-1] + small
            continue
        sound = small or _LETTERS.get(char, char)
        out += (sound[0] if double else "") + sound
        double = False
    return out


def finds(query: str, names: Sequence[str], readings: Sequence[str], number: int | None) -> bool:
    """Whether what is typed means this person: each of its words is part of a name or reading, or the number.

    names, readings: in the order they are spoken, family before given.
    """
    written, spoken = name_key("".join(names)), name_key("".join(readings))
    return all(_word_finds(word, written, spoken, readings, number) for word in query.split())


def _word_finds(word: str, written: str, spoken: str, readings: Sequence[str], number: int | None) -> bool:
    key = _UNDER_WAY.sub("", name_key(word))
    if key.isdecimal():
        return number is not None and int(key) == number
    if key in written or key in spoken:
        return True
    letters = romaji_key(key) if key.isascii() else ""
    starts = [romaji_key("".join(readings[at:])) for at in range(len(readings))]
    return bool(letters) and any(start.startswith(letters) for start in starts)
