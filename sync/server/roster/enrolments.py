"""When pupils came to the school and when they left, as far as a roster tells."""

from datetime import date

from sync.server.roster.edits import Edits


class Enrolments:
    """The enrolments of pupils as they were and as they are to be.

    A roster has no dates of entry and departure, only of classes. So a pupil enters with the first class the roster
    knows, as a new pupil where that is the beginning of a school year, else by transfer; and leaves on the day the
    sender deletes the pupil, for a reason a person has to add.
    """

    def __init__(self, edits: Edits) -> None:
        self._edits = edits
        self._of: dict[str, list[str]] = {}
        for id_, fields in sorted(edits.known.all("enrolment"), key=lambda item: item[1]["from"]):
            self._of.setdefault(fields["pupil"], []).append(id_)

    def enrol(self, pupil: str, first: date, *, opens_year: bool) -> None:
        """Want a pupil to be enrolled from `first` on, unless that is so already.

        A departure without a reason was a deletion by the sender and is taken back; one with a reason was recorded by a
        person and stands, so that the pupil is enrolled anew only from a later day on.
        """
        start = first.isoformat()
        last_id = next(reversed(self._of.get(pupil, [])), None)
        last = self._edits.get("enrolment", last_id) if last_id else None
        if last_id is not None and last is not None:
            left = last.get("to")
            if left is None or (start <= left and last.get("leave")):
                return
            if start <= left:
                self._edits.want("enrolment", last_id, {"to": None, "leave": None})
                return
        id_ = self._edits.key("enrolment", pupil, start)
        entry = "first" if opens_year and last is None else "transfer_in"
        self._edits.want("enrolment", id_, {"pupil": pupil, "from": start, "entry": entry})
        self._of.setdefault(pupil, []).append(id_)

    def leave(self, pupil: str, last: date) -> None:
        """Want a pupil's enrolment to end on `last` unless it has ended; one that had not begun by then never was."""
        day = last.isoformat()
        for id_ in list(self._of.get(pupil, ())):
            fields = self._edits.get("enrolment", id_)
            if fields is None or fields.get("to") is not None:
                continue
            if day < fields["from"]:
                self._edits.remove("enrolment", id_)
            else:
                self._edits.want("enrolment", id_, {"to": day})

    def route(self, pupil: str, classes: list[str]) -> None:
        """Want all of a pupil's enrolments to be routed to these classes."""
        for id_ in self._of.get(pupil, ()):
            if self._edits.get("enrolment", id_) is not None:
                self._edits.want("enrolment", id_, {"@classes": classes})

    def is_known(self, pupil: str) -> bool:
        """Tell whether a pupil is or has been enrolled."""
        return bool(self._of.get(pupil))
