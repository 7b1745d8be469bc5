"""What the page of grades stands on; the program hands it over when it is put together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from client.grades.repository import GradeBook
from client.grades.works import WorkBook
from client.syncing.repository import Histories, Situation
from client.terms import Speech


@dataclass(frozen=True, slots=True)
class Sources:
    """book, works, situation: what is asked of the store. clock: the moment, with its time zone. histories: asks the
    school for what others changed; None where there is no school to ask.
    """

    book: GradeBook
    works: WorkBook
    situation: Situation
    speech: Speech
    clock: Callable[[], datetime]
    histories: Histories | None = None
