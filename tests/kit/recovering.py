"""A real server's half of a recovery, called directly: segments are kept, read and decided about as over the wire."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

import orjson

from client.vault.stream import hand_of, stream_of
from client.workspace import Workspace
from sync.protocol.backend import FilePart
from sync.protocol.messages import read
from sync.protocol.recovery import DecisionAnswer, RecoveryAnswer, RecoveryRequest
from sync.records.registry import NUMBER
from sync.server.caller import Caller
from sync.server.clock import Clock, stamp
from sync.server.leases.outbox_keys import OutboxKeys, fresh_outbox_keys
from sync.server.recovery import segments
from sync.server.recovery.recover import decided, shown
from sync.server.storage.store import Storage
from sync.server.storage.streams import StreamRow, register

TODAY = date(2026, 11, 20)


@dataclass
class CoreSchool:
    """The way to the school for one user's recovery. caller: who asks, from which device."""

    storage: Storage
    caller: Caller
    clock: Clock
    keys: OutboxKeys = field(default_factory=lambda: fresh_outbox_keys(TODAY))

    @classmethod
    def of(cls, storage: Storage, workspace: Workspace, clock: Clock) -> "CoreSchool":
        """For the user of this store."""
        whose = workspace.enrolment
        assert whose.staff is not None
        caller = Caller(whose.user, whose.staff, whose.device, whose.device_name, whose.school, NUMBER)
        return cls(storage, caller, clock)

    def asked_from(self, workspace: Workspace) -> "CoreSchool":
        """The same school, asked from another device of the user."""
        return replace(self, caller=replace(self.caller, device=workspace.enrolment.device))

    def keep(self, workspace: Workspace, dek: bytes) -> None:
        """Have a store keep a journal sealed to the school, which knows whose it is."""
        device = workspace.enrolment.device
        known = stream_of(dek, UUID(device))
        row = StreamRow(known.id, device, self.caller.user, self.caller.school, known.key, stamp(self.clock()))
        with self.storage.database.writing() as connection:
            assert register(self.storage.database, connection, row)
        workspace.copies.keep(lambda id_: hand_of(dek, id_, self.keys.public()))

    def bring(self, parts: Iterable[bytes]) -> None:
        """Bring segments."""
        for data in parts:
            part = FilePart(hashlib.sha256(data).hexdigest(), len(data), 0, data)
            if data:
                assert segments.take(self.storage, self.caller, part, self.clock) == part.size

    def shown(self) -> RecoveryAnswer:
        """What the user's journals hold."""
        return read(RecoveryAnswer, orjson.loads(orjson.dumps(shown(self.storage, self.keys, self.caller))))

    def decide(self, request: RecoveryRequest) -> DecisionAnswer:
        """Carry out a decision."""
        told = decided(self.storage, self.keys, self.caller, request, self.clock)
        return read(DecisionAnswer, orjson.loads(orjson.dumps(told)))
