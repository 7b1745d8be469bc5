"""Who works on this PC."""

from dataclasses import dataclass
from typing import Literal

Why = Literal["", "forked", "lost"]


@dataclass(frozen=True, slots=True)
class Known:
    """A store on this PC, as the list of teachers shows it. subject: the identity provider's id of its user.

    device: empty while the store is gone and no other has been made in its place. former: the device it goes on from,
    where there is one; why: its store was found to be a copy (forked), or was gone (lost).
    """

    device: str
    user: str
    school: str
    subject: str
    name: str = ""
    school_name: str = ""
    former: str = ""
    why: Why = ""
