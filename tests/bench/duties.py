"""Duties a measurement gives out beside those of the sample school."""

from collections.abc import Iterable
from datetime import UTC, datetime

from client.workspace import fresh_id
from sync.protocol.messages import Create
from sync.records.ids import PartitionId
from sync.records.year import school_year
from sync.server.edits import bulk_edit
from sync.server.storage.store import Storage


def give(storage: Storage, school: str, duties: Iterable[tuple[str, str, str, str]]) -> None:
    """Enter duties of this school year: (staff id, role, kind of target, target)."""
    now = datetime.now(UTC)
    year = school_year(now.date())
    creates = [
        Create(
            type="duty",
            id=fresh_id(),
            set={
                "staff": staff,
                "role": role,
                "target_kind": kind,
                "target": target,
                "from": f"{year}-04-01",
                "to": f"{year + 1}-03-31",
            },
        )
        for staff, role, kind, target in duties
    ]
    refused = bulk_edit(storage, PartitionId(school), creates, now)
    assert not refused
