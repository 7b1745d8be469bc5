"""Brings what lies only in a journal to the school, and tells the school what of it is to come back."""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Final, Protocol

from client.late_edits.repository import changes
from client.recovery.record import Ended, Found, Id, Line, Place
from client.workspace import Workspace
from sync.protocol.messages import Outcome, Rejection
from sync.protocol.recovery import (
    Decision,
    DecisionAnswer,
    DeviceDecision,
    Recovered,
    RecoveryAnswer,
    RecoveryRequest,
    Told,
    Unread,
)

_WAITING: Final = "SELECT q FROM outbox"
_BACK: Final = (Outcome.APPLIED, Outcome.SAME, Outcome.MERGED)


class School(Protocol):
    """The way to the school, for a thread that may wait. Every call may raise what a call over the network may."""

    def bring(self, segments: Iterable[bytes]) -> None:
        """Bring segments of journals, sealed as they lie on the disk."""
        ...

    def shown(self) -> RecoveryAnswer:
        """What the teacher's journals hold that the school does not have."""
        ...

    def decide(self, request: RecoveryRequest) -> DecisionAnswer:
        """Tell the school what is to become of it."""
        ...


class Recoveries:
    """What one store has to have read. school: the way to it."""

    def __init__(self, workspace: Workspace, school: School) -> None:
        self._workspace, self._school = workspace, school

    def wanted(self) -> bool:
        """Whether anything on this PC has to be read by the school. Raises DiskRefused, StoreError."""
        copies = self._workspace.copies
        return copies.lost_until() is not None or bool(copies.unread())

    def look(self) -> Found:
        """Bring it and see what the school reads in it. A repeat is safe.

        Raises DiskRefused, StoreError, and what a call over the network may.
        """
        copies = self._workspace.copies
        unread, lost = copies.unread(), copies.lost_until()
        self._school.bring(copies.contents(unread, own=lost is not None))
        answer = self._school.shown()
        streams = frozenset(str(each.stream) for each in unread)
        own = self._workspace.enrolment.device
        devices: dict[str, tuple[Told, int | None]] = {}
        for told in answer.devices:
            if told.device == own and lost is not None:
                devices[told.device] = (told, lost)
            elif told.device != own and not streams.isdisjoint(told.streams):
                devices[told.device] = (told, None)
        here = {(own, row.q) for row in self._workspace.rows(_WAITING)}  # comes back by itself
        shown = [
            group
            for group in answer.groups
            if group.device in devices
            and (group.device, group.q) not in here
            and (lost is None or group.device != own or group.q <= lost)
        ]
        return Found(
            lines=self._lines(shown),
            places=tuple(_place(each) for each in answer.unread if each.device in devices),
            sent=sum(told.sent for told, _ in devices.values()),
            lost=sum(len(told.lost) for told, _ in devices.values()),
            foreign=answer.foreign,
            devices=tuple(devices.values()),
            brought=tuple(each.stream for each in unread),
            answer=answer,
        )

    def decide(self, found: Found, back: Collection[Id]) -> Ended:
        """Let these groups come back, and of those that are shown no other; then sending goes on. A repeat is safe.

        Raises DiskRefused, StoreError, and what a call over the network may.
        """
        copies, own = self._workspace.copies, self._workspace.enrolment.device
        wanted = [_decision(told, until, found, back) for told, until in found.devices]
        lost = copies.lost_until()
        if lost is not None and all(each.device != own for each in wanted):
            wanted.append(DeviceDecision(device=own, until=lost))
        answer = self._school.decide(RecoveryRequest(devices=tuple(wanted))) if wanted else DecisionAnswer()
        for each in answer.devices:
            if each.device == own:
                copies.closed(each.last, each.chain)
        if not found.answer.more:
            for stream in found.brought:
                copies.mark_read(stream)
        return _ended(answer.devices, frozenset((group.device, group.q) for group in found.answer.groups))

    def _lines(self, groups: Iterable[Recovered]) -> tuple[Line, ...]:
        """The groups, with what they would change, in the order they were made."""
        ordered = sorted(groups, key=lambda group: (group.made, group.device, group.q))
        told = changes(
            self._workspace,
            {(group.device, group.q): [op.model_dump(mode="json") for op in group.ops] for group in ordered},
        )
        return tuple(
            Line(
                group.device,
                group.q,
                group.made,
                told[group.device, group.q],
                group.state,
                group.code.value if group.code else "",
            )
            for group in ordered
        )


def _place(unread: Unread) -> Place:
    return Place(unread.count, unread.after or "", unread.before or "")


def _decision(told: Told, until: int | None, found: Found, back: Collection[Id]) -> DeviceDecision:
    """What the school is told about one device: what was not shown, because it is still here, comes back, too."""
    shown = {line.id for line in found.open}
    unsent = [
        (group.device, group.q)
        for group in found.answer.groups
        if group.device == told.device and group.state == "unsent" and (until is None or group.q <= until)
    ]
    restore = tuple(id_[1] for id_ in unsent if id_ in back or id_ not in shown)
    decline = tuple(id_[1] for id_ in unsent if id_[1] not in restore)
    return DeviceDecision(device=told.device, restore=restore, decline=decline, until=until)


def _ended(decided: Iterable[Decision], groups: Collection[Id]) -> Ended:
    """How many of these groups ended in which way."""
    counted: Counter[str] = Counter()
    for device, outcome in ((each.device, outcome) for each in decided for outcome in each.outcomes):
        if (device, outcome.q) not in groups:
            continue
        if outcome.outcome in _BACK:
            counted["restored"] += 1
        elif outcome.outcome is Outcome.REJECTED:
            counted["declined" if outcome.code is Rejection.NOT_RESTORED else "refused"] += 1
        else:
            counted[outcome.outcome.value] += 1
    return Ended(
        counted["restored"],
        counted[Outcome.CONFLICT_KEPT.value],
        counted[Outcome.QUARANTINED.value],
        counted["refused"],
        counted["declined"],
    )
