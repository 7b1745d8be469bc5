"""What the page of this PC asks of the store, and how a class is put away from it and comes back."""

from collections.abc import Callable
from contextlib import suppress

from client.held.record import HeldClass, Holding
from client.held.rules import put_together
from client.syncing.repository import Situation
from client.workspace import Workspace
from sync.errors import KeyakiError


class Held:
    """One store. round_: one whole round of sync; may wait, and raise what a round may raise."""

    def __init__(self, workspace: Workspace, round_: Callable[[], object]) -> None:
        self._workspace, self._round = workspace, round_

    def look(self) -> Holding:
        """All that lies here. Raises StoreError."""
        workspace, holdings = self._workspace, self._workspace.holdings
        counts, status = holdings.counts(), workspace.status()
        labels = Situation(workspace).classes()
        classes = put_together(workspace.scopes(), holdings.away(), counts, labels)
        return Holding(classes, holdings.size, sum(counts.values()), status.waiting, status.last_success)

    def clear(self, held: HeldClass) -> HeldClass:
        """Send everything, put a class away, and leave no byte of it; may wait. The class.

        Without a network it is put away where nothing waits. Raises StillWaiting where something does, and StoreError:
        nothing is away then.
        """
        with suppress(KeyakiError):
            self._round()
        self._workspace.holdings.put_away(held.scopes)
        with suppress(KeyakiError):  # what is left in the gaps of the file goes first, with or without a network
            self._round()
        return held

    def bring_back(self, held: HeldClass) -> HeldClass:
        """Have a class loaded again, by the next round that reaches the school; may wait. Raises StoreError."""
        self._workspace.holdings.bring_back(held.scopes)
        with suppress(KeyakiError):
            self._round()
        return held
