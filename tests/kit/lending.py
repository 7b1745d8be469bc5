"""A school that lends shares to one device's vault, as its server would, at times a test chooses."""

import random
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from client.vault.floors import Work
from client.vault.keys import Whose
from client.vault.keystore import DeviceSecretStore, MemorySecretStore
from client.vault.vault import Vault
from sync.protocol.lease import LeaseAnswer, LentShare, share_hash
from sync.protocol.messages import read
from sync.protocol.signed import base64url
from sync.server.leases.signing import LeaseKeys, fresh_keys
from tests.kit.ids import CountedIds

CHEAP = Work(32, 1, 4)
"""Stretching that costs nothing: what is tested is not how long a guess takes."""
PIN = "50271864"
NOW = 1_795_132_800
"""A weekday, 9:00 in Japan."""
TODAY = date(2026, 11, 20)
HOUR = 3_600
WHOSE = Whose(UUID("018f3c1a-0000-7000-8000-000000000001"), UUID("018f3c1a-0000-7000-8000-000000000002"))


@dataclass(slots=True)
class Lender:
    """The server's half. shares: what it keeps of every lease it gave."""

    keys: LeaseKeys = field(default_factory=lambda: fresh_keys(TODAY))
    whose: Whose = WHOSE
    shares: dict[UUID, bytes] = field(default_factory=dict[UUID, bytes])
    _chance: random.Random = field(default_factory=lambda: random.Random(5))
    _ids: CountedIds = field(default_factory=CountedIds)

    def answer(self, at: int = NOW, hours: int = 24, held: tuple[UUID, ...] = (), **said: Any) -> LeaseAnswer:
        """A lease from `at` on that holds for so many hours; `said` replaces claims."""
        lease, share = self._ids(), self._chance.randbytes(32)
        until = at + hours * HOUR
        claims = {
            "iss": "http://127.0.0.1",
            "aud": str(self.whose.device),
            "sub": str(self.whose.user),
            "jti": lease,
            "iat": at,
            "nbf": at,
            "exp": until,
            "win": [[at, until]],
            "ver": 1,
            "kind": "desk",
            "school": str(UUID(int=4)),
            "scopes": ["class:2026:3-2"],
            "max_class": "II",
            "purpose": "continuity",
            "n": len(self.shares) + 1,
            "lsh": share_hash(share),
        }
        self.shares[UUID(lease)] = share
        return read(
            LeaseAnswer,
            {
                "lease": self.keys.lease(claims | said),
                "share": base64url(share),
                "keys": self.keys.document("http://127.0.0.1", at),
                "held": [LentShare(lease=str(id_), share=base64url(self.shares[id_])) for id_ in held],
                "server_time": "2026-11-20T00:00:00.000Z",
            },
        )


@dataclass(slots=True)
class KeyPlaces:
    """The key store of one PC, an entry for each name."""

    held: dict[str, MemorySecretStore] = field(default_factory=dict[str, MemorySecretStore])

    def __call__(self, name: str) -> DeviceSecretStore:
        """The place of a name."""
        return self.held.setdefault(name, MemorySecretStore())


def vault(folder: Path, places: KeyPlaces, whose: Whose = WHOSE, seed: int = 1) -> Vault:
    """The vault in a folder, with stretching that costs nothing."""
    return Vault(folder, whose, places, random.Random(seed).randbytes, CHEAP)
