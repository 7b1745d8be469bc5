"""Letters the school changes by itself while devices look elsewhere, as an import would."""

from datetime import UTC, datetime

from sqlalchemy import select

from sync.protocol.messages import Patch
from sync.records.ids import PartitionId
from sync.records.registry import TYPES
from sync.server.edits import bulk_edit
from sync.server.storage.partitions import read
from sync.server.storage.store import Storage
from sync.server.storage.tables import record

UNIT = "value"


def change(storage: Storage, school: str, count: int, class_: str | None = None) -> None:
    """Give so many letters of the school, or of one class of it, another value."""
    type_ = TYPES["viewpoint_grade"]
    wanted = select(record.c.id, record.c.ver, record.c.layout, record.c.data).where(
        record.c.school == school, record.c.type == type_.name, record.c.deleted.is_(False)
    )
    with storage.database.reading() as connection:
        partition = read(connection, school)
        assert partition is not None
        names = storage.names.read(connection, partition)
        found = [(id_, ver, names.unpack(layout, data)) for id_, ver, layout, data in connection.execute(wanted).all()]
    blank = dict.fromkeys(type_.units[UNIT])
    changes = [
        Patch(
            type=type_.name,
            id=id_,
            base={UNIT: ver},
            set=blank | {"value": "B" if fields.get("value") == "C" else "C", "basis": "manual"},
        )
        for id_, ver, fields in sorted(found, key=lambda each: each[0])
        if class_ in (None, fields["@class"])
    ][:count]
    assert len(changes) == count
    refused = bulk_edit(storage, PartitionId(school), changes, datetime.now(UTC))
    assert not refused, refused[0]
