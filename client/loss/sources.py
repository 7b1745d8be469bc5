"""What the page of devices stands on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QFileDialog

from client.loss.repository import Devices
from client.shell.tasks import Tasks
from client.terms import Speech


@dataclass(frozen=True, slots=True)
class Sources:
    """What the page stands on. save: (suggested name) -> where a file is to be written, empty for nowhere."""

    devices: Devices
    speech: Speech
    clock: Callable[[], datetime]
    tasks: Tasks
    save: Callable[[str], str] = lambda name: QFileDialog.getSaveFileName(
        None, "", name, "TXT (*.txt);;CSV (*.csv)" if name.endswith(".txt") else "CSV (*.csv)"
    )[0]
