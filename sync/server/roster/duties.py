"""Who is in charge of which class and who teaches which course: duties of the staff in a package."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sync.records.ids import IdMaker
from sync.server.roster.edits import Edits
from sync.server.roster.package import EnrolmentRow
from sync.server.roster.places import Place

HOME_CLASS = "users/home"
"""The kind of source under which a duty that comes of a homeClass is remembered."""


@dataclass(frozen=True, slots=True)
class Post:
    """What a duty says, but for its days: a member of staff, a role, a class or course."""

    staff: str
    role: str
    target_kind: str
    target: str


class Duties:
    """The duties of staff as they were and as they are to be.

    A roster opens rights and closes them; it never gives back a right that a person has ended here.
    """

    def __init__(self, edits: Edits, new_id: IdMaker, today: date) -> None:
        self._edits = edits
        self._new_id = new_id
        self._today = today
        self._of: dict[Post, list[str]] = {}
        for id_, fields in edits.known.all("duty"):
            self._of.setdefault(_post(fields), []).append(id_)

    def teach(self, row: EnrolmentRow, staff: str, place: Place) -> None:
        """Want the duties of a teacher's row: in charge of a class, or of the courses taught in a group."""
        posts = list(_posts(row, staff, place))
        start = row.begin or place.start
        for number, post in enumerate(posts):
            kind = f"enrollments/{number}" if number else "enrollments"
            self._hold((kind, row.origin.id), post, start, row.end or place.end)
        if not posts:
            self._edits.remember("enrollments", row.origin.id)

    def keep_class(self, user: str, staff: str, place: Place) -> None:
        """Want the duty of a homeClass, unless the member of staff has one on that class already.

        Where somebody else is in charge of the class it is the deputy's.
        """
        on_class = [post for post in self._of if post.target == place.code and self._is_held(post, place)]
        former = self._edits.known.find(HOME_CLASS, user, "duty")
        if any(post.staff == staff and former not in self._of[post] for post in on_class):
            return
        others = any(post.role in {"homeroom", "special"} and post.staff != staff for post in on_class)
        role = "special" if place.is_special else "deputy" if others else "homeroom"
        mine = [post for post in on_class if post.staff == staff]
        post = mine[0] if mine else Post(staff, role, "class", place.code)
        self._hold((HOME_CLASS, user), post, place.start, place.end)

    def leave_class(self, user: str) -> None:
        """Want the duty that came of an earlier homeClass to end, for there is none any more."""
        former = self._edits.known.find(HOME_CLASS, user, "duty")
        if former is not None:
            self._end(former, self._today)

    def end_row(self, kind: str, sourced_id: str, last: date) -> None:
        """Want the duties that came of a row to end."""
        for source, id_ in self._edits.known.sources.items():
            own = source.kind == kind or source.kind.startswith(f"{kind}/")
            if own and source.sourced_id == sourced_id and source.type == "duty":
                self._end(id_, last)

    def end_all(self, staff: str, last: date) -> None:
        """Want all duties of a member of staff to end."""
        for post, ids in self._of.items():
            if post.staff == staff:
                for id_ in ids:
                    self._end(id_, last)

    def _hold(self, source: tuple[str, str], post: Post, start: date, end: date) -> None:
        former = self._edits.known.find(*source, "duty")
        held = sorted(self._of.get(post, ()), key=lambda id_: id_ != former)
        same = next((id_ for id_ in held if self._spans(id_, start, end)), None)
        if former is not None and former != same and self._is_of_year(former, post.target):
            self._end(former, self._today)
        id_ = same or self._new_id()
        if same is None:
            days = {"from": start.isoformat(), "to": end.isoformat()}
            self._edits.want("duty", id_, {**_fields(post), **days})
            self._of.setdefault(post, []).append(id_)
        else:
            came_back = self._edits.known.was_deleted(*source, "duty")
            self._edits.want("duty", id_, {"to": end.isoformat()} if came_back else {})
            self._end(id_, end)
        self._edits.remember(*source, "duty", id_)

    def _is_of_year(self, id_: str, target: str) -> bool:
        """Whether a duty is of the same school year as a target; a sender may use its ids again for the next year."""
        fields = self._edits.get("duty", id_)
        return fields is not None and fields["target"][:4] == target[:4]

    def _spans(self, id_: str, start: date, end: date) -> bool:
        """Whether a duty is about the same time: one that has ended by the day another begins is not."""
        fields = self._edits.get("duty", id_)
        if fields is None:
            return False
        return fields["from"] <= end.isoformat() and (fields.get("to") or end.isoformat()) >= start.isoformat()

    def _end(self, id_: str, last: date) -> None:
        fields = self._edits.get("duty", id_)
        day = last.isoformat()
        if fields is None:
            return
        if day < fields["from"]:
            self._edits.remove("duty", id_)
        elif fields.get("to") is None or day < fields["to"]:
            self._edits.want("duty", id_, {"to": day})

    def _is_held(self, post: Post, place: Place) -> bool:
        """Whether a duty on a class lasts to the end of its year."""
        last = place.end.isoformat()
        found = [self._edits.get("duty", id_) for id_ in self._of[post]]
        return any(fields is not None and (fields.get("to") or last) >= last for fields in found)


def _posts(row: EnrolmentRow, staff: str, place: Place) -> Iterator[Post]:
    if row.role != "teacher":
        return
    if place.is_group or place.is_lesson:
        yield from (Post(staff, "subject", "course", course) for course in place.courses)
        return
    role = "special" if place.is_special else "homeroom" if row.is_primary else "deputy"
    yield Post(staff, role, "class", place.code)


def _post(fields: Any) -> Post:
    return Post(fields["staff"], fields["role"], fields["target_kind"], fields["target"])


def _fields(post: Post) -> dict[str, Any]:
    return {"staff": post.staff, "role": post.role, "target_kind": post.target_kind, "target": post.target}
