"""How well what is typed fits a name: pure. Pupils are found by the rule of sync.records.search alone."""

from collections.abc import Iterable
from typing import Final

from client.find.record import Found, Kind
from sync.records.search import name_key

SHOWN: Final = 12
"""So many lines at most."""
BEGINS, INSIDE, LOOSE = 0, 1, 2


def fit(query: str, words: str) -> int | None:
    """How well all words of a query fit a name: 0 begins, 1 inside, 2 its letters in this order; None does not fit."""
    name = name_key(words)
    fits = [_word_fits(name_key(word), name) for word in query.split()]
    return None if None in fits else max((each for each in fits if each is not None), default=BEGINS)


def _word_fits(word: str, name: str) -> int | None:
    if name.startswith(word):
        return BEGINS
    if word in name:
        return INSIDE
    letters = iter(name)
    return LOOSE if all(char in letters for char in word) else None


def best(query: str, offered: Iterable[Found]) -> list[Found]:
    """Of these, those that fit, the best first; equally good ones by kind, then as they were offered."""
    fitting = [(found, each) for each in offered if (found := fit(query, f"{each.words} {each.hint}")) is not None]
    fitting.sort(key=lambda pair: (pair[0], pair[1].kind))
    return [each for _, each in fitting]


def together(query: str, named: Iterable[Found], pupils: list[Found]) -> list[Found]:
    """The list for a query. Without one: pages and acts. A number or a name in kana or kanji is mostly a pupil's."""
    if not query.strip():
        return [each for each in named if each.kind in (Kind.PAGE, Kind.COURSE, Kind.CLASS)][:SHOWN]
    told = best(query, named)
    if query.strip().isdecimal():
        return [*pupils, *told][:SHOWN]
    sure = [each for each in told if fit(query, each.words) in (BEGINS, INSIDE)]
    rest = [each for each in told if each not in sure]
    room = max(SHOWN - len(sure), SHOWN // 2)
    return [*sure[: SHOWN - min(len(pupils), SHOWN // 2)], *pupils[:room], *rest][:SHOWN]
