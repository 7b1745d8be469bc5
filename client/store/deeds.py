"""What a teacher does besides typing: settling conflicts, sending refused values again, letting them go."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from client.store import attachments
from client.store.facts import Saved
from client.store.outbox import Act, save
from client.store.overlay import visible
from client.store.purge import dealt_with
from client.store.undo import remember
from client.store.writing import OUTBOX, Writing, ops_of
from sync.engine.conflict import Settle, read_conflict, settled_alone, settling
from sync.engine.edit import Edit, InvalidEdit, Put, Remove
from sync.engine.rebase import Op
from sync.records.ids import IdMaker

_SETTLE_KIND: Final = "conflict.settle"
_SETTLE_SCREEN: Final = "conflict"
_RESEND_KIND: Final = "outbox.resend"


def edit(writing: Writing, act: Act, edits: Sequence[Edit], ids: IdMaker) -> Saved:
    """Save a group and put it on its screen's undo stack; files it refers to will follow. Raises InvalidEdit."""
    attachments.refer(writing, edits, act.at)
    saved = save(writing, act, edits, ids)
    if saved.q is not None and act.screen is not None:
        remember(writing, act.screen, saved.q)
    return saved


def settle(writing: Writing, at: datetime, choices: Iterable[Settle], ids: IdMaker) -> Saved:
    """Settle conflicts as one group. Raises InvalidEdit when one is not open any more."""
    edits = [_settling(writing, choice) for choice in choices]
    return edit(writing, Act(_SETTLE_KIND, at, None if settled_alone(edits) else _SETTLE_SCREEN), edits, ids)


def _settling(writing: Writing, choice: Settle) -> Edit:
    found = visible(writing, "conflict", choice.conflict)
    if found is None or found.fields.get("state") != "open":
        raise InvalidEdit(rule="conflict", type="conflict", fields=("state",))
    target = visible(writing, found.fields["target_type"], found.fields["target"])
    seen = 0 if target is None else target.base(found.fields["unit"])
    return settling(read_conflict(choice.conflict, found.fields, seen), choice)


def resend(writing: Writing, at: datetime, q: int, ids: IdMaker) -> Saved:
    """Save the values of a refused group again, on what is visible now. Raises InvalidEdit."""
    rows = writing.run("SELECT item FROM not_accepted WHERE q = ? AND NOT dealt_with", q)
    if not rows:
        raise InvalidEdit(rule="gone", type="", fields=())
    saved = edit(writing, Act(_RESEND_KIND, at, None), [_again(op) for op in ops_of(rows[0][0])], ids)
    withdraw(writing, q)
    return saved


def withdraw(writing: Writing, q: int) -> None:
    """Let a refused group go."""
    writing.run("UPDATE not_accepted SET dealt_with = 1 WHERE q = ?", q)
    dealt_with(writing, q)
    writing.change([OUTBOX])


def _again(op: Op) -> Edit:
    resolves = tuple(op.get("resolves", ()))
    if op["do"] == "delete":
        return Remove(op["type"], op["id"], resolves=resolves)
    return Put(op["type"], op["set"], id=op["id"], resolves=resolves)
