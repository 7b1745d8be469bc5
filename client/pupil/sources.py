"""What the card stands on; the program hands it over when it is put together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from client.pupil.repository import PupilFile
from client.syncing.repository import Histories, Situation
from client.terms import Speech


@dataclass(frozen=True, slots=True)
class Sources:
    """file, situation: what is asked of the store. clock: the moment, with its time zone.

    histories: how the past is read.
    """

    file: PupilFile
    situation: Situation
    speech: Speech
    clock: Callable[[], datetime]
    histories: Histories
