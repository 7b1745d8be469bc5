"""The registry of record types as data, for tools and for people; clients carry their own."""

from typing import Any

from starlette.routing import Route

from sync.protocol.errors import BadRequest
from sync.records.field import Field
from sync.records.record import RecordType
from sync.records.registry import NUMBER, TYPES
from sync.server.routes.call import Call, endpoint


def routes() -> list[Route]:
    """The routes of this module."""

    def show(call: Call) -> dict[str, Any]:
        if call.path["number"] not in (str(NUMBER), str(NUMBER.major)):
            raise BadRequest(schema=str(NUMBER))
        return {"schema": str(NUMBER), "types": {name: _type(type_) for name, type_ in TYPES.items()}}

    return [Route("/v1/schema/{number}", endpoint(show), methods=["GET"])]


def _type(type_: RecordType) -> dict[str, Any]:
    return {
        "key": type_.key,
        "routes": dict(type_.routes),
        "units": dict(type_.units),
        "fields": {name: _field(field) for name, field in type_.fields.items()},
        "class": type_.data_class.value,
        "writers": sorted(role.value for role in type_.writers),
        "two_editors": type_.two_editors.value,
        "partition": type_.partition.value,
    }


def _field(field: Field) -> dict[str, Any]:
    kind = field.kind
    said = {"kind": kind.name, "choices": kind.choices, "places": kind.places, "of": kind.target}
    return {name: value for name, value in said.items() if value} | ({"required": True} if field.required else {})
