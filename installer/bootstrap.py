"""Set up a working copy and run one of its commands: what the Makefile calls, and Windows with `py` before it.

A bare Debian or Ubuntu with Python 3.11 or later is enough: system libraries and fonts come from apt, Python packages
from requirements.lock with their hashes, into .venv. What is there already is left alone, so that the second time takes
a moment.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import system_packages
import translate

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
STAMP = VENV / "keyaki-setup.json"
LOCK = ROOT / "requirements.lock"
EDITABLE = ["--no-build-isolation", "--no-deps", "--no-index", "--config-settings", "editable_mode=compat"]
SUPPORTED = [(3, minor) for minor in (14, 13, 12, 11)]

# What a command needs of the system, and the Python command lines it runs one after the other.
SEEING = ("python", "qt", "fonts", "screen")
COMMANDS: dict[str, tuple[tuple[str, ...], list[list[str]]]] = {
    "setup": (SEEING, []),
    "run": (SEEING, [["-m", "client", "--demo"]]),
    "test": ((*SEEING, "tests"), [["-m", "pytest", "-n", "2", "--dist", "worksteal"]]),
    "check": (
        (*SEEING, "tests"),
        [
            ["-m", "ruff", "format", "--check", "."],
            ["-m", "ruff", "check", "."],
            ["-m", "pyright"],
            ["-m", "tests.house.inner_loop"],
            ["-m", "tests.house.measures"],
        ],
    ),
    "tour": (SEEING, [["-m", "tests.tour"]]),
    "bench": ((*SEEING, "tests"), [["-m", "tests.bench"]]),
    "simulate": ((*SEEING, "tests"), [["-m", "tests.simulator"]]),
    "crash": ((*SEEING, "tests"), [["-m", "tests.campaigns", "crash"]]),
    "fuzz": ((*SEEING, "tests"), [["-m", "tests.campaigns", "fuzz"]]),
    "translate": (SEEING, [["installer/translate.py"]]),
    "package": ((*SEEING, "package"), [["installer/build.py"]]),
    "lock": (("python",), [["installer/lock.py"]]),
}


def main(arguments: list[str]) -> int:
    """Set up, run the command, and pass its exit code on."""
    command, *rest = arguments or ["setup"]
    if command not in COMMANDS:
        print(f"Commands: {', '.join(COMMANDS)}", file=sys.stderr)
        return 2
    if sys.version_info[:2] < SUPPORTED[-1]:
        return _run_with_newer_python(arguments)
    groups, lines = COMMANDS[command]
    try:
        set_up(groups)
        for words in lines:
            subprocess.run([PYTHON, *words, *rest], cwd=ROOT, check=True)
    except system_packages.Missing as missing:
        print(f"\n{missing}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as failed:
        # A shell's way to say that a signal ended it, which Python counts below zero.
        return failed.returncode if failed.returncode >= 0 else 128 - failed.returncode
    except KeyboardInterrupt:
        return 130
    return 0


def set_up(groups: tuple[str, ...]) -> None:
    """Bring system packages, .venv and the compiled translations up to date.

    Raises system_packages.Missing, and CalledProcessError after a tool has said what is wrong.
    """
    done = json.loads(STAMP.read_text("utf-8")) if STAMP.exists() else {}
    if sys.platform == "linux":
        done["unavailable"] = system_packages.ensure(groups, done.get("unavailable", []))
    python = _python_of_venv()
    if not python or done.get("python", python) != python:
        _say(f"Making .venv with Python {sys.version.split()[0]}")
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
        done = {"unavailable": done.get("unavailable", [])}
    done["python"] = _python_of_venv()
    lock, project = _digest(LOCK), _digest(ROOT / "pyproject.toml")
    if done.get("lock") != lock:
        _say("Installing the Python packages of requirements.lock (about 400 MB to fetch the first time)")
        _install_locked()
        done["lock"] = lock
    if done.get("project") != project:
        _say("Installing Keyaki from this folder")
        _pip("install", *EDITABLE, "--editable", str(ROOT))
        done["project"] = project
    _remember(done)
    if translate.stale():
        subprocess.run([PYTHON, ROOT / "installer" / "translate.py", "--compile"], check=True)


def _install_locked() -> None:
    """Make .venv hold what the lock says, and nothing else, compiled to byte code."""
    _pip("install", "--require-hashes", "--requirement", str(LOCK))
    locked = {_normal(line.split("==")[0]) for line in LOCK.read_text("utf-8").splitlines() if "==" in line}
    listing = subprocess.run([PYTHON, "-m", "pip", "list", "--format", "json"], stdout=subprocess.PIPE, check=True)
    strangers = {_normal(package["name"]) for package in json.loads(listing.stdout)} - locked - {"keyaki", "pip"}
    if strangers:
        _pip("uninstall", "-y", *sorted(strangers))
    subprocess.run([PYTHON, "-m", "compileall", "-qq", "-j", "0", VENV / "lib"], check=False)


def _python_of_venv() -> str:
    """The version of a .venv that works and has pip, such as 3.11; else an empty text."""
    if not PYTHON.exists():
        return ""
    code = "import pip, sys; print('{}.{}'.format(*sys.version_info))"
    return subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, check=False).stdout.strip()


def _run_with_newer_python(arguments: list[str]) -> int:
    """Start again with a Python that is new enough, when this machine has one."""
    for major, minor in SUPPORTED:
        newer = shutil.which(f"python{major}.{minor}")
        if newer and subprocess.run([newer, "-c", ""], stderr=subprocess.DEVNULL, check=False).returncode == 0:
            return subprocess.run([newer, __file__, *arguments], check=False).returncode
    print(
        f"Keyaki needs Python 3.11 or later; this is {sys.version.split()[0]}, and no other was found.", file=sys.stderr
    )
    return 1


def _pip(*arguments: str) -> None:
    """Run pip of .venv, quietly but for what goes wrong."""
    subprocess.run([PYTHON, "-m", "pip", "-qq", "--disable-pip-version-check", "--no-input", *arguments], check=True)


def _remember(done: dict[str, object]) -> None:
    """Keep what is set up, so that the next time nothing needs to be done."""
    text = json.dumps(done, indent=1)
    if not STAMP.exists() or STAMP.read_text("utf-8") != text:
        STAMP.write_text(text, "utf-8")


def _digest(path: Path) -> str:
    """A hash of a file's text that does not depend on line ends."""
    return hashlib.sha256(path.read_text("utf-8").encode()).hexdigest()


def _normal(name: str) -> str:
    """The name of a distribution as PEP 503 compares it."""
    return name.strip().lower().replace("_", "-").replace(".", "-")


def _say(sentence: str) -> None:
    """Tell what takes a while, before it starts."""
    print(sentence, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
