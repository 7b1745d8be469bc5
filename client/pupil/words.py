"""What a card says of days, results and notes."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from PySide6.QtCore import QCoreApplication

from client.pupil.reading import is_usual
from client.pupil.record import Attended, CourseLine, DayOf, Held, Result, Term
from client.widgets.day_strip import StripDay, StripMonth
from client.widgets.ink import Tone
from sync.records.derive.attendance import NOT_ENROLLED, UNKNOWN

translate = QCoreApplication.translate
_TONES = {
    "ABSENT_SICK": Tone.WARN,
    "ABSENT_ACCIDENT": Tone.WARN,
    "LATE": Tone.INFO,
    "EARLY": Tone.INFO,
    "LATE_EARLY": Tone.INFO,
}


def held_words(held: Held, whose: str) -> str:
    """Why nothing is to be read of a part, or only some of it; empty where all is here. whose: who may read it."""
    return {
        Held.HERE: "",
        Held.LOADING: translate("PupilCard", "Being loaded: it appears as soon as all of it is on this PC."),
        Held.IN_PART: translate("PupilCard", "Only what belongs to your own courses. The rest is read by {who}."),
        Held.NOT_GRANTED: translate("PupilCard", "Not on this PC: it is read by {who}."),
    }[held].format(who=whose)


def months(attended: Attended) -> list[StripMonth]:
    """The days of a term as rows of a strip."""
    rows: list[StripMonth] = []
    for month, days in groupby(attended.days, key=lambda day: day.date[:7]):
        label = translate("PupilCard", "{month}/").format(month=int(month[5:]))
        rows.append(StripMonth(label, tuple(_strip_day(day) for day in days)))
    return rows


def _strip_day(day: DayOf) -> StripDay:
    on = date.fromisoformat(day.date)
    words = translate("PupilCard", "{day}: {what}").format(day=f"{on.month}/{on.day}", what=day.name)
    if day.status == NOT_ENROLLED:
        return StripDay(on.day, "－", Tone.PLAIN, words)
    letter = "" if is_usual(day) else "?" if day.status == UNKNOWN else day.symbol or day.name[:1]
    return StripDay(on.day, letter, _TONES.get(day.status, Tone.NEUTRAL), words)


def totals_words(attended: Attended) -> list[tuple[str, str]]:
    """(name, figure) of what the days add up to."""
    told = attended.totals
    figures = [
        (translate("PupilCard", "School days"), told.school_days),
        (translate("PupilCard", "Absent"), told.absent),
        (translate("PupilCard", "Suspended, mourning"), told.suspended),
        (translate("PupilCard", "Late"), told.late),
        (translate("PupilCard", "Left early"), told.early),
    ]
    if told.unknown:
        figures.append((translate("PupilCard", "Not taken yet"), told.unknown))
    return [(name, str(figure)) for name, figure in figures]


def result_words(result: Result | None) -> str:
    """A course's result in a term: 「A B A  3」; a dot for what is not decided; empty where nothing is."""
    if result is None:
        return ""
    if result.unrated:
        return translate("PupilCard", "cannot be rated")
    letters = " ".join(letter or "・" for letter in result.letters)
    return "  ".join(part for part in (letters, "" if result.grade is None else str(result.grade)) if part)


def spoken_results(line: CourseLine, terms: Sequence[Term]) -> str:
    """A course's results as they are read aloud."""
    told = (f"{term.name} {result_words(line.results[term.code])}" for term in terms if term.code in line.results)
    return f"{line.subject} {', '.join(told)}"


def audience_words(audience: str) -> str:
    """Who reads a note."""
    return {
        "team": translate("PupilCard", "Class team"),
        "homeroom": translate("PupilCard", "Class teacher"),
        "own": translate("PupilCard", "Only me"),
    }.get(audience, audience)


def short_terms(terms: Sequence[Term]) -> Iterator[Term]:
    """The terms a school decides in, without the whole year."""
    return (term for term in terms if term.no)
