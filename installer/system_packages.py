"""What Debian or Ubuntu must hold before Keyaki can be set up: find what is missing, and install it through apt.

Needs nothing but Python's standard library, of any version a distribution may start with.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

LIST = Path(__file__).resolve().parent / "linux" / "system_packages.txt"
INSTALL = ["apt-get", "install", "-qq", "-y", "--no-install-recommends"]


class Missing(Exception):
    """System packages are missing and cannot be installed from here; the text says what to type."""


def wanted(groups: tuple[str, ...]) -> dict[str, bool]:
    """The packages of these groups, and of each whether the distribution may lack it."""
    packages, group = {}, ""
    for line in LIST.read_text("utf-8").splitlines():
        words = line.split("#")[0].split()
        if words and words[0].startswith("["):
            group = words[0].strip("[]")
        elif words and group in groups and (_is_distributions_python() or "{python}" not in line):
            packages[words[-1].format(python="{}.{}".format(*sys.version_info))] = words[0] == "?"
    return packages


def missing(packages: dict[str, bool]) -> list[str]:
    """Those that are not installed, nor provided by one that is."""
    form = "${db:Status-Status} ${Package} ${Provides}\n"
    listing = subprocess.run(["dpkg-query", "-W", "-f", form], stdout=subprocess.PIPE, check=True)
    present: set[str] = set()
    for line in listing.stdout.decode().splitlines():
        status, *names = line.replace(",", " ").split()
        if status == "installed":
            present.update(names)
    return [name for name in packages if name not in present]


def ensure(groups: tuple[str, ...], unavailable: list[str]) -> list[str]:
    """Install what these groups lack and return what this distribution does not have.

    unavailable: what was returned the last time; it is not asked for again.
    Raises Missing when something is needed and neither root nor sudo is at hand, or apt fails.
    """
    packages = wanted(groups)
    if shutil.which("dpkg-query") is None or shutil.which("apt-get") is None:
        print(f"This is no Debian or Ubuntu. Should a step fail, install what these hold: {' '.join(packages)}")
        return unavailable
    lacking = [name for name in missing(packages) if name not in unavailable]
    if not lacking:
        return unavailable
    root = _as_root()
    if root is None and all(packages[name] for name in lacking):
        print(f"Going on without these, which only root can install: {' '.join(lacking)}")
        return unavailable
    if root is None:
        command = " ".join([*INSTALL, *lacking])
        raise Missing(
            f"System packages are missing, and neither root nor sudo is at hand. Have somebody run:\n"
            f"  apt-get update && {command}"
        )
    print(f"Installing system packages: {' '.join(lacking)}", flush=True)
    subprocess.run([*root, "apt-get", "update", "-qq"], check=False)
    absent = [name for name in lacking if packages[name] and not _known(name)]
    if subprocess.run([*root, *INSTALL, *(name for name in lacking if name not in absent)], check=False).returncode:
        raise Missing("apt-get could not install the system packages; its own words are above.")
    return [*unavailable, *absent]


def _as_root() -> list[str] | None:
    """The words before a command that let it install packages; None when there is no way."""
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive"]
    if os.geteuid() == 0:
        return quiet
    if shutil.which("sudo") is None:
        return None
    may_ask = sys.stdin.isatty() or subprocess.run(["sudo", "-n", "true"], check=False).returncode == 0
    return ["sudo", *quiet] if may_ask else None


def _known(name: str) -> bool:
    """Whether apt could install a package of this name."""
    answer = subprocess.run(["apt-cache", "policy", name], stdout=subprocess.PIPE, check=False).stdout.decode()
    return "Candidate:" in answer and "Candidate: (none)" not in answer


def _is_distributions_python() -> bool:
    """Whether this Python came from the distribution, which cuts it into several packages."""
    return Path(sys.base_prefix) == Path("/usr")
