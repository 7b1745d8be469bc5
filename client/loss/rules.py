"""What a report says of an order and of scopes, and what can be ordered about a device next."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from client.loss.record import Progress, Stage, Wanted
from client.syncing.rules import class_of
from sync.protocol.device import DeviceLine, LossReport

_IN_USE: Final = frozenset({"active", "forked"})


def progress(report: LossReport) -> Progress | None:
    """The order that stands, and how far it has come; None where nothing is ordered."""
    found: Progress | None = None
    for event in report.events:
        match event.event:
            case "suspended" | "lost" | "wipe":
                found = Progress(event.event, Stage.ORDERED, event.at)
            case "reinstated":
                found = None
            case "heard" | "ordered" if found is not None:
                found = replace(found, stage=Stage.HEARD, heard=event.at)
            case "claimed" | "wiped" if found is not None:
                stage = Stage.PROVED if event.event == "wiped" else Stage.CLAIMED
                said = replace(found, stage=stage, ended=event.at, certificate=event.certificate)
                found = replace(said, kept=event.kept, brought=event.brought)
            case _:
                continue
    return found


def allowed(line: DeviceLine, order: Progress | None, *, heads: bool) -> frozenset[Wanted]:
    """What whoever reads this may order about a device; the server decides it again. heads: they look after all."""
    standing = None if order is None else order.deed
    if line.here or line.state not in (*_IN_USE, "suspended"):
        return frozenset()
    may: set[Wanted] = {"lost"} if (heads or line.mine) and standing != "lost" else set()
    if heads and standing not in ("wipe", "lost"):
        may.add("wipe")
    if heads:
        may.add("suspend" if line.state in _IN_USE else "reinstate")
    return frozenset(may)


def first_shown(lines: Iterable[DeviceLine], wanted: str | None) -> DeviceLine | None:
    """The device to look at: the one that was, else the first of the reader's that could have been lost, else any."""
    known = list(lines)
    mine = [line for line in known if line.mine and not line.here and line.state in _IN_USE]
    return next((line for line in known if line.id == wanted), next(iter([*mine, *known]), None))


def classes(scopes: Iterable[str]) -> dict[tuple[str, ...], list[str]]:
    """{kinds: codes of classes}, `("grades", "roster")` to `2026:3-2`: classes of which the same lay there are one."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for scope in scopes:
        code = class_of(scope)
        if code is not None:
            kinds[code].add(scope.partition(":")[0])
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for code, held in sorted(kinds.items()):
        found[tuple(sorted(held))].append(code)
    return dict(found)


def others(scopes: Iterable[str]) -> tuple[str, ...]:
    """Kinds of what lay there besides what belongs to classes."""
    return tuple(sorted({scope.partition(":")[0] for scope in scopes if class_of(scope) is None}))


def text_bytes(rows: Iterable[tuple[str, str]]) -> bytes:
    """A report to be printed: each fact under its name, in a file every editor of Windows opens."""
    said = "\n\n".join("\n".join([name, *(f"  {line}" for line in fact.split("\n"))]) for name, fact in rows)
    return f"{said}\n".replace("\n", "\r\n").encode("utf-8-sig")
