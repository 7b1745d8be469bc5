"""Remarks of report cards: what a child learned well, how the child lived at school, a wish (domain.md 8; R17, R18)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from itertools import islice
from random import Random
from typing import Final

from sync.server.csv_tables import Row, numbers
from sync.server.sample.calendar import TermSpan
from sync.server.sample.children import Child, Room, Roster
from sync.server.sample.phrases import Phrases
from sync.server.sample.premise import Premise, SampleRecord, stamp
from sync.server.sample.staffing import Lesson, Teacher, attends
from sync.server.sample.units import Unit, units
from sync.server.sample.words import table

BANDS: Final = {1: "L", 2: "L", 3: "M", 4: "M", 5: "H", 6: "H"}
SHAPES: Final = {"L": (1, 1, 0.3), "M": (2, 1, 0.35), "H": (2, 2, 0.4)}
"""Sentences about learning and about life, and how often a wish ends the text, by band."""
WRITTEN_BEFORE_END: Final = 5
DRAFTED_OVER: Final = 25
"""School days at the end of a term over which a class's drafts come into being."""
Strengths = Mapping[tuple[str, int], Sequence[str]]
"""Subjects by pupil id and term, the strongest first."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a class teacher writes remarks from."""

    premise: Premise
    roster: Roster
    courses: tuple[Lesson, ...]
    staff: Mapping[str, Teacher]
    strengths: Strengths


def remark_records(desk: Desk, room: Room) -> Iterator[SampleRecord]:
    """All remarks of a class: of finished terms, and drafts of the running one."""
    premise = desk.premise
    chance = premise.chance("remarks", room.code)
    phrases = Phrases(chance)
    lessons = [lesson for lesson in desk.courses if lesson.room.code == room.code or room.special]
    taught = {lesson.code: units(premise, lesson) for lesson in lessons}
    for term in premise.calendar.terms:
        share = _written_share(premise, term)
        present = [child for child in desk.roster.by_class[room.code] if child.here(min(term.days[-1], premise.today))]
        for child in present[: round(len(present) * share)]:
            own = [lesson for lesson in lessons if attends(child, lesson)]
            learned = {lesson.subject: _of_term(taught[lesson.code], term) for lesson in own}
            text = _overall(desk, child, term, learned, phrases, chance)
            yield _record(premise, child, term, "overall", text, desk.staff[room.key], done=share == 1.0)
            if share == 1.0 and child.habit != "long_absent":
                yield from _subject_texts(premise, child, term, own, phrases)


def _written_share(premise: Premise, term: TermSpan) -> float:
    """Share of a class's remarks that exist: all of a finished term, some of the running one when it nears its end."""
    if term.days[-1] < premise.today:
        return 1.0
    left = sum(day >= premise.today for day in term.days)
    return max(0.0, 0.8 * (1 - left / DRAFTED_OVER)) if premise.today > term.days[0] else 0.0


def _of_term(taught: Sequence[Unit], term: TermSpan) -> list[Unit]:
    return [unit for unit in taught if unit.term.no == term.no]


def _overall(
    desk: Desk, child: Child, term: TermSpan, learned: Mapping[str, Sequence[Unit]], phrases: Phrases, chance: Random
) -> str:
    band = BANDS[child.grade]
    slots = _slots(desk.premise, child, term)
    if child.habit == "long_absent":
        return phrases.sentence("away", band, ["-"], slots) or ""
    about_learning, about_life, wish = SHAPES[band]
    ranked = [subject for subject in desk.strengths.get((child.id, term.no), list(learned)) if learned.get(subject)]
    told = ranked[:1] + chance.sample(ranked[1:5], len(ranked[1:5])) + ranked[5:]
    learning = (_learning(phrases, band, subject, learned[subject], chance) for subject in told)
    text = list(islice(filter(None, learning), about_learning))
    life = (phrases.sentence("life", band, ["-", "event"], slots) for _ in range(about_life))
    text += filter(None, life)
    if chance.random() < 0.3:
        text.reverse()
    if chance.random() < wish:
        text.append(phrases.sentence("close", band, ["-"], slots) or "")
    return "".join(text)


def _learning(phrases: Phrases, band: str, subject: str, learned: Sequence[Unit], chance: Random) -> str | None:
    """A sentence about one of the units of a subject that can still be spoken of."""
    for unit in chance.sample(learned, len(learned)):
        told = phrases.sentence("learn", band, [subject, f"{subject}.{unit.kind}"], {"unit": [unit.title]})
        if told:
            return told
    return None


def _slots(premise: Premise, child: Child, term: TermSpan) -> dict[str, list[str]]:
    topics = _topics(child.grade)
    until = min(term.end, premise.today)
    events = [event for event in premise.calendar.events if child.grade in event.grades]
    events = [event for event in events if term.start <= event.day <= until]
    last = term.no == len(premise.calendar.terms)
    return {
        "role": [row["text"] for row in topics if row["kind"] == "role"],
        "committee": [row["text"] for row in topics if row["kind"] == "committee"],
        "theme": [row["text"] for row in topics if row["kind"] == "theme"],
        **{talk: [event.title for event in events if event.talk == talk] for talk in ("show", "trip", "meeting")},
        "next": [_next(premise, child, term, last=last)],
    }


@cache
def _topics(grade: int) -> Sequence[Row]:
    return [row for row in table("topics") if grade in numbers(row["grades"])]


def _next(premise: Premise, child: Child, term: TermSpan, *, last: bool) -> str:
    if last:
        return "中学校でも" if child.grade == 6 else "新しい学年でも"
    return f"{premise.calendar.terms[term.no].name}も"


def _subject_texts(
    premise: Premise, child: Child, term: TermSpan, own: Sequence[Lesson], phrases: Phrases
) -> Iterator[SampleRecord]:
    """道徳 by theme; 外国語活動 and 総合 by what the grade did in the term, its third when there are two terms only."""
    band = BANDS[child.grade]
    third = term.no if len(premise.calendar.terms) == 3 else 2 * term.no - 1
    for lesson in own:
        if lesson.text_only:
            topics = [row for row in table("topics") if row["kind"] == lesson.subject]
            done = [row["text"] for row in topics if row["grades"] == str(child.grade) and row["term"] == str(third)]
            slots = {"theme": _slots(premise, child, term)["theme"], "unit": done}
            text = phrases.sentence(lesson.subject, band, [lesson.subject], slots)
            assert text is not None, lesson.code
            yield _record(premise, child, term, f"s.{lesson.subject}", text, lesson.teachers[0], lesson=lesson)


def _record(
    premise: Premise,
    child: Child,
    term: TermSpan,
    box: str,
    text: str,
    author: Teacher,
    *,
    lesson: Lesson | None = None,
    done: bool = True,
) -> SampleRecord:
    written: date = term.days[-WRITTEN_BEFORE_END]
    return premise.keyed(
        "remark",
        pupil=child.id,
        term=f"{premise.year}-{term.no}",
        box=box,
        at_class=child.home,
        at_lesson=lesson.code if lesson else None,
        text=text,
        done=done,
        by=author.id if done else None,
        at=stamp(written, time(17, child.number)) if done else None,
    )
