"""The sealed journal beside each store of a day, read by the school as it grows, and what it has to hold."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from client.store.facts import Saved
from client.vault import quarantine
from client.vault.segments import content, segments
from client.vault.stream import stream_of
from client.workspace import Workspace
from sync.protocol.journal import Entry, Head, Kind, Signed, body_of, entries
from sync.protocol.outbox_key import signed_by
from sync.server.leases.outbox_keys import OutboxKeys
from tests.simulator.oracle import hold

Told = dict[tuple[str, int], dict[str, Any]]
"""What a journal says last of each group, by device and number, as it is pushed."""


@dataclass(slots=True)
class Shelf:
    """The journal of one device, read further whenever it has grown. known: {file: its bytes that were understood}.

    newest: as in `Told`; every record must be signed with the key of this device's stream. seen: what waited when it
    was looked at last, and what of it had no copy.
    """

    known: dict[int, bytes] = field(default_factory=dict[int, bytes])
    newest: Told = field(default_factory=Told)
    seen: tuple[str, Mapping[int, Any], frozenset[int]] = ("", {}, frozenset())

    def read(self, folder: Path, signed: Signed, keys: OutboxKeys) -> None:
        """Read what is new."""
        for path in segments(folder):
            data, file = content(path), path.stat().st_ino
            known = self.known.get(file, b"")
            start = len(known) if data.startswith(known) else 0  # a try that failed is written over by the next
            found = list(entries(data[start:], signed))
            self.known[file] = data[: start + (found[-1].end if found else 0)]
            take(self.newest, found, keys)

    def holds(self, workspace: Workspace, waiting: Mapping[int, Any], dek: bytes, keys: OutboxKeys) -> None:
        """I5: every group that waits lies in the journal exactly as it will be sent, or it is told that it does not."""
        device = workspace.enrolment.device
        missing = workspace.copies._copyist.missing
        if self.seen == (device, waiting, missing):
            return
        self.seen = device, waiting, missing
        self.read(workspace._opened.path.parent, _signed(dek, device), keys)
        for q, item in waiting.items():
            if q not in missing:
                told = self.newest.get((device, q))
                right = told == item or q <= _lost_until(workspace)
                hold("I5", right, lambda q=q, told=told: f"group {q} of {device} lies in the journal as {told}")
        hold("I5", missing <= waiting.keys(), lambda: f"groups {missing - waiting.keys()} do not wait")
        if missing:
            said = workspace.status().uncopied
            hold("I5", said == len(missing), f"{len(missing)} groups have no copy, it says {said}")


def uncopied(workspace: Workspace, saved: Saved) -> None:
    """I5: whoever saves is told whether the copy is missing."""
    missing = saved.q in workspace.copies._copyist.missing
    hold("I5", saved.uncopied == missing, f"of group {saved.q} it says {saved.uncopied}")


def _lost_until(workspace: Workspace) -> int:
    """The last group whose newest words a store may have lost; those with an outcome of the school's are never sent."""
    sql = "SELECT max(CAST(value AS INTEGER)) FROM meta WHERE key IN ('recovering', 'forgotten')"
    ((until,),) = workspace.rows(sql)
    return until or 0


@cache
def _signed(dek: bytes, device: str) -> Signed:
    return signed_by(stream_of(dek, UUID(device)).key)


def take(newest: Told, found: Iterable[Entry], keys: OutboxKeys, *, emptied: bool = True) -> None:
    """Understand records in their order, with the school's keys. emptied: those count that say nothing any more."""
    for entry in found:
        if entry.head.kind is Kind.START:
            continue
        plain = keys.opened(entry.head.kid, entry.info, entry.sealed)
        hold("I5", plain is not None, f"record {entry.head.jseq} cannot be read")
        assert plain is not None
        body = json.loads(body_of(plain))
        device, _ = body.pop("did"), body.pop("uid")
        void = body["group"]["kind"] == "void"
        right = entry.head.q == body["q"] and ("gone" in body or (entry.head.kind is Kind.VOID) == void)
        hold("I5", right, f"{entry.head} is of {body}")
        if "gone" in body and entry.head.kind is not Kind.VOID and not emptied:
            continue
        before = newest.get((device, body["q"]))
        if before is None or before["rev"] <= body["rev"]:
            newest[device, body["q"]] = body


def offered(workspace: Workspace, keys: OutboxKeys, known: Callable[[UUID], bool], *, own: bool) -> Told:
    """What the journals here tell that the school is going to read. known: streams it knows; own: the store's, too."""
    folder = workspace._opened.path.parent
    paths = [path for each in quarantine.unread(folder) for path in each.segments]
    found: Told = {}
    for path in [*paths, *(segments(folder) if own else ())]:
        here = (each for each in entries(content(path), _any) if known(UUID(bytes=each.head.stream)))
        take(found, here, keys, emptied=False)
    return found


def _any(_head: Head, _digest: bytes, _signature: bytes) -> bool:
    return True
