"""One pupil's card from the store, and the notes written on it."""

import json
from collections.abc import Collection, Iterable, Sequence

from client.pupil.reading import CardReader
from client.pupil.record import Card, Note, Noted, Term
from client.register.record import HeldClass, RosterLine
from client.register.repository import Rosters
from client.workspace import Mark, MarkKind, Put, Remove, Saved, Workspace
from sync.records.registry import TYPES as RECORDS
from sync.records.registry import opens
from sync.records.scopes import RW
from sync.records.texts import HOMEROOM, OWN, TEAM

SHOWS = frozenset(
    {
        "pupil",
        "pupil_official",
        "membership",
        "enrolment",
        "attendance",
        "attendance_day",
        "closure",
        "school_day",
        "symbol",
        "viewpoint_grade",
        "course_grade",
        "remark",
        "daily_note",
        "grant",
        "outbox",
        "conflict",
    }
)
"""Record types whose change may change what a card shows."""
NOTE = "daily_note"
TYPES = (*(name for name, type_ in RECORDS.items() if "pupil" in type_.fields), NOTE)
"""Types of records about pupils."""
_ABOUT = "EXISTS (SELECT 1 FROM json_each(daily_note.pupils) WHERE value = ?)"
_NOTES = f"""
SELECT id, date, author, text, tags, audience, pupils FROM daily_note WHERE {_ABOUT} ORDER BY date DESC, id DESC
"""  # noqa: S608  a piece of our own
_CLASSES = 'SELECT "@classes" AS classes FROM pupil WHERE id = ?'


class PupilFile:
    """All that the card asks of the store. Every method may raise StoreError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._rosters, self._reader = Rosters(workspace), CardReader(workspace)

    @property
    def me(self) -> str | None:
        """The signed-in member of staff."""
        return self._workspace.enrolment.staff

    def classes(self, today: str) -> tuple[HeldClass, ...]:
        """The classes whose pupils have a card here; the own one first."""
        return tuple(each for each in self._rosters.classes(today) if each.live)

    def lines(self, class_: HeldClass, today: str) -> tuple[RosterLine, ...]:
        """The roster of a class in its order."""
        return self._rosters.lines(class_, today)

    def terms(self, class_: HeldClass) -> tuple[Term, ...]:
        """The terms of the class's year, the whole year last."""
        return self._reader.terms(int(class_.code[:4]))

    def class_of(self, pupil: str, today: str) -> HeldClass | None:
        """The class to show a pupil in: of those granted the first the pupil is in."""
        rows = self._workspace.rows(_CLASSES, (pupil,))
        codes: Collection[str] = json.loads(rows[0].classes) if rows else ()
        return next((each for each in self.classes(today) if each.code in codes), None)

    def card(self, class_: HeldClass, line: RosterLine, term: Term | None, today: str) -> Card:
        """All of a pupil that may be read here; attendance of that term."""
        reader, code, pupil = self._reader, class_.code, line.id
        return Card(
            class_,
            line,
            term,
            reader.attended(code, pupil, term, today),
            reader.graded(code, pupil, today),
            reader.remarked(code, pupil, today),
            self.noted(class_, pupil, today),
        )

    def records(self, pupil: str) -> list[tuple[str, str]]:
        """(type, id) of every record about a pupil that is here: the pupil's own, and what each teacher entered."""
        found = [("pupil", pupil)]
        for type_ in TYPES:
            about = _ABOUT if type_ == NOTE else "pupil = ?"
            rows = self._workspace.rows(f'SELECT id FROM "{type_}" WHERE {about}', (pupil,))  # noqa: S608  of TYPES
            found += [(type_, row.id) for row in rows]
        return found

    # -- notes --------------------------------------------------------------------------------------------------------

    def noted(self, class_: HeldClass, pupil: str, today: str) -> Noted:
        """The notes about a pupil that may be read here, newest first."""
        held = self._reader.held(f"notes:{class_.code}", today)
        marks = {mark.id: mark for mark in self._marks()}
        notes = tuple(
            Note(
                row.id,
                row.date,
                row.author,
                row.text or "",
                tuple(json.loads(row.tags) if row.tags else ()),
                row.audience,
                tuple(json.loads(row.pupils)),
                marks.get(row.id),
            )
            for row in self._workspace.rows(_NOTES, (pupil,))
        )
        return Noted(held, notes, self._audiences(class_, today), tuple(self._reader.words("note_tag").values()))

    def _marks(self) -> Iterable[Mark]:
        """The weightiest mark of a record last."""
        weight = [MarkKind.WAITING, MarkKind.AHEAD, MarkKind.UNCOPIED, MarkKind.CONFLICT, MarkKind.NOT_ACCEPTED]
        return sorted(self._workspace.marks(NOTE), key=lambda mark: weight.index(mark.kind))

    def _audiences(self, class_: HeldClass, today: str) -> tuple[str, ...]:
        """For whom whoever works here may write a note of this class, as the registry says."""
        rights: dict[str, set[str]] = {}
        for grant in self._workspace.grants():
            if grant.rights == RW and grant.since <= today and (grant.until is None or today <= grant.until):
                rights.setdefault(grant.scope, set()).add(grant.role)
        fields = {"author": self.me, "@classes": [class_.code]}
        return tuple(
            audience
            for audience in (TEAM, HOMEROOM, OWN)
            if self.me is not None and opens(rights, RECORDS[NOTE], fields | {"audience": audience})
        )

    def pupil_of(self, type_: str, id_: str) -> str | None:
        """A pupil whom a record of one of TYPES is about; None where it is not held here."""
        about = "json_extract(pupils, '$[0]')" if type_ == NOTE else "pupil"
        rows = self._workspace.rows(f'SELECT {about} FROM "{type_}" WHERE id = ?', (id_,))  # noqa: S608  of TYPES
        return rows[0][0] if rows else None

    def write(self, class_: HeldClass, pupil: str, day: str, words: tuple[str, Sequence[str], str]) -> Saved:
        """Save a new note. words: text, tags, audience. Raises InvalidEdit, DiskFull; nothing is written then."""
        text, tags, audience = words
        fields = {
            "author": self.me,
            "@classes": [class_.code],
            "audience": audience,
            "pupils": [pupil],
            "date": day,
            "text": text,
            "tags": sorted(tags) or None,
        }
        return self._workspace.edit("pupil.note", [Put(NOTE, fields)], screen=screen_of(pupil))

    def rewrite(self, note: Note, pupil: str, text: str, tags: Sequence[str]) -> Saved:
        """Change an own note. Raises as `write`."""
        put = Put(NOTE, {"text": text, "tags": sorted(tags) or None}, id=note.id)
        return self._workspace.edit("pupil.note", [put], screen=screen_of(pupil))

    def remove(self, note: Note, pupil: str) -> Saved:
        """Delete an own note. Raises as `write`."""
        return self._workspace.edit("pupil.note", [Remove(NOTE, note.id)], screen=screen_of(pupil))

    def undo(self, pupil: str) -> Saved | None:
        """Take back the last act on this card; None when there is none. Raises UndoRefused."""
        return self._workspace.undo(screen_of(pupil))

    def redo(self, pupil: str) -> Saved | None:
        """Do it again; None when there is none. Raises UndoRefused."""
        return self._workspace.redo(screen_of(pupil))


def screen_of(pupil: str) -> str:
    """The undo stack of a card."""
    return f"pupil.{pupil}"
