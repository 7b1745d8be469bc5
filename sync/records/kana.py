"""The order of readings: by sound, the same on every platform, whatever kana they were typed in."""

import unicodedata
from typing import Final

_SMALL: Final = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
_VOWELS: Final = {
    "あ": "あかがさざただなはばぱまやらわ",
    "い": "いきぎしじちぢにひびぴみりゐ",
    "う": "うくぐすずつづぬふぶぷむゆるゔ",
    "え": "えけげせぜてでねへべぺめれゑ",
    "お": "おこごそぞとどのほぼぽもよろを",
}
_LONG: Final = "ー"


def hiragana(text: str) -> str:
    """Katakana of either width as hiragana, the rest as it is. For searching and sorting, never for storing."""
    full = unicodedata.normalize("NFKC", text)
    return "".join(chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char for char in full)


def collation_key(reading: str) -> tuple[str, str, str]:
    """The sort key of a reading: sound first, then 濁点 and 半濁点, then small kana and 長音.

    ー sounds as the vowel before it; spaces and middle dots do not count.
    """
    kana = hiragana(reading).replace(" ", "").replace("・", "")
    large = _lengthened(kana.translate(_SMALL))
    plain = "".join(char for char in unicodedata.normalize("NFD", large) if not unicodedata.combining(char))
    return plain, large, kana


def _lengthened(kana: str) -> str:
    out: list[str] = []
    for char in kana:
        out.append(_vowel_of(out[-1]) if char == _LONG and out else char)
    return "".join(out)


def _vowel_of(char: str) -> str:
    return next((vowel for vowel, row in _VOWELS.items() if char in row), char)
