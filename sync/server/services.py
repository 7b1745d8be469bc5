"""What the routes are given: the parts of one running server."""

from dataclasses import dataclass

from sync.server.clock import Clock
from sync.server.identity.demo_issuer import DemoIssuer
from sync.server.leases.lend import Lending
from sync.server.notify import Notifier
from sync.server.settings import Settings
from sync.server.storage.store import Storage


@dataclass(frozen=True, slots=True)
class Services:
    """One server's parts. issuer: the demo's own identity provider; there is no other yet.

    lending: what leases are given with; None where the server was given no keys.
    """

    settings: Settings
    storage: Storage
    clock: Clock
    notifier: Notifier
    issuer: DemoIssuer | None
    lending: Lending | None = None
