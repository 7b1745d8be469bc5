"""Make a .deb of a built folder: the program under /opt, its commands, its entry in the menu, its icon."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import system_packages

ROOT = Path(__file__).resolve().parents[1]
LINUX = ROOT / "installer" / "linux"
ICONS = ROOT / "resources" / "icons"
COMMANDS = ("keyaki", "keyaki-server")
OF_NETWORK = {"libgssapi-krb5-2"}
"""Only Qt's network part needs it, which is not in the folder."""
GLIBC = "2.35"
"""What the oldest distribution has that the build is meant for."""


def make(folder: Path, version: str, work: Path, target: Path) -> Path:
    """Write `target`/keyaki_VERSION_ARCHITECTURE.deb through a tree in `work`, and return its path."""
    tree = work / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(folder, tree / "opt" / "keyaki", symlinks=True)
    (tree / "usr" / "bin").mkdir(parents=True)
    for name in COMMANDS:
        (tree / "usr" / "bin" / name).symlink_to(f"../../opt/keyaki/{name}")
    share = tree / "usr" / "share"
    _put(LINUX / "keyaki.desktop", share / "applications" / "keyaki.desktop")
    _put(ICONS / "keyaki.svg", share / "icons" / "hicolor" / "scalable" / "apps" / "keyaki.svg")
    _put(ICONS / "keyaki.png", share / "icons" / "hicolor" / "256x256" / "apps" / "keyaki.png")
    _put(LINUX / "copyright", share / "doc" / "keyaki" / "copyright")
    architecture = _architecture()
    _control(tree, version, architecture)
    _permit(tree)
    package = target / f"keyaki_{version}_{architecture}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zzstd", "--build", str(tree), str(package)]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return package


def depends() -> list[str]:
    """The packages with the libraries of a screen, which the folder does not bring."""
    return sorted(set(system_packages.wanted(("qt",))) - OF_NETWORK)


def _control(tree: Path, version: str, architecture: str) -> None:
    files = [path for path in tree.rglob("*") if path.is_file() and not path.is_symlink()]
    text = (LINUX / "control.in").read_text("utf-8")
    said = text.format(
        version=version,
        architecture=architecture,
        kilobytes=sum((path.stat().st_size + 1023) // 1024 for path in files),
        glibc=GLIBC,
        depends=", ".join(depends()),
    )
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN" / "control").write_text(said, "utf-8")


def _architecture() -> str:
    command = ["dpkg", "--print-architecture"]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _permit(tree: Path) -> None:
    """Everybody may read, nobody but root may write, whatever the builder's umask is."""
    programs = [tree / "opt" / "keyaki" / name for name in COMMANDS]
    for path in tree.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path in programs else 0o644)
    tree.chmod(0o755)
