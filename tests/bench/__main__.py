"""Runs the measurements and prints them as one table.

`python -m tests.bench [--rounds N] [--only WORD …] [--database postgresql]`
"""

import argparse
import json
import os
import platform
from collections.abc import Callable, Iterator
from typing import Any

from client import cycles
from tests.bench import (
    crowd,
    edits,
    exchange,
    files,
    grid,
    growth_device,
    growth_server,
    loads,
    lock,
    morning,
    schools,
    screens,
    together,
    trouble,
)
from tests.bench.rig import POSTGRESQL, SQLITE
from tests.bench.school import CACHE, ROOT

Measured = Iterator[tuple[str, dict[str, Any]]]
MEASUREMENTS: dict[str, Callable[..., Measured]] = {
    "load36": lambda rounds, database: loads.measure("36600", rounds, database),
    "load156": lambda rounds, database: loads.measure("156600", rounds, database),
    "together": together.measure,
    "exchange": exchange.measure,
    "crowd": crowd.measure,
    "trouble": trouble.measure,
    "edits": edits.measure,
    "files": files.measure,
    "screens": screens.measure,
    "grid": grid.measure,
    "lock": lock.measure,
    "morning": morning.measure,
    "morning-windows": morning.measure_windows,
    "schools": schools.measure,
    "growth-device": growth_device.measure,
    "growth-server": growth_server.measure,
}
LONG = ("morning", "morning-windows", "schools", "growth-device", "growth-server")
"""What takes minutes: only where it is asked for."""
OF_A_CLIENT = ("edits", "screens", "grid", "lock")
"""What no database of the server's changes."""
ON_POSTGRESQL = ("schools",)
"""What is measured there alone."""


def main() -> None:
    """Measure, print, and keep the figures under build/bench, beside those of other measurements."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--rounds", type=int, default=5)
    usual = [name for name in MEASUREMENTS if name not in LONG]
    parser.add_argument("--only", nargs="*", choices=MEASUREMENTS, default=usual)
    parser.add_argument(
        "--database", choices=(SQLITE, POSTGRESQL), default=SQLITE, help="what the server keeps its data in"
    )
    asked = parser.parse_args()
    cycles.settle()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    os.environ["PYTHONPYCACHEPREFIX"] = str(CACHE / "bytecode")
    if asked.database == POSTGRESQL:
        asked.only = [name for name in asked.only if name not in OF_A_CLIENT]
    found: dict[str, dict[str, Any]] = {}
    for name in asked.only:
        for row, values in _begun(name, asked.rounds, asked.database):
            found[row] = values
            print(f"| {row} | {said(values)} |", flush=True)
    folder = ROOT / "build" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    about = {"python": platform.python_version(), "cores": os.cpu_count(), "rounds": asked.rounds}
    name = "results.json" if asked.database == SQLITE else f"results-{asked.database}.json"
    before: dict[str, Any] = json.loads((folder / name).read_text()) if (folder / name).exists() else {"rows": {}}
    rows = before["rows"] | {row: values | about for row, values in found.items()}
    (folder / name).write_text(json.dumps({"rows": rows}, ensure_ascii=False, indent=1))


def _begun(name: str, rounds: int, database: str) -> Measured:
    """One measurement, told of the database where that makes a difference."""
    alone = name in OF_A_CLIENT or name in ON_POSTGRESQL
    return MEASUREMENTS[name](rounds) if alone else MEASUREMENTS[name](rounds, database)


def said(values: dict[str, Any]) -> str:
    """The figures of one row, with their units."""
    return " · ".join(_figure(*name.rpartition("_")[::2], value) for name, value in values.items())


def _figure(word: str, unit: str, value: float) -> str:
    digits = 2 if unit == "ratio" or (isinstance(value, float) and value < 10) else 0
    text = f"{value:,.{digits}f}"
    return f"{text} × floor" if unit == "ratio" else f"{word} {text} {unit}".strip()


if __name__ == "__main__":
    main()
