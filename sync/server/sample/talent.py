"""How able a child is: one disposition, bent by subject and viewpoint, so that results hang together."""

from random import Random
from typing import Final

from sync.server.sample.children import Child
from sync.server.sample.evidence import Item, Part
from sync.server.sample.premise import Premise

MEAN: Final = {"know": 0.785, "think": 0.735, "attitude": 0.76}
"""Mean share of points reached, by viewpoint."""
QUIZ_IS_EASIER: Final = 0.06
A_ABOVE: Final = 0.4
C_BELOW: Final = -1.65
DRAW: Final = {"know": 0.75, "think": 0.75, "attitude": 0.5}
"""How far the general disposition shows in a viewpoint."""


class Talents:
    """Skills of one school's children, about normal with mean 0 and deviation 1; each asked once, then remembered."""

    def __init__(self, premise: Premise) -> None:
        self._premise = premise
        self._known = dict[tuple[str, str], dict[str, float]]()

    def skills(self, child: Child, subject: str) -> dict[str, float]:
        """Skill by viewpoint in a subject."""
        key = (child.id, subject)
        if key not in self._known:
            general = self._premise.chance("talent", child.home, child.number).gauss(0.0, 1.0)
            chance = self._premise.chance("talent", child.home, child.number, subject)
            bent = chance.gauss(0.0, 0.5)
            self._known[key] = {view: draw * general + bent + chance.gauss(0.0, 0.35) for view, draw in DRAW.items()}
        return self._known[key]


def points(skill: float, item: Item, part: Part, hardness: float, chance: Random) -> int:
    """A result in a part, scaled by 100: a multiple of the item's step, or a letter's points."""
    if part.letters:
        shown = skill + chance.gauss(0.0, 0.55) - 0.3 * hardness
        return 3_00 if shown > A_ABOVE else 1_00 if shown < C_BELOW else 2_00
    share = MEAN[part.viewpoint] + QUIZ_IS_EASIER * (item.kind == "quiz") - 0.06 * hardness
    share += 0.115 * skill + chance.gauss(0.0, 0.06)
    steps = part.max // (item.step * 100)
    return max(1, min(steps, round(share * steps))) * item.step * 100
