"""The words about a device: what is going on with it, what was on it, and the report a board reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject

from client.loss.record import Progress, Stage
from client.loss.rules import classes, others, progress
from client.syncing.rules import when
from client.syncing.words import person, scope_words
from client.terms import Speech
from sync.protocol.device import DeviceEvent, DeviceLine, LossReport

translate = QCoreApplication.translate
_HOUR: Final = 3_600
_DAY: Final = 86_400
SILENT_S: Final = 7 * _DAY
"""A device that was not here for longer is told apart."""


class Counted(QObject):
    """Words with a number: the extractor of translations reads a plural only where an object speaks by `tr`."""

    def days(self, count: int) -> str:
        """Not heard of for days."""
        return self.tr("%n day(s) ago", "", count)

    def hours(self, count: int) -> str:
        """Not heard of for hours."""
        return self.tr("%n hour(s) ago", "", count)

    def minutes(self, count: int) -> str:
        """Not heard of for minutes."""
        return self.tr("%n minute(s) ago", "", count)

    def shares(self, count: int) -> str:
        """Shares of the school's."""
        return self.tr("%n kept; all are destroyed when the PC is blocked or reported lost", "", count)

    def kept(self, count: int) -> str:
        """Files that could not be taken away."""
        return self.tr("%n file(s) could not be deleted", "", count)


_COUNTED = Counted()


@dataclass(frozen=True, slots=True)
class Teller:
    """What the words need: names of staff and classes, the words of record types, and the moment, in people's zone."""

    staff: Mapping[str, str]
    classes: Mapping[str, str]
    speech: Speech
    now: datetime

    def who(self, staff: str) -> str:
        """A member of staff."""
        return person(self.staff, staff)

    def time(self, at: int) -> str:
        """A moment in a few figures."""
        return when(datetime.fromtimestamp(at, UTC).isoformat(), self.now)

    def ago(self, at: int) -> str:
        """How long ago that was."""
        passed = max(0, int(self.now.timestamp()) - at)
        if passed >= _DAY:
            return _COUNTED.days(passed // _DAY)
        if passed >= _HOUR:
            return _COUNTED.hours(passed // _HOUR)
        return _COUNTED.minutes(passed // 60) if passed >= 60 else translate("Devices", "just now")

    def seen(self, line: DeviceLine) -> str:
        """When it was here last, and how long ago that is."""
        if not line.seen:
            return translate("Devices", "never")
        said = translate("Devices", "{time} ({ago})")
        return said.format(time=self.time(line.seen), ago=self.ago(line.seen))

    def state(self, line: DeviceLine) -> str:
        """What a device is, as far as a list can tell."""
        return {
            "pending": translate("Devices", "Not admitted yet"),
            "active": translate("Devices", "In use"),
            "suspended": translate("Devices", "Blocked"),
            "wiping": translate("Devices", "Erasing; no proof yet"),
            "wiped": translate("Devices", "Erased, with proof"),
            "retired": translate("Devices", "No longer in use"),
            "forked": translate("Devices", "A copy of its data was met"),
        }[line.state]

    def order(self, order: Progress | None, line: DeviceLine) -> str:
        """What was ordered, and how far that has come."""
        if order is None:
            return translate("Devices", "None")
        asked = {
            "suspended": translate("Devices", "To block it, {time}."),
            "lost": translate("Devices", "Reported lost, {time}: to erase everything at once."),
            "wipe": translate("Devices", "To send what waits and erase everything, {time}."),
        }.get(order.deed, "")
        return "\n".join([asked.format(time=self.time(order.ordered)), *self._came_of(order, line)])

    def _came_of(self, order: Progress, line: DeviceLine) -> list[str]:
        if order.stage is Stage.ORDERED:
            said = translate("Devices", "Not heard by the PC yet; last contact: {seen}.")
            return [said.format(seen=self.seen(line))]
        lines = [translate("Devices", "Heard by the PC {time}.").format(time=self.time(order.heard))]
        if order.stage is Stage.CLAIMED:
            said = translate("Devices", "It says that everything is erased ({time}), without proof that it is this PC.")
            lines.append(said.format(time=self.time(order.ended)))
        if order.stage is Stage.PROVED:
            said = translate("Devices", "Erased {time}; signed with the key of this PC, certified by the school.")
            lines.append(said.format(time=self.time(order.ended)))
        if order.stage >= Stage.CLAIMED and order.kept:
            lines.append(_COUNTED.kept(order.kept))
        if order.stage >= Stage.CLAIMED and not order.brought:
            lines.append(translate("Devices", "What was saved there and not sent did not reach the school."))
        return lines

    def held(self, report: LossReport) -> str:
        """Of which classes what lay there, one line for those of which it is the same."""
        lines: list[str] = []
        for kinds, codes in classes(report.scopes).items():
            names = translate("Devices", ", ").join(self.classes.get(code, code.partition(":")[2]) for code in codes)
            lines.append(translate("Devices", "{classes}: {kinds}").format(classes=names, kinds=self._kinds(kinds)))
        rest = others(report.scopes)
        if rest:
            lines.append(translate("Devices", "Besides: {kinds}").format(kinds=self._kinds(rest)))
        return "\n".join(lines) or translate("Devices", "Nothing")

    def _kinds(self, kinds: tuple[str, ...]) -> str:
        return translate("Devices", ", ").join(scope_words(kind) for kind in kinds)

    def counts(self, report: LossReport) -> str:
        """How many records of each type lay there at most."""
        listed = sorted((type_ != "pupil", -count, type_) for type_, count in report.counts.items() if count)
        said = (f"{self.speech.terms.type_(type_)} {-count:,}" for _, count, type_ in listed)
        return translate("Devices", ", ").join(said) or "0"

    def protection(self, report: LossReport) -> str:
        """How it was encrypted, and what opens it."""
        if report.protection == "vault":
            return translate(
                "Devices",
                "All of it (AES-256). Only the PIN, the key of the PC and the school's share together open it.",
            )
        return translate("Devices", "All of it (AES-256). The key lies in the key store of the PC; there was no PIN.")

    def shares(self, report: LossReport) -> str:
        """What the school still has of its keys."""
        if report.protection != "vault":
            return translate("Devices", "None: the key lies on the PC alone.")
        if not report.shares:
            return translate("Devices", "None: whoever has copies of the files gets no share from the school.")
        return _COUNTED.shares(report.shares)

    def lease(self, report: LossReport) -> str:
        """Until when it opens without the school."""
        if not report.lease_ends:
            return translate("Devices", "Without an end: it asks for no PIN")
        over = report.lease_ends <= int(self.now.timestamp())
        said = translate("Devices", "Over since {time}") if over else translate("Devices", "Until {time}, with the PIN")
        return said.format(time=self.time(report.lease_ends))

    def takeout(self, report: LossReport) -> str:
        """Whether it was permitted to be outside."""
        if not report.takeout:
            return translate("Devices", "None")
        return translate("Devices", "Permitted until {time}").format(time=self.time(report.takeout_until))

    def line(self, event: DeviceEvent) -> str:
        """A line of what happened."""
        words = {
            "suspended": translate("Devices", "blocked"),
            "lost": translate("Devices", "reported lost"),
            "wipe": translate("Devices", "erasure ordered"),
            "reinstated": translate("Devices", "let in again"),
            "heard": translate("Devices", "the PC heard that it is blocked"),
            "ordered": translate("Devices", "the PC was handed the order to erase"),
            "claimed": translate("Devices", "said to be erased, no proof"),
            "wiped": translate("Devices", "erased, with proof"),
        }[event.event]
        who = self.who(event.actor) if event.actor else ""
        return "  ".join(part for part in (self.time(event.at), words, who, event.reason) if part)

    def facts(self, report: LossReport) -> list[tuple[str, str]]:
        """(what, how it stands) of a report, in the order a board asks."""
        line = report.device
        return [
            (translate("Devices", "What was on it"), self.held(report)),
            (translate("Devices", "Records (at most)"), self.counts(report)),
            (translate("Devices", "Encrypted"), self.protection(report)),
            (translate("Devices", "Shares of the school"), self.shares(report)),
            (translate("Devices", "Opens without the school"), self.lease(report)),
            (translate("Devices", "Take-out"), self.takeout(report)),
            (translate("Devices", "Last contact"), self.seen(line)),
            (translate("Devices", "Order"), self.order(progress(report), line)),
        ]

    def whole(self, report: LossReport) -> list[tuple[str, str]]:
        """The report as it leaves the program: the device, what was on it, what happened, and the certificate."""
        line = report.device
        first = [
            (translate("Devices", "Loss report"), self.now.strftime("%Y-%m-%d %H:%M")),
            (translate("Devices", "PC"), f"{line.name} ({line.os})"),
            (translate("Devices", "Number of the device"), line.id),
            (translate("Devices", "User"), self.staff.get(line.staff, "")),
            (translate("Devices", "State"), self.state(line)),
        ]
        events = [(translate("Devices", "What happened"), self.line(event)) for event in report.events]
        order = progress(report)
        signed = "" if order is None else order.certificate
        return [
            *first,
            *self.facts(report),
            *events,
            *([(translate("Devices", "Certificate"), signed)] if signed else []),
        ]
