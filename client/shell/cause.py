"""What a lock can have been caused by."""

from enum import Enum


class Cause(Enum):
    """Why the program is locked."""

    KEY = "key"
    IDLE = "idle"
    SESSION = "session"
    SLEEP = "sleep"
    LEASE = "lease"
    CLOCK = "clock"
    GUESSES = "guesses"
    SCHOOL = "school"
