"""Sentences for remarks: drawn from phrases with choices inside, none of them twice in a class and year."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random
from typing import Final

from sync.server.sample.words import table

CHOICE: Final = re.compile(r"\[([^\]]*)\]")
TRIES: Final = 12


class Phrases:
    """One class's sentences of a year. Phrases used least come first, so that a class reads varied."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._said = set[str]()
        self._used = Counter[str]()

    def sentence(self, part: str, band: str, matches: Sequence[str], slots: Mapping[str, Sequence[str]]) -> str | None:
        """A sentence for a part of a remark, with each `{slot}` filled by one of its words.

        band: L grades 1-2, M 3-4, H 5-6. matches: what a phrase may be about; one whose slot has no words is out.
        None when nothing fits that has not been said.
        """
        fitting = [
            row["text"]
            for row in table("remarks")
            if row["part"] == part
            and band in row["bands"]
            and row["match"] in matches
            and _fillable(row["text"], slots)
        ]
        self._chance.shuffle(fitting)
        for text in sorted(fitting, key=self._used.__getitem__):
            for _ in range(TRIES):
                spoken = self._spoken(text, slots)
                if spoken not in self._said:
                    self._said.add(spoken)
                    self._used[text] += 1
                    return spoken
        return None

    def _spoken(self, text: str, slots: Mapping[str, Sequence[str]]) -> str:
        chosen = CHOICE.sub(lambda found: self._chance.choice(found[1].split("|")), text)
        return chosen.format(**{name: _quoted(self._chance.choice(words)) for name, words in slots.items() if words})


def _quoted(word: str) -> str:
    """A word as it stands between 「 and 」: its own brackets become 『 and 』."""
    return word.replace("「", "『").replace("」", "』")


def _fillable(text: str, slots: Mapping[str, Sequence[str]]) -> bool:
    return all(slots.get(name) for name in re.findall(r"\{(\w+)\}", text))
