"""Turns a package into edits of one school's records, given what the server knows of that school. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from sync.records.ids import IdMaker
from sync.server.roster.duties import Duties
from sync.server.roster.edits import Edits, Op
from sync.server.roster.enrolments import Enrolments
from sync.server.roster.known import Known, Source
from sync.server.roster.memberships import Memberships, Seat
from sync.server.roster.package import EnrolmentRow, Package, RoleRow, User
from sync.server.roster.people import Person
from sync.server.roster.persons import Persons, schools_of_users
from sync.server.roster.places import Place, map_places
from sync.server.roster.problem import Problem
from sync.server.roster.report import Changed
from sync.server.roster.vanished import vanished


@dataclass(frozen=True, slots=True)
class Mapped:
    """What an import does to one school.

    ops: one group, parents first. sources: rows to remember, with their record. forgotten: rows to remember no more.
    masters: new userMasterIdentifiers -> pupil ids, for other schools of the prefecture to find (R34).
    """

    ops: tuple[Op, ...]
    sources: Mapping[Source, str]
    forgotten: AbstractSet[Source]
    masters: Mapping[str, str]
    problems: tuple[Problem, ...]
    changed: Mapping[str, Changed]


def map_school(package: Package, school: str, known: Known, today: date, new_id: IdMaker) -> Mapped:
    """Map the rows of one school of a package.

    school: its sourcedId in the package. today: the day in Japan, on which what a package ends without saying when
    ends. new_id: makes UUIDv7. The same package over what it has made gives no ops.
    """
    return _School(package, school, known, today, new_id).mapped()


class _School:
    """One run over a package, step by step."""

    def __init__(self, package: Package, school: str, known: Known, today: date, new_id: IdMaker) -> None:
        self._package = package
        self._school = school
        self._today = today
        self._edits = Edits(known)
        self._persons = Persons(self._edits, new_id)
        self._memberships = Memberships(self._edits)
        self._enrolments = Enrolments(self._edits)
        self._duties = Duties(self._edits, new_id, today)
        self._places: Mapping[str, Place] = {}
        self._ids: dict[str, tuple[Person, str]] = {}
        self._roles: dict[str, list[RoleRow]] = {}
        for role in package.roles.values():
            self._roles.setdefault(role.user, []).append(role)
        self._begins: dict[str, list[tuple[date, bool]]] = {}

    def mapped(self) -> Mapped:
        for org in self._package.orgs.values():
            if org.origin.deleted is None:
                self._edits.remember("orgs", org.origin.id)
        self._edits.remember("orgs", self._school, "school", self._edits.known.school)
        self._places = map_places(self._edits, self._package, self._school, self._today)
        self._map_users()
        self._end_enrolments()
        self._map_enrolments()
        self._end_users()
        self._map_home_classes()
        self._settle()
        self._end_classes()
        return Mapped(
            ops=self._edits.ops(),
            sources=self._edits.sources,
            forgotten=frozenset(self._edits.forgotten),
            masters=dict(self._new_masters()),
            problems=(*self._edits.problems, *vanished(self._edits, self._package)),
            changed=self._edits.changed(),
        )

    def _new_masters(self) -> Iterator[tuple[str, str]]:
        for id_, fields in self._edits.all("pupil"):
            held = self._edits.known.live("pupil", id_)
            if fields.get("master_id") and (held is None or held.fields.get("master_id") != fields["master_id"]):
                yield fields["master_id"], id_

    def _map_users(self) -> None:
        belongs = schools_of_users(self._package, self._school)
        for user in self._package.users.values():
            schools = belongs.get(user.origin.id, frozenset())
            known = self._persons.known(user.origin.id) is not None
            if user.origin.deleted is None and (self._school in schools or (known and not schools)):
                self._map_user(user)
            elif user.origin.deleted is None and not schools:
                self._edits.remember("users", user.origin.id)

    def _map_user(self, user: User) -> None:
        person = self._persons.person(user)
        if person is None:
            self._edits.remember("users", user.origin.id)
            return
        id_ = self._persons.identify(user, person)
        self._ids[user.origin.id] = (person, id_)
        if person is Person.PUPIL:
            self._persons.want_pupil(user, id_)
        else:
            own = [role for role in self._roles.get(user.origin.id, ()) if role.org == self._school]
            self._persons.want_staff(user, id_, own)

    def _known(self, user: str) -> tuple[Person, str] | None:
        """Who a user of this or an earlier package is."""
        if user in self._ids:
            return self._ids[user]
        person = self._persons.known(user)
        type_ = "pupil" if person is Person.PUPIL else "staff"
        id_ = self._edits.known.find("users", user, type_)
        there = id_ is not None and self._edits.get(type_, id_) is not None
        return (person, id_) if person is not None and id_ is not None and there else None

    def _map_enrolments(self) -> None:
        for row in self._package.enrolments.values():
            place = self._places.get(row.class_)
            who = self._known(row.user)
            if row.origin.deleted is not None or row.school != self._school or place is None:
                continue
            if who is not None and who[0] is Person.PUPIL and row.role == "student":
                self._seat(row, who[1], place)
            elif who is not None and who[0] is Person.STAFF:
                self._duties.teach(row, who[1], place)
            else:
                self._edits.remember("enrollments", row.origin.id)

    def _seat(self, row: EnrolmentRow, pupil: str, place: Place) -> None:
        self._memberships.seat(Seat(row, pupil, place))
        first = row.begin or place.start
        self._begins.setdefault(pupil, []).append((first, first == place.start))

    def _end_enrolments(self) -> None:
        for row in self._package.enrolments.values():
            if row.origin.deleted is None:
                continue
            last = min(row.end or row.origin.deleted, row.origin.deleted)
            membership = self._edits.known.find("enrollments", row.origin.id, "membership")
            if membership is not None:
                self._memberships.end(membership, last.isoformat())
            self._duties.end_row("enrollments", row.origin.id, last)
            self._edits.forget("enrollments", row.origin.id)

    def _end_users(self) -> None:
        for user in self._package.users.values():
            who, last = self._known(user.origin.id), user.origin.deleted
            if last is None or who is None:
                continue
            person, id_ = who
            if person is Person.PUPIL:
                for membership, _ in self._memberships.of(id_):
                    self._memberships.end(membership, last.isoformat())
                self._enrolments.leave(id_, last)
                self._ids[user.origin.id] = who
            else:
                self._edits.want("staff", id_, {"active": False})
                self._duties.end_all(id_, last)
            self._edits.forget("users", user.origin.id)

    def _map_home_classes(self) -> None:
        for user in self._package.users.values():
            who = self._ids.get(user.origin.id)
            if who is None or who[0] is not Person.STAFF or user.origin.deleted is not None:
                continue
            place = self._places.get(user.home_class)
            if place is None:
                self._duties.leave_class(user.origin.id)
            elif not place.is_group and not place.is_lesson:
                self._duties.keep_class(user.origin.id, who[1], place)

    def _settle(self) -> None:
        """Route every pupil this package speaks of, and enrol those who are here."""
        homes = {who[1]: self._home(self._package.users.get(user)) for user, who in self._ids.items()}
        pupils = {id_: None for person, id_ in self._ids.values() if person is Person.PUPIL}
        gone = self._gone()
        users: dict[str, list[str]] = {}
        for user, (_, id_) in self._ids.items():
            users.setdefault(id_, []).append(user)
        for pupil in pupils | dict.fromkeys(self._begins) | dict.fromkeys(self._memberships.touched()):
            classes = self._memberships.settle(pupil, homes.get(pupil))
            self._edits.want("pupil", pupil, {"@classes": classes})
            official = self._edits.key("pupil_official", pupil)
            if self._edits.get("pupil_official", official) is not None:
                self._edits.want("pupil_official", official, {"@classes": classes})
            if pupil not in gone and self._is_placed(pupil, users.get(pupil, ())):
                first, opens_year = self._first_day(pupil, users.get(pupil, ()))
                self._enrolments.enrol(pupil, first, opens_year=opens_year)
            self._enrolments.route(pupil, classes)

    def _is_placed(self, pupil: str, users: Iterable[str]) -> bool:
        """Whether the package says that a pupil is here now: a corrected name alone enrols nobody who has left."""
        came_back = any(self._edits.known.was_deleted("users", user, "pupil") for user in users)
        return pupil in self._begins or came_back or not self._enrolments.is_known(pupil)

    def _first_day(self, pupil: str, users: Iterable[str]) -> tuple[date, bool]:
        """A pupil's first day in a class or, without one, in the role; and whether a school year begins with it."""
        begins = self._begins.get(pupil)
        if begins is None:
            days = [role.begin for user in users for role in self._roles.get(user, ()) if role.begin is not None]
            begins = [(day, (day.month, day.day) == (4, 1)) for day in days]
        return min(begins, default=(self._today, False))

    def _home(self, user: User | None) -> str | None:
        place = self._places.get(user.home_class) if user is not None else None
        return None if place is None else place.code

    def _gone(self) -> AbstractSet[str]:
        users = (user.origin for user in self._package.users.values() if user.origin.deleted is not None)
        return {who[1] for origin in users if (who := self._known(origin.id)) is not None}

    def _end_classes(self) -> None:
        """A deleted class nobody has ever been in goes; any other stays, for records hang on it."""
        for row in self._package.classes.values():
            if row.origin.deleted is None:
                continue
            place = self._places.get(row.origin.id)
            type_ = "group" if place is not None and place.is_group else "class"
            id_ = self._edits.known.find("classes", row.origin.id, type_)
            if id_ is not None and place is not None and not self._is_used(place.code):
                self._edits.remove(type_, id_)
            self._edits.forget("classes", row.origin.id)

    def _is_used(self, code: str) -> bool:
        members = any(fields["class"] == code for _, fields in self._edits.all("membership"))
        taught = any(fields["class"] == code for _, fields in self._edits.all("course"))
        held = any(fields["target"].startswith(code) for _, fields in self._edits.all("duty"))
        return members or taught or held
