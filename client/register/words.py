"""What is said of coming and going."""

from PySide6.QtCore import QCoreApplication

from client.register.record import RosterLine
from client.syncing.rules import short_date

translate = QCoreApplication.translate


def status(line: RosterLine) -> str:
    """What is to be known of coming and going, in a few words; empty where there is nothing."""
    told: list[str] = []
    if line.who.left_on is not None:
        told.append(_left(line.who.leave).format(day=short_date(line.who.left_on)))
    if line.came_on is not None:
        told.append(_came(line.came).format(day=short_date(line.came_on)))
    if line.comes_on is not None:
        told.append(translate("Roster", "comes on {day}").format(day=short_date(line.comes_on)))
    if line.leaves_on is not None:
        told.append(_leaves(line.leaves_for).format(day=short_date(line.leaves_on)))
    if line.who.guest:
        told.append(translate("Roster", "from another class"))
    return translate("Roster", ", ").join(told)


def _left(leave: str | None) -> str:
    return {
        "transferred": translate("Roster", "moved to another school, {day}"),
        "graduated": translate("Roster", "graduated, {day}"),
    }.get(leave or "", translate("Roster", "left, {day}"))


def _came(entry: str | None) -> str:
    if entry == "transfer_in":
        return translate("Roster", "came from another school, {day}")
    return translate("Roster", "joined, {day}")


def _leaves(leave: str | None) -> str:
    if leave == "transferred":
        return translate("Roster", "moves to another school, last day {day}")
    return translate("Roster", "leaves, last day {day}")
