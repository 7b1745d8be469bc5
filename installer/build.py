"""Build what is installed: one folder with both programs, tried before it is packed, and a .deb of it: `make package`.

The folder lies in dist/keyaki and the package beside it; build/ holds what was needed on the way, and a picture of the
first window. What it took and what came out is printed at the end.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import debian
import trial

ROOT = Path(__file__).resolve().parents[1]
WORK, DIST = ROOT / "build" / "package", ROOT / "dist"
FOLDER = DIST / "keyaki"
PICTURE = WORK / "first-window.png"


def main() -> int:
    """Freeze, try, pack, and say what came out; 1 when the result does not work."""
    if sys.platform != "linux":
        print("A package for this system cannot be built yet.", file=sys.stderr)
        return 1
    os.environ.update(_sameness())
    began = time.monotonic()
    freeze()
    frozen = time.monotonic()
    try:
        whole(FOLDER)
        trial.answers(FOLDER)
        first, again = trial.painted(FOLDER, PICTURE), trial.painted(FOLDER, PICTURE)
    except trial.Broken as broken:
        print(f"\n{broken}", file=sys.stderr)
        return 1
    packing = time.monotonic()
    package = debian.make(FOLDER, version("keyaki"), WORK, DIST)
    packed = time.monotonic()
    print(f"\n{FOLDER.relative_to(ROOT)}: {_megabytes(FOLDER):.0f} MB in {frozen - began:.0f} s")
    print(f"{package.relative_to(ROOT)}: {_megabytes(package):.0f} MB in {packed - packing:.0f} s")
    print(f"From start to painted window: {first:.2f} s, again {again:.2f} s; {PICTURE.relative_to(ROOT)}")
    return 0


def freeze() -> None:
    """Make the folder anew. Raises CalledProcessError after PyInstaller has said what is wrong."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    places = ["--workpath", str(WORK / "work"), "--distpath", str(DIST)]
    command = ["-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *places, "installer/keyaki.spec"]
    print("Freezing the client and the server (a minute or two)", flush=True)
    subprocess.run([sys.executable, *command], cwd=ROOT, check=True)


def whole(folder: Path) -> None:
    """Every library finds those it needs, here or in the system. Raises trial.Broken."""
    libraries = [str(path) for path in folder.rglob("*.so*") if path.is_file() and not path.is_symlink()]
    listing = subprocess.run(["ldd", *libraries], capture_output=True, text=True, check=False).stdout
    lacking = sorted({line.split()[0] for line in listing.splitlines() if "not found" in line})
    if lacking:
        raise trial.Broken(f"Libraries are missing: {', '.join(lacking)}")


def _sameness() -> dict[str, str]:
    """What makes two builds of the same commit alike: the time and the order things are written down with."""
    order = {"PYTHONHASHSEED": "1"}
    if shutil.which("git") is None:
        return order
    moment = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return order | ({"SOURCE_DATE_EPOCH": moment.stdout.strip()} if moment.returncode == 0 else {})


def _megabytes(path: Path) -> float:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file() and not file.is_symlink()) / 1_000_000


if __name__ == "__main__":
    sys.exit(main())
