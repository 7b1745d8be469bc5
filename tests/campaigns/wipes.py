"""A store is erased by order, and killed again and again meanwhile: nothing is left, and the school hears of it."""

import os
import random
import shutil
import signal
from pathlib import Path

from tests.kit.doomed import Doomed, Office, ending_at, erase, go_on, made, order
from tests.kit.forked import life
from tests.kit.lending import Lender
from tests.kit.village import Village

CALLS = 34
"""About how many calls an erasure takes."""


class Doom:
    """One store that is erased many times over."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.lender = folder, Lender()
        village = Village(folder / "village")
        self.doomed = made(folder / "pc", village, self.lender)
        village.close()
        self.kinds = ("lost_wipe", "rescue_wipe")

    def erased(self, seed: int) -> int:
        """Erase it, with up to three kills; how many there were."""
        chance = random.Random(seed)
        root = self.folder / f"{os.getpid()}-{seed}"
        shutil.copytree(self.doomed.root, root)
        one = Doomed(root, self.doomed.device, self.doomed.user, self.doomed.store)
        answer = order(one, self.lender, chance.choice(self.kinds))
        kills = 0
        for turn in range(3):
            number = chance.randrange(CALLS)

            def act(_: object, number: int = number, turn: int = turn) -> None:
                with ending_at(number, lambda: os.kill(os.getpid(), signal.SIGKILL)):
                    erase(one, answer, Office(root)) if turn == 0 else go_on(one, Office(root))

            code, said = life(act)
            assert code in (0, -signal.SIGKILL), said
            kills += code != 0
        office = Office(root)
        go_on(one, office)
        if one.folder.exists() and one.vault().stands:  # killed before it was written down that it is to be erased
            erase(one, answer, office)
        assert (one.files(), one.keys_left()) == (set(), [])
        assert office.heard("erased")
        shutil.rmtree(root)
        return kills
