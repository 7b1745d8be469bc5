"""What an author is shown: the groups of the own journals that the school does not have, and what cannot be read."""

from typing import Any

import orjson
from sqlalchemy import Connection

from sync.protocol.messages import Outcome
from sync.protocol.ops import op_wire
from sync.protocol.recovery import SHOWN_MAX
from sync.server.recovery.journals import DeviceJournal, Found, Journals
from sync.server.recovery.restore import highest
from sync.server.storage import devices, history
from sync.server.storage.devices import DeviceState, Result


def listing(connection: Connection, school: str, journals: Journals) -> dict[str, Any]:
    """The answer's wire form, but for its segments."""
    names = history.device_names(connection, journals.devices)
    told: list[dict[str, Any]] = []
    groups: list[dict[str, Any]] = []
    for journal in journals.devices.values():
        state = devices.state(connection, school, journal.device)
        known = devices.results(connection, school, journal.device, (q for q in journal.groups if q <= state.last))
        shown = [_group(journal.device, found, known.get(q)) for q, found in sorted(journal.groups.items())]
        here = [each for each in shown if each is not None]
        groups += here
        sent = sum(q <= state.last for q in journal.groups) - sum(each["q"] <= state.last for each in here)
        told.append(_device(journal, state, sent) | {"name": names.get(journal.device, "")})
    unread = [each.model_dump(exclude_none=True) for each in journals.unread]
    fitting = _fitting(groups)
    more = len(fitting) < len(groups)
    return {"devices": told, "groups": fitting, "unread": unread, "foreign": journals.foreign, "more": more}


def _device(journal: DeviceJournal, state: DeviceState, sent: int) -> dict[str, Any]:
    """How far one device has come, without its name."""
    end = highest(journal, state.last)
    return {
        "device": journal.device,
        "streams": sorted(journal.streams),
        "last": state.last,
        "chain": state.chain,
        "highest": end,
        "sent": sent,
        "void": sum(found.void for q, found in journal.groups.items() if q > state.last),
        "lost": [q for q in range(state.last + 1, end + 1) if q not in journal.groups or journal.groups[q].emptied],
    }


def _group(device: str, found: Found, result: Result | None) -> dict[str, Any] | None:
    """A group as it is shown; None where there is nothing to show. result: what the school has under its number."""
    item, group = found.item, found.item.group
    if found.void or not group.ops:
        return None
    told: dict[str, Any] = {"device": device, "q": item.q, "made": group.at, "kind": group.kind}
    if result is None:
        told["state"] = "unsent"
    elif result.hash != found.hash:
        told["state"] = "other"
    elif result.outcome is Outcome.REJECTED:
        told |= {"state": "refused"} | ({} if result.code is None else {"code": result.code.value})
    else:
        return None
    return told | {"ops": [op_wire(op) for op in group.ops]}


def _fitting(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first of the groups, as many as an answer holds, and one at least."""
    size = 0
    for n, group in enumerate(groups):
        size += len(orjson.dumps(group))
        if n and size > SHOWN_MAX:
            return groups[:n]
    return groups
