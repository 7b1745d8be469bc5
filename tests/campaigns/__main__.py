"""`make crash` and `make fuzz`: every part as often as its row of the test plan says, or as asked for.

make crash ARGS="--only power kills --runs 20 --seed 100"   these parts, seeds 100 to 119
make crash ARGS="--minutes 30 --record crash.csv"           all parts in turn, until the time is over
make fuzz ARGS="--runs 20000"                               so many examples of each property
"""

import argparse
import faulthandler
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.campaigns import crash, fuzz, noise, record
from tests.campaigns.part import Part, Place
from tests.simulator.play import memory

HUNG_S = 1_800
"""A run that takes so long hangs; it is ended, with every thread's place."""
TURN_S = 60
"""So long a part is played before it is the next one's turn, where a time was given."""
BROKEN_MOST = 5
"""After so many broken seeds a part is not played on."""


@dataclass(slots=True)
class Played:
    """How far a part has come."""

    part: Part
    first: int
    left: int
    next: int = 0
    tried: int = 0
    noticed: int = 0
    seconds: float = 0.0
    failed: list[int] = field(default_factory=list[int])

    @property
    def over(self) -> bool:
        """Whether nothing is left to be played."""
        return self.left <= 0 or len(self.failed) >= BROKEN_MOST

    def run(self, place: Place, command: str) -> None:
        """Play the next seed."""
        seed, began = self.first + self.next, time.monotonic()
        self.next += 1
        self.left -= 1
        faulthandler.dump_traceback_later(HUNG_S, exit=True)
        try:
            tally = self.part.play(place, seed)
            self.tried += tally.tried
            self.noticed += tally.noticed
        except Exception:  # noqa: BLE001  whatever it was, it is told, and the next seed is played
            self.failed.append(seed)
            traceback.print_exc()
            name = self.part.name
            print(f'{name}: seed {seed} is broken. Again: make {command} ARGS="--only {name} --seed {seed} --runs 1"')
        finally:
            faulthandler.cancel_dump_traceback_later()
        self.seconds += time.monotonic() - began

    def told(self) -> str:
        """One line."""
        found = f", {self.noticed} noticed" if self.noticed else ""
        seeds = f"seeds {self.first}-{self.first + self.next - 1}"
        whole = f"{self.tried} {self.part.unit}{found}, {len(self.failed)} failed, {self.seconds:.0f} s"
        return f"{self.part.promise} {self.part.name}: {seeds}: {whole}"

    def line(self) -> record.Line:
        """The same for the record."""
        last, failed = self.first + self.next - 1, " ".join(map(str, self.failed))
        part = self.part
        counted = (self.tried, part.unit, self.noticed, failed, round(self.seconds))
        return record.Line(part.name, part.promise, self.first, last, *counted, record.code())


def main(words: list[str]) -> int:
    """Play what was asked for; 0 when nothing was broken."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    asked = _asked(words)
    record.code()  # as it is now: another may be checked out while this runs
    parts = [part for part in _parts(asked) if not asked.only or part.name in asked.only]
    able = [part for part in parts if part.may()]
    for part in parts:
        if part not in able:
            print(f"{part.promise} {part.name}: cannot be played on this machine: not proven", flush=True)
    playing = [Played(part, asked.seed, asked.runs or part.runs) for part in able]
    with tempfile.TemporaryDirectory(dir=memory(), prefix="keyaki-campaign-") as folder, noise.expected():
        place, untold = Place(Path(folder)), list(playing)
        try:
            for played in _in_turn(playing, asked.minutes):
                played.run(place, asked.campaign)
                if played.over:
                    untold.remove(played)
                    _tell(played, asked.record)
        finally:  # also of a campaign that somebody ends
            for played in untold:
                _tell(played, asked.record)
    return 1 if any(played.failed for played in playing) else 0


def _asked(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.campaigns")
    parser.add_argument("campaign", choices=("crash", "fuzz"))
    parser.add_argument("--only", nargs="*", default=[], metavar="PART", help="these parts alone")
    parser.add_argument("--seed", type=int, default=0, help="the first one")
    parser.add_argument("--runs", type=int, help="so many seeds of each part; of fuzz, examples of each property")
    parser.add_argument("--minutes", type=float, help="all parts in turn until so much time is over")
    parser.add_argument("--record", type=Path, help="a table of what was played, to which this run adds")
    return parser.parse_args(words)


def _parts(asked: argparse.Namespace) -> Sequence[Part]:
    if asked.campaign == "crash":
        return crash.PARTS
    examples = asked.runs or fuzz.EXAMPLES
    asked.runs = None
    return fuzz.parts(examples)


def _in_turn(playing: list[Played], minutes: float | None) -> Iterator[Played]:
    """Whose turn it is, run by run: one part after the other, or round and round until the time is over."""
    if minutes is None:
        for played in playing:
            while not played.over:
                yield played
        return
    end = time.monotonic() + minutes * 60
    for played in playing:
        played.left = sys.maxsize
    while time.monotonic() < end and any(not played.over for played in playing):
        for played in playing:
            turn = min(end, time.monotonic() + TURN_S)
            while not played.over and time.monotonic() < turn:
                yield played


def _tell(played: Played, path: Path | None) -> None:
    if not played.next:
        return
    print(played.told(), flush=True)
    if path is not None:
        record.add(path, played.line())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
