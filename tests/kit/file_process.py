"""One round of a store that is there already, as a process of its own that can be killed.

python -m tests.kit.file_process FOLDER SERVER
"""

import sys
from pathlib import Path

from client.workspace import FileSecretStore, Workspace
from sync.engine.http import HttpBackend
from sync.engine.request import Caller
from sync.engine.transport import Transport


def main(folder: Path, server: str) -> None:
    """Sync once."""
    with Workspace.open(folder / "store", secrets=FileSecretStore(folder / "secret")) as workspace:
        transport = Transport()
        workspace.sync(HttpBackend(server, Caller(workspace.enrolment.device, "0.1.0"), workspace, transport))
        transport.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
