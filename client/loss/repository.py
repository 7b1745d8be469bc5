"""What the page of devices needs of the store: what people and classes are called."""

from client.loss.record import Office
from client.syncing.repository import Situation


class Devices:
    """The devices of a school, as one store meets them. office: the school's side."""

    def __init__(self, situation: Situation, office: Office) -> None:
        self._situation, self.office = situation, office

    def staff(self) -> dict[str, str]:
        """{staff id: name}. Raises StoreError."""
        return self._situation.staff()

    def classes(self) -> dict[str, str]:
        """{code of a class or group: what it is called}. Raises StoreError."""
        return self._situation.classes()
