"""Pin every dependency of every platform with its hashes: `make lock`.

requirements.lock holds all of it; requirements-server.lock is the part of it that a server needs, so that its image
holds no Qt. Neither names a host: where packages come from is the business of whoever installs them.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = {
    "requirements.lock": ["--all-extras"],
    "requirements-server.lock": ["--extra", "server", "--constraint", "requirements.lock"],
}


def main(arguments: list[str]) -> int:
    """Write both files; versions already pinned stay unless --upgrade or --upgrade-package NAME is given."""
    for name, choice in LOCKS.items():
        upgrade = arguments if name == "requirements.lock" else []
        command = ["uv", "pip", "compile", "pyproject.toml", "--quiet", "--universal", "--generate-hashes", *choice]
        options = ["--custom-compile-command", "make lock", "--output-file", name, *upgrade]
        subprocess.run([sys.executable, "-m", *command, *options], cwd=ROOT, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
