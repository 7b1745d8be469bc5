"""Chunks of snapshots: several at once, one behind the other, whole or in part."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from sync.protocol.chunks import ID_FORM
from sync.protocol.errors import BadRequest, ClientTooOld
from sync.server.reading import CHUNKS_MAX
from sync.server.routes.call import Call, caller, plain_endpoint, school_of
from sync.server.routes.ranges import ranged
from sync.server.routes.sync import PULL_MAJOR_MIN
from sync.server.services import Services
from sync.server.snapshots import give

_PATH: Final = "/v1/schools/{school}/snapshots/{ids}"


@dataclass(frozen=True, slots=True)
class _Bytes:
    """Bytes that are in memory."""

    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)

    def bytes_from(self, first: int, end: int) -> Iterable[bytes]:
        return (self.data[first:end],)


def routes(services: Services) -> list[Route]:
    """The routes of this module."""

    def get(call: Call) -> Response:
        who = caller(services, call)
        if call.schema.major < PULL_MAJOR_MIN:
            raise ClientTooOld
        ids = call.path["ids"].split(",")
        if len(ids) > CHUNKS_MAX or not all(map(ID_FORM.fullmatch, ids)):
            raise BadRequest(reason="path")
        found = give(services.storage, who, school_of(call), ids, services.clock)
        etag = hashlib.sha256(call.path["ids"].encode()).hexdigest()
        return ranged(call, _Bytes(b"".join(found[id_] for id_ in ids)), etag)

    return [Route(_PATH, plain_endpoint(get), methods=["GET"])]
