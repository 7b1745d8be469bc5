"""What the store itself asks of a person today, each as a source of the first page."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final

from PySide6.QtCore import QObject

from client.conflicts.repository import Conflicts
from client.grades.record import Lesson, Term
from client.shell.agenda import Asked, Door, Item, Progress, Rank
from client.syncing.repository import Situation
from client.syncing.rules import JAPAN, family_of, short_date, when
from client.today.record import Work
from client.today.repository import OF_ATTENDANCE, OF_GRADES, Day
from client.today.rules import by_lesson, due, filled, is_alarming, is_term_near_end, is_worth_telling
from client.widgets.ink import Tone
from client.workspace import SyncStatus
from sync.protocol.lease import Lease

NAMES: Final = 3
"""So many pupils are named; the rest is counted."""
COURSES: Final = 2
"""So many courses have a card of their own; how far the others are is told beside them."""
SOON_S: Final = 24 * 3600
"""So long before its end a take-out is told of."""


def today(now: datetime) -> date:
    """The day it is at the school."""
    return now.astimezone(JAPAN).date()


class AttendanceSource(QObject):
    """出欠: one's own classes whose attendance has not been taken. Not taken is not the same as all present."""

    types = OF_ATTENDANCE

    def __init__(self, day: Day) -> None:
        super().__init__()
        self._day = day

    def ask(self, now: datetime) -> Asked:
        """As `Source.ask`."""
        day = today(now)
        return Asked(
            tuple(
                Item(
                    key=f"attendance {class_.code}",
                    rank=Rank.DAY,
                    icon="attendance",
                    title=self.tr("Attendance {name}").format(name=class_.label),
                    act=self.tr("Take attendance"),
                    door=Door("attendance", (class_.code, day.isoformat())),
                    state=self.tr("Not taken yet"),
                    tone=Tone.WARN,
                    figure=class_.pupils,
                    unit=self.tr("pupil(s)", "", class_.pupils),
                    line=self.tr("Nobody has said yet who is here today."),
                    more=self.tr("This is not the same as all present."),
                )
                for class_ in self._day.not_taken(day)
            )
        )


class GradesSource(QObject):
    """成績: works that have been given and are not filled, and near the end of a term its results."""

    types = OF_GRADES

    def __init__(self, day: Day) -> None:
        super().__init__()
        self._day = day

    def ask(self, now: datetime) -> Asked:
        """As `Source.ask`."""
        day = today(now)
        term, lessons = self._day.term(day), self._day.lessons(day)
        if term is None or not lessons:
            return Asked()
        held = by_lesson(due(self._day.works([lesson.code for lesson in lessons], term.code, day), day))
        open_ = {lesson.code: [work for work in held.get(lesson.code, []) if work.missing] for lesson in lessons}
        asked = sorted((each for each in lessons if open_[each.code]), key=lambda each: open_[each.code][0].date or "")
        items = [self._item(lesson, term, open_[lesson.code], day) for lesson in asked[:COURSES]]
        scores = self._scores(lessons, term, held)
        return Asked(tuple(items), (*scores, *self._results(lessons, term, day)))

    def _item(self, lesson: Lesson, term: Term, open_: Sequence[Work], day: date) -> Item:
        first = open_[0]
        pupils = self._day.without(first, day, NAMES)
        names = "  ".join(name for _, name in pupils)
        others = len(open_) - 1
        told = self.tr("{unit} {title}, {done} of {all}") if first.unit else self.tr("{title}, {done} of {all}")
        more = told.format(unit=first.unit, title=first.title, done=first.filled, all=first.pupils)
        cell = self._day.cell(first, pupils[0][0] if pupils else "")  # the class may have gone from here meanwhile
        return Item(
            key=f"grades {lesson.code}",
            rank=Rank.WORK,
            icon="grades",
            title=self.tr("Grades {name}").format(name=_named(lesson)),
            act=self.tr("Go on entering"),
            door=Door("grades", (lesson.code, term.code, cell)),
            state=self.tr("by {date}").format(date=short_date(term.end)),
            tone=Tone.WARN if is_term_near_end(term.end, day) else Tone.NEUTRAL,
            figure=first.missing,
            unit=self.tr("pupil(s) without a score", "", first.missing),
            line=names if first.missing <= NAMES else self.tr("{names} and others").format(names=names),
            more=more + (self.tr(", and %n more work(s)", "", others) if others else ""),
        )

    def _scores(self, lessons: Sequence[Lesson], term: Term, held: Mapping[str, Sequence[Work]]) -> Iterator[Progress]:
        for lesson in lessons:
            done, total = filled(held.get(lesson.code, ()))
            if total:
                title = self.tr("Scores {name}").format(name=_named(lesson))
                door = Door("grades", (lesson.code, term.code, ""))
                yield Progress(f"scores {lesson.code}", title, done, total, door, date.fromisoformat(term.end))

    def _results(self, lessons: Sequence[Lesson], term: Term, day: date) -> Iterator[Progress]:
        if not is_term_near_end(term.end, day):
            return
        classes = {lesson.code: lesson for lesson in lessons}
        told = self._day.results({code: lesson.class_ for code, lesson in classes.items()}, term.code, day)
        for each in told:
            if each.total:
                title = self.tr("Viewpoints {name}").format(name=_named(classes[each.lesson]))
                door = Door("grades", (each.lesson, term.code, ""))
                end = date.fromisoformat(term.end)
                yield Progress(f"results {each.lesson}", title, each.done, each.total, door, end)


class SyncSource(QObject):
    """同期: what differs, was refused, arrived late or has waited for long."""

    types = frozenset({"outbox", "conflict", "late_edit", "grant"})

    def __init__(self, status: Callable[[], SyncStatus], situation: Situation, conflicts: Conflicts) -> None:
        super().__init__()
        self._status, self._situation, self._conflicts = status, situation, conflicts

    def ask(self, now: datetime) -> Asked:
        """As `Source.ask`."""
        return Asked(tuple(self._items(self._status(), now)))

    def _items(self, status: SyncStatus, now: datetime) -> Iterator[Item]:
        if status.recovering:
            yield self._recovery()
        if status.not_accepted:
            yield self._refused(status.not_accepted)
        if status.conflicts:
            yield self._conflict(status.conflicts, now)
        late = self._situation.late_to_decide()
        if late:
            yield self._late(late)
        if is_worth_telling(status, now):
            yield self._waiting(status, now)

    def _recovery(self) -> Item:
        return Item(
            key="recovery",
            rank=Rank.TROUBLE,
            icon="history",
            title=self.tr("Restore changes"),
            act=self.tr("Check and restore"),
            door=Door("recovery"),
            state=self.tr("Sending waits"),
            tone=Tone.WARN,
            line=self.tr("Changes saved on this PC have to be restored first."),
            more=self.tr("Nothing saved is lost by waiting."),
        )

    def _refused(self, count: int) -> Item:
        return Item(
            key="refused",
            rank=Rank.TROUBLE,
            icon="alert",
            title=self.tr("Changes not accepted"),
            act=self.tr("See why"),
            door=Door("sync"),
            state=self.tr("%n change(s)", "", count),
            tone=Tone.DANGER,
            sign="refused",
            figure=count,
            unit=self.tr("change(s)", "", count),
            line=self.tr("The school did not take them."),
            more=self.tr("What you entered is kept."),
        )

    def _conflict(self, count: int, now: datetime) -> Item:
        line = more = ""
        for each in self._conflicts.differences()[:1]:
            about = each.about
            other = each.conflict.current if each.here else each.conflict.incoming
            line = "  ".join(part for part in (about.pupil, about.place, about.group, about.field) if part)
            who = family_of(self._situation.staff().get(other.by or "", ""))
            if who:
                told = self.tr("{who} changed it too ({time}, {pc})")
                more = told.format(who=who, time=when(other.at or other.made, now), pc=other.device)
        return Item(
            key="conflicts",
            rank=Rank.DECISION,
            icon="merge",
            title=self.tr("Needs your decision"),
            act=self.tr("Compare and decide"),
            door=Door("conflicts"),
            state=self.tr("%n field(s)", "", count),
            tone=Tone.WARN,
            sign="conflict",
            figure=count,
            unit=self.tr("field(s) differ", "", count),
            line=line,
            more=more,
        )

    def _late(self, count: int) -> Item:
        return Item(
            key="late edits",
            rank=Rank.DECISION,
            icon="approval",
            title=self.tr("Late changes"),
            act=self.tr("Look at them"),
            door=Door("late_edits"),
            figure=count,
            unit=self.tr("change(s) to decide", "", count),
            line=self.tr("They were sent after their author's duty had ended."),
        )

    def _waiting(self, status: SyncStatus, now: datetime) -> Item:
        return Item(
            key="waiting",
            rank=Rank.NOTICE,
            icon="sync",
            title=self.tr("Waiting to be sent"),
            act=self.tr("See what waits"),
            door=Door("sync"),
            state=self.tr("since {time}").format(time=when(status.oldest_waiting, now)),
            tone=Tone.WARN if is_alarming(status, now) else Tone.NEUTRAL,
            sign="waiting",
            figure=status.waiting,
            unit=self.tr("change(s) on this PC alone", "", status.waiting),
            line=self.tr("They are sent by themselves once there is a connection."),
        )


class TakeoutSource(QObject):
    """持ち出し: one that is about to end. lease: that holds now, None where there is none."""

    types = frozenset[str]()

    def __init__(self, lease: Callable[[], Lease | None]) -> None:
        super().__init__()
        self._lease = lease

    def ask(self, now: datetime) -> Asked:
        """As `Source.ask`."""
        lease = self._lease()
        if lease is None or lease.kind != "takeout" or lease.exp - now.timestamp() > SOON_S:
            return Asked()
        end = datetime.fromtimestamp(lease.exp, UTC).isoformat()
        item = Item(
            key="takeout",
            rank=Rank.DAY,
            icon="takeout",
            title=self.tr("Take-out"),
            act=self.tr("Return it"),
            door=Door("takeout"),
            state=self.tr("until {time}").format(time=when(end, now)),
            tone=Tone.WARN,
            line=self.tr("Extending it needs a head's approval."),
            more=self.tr("Nothing you entered is lost when it ends."),
        )
        return Asked((item,))


def _named(lesson: Lesson) -> str:
    return f"{lesson.class_label} {lesson.subject_name}"
