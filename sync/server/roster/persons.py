"""Finds who a user is among the people the school knows, and wants pupils and staff as the package has them."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Final

from sync.records.ids import IdMaker
from sync.records.text import fits
from sync.server.roster.edits import Edits
from sync.server.roster.package import Package, RoleRow, User
from sync.server.roster.people import Person
from sync.server.roster.problem import Kind, Problem

NAME_LIMIT: Final = 60
POST_LIMIT: Final = 40

_TYPES: Final = {Person.PUPIL: "pupil", Person.STAFF: "staff"}
_MASTER: Final = {"pupil": "master_id", "staff": "user"}
"""The field that keeps a person's userMasterIdentifier. Staff's is the user who signs in."""


def schools_of_users(package: Package, school: str) -> Mapping[str, AbstractSet[str]]:
    """Return the sourcedIds of the schools each user belongs to by class, role or main school.

    school: one that counts even where a delta leaves its row out. A board's own people belong to none.
    """
    schools = {org.origin.id for org in package.orgs.values() if org.is_school} | {school}
    named = [(row.user, row.school) for row in package.enrolments.values()]
    named += [(role.user, role.org) for role in package.roles.values()]
    named += [(user.origin.id, user.school) for user in package.users.values()]
    found: dict[str, set[str]] = {}
    for user, org in named:
        if org in schools:
            found.setdefault(user, set()).add(org)
    return found


class Persons:
    """The people of one school: by the sender's id, then by userMasterIdentifier, else new (R34)."""

    def __init__(self, edits: Edits, new_id: IdMaker) -> None:
        self._edits = edits
        self._new_id = new_id
        self._claimed: dict[str, str] = {}
        self._by_master: dict[str, dict[str, str]] = {"pupil": dict(edits.known.elsewhere), "staff": {}}
        for type_, field in _MASTER.items():
            known = {fields[field]: id_ for id_, fields in edits.known.all(type_) if fields.get(field)}
            self._by_master[type_] |= known

    def person(self, user: User) -> Person | None:
        """Return what a user is to the school; None for guardians and for whoever nothing is known about."""
        if user.person is not None:
            return None if user.person is Person.GUARDIAN else user.person
        return self.known(user.origin.id)

    def known(self, sourced_id: str) -> Person | None:
        """Return what a user of an earlier package became."""
        found = (person for person, type_ in _TYPES.items() if self._edits.known.find("users", sourced_id, type_))
        return next(found, None)

    def identify(self, user: User, person: Person) -> str:
        """Return the id of the pupil or staff record of a user, a new one for somebody nobody knows.

        Where the sender's id and userMasterIdentifier speak of two persons, or two users of one, nobody can tell whose
        record it is: that is a problem, and the package is refused.
        """
        type_ = _TYPES[person]
        by_source = self._edits.known.find("users", user.origin.id, type_)
        by_master = self._by_master[type_].get(user.master_id) if user.master_id else None
        id_ = by_source or by_master or self._new_id()
        owner = self._claimed.setdefault(id_, user.origin.id)
        if (by_source and by_master and by_source != by_master) or self._differs(user, type_, id_):
            self._uncertain(user, "userMasterIdentifier", user.master_id)
        elif owner != user.origin.id:
            self._uncertain(user, "sourcedId", user.origin.id)
        self._edits.remember("users", user.origin.id, type_, id_)
        return id_

    def _differs(self, user: User, type_: str, id_: str) -> bool:
        """Whether the record was taken for a person of another userMasterIdentifier."""
        fields = self._edits.known.live("pupil", id_) if type_ == "pupil" and user.master_id else None
        return fields is not None and fields.fields.get("master_id", user.master_id) != user.master_id

    def _uncertain(self, user: User, column: str, value: str) -> None:
        self._edits.problems.append(Problem(Kind.PERSON_UNCERTAIN, "users.csv", user.origin.line, column, value))

    def want_pupil(self, user: User, id_: str) -> None:
        """Want the display name in `pupil`, the register's in `pupil_official`; names exactly as sent, never mixed."""
        held = self._edits.get("pupil", id_) or {}
        fields = {
            "family": user.shown.family,
            "given": self._fitting(user, "preferredMiddleName", user.shown.given),
            "kana_family": user.shown_kana.family,
            "kana_given": self._fitting(user, "metadata.jp.kanaPreferredMiddleName", user.shown_kana.given),
            "master_id": user.master_id or held.get("master_id"),
        }
        self._edits.want("pupil", id_, fields)
        official = {
            "pupil": id_,
            "family": user.official.family,
            "given": self._fitting(user, "middleName", user.official.given),
            "kana": self._fitting(user, "metadata.jp.kanaMiddleName", user.official_kana) or None,
        }
        self._edits.want("pupil_official", self._edits.key("pupil_official", id_), official)

    def want_staff(self, user: User, id_: str, roles: Iterable[RoleRow]) -> None:
        """Want a member of staff. Secondary roles are kept as the post, as sent; no right comes of them."""
        kana = f"{user.shown_kana.family} {user.shown_kana.given}".strip()
        fields: dict[str, Any] = {
            "name": self._fitting(user, "preferredGivenName", f"{user.shown.family} {user.shown.given}"),
            "kana": self._fitting(user, "metadata.jp.kanaGivenName", kana) or None,
        }
        if self._edits.known.live("staff", id_) is None:
            post = ", ".join(dict.fromkeys(role.role for role in roles if not role.is_primary))
            fields |= {"user": user.master_id or self._new_id(), "post": post[:POST_LIMIT] or None, "active": True}
        elif not user.is_enabled:
            fields["active"] = False
        elif self._edits.known.was_deleted("users", user.origin.id, "staff"):
            fields["active"] = True
        self._edits.want("staff", id_, fields)

    def _fitting(self, user: User, column: str, value: str) -> str:
        """A name put together of parts that fit each may not fit as a whole."""
        if not fits(value, NAME_LIMIT):
            problem = Problem(Kind.TOO_LONG, "users.csv", user.origin.line, column, value, str(NAME_LIMIT))
            self._edits.problems.append(problem)
        return value
