"""What the page of take-outs stands on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QFileDialog

from client.shell.tasks import Tasks
from client.syncing.repository import Situation
from client.takeout.record import LeaseTaker
from client.takeout.repository import Takeouts
from client.terms import Speech
from sync.records.ids import IdMaker


@dataclass(frozen=True, slots=True)
class Sources:
    """What the page stands on. leases: puts leases into the vault of the store; None where it has no vault.

    save: (suggested name) -> where a file is to be written, empty for nowhere.
    """

    takeouts: Takeouts
    situation: Situation
    speech: Speech
    clock: Callable[[], datetime]
    ids: IdMaker
    tasks: Tasks
    leases: Callable[[], LeaseTaker | None]
    save: Callable[[str], str] = lambda name: QFileDialog.getSaveFileName(None, "", name, "CSV (*.csv)")[0]
