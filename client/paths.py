"""Where this program keeps things on this PC, and places that are refused.

A profile holds the settings, the logs and one folder for each store: one user, one school, one PC. Removable and
network drives and roaming folders are refused: what is encrypted here must not be carried away by the place itself.
"""

import hashlib
import hmac
import os
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from sync.errors import SiteError

_FAR: Final = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "davfs", "fuse.sshfs", "ncpfs"})
_LOOSE: Final = frozenset({"vfat", "msdos", "exfat", "iso9660", "udf", "hfsplus"})
_WINDOWS_DRIVES: Final = {2: "removable", 4: "network", 5: "removable"}
_ROAMING: Final = ("APPDATA", "OneDrive", "OneDriveCommercial", "OneDriveConsumer")


class PlaceRefused(SiteError):
    """The folder lies where records of pupils must not lie. Fact `reason`: removable, network or roaming."""

    NUMBER = 6021


@dataclass(frozen=True, slots=True)
class Profile:
    """The folder of one Windows or Linux account, or one named on the command line."""

    root: Path

    @property
    def settings(self) -> Path:
        """The file with what a person set."""
        return self.root / "settings.json"

    @property
    def logs(self) -> Path:
        """The folder of the log files."""
        return self.root / "logs"

    @property
    def stores(self) -> Path:
        """The folder that holds one folder for each store."""
        return self.root / "stores"

    @property
    def erasing(self) -> Path:
        """The folder that holds what is left of stores that are being erased."""
        return self.root / "erasing"

    def store(self, user: str, school: str) -> Path:
        """The folder of one user's store of one school. Its name tells neither (security.md 2.1)."""
        name = hmac.new(self.install_id(), f"{user}‖{school}".encode(), hashlib.sha256).hexdigest()[:16]
        return self.stores / name

    def install_id(self) -> bytes:
        """Sixteen random bytes of this installation, made at the first call. Raises OSError."""
        path = self.root / "install"
        try:
            return path.read_bytes()
        except FileNotFoundError:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh = path.with_suffix(".new")
            fresh.write_bytes(secrets.token_bytes(16))
            fresh.replace(path)
            return path.read_bytes()


def default_root() -> Path:
    """Where the profile lies when nobody says otherwise: never in a roaming folder."""
    if sys.platform == "win32":
        return Path(os.environ["LOCALAPPDATA"]) / "Keyaki"
    named = os.environ.get("XDG_DATA_HOME", "")
    return (Path(named) if Path(named).is_absolute() else Path.home() / ".local" / "share") / "keyaki"


def refuse_unfit(folder: Path) -> None:
    """Raise PlaceRefused when the folder, or the nearest one above it that exists, lies in an unfit place."""
    real = next(path for path in (folder, *folder.parents) if path.exists()).resolve()
    reason = _windows_fault(real) if sys.platform == "win32" else _mount_fault(real, Path("/proc/self/mountinfo"))
    if reason:
        raise PlaceRefused(reason=reason)


def _mount_fault(folder: Path, mounts: Path) -> str:
    """What is wrong with the file system under `folder`, by Linux' list of mounts; empty when nothing is."""
    best, kind = Path("/"), ""
    for line in mounts.read_text("utf-8").splitlines() if mounts.exists() else ():
        fields = line.split(" ")
        point = Path(fields[4].encode().decode("unicode_escape"))
        if folder.is_relative_to(point) and len(point.parts) >= len(best.parts):
            best, kind = point, fields[fields.index("-") + 1]
    return "network" if kind in _FAR else "removable" if kind in _LOOSE else ""


def _windows_fault(folder: Path) -> str:
    """What is wrong with the drive or folder, on Windows; empty when nothing is."""
    import ctypes

    if str(folder).startswith("\\\\"):
        return "network"
    if any(folder.is_relative_to(os.environ[name]) for name in _ROAMING if os.environ.get(name)):
        return "roaming"
    kernel = cast("Any", ctypes).WinDLL("kernel32")
    return _WINDOWS_DRIVES.get(kernel.GetDriveTypeW(folder.anchor), "")
