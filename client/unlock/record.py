"""Who works on this PC."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """A store on this PC, as the list of teachers shows it. subject: the identity provider's id of its user."""

    device: str
    user: str
    school: str
    subject: str
    name: str = ""
    school_name: str = ""
