"""Fills the classes of the sample school with children."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from sync.server.sample.children import Child, Room, Roster
from sync.server.sample.names import Name, NamePool
from sync.server.sample.premise import Premise, new_id
from sync.server.sample.words import table

DEMO_CLASS: Final = "3-2"
SPECIAL_PUPILS: Final = 7
GROUP: Final = "g-nihon"
CAME_DAYS: Final = ((4, 6), (5, 7), (6, 1), (7, 1), (8, 27), (10, 1), (11, 4), (12, 1), (1, 12), (2, 1))
LEFT_DAYS: Final = ((4, 6), (4, 30), (5, 31), (6, 30), (7, 22), (8, 31), (9, 30), (10, 31), (12, 24), (1, 31))
CAME_EARLIER: Final = 0.06


@dataclass(slots=True)
class Seat:
    """A place in a class before it has a number."""

    name: Name
    habit: str = ""
    move: str = ""
    group: str = ""


def roster(premise: Premise) -> Roster:
    """All classes with their children, the same for the same premise."""
    chance = premise.chance("roster")
    pool = NamePool(premise.chance("names"))
    rooms = tuple(_rooms(premise))
    fixed = [pool.take(seat.name) and seat for seat in _demo_seats(premise)]
    foreign = pool.foreign(premise.plan.pupils // 60)
    seats: dict[str, list[Seat]] = {}
    for room, size in _sizes(premise, rooms, chance):
        seats[room.code] = fixed if room.key == DEMO_CLASS else list(_drawn(pool, size))
    _settle(premise, seats, foreign, chance)
    guests = _guests(premise, rooms, chance)
    return Roster(rooms, tuple(_seated(premise, rooms, seats, guests, chance)))


def _rooms(premise: Premise) -> Iterator[Room]:
    for key in premise.plan.classes:
        grade, no = key.split("-")
        yield Room(f"{premise.year}:{key}", f"{grade}年{no}組", int(grade))
    if premise.plan.special_class:
        yield Room(f"{premise.year}:sp-1", "なかよし学級", 0)


def _drawn(pool: NamePool, size: int) -> Iterator[Seat]:
    names = list[Name]()
    for _ in range(size):
        names.append(pool.child(names))
        yield Seat(names[-1])


def _demo_seats(premise: Premise) -> Iterator[Seat]:
    """The class of the guided tour; its two moves count among the plan's."""
    for row in table("class_3_2"):
        name = Name(
            row["family"],
            row["given"],
            row["kana_family"],
            row["kana_given"],
            official_family=row["official_family"],
            official_given=row["official_given"],
            glyph_state=row["glyph_state"] or "ok",
        )
        yield Seat(name, row["habit"], row["transfer"] if premise.plan.transfers else "")


def _sizes(premise: Premise, rooms: tuple[Room, ...], chance: Random) -> Iterator[tuple[Room, int]]:
    """A size for every class: grades differ as birth years do, classes of a grade by one pupil at most.

    Classes beside the one of the demo are as large as it; what is left goes to the other grades.
    """
    regular = [room for room in rooms if not room.special]
    special = [room for room in rooms if room.special]
    left = premise.plan.pupils - SPECIAL_PUPILS * len(special)
    size = dict.fromkeys(special, SPECIAL_PUPILS)
    demo = len(table("class_3_2"))
    if any(room.key == DEMO_CLASS for room in regular):
        like = [room for room in regular if room.grade == 3]
        size |= {room: demo - (room.key != DEMO_CLASS and chance.random() < 0.5) for room in like}
        regular = [room for room in regular if room not in size]
        left -= sum(size[room] for room in like)
    weight = {grade: chance.uniform(0.93, 1.07) for grade in range(1, 7)}
    total = sum(weight[room.grade] for room in regular)
    size |= {room: int(left * weight[room.grade] / total) for room in regular}
    missing = left - sum(size[room] for room in regular)
    for room in chance.sample(regular, missing):
        size[room] += 1
    return ((room, size[room]) for room in rooms)


def _settle(premise: Premise, seats: dict[str, list[Seat]], foreign: list[Name], chance: Random) -> None:
    """Gives classes other than the demo's their children from abroad, those who come, leave or rarely come."""
    others = [code for code in seats if not code.endswith((f":{DEMO_CLASS}", ":sp-1"))]
    plain = [(code, place) for code in others for place in range(len(seats[code]))]
    moving = max(0, premise.plan.transfers - (len(others) < len([code for code in seats if ":sp-" not in code])))
    wanted = len(foreign) + 2 * moving + premise.plan.long_absent + premise.plan.pupils // 100
    spots = iter(chance.sample(plain, wanted))
    for count, name in enumerate(foreign):
        code, place = next(spots)
        seats[code][place] = Seat(name, group=GROUP if count % 3 else "")
    marks = [("move", "in"), ("move", "out")] * moving + [("habit", "long_absent")] * premise.plan.long_absent
    for (code, place), (what, value) in zip(spots, marks, strict=False):
        setattr(seats[code][place], what, value)
    for code, place in spots:
        seats[code][place].habit = "late"


def _guests(premise: Premise, rooms: tuple[Room, ...], chance: Random) -> list[str]:
    """Classes the special-support pupils visit, one for each, of all grades; never the demo's."""
    if not premise.plan.special_class:
        return []
    hosts = [room for room in rooms if not room.special and room.key != DEMO_CLASS]
    by_grade = [[room.code for room in hosts if room.grade == grade] for grade in range(1, 7)]
    grades = sorted(grade % 6 for grade in range(SPECIAL_PUPILS))
    return [chance.choice([code for code in by_grade[grade] if code]) for grade in grades]


def _seated(
    premise: Premise, rooms: tuple[Room, ...], seats: dict[str, list[Seat]], guests: list[str], chance: Random
) -> Iterator[Child]:
    """Children by class and number: by reading, then guests, then those who came later (R14)."""
    used = dict.fromkeys(seats, 0)
    ranked = {
        room.code: sorted(seats[room.code], key=lambda seat: (seat.move == "in", seat.name.kana_key)) for room in rooms
    }
    for room in rooms:
        used[room.code] = sum(seat.move != "in" for seat in ranked[room.code])
    hosted = dict[str, int]()
    for room in rooms:
        for place, seat in enumerate(ranked[room.code], 1):
            child = _child(premise, room, seat, place, chance)
            if room.special:
                host = guests[place - 1]
                hosted[host] = hosted.get(host, 0) + 1
                child = replace(child, guest=host, guest_number=used[host] + hosted[host])
                child = replace(child, grade=_grade(host), entered=_entered(premise, _grade(host)))
            elif seat.move == "in":
                child = replace(child, number=place + guests.count(room.code))
            yield child


def _child(premise: Premise, room: Room, seat: Seat, number: int, chance: Random) -> Child:
    start = date(premise.year, 4, 1)
    entered = _entered(premise, room.grade or 1)
    child = Child(new_id(chance, entered), seat.name, room.grade, room.code, number, entered, start, habit=seat.habit)
    if seat.group:
        child = replace(child, group=f"{premise.year}:{seat.group}")
    if seat.move == "in":
        came = _moved(premise, CAME_DAYS, 40, chance)
        return replace(child, entry="transfer_in", entered=came, came=came)
    if seat.move == "out":
        return replace(child, left=_moved(premise, LEFT_DAYS, 60, chance))
    if room.grade > 1 and chance.random() < CAME_EARLIER:
        came = date(premise.year - chance.randrange(room.grade - 1), 4, 1)
        return replace(child, entry="transfer_in", entered=came)
    return child


def _entered(premise: Premise, grade: int) -> date:
    return date(premise.year - grade + 1, 4, 1)


def _grade(code: str) -> int:
    return int(code.partition(":")[2][0])


def _moved(premise: Premise, days: tuple[tuple[int, int], ...], ago: int, chance: Random) -> date:
    """A day for a move: some time ago where the year is old enough, else its first days."""
    dates = [date(premise.year + (month < 4), month, day) for month, day in days]
    past = [day for day in dates if day <= premise.today - timedelta(days=ago)]
    soon = [day for day in dates if day < premise.today]
    return past[-1 - chance.randrange(min(2, len(past)))] if past else (soon or [date(premise.year, 4, 1)])[0]
