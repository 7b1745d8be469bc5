"""Ops and numbered groups in the form in which they are hashed, stored and sent."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from sync.protocol.messages import Create, Delete, Op, Patch


def op_wire(op: Create | Patch | Delete) -> dict[str, Any]:
    """One op as it is hashed, stored and sent."""
    return op.model_dump(mode="json")


def read_op(raw: Any) -> Create | Patch | Delete:
    """An op from its stored or received form. Raises pydantic's ValidationError."""
    return _ops().validate_python(raw)


@cache
def _ops() -> TypeAdapter[Create | Patch | Delete]:
    """Built at its first use, as every model here is: a window must not wait for it at start."""
    return TypeAdapter(Op)


def item_wire(q: int, rev: int, at: str, kind: str, ops: list[dict[str, Any]]) -> dict[str, Any]:
    """One pushed item: what the hash, the journal and the push all speak of."""
    return {"q": q, "rev": rev, "group": {"at": at, "kind": kind, "ops": ops}}
