"""The test of the test: the product is broken on purpose, one promise at a time, and the simulated days must see it.

    python -m tests.simulator.mutants [--days N] [name or promise …]

Each mutant is a copy of the product with one place changed, or one guard and the other behind it. The days that were
kept and then others are played until a promise breaks; one that survives them all means that the promise is not really
watched.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.simulator.breakages import MUTANTS, Mutant

ROOT = Path(__file__).parents[2]
DAYS = 120
SEEN = re.compile(r"^day (\S+): (?:Broken )?(\S+)(.*)", re.MULTILINE)


def main() -> int:
    """Try the mutants named, or all; 0 when every one was seen."""
    words = argparse.ArgumentParser(prog="tests.simulator.mutants")
    words.add_argument("names", nargs="*")
    words.add_argument("--days", type=int, default=DAYS)
    said = words.parse_args()
    asked: list[str] = said.names
    survived = 0
    for mutant in MUTANTS:
        if asked and not any(name in mutant.name or name == mutant.breaks for name in asked):
            continue
        began = time.monotonic()
        seen = _seen(mutant, said.days)
        survived += seen is None
        found = "SURVIVED" if seen is None else f"day {seen[0]}: {seen[1]} {seen[2].strip()[:90]}"
        print(f"{mutant.breaks:4} {mutant.name}: {found} ({time.monotonic() - began:.0f} s)", flush=True)
    print(f"{survived} survived")
    return 1 if survived else 0


def _seen(mutant: Mutant, days: int) -> tuple[str, str, str] | None:
    """The first day that saw a mutant, and what broke."""
    with tempfile.TemporaryDirectory(prefix="keyaki-mutant-") as folder:
        root = Path(folder)
        for part in ("client", "sync", "tests", "resources"):
            shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__", "out"))
        for path, text in mutant.broken(root):
            path.write_text(text, "utf-8")
        order = [sys.executable, "-m", "tests.simulator", "--days", str(days)]
        order += ["--processes", "1", "--kept", "--until-broken"]
        said = subprocess.run(order, cwd=root, capture_output=True, text=True, check=False)
    found = SEEN.search(said.stdout)
    if found is None and said.returncode:
        lines = said.stderr.strip().splitlines() or ["nothing said"]
        raise SystemExit(f"{mutant.name}: no day was played: {lines[-1]}")
    return (found[1], found[2], found[3]) if found else None


if __name__ == "__main__":
    sys.exit(main())
