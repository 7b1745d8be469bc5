"""Recorded traffic: what a client of some release said and was told, replayed against today's server.

A recording is data only, so that it needs no code of its time: steps the server takes by itself (`server`) and
exchanges over the wire (`ask`, `answer`). `${name}` in an answer catches whatever stands there, in a later request it
is put in again: tokens, and what is opaque to a client. A recorded answer holds when everything in it is in today's
answer; today's may say more, columns of a frame's rows too.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import update

from sync.protocol.ops import read_op
from sync.server.edits import create_partition, server_edit
from sync.server.identity.demo_issuer import LINK, DemoIssuer
from sync.server.storage.identity import link_user
from sync.server.storage.store import Storage
from sync.server.storage.tables import partition
from tests.kit.clock import HeldClock
from tests.sync.server.demo_flow import redeemed
from tests.sync.server.wire import Reply, call

FOLDER = Path(__file__).parent / "traffic"
START = datetime.fromisoformat("2026-11-19T23:31:00+00:00")
_HOLE = re.compile(r"\$\{([a-z0-9_]+)\}")


@dataclass(slots=True)
class Stage:
    """A fresh server a recording is played on, and what the holes have caught so far."""

    storage: Storage
    clock: HeldClock
    url: str
    issuer: DemoIssuer
    caught: dict[str, Any] = field(default_factory=dict)

    def server(self, what: dict[str, Any]) -> None:
        """A step the server takes by itself."""
        for name, value in what.items():
            _STEPS[name](self, value)

    def ask(self, asked: dict[str, Any]) -> Reply:
        """One exchange; `body` is JSON, sent as the recording says it was encoded."""
        filled = self.fill(asked)
        body = None if filled.get("body") is None else orjson.dumps(filled["body"])
        return call(self.url, filled["method"], filled["path"], filled["headers"], body)

    def fill(self, value: Any) -> Any:
        """The value with what was caught put into its holes."""
        if isinstance(value, str):
            whole = _HOLE.fullmatch(value)
            return self.caught[whole[1]] if whole else _HOLE.sub(lambda hole: str(self.caught[hole[1]]), value)
        if isinstance(value, dict):
            return {name: self.fill(inner) for name, inner in value.items()}
        return [self.fill(inner) for inner in value] if isinstance(value, list) else value

    def differences(self, recorded: Any, given: Any, where: str = "") -> list[str]:
        """What of a recorded answer does not hold today; catches what stands in its holes."""
        if isinstance(recorded, str) and (hole := _HOLE.fullmatch(recorded)):
            known = self.caught.setdefault(hole[1], given)
            return [] if known == given else [f"{where}: {given!r} is not the {hole[1]} of before"]
        if isinstance(recorded, dict) and isinstance(given, dict):
            recorded, given = _by_name(recorded), _by_name(given)
            gone = [f"{where}.{name}: no longer told" for name in recorded if name not in given]
            both = [name for name in recorded if name in given]
            return gone + [w for name in both for w in self.differences(recorded[name], given[name], f"{where}.{name}")]
        if isinstance(recorded, list) and isinstance(given, list) and len(recorded) == len(given):
            pairs = enumerate(zip(recorded, given, strict=True))
            return [wrong for i, (a, b) in pairs for wrong in self.differences(a, b, f"{where}[{i}]")]
        return [] if recorded == given else [f"{where}: {recorded!r} was told, today {given!r}"]


def _by_name(told: dict[str, Any]) -> dict[str, Any]:
    """A frame as a client reads it, by the names of its columns; anything else as it is."""
    if not told.keys() >= {"columns", "rows"}:
        return told
    columns: list[str] = told["columns"]
    rows = [dict(zip(columns, row, strict=True)) for row in told["rows"]]
    return {name: value for name, value in told.items() if name != "columns"} | {"rows": rows}


def _partitions(stage: Stage, made: list[dict[str, Any]]) -> None:
    for one in made:
        above = (one.get("board"), one.get("pref"))
        create_partition(stage.storage, one["id"], one["name"], one["epoch"], above)


def _edit(stage: Stage, edit: dict[str, Any]) -> None:
    ops = [read_op(op) for op in edit["ops"]]
    outcome = server_edit(stage.storage, edit["partition"], [ops], stage.clock.now)[0]
    assert outcome.outcome == "applied", outcome


def _pass(stage: Stage, span: dict[str, float]) -> None:
    stage.clock.pass_(**span)


def _tomb_floor(stage: Stage, given: dict[str, Any]) -> None:
    with stage.storage.database.writing() as connection:
        connection.execute(
            update(partition).where(partition.c.school == given["partition"]).values(tomb_floor=given["seq"])
        )


def _signs_in(stage: Stage, who: dict[str, str]) -> None:
    """The browser's part: leaves an ID token in the hole `id_token`."""
    with stage.storage.database.writing() as connection:
        link_user(stage.storage.database, connection, LINK, who["user"], who["user"])
    stage.caught["id_token"] = redeemed(stage.issuer, who["user"], who["nonce"])


_STEPS: dict[str, Callable[[Stage, Any], None]] = {
    "partitions": _partitions,
    "edit": _edit,
    "pass": _pass,
    "tomb_floor": _tomb_floor,
    "signs_in": _signs_in,
}
