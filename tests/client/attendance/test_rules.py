"""Keys, times and reasons are read as they are meant, and a register adds up to what a plain recount says."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from client.attendance.record import Cell, Day, Line, Mark, Note, Reason, Register, Room, Symbol, SymbolSet, Taken
from client.attendance.rules import (
    Fault,
    Refused,
    Why,
    barred,
    broken,
    cycled,
    findings,
    key_table,
    marked,
    read_key,
    read_reason,
    read_times,
    sums,
    tally,
    written_times,
)
from client.register.record import RosterRow
from sync.records.attendance import MARKS
from sync.records.derive.attendance import USUAL, SchoolDates, Span, Totals, effective, totals
from sync.records.masters import STATUSES
from sync.server.masters import usual

FIRST = date(2026, 11, 1)
DATES = tuple((FIRST + timedelta(days=at)).isoformat() for at in range(30))
ROOM = Room("2026:3-2", "3年2組", live=True, writable=True, own=True)


def board(name: str) -> SymbolSet:
    """One of the sets a board may begin with."""
    rows = {row["status"]: row for _, row in usual.symbols() if row["symbol_set"] == name}
    symbols = {
        status: Symbol(
            status,
            rows[status]["symbol"],
            rows[status]["name"],
            tuple(rows[status]["keys"].split()),
            frozenset(rows[status]["counts"]),
            stored=status in MARKS,
        )
        for status in STATUSES
    }
    codes = [row for row in usual.table("codes") if row["set"] == "attendance_reason"]
    reasons = [Reason(row["code"], row["name"], row["short"], frozenset(row["attrs"].split())) for row in codes]
    return SymbolSet(symbols, key_table(symbols.values()), tuple(reasons))


KANJI, MARK = board("kanji"), board("mark")


def line_of(spans: tuple[Span, ...], marks: Mapping[str, str], dates: SchoolDates, pupil: str = "p") -> Line:
    line = Line(RosterRow(pupil, 1, "髙橋", "一", "たかはし いち", guest=False), spans, ("2026:3-2",), ())
    cells = (
        Cell(day, effective(day, spans, dates, marks.get(day)), Mark(marks.get(day)), exists=day in marks)
        for day in DATES
    )
    return replace(line, cells=tuple(cells))


def register_of(*lines: Line, dates: SchoolDates, today: str = DATES[-1], book: SymbolSet = KANJI) -> Register:
    taken = {day: Taken(None, None) for day in dates.taken}
    days = tuple(Day(day, dates.kinds.get(day), "", dates.closures.get(day), taken=taken.get(day)) for day in DATES)
    return Register(ROOM, today, days, dates, lines, book)


days_of_month = st.sampled_from(DATES)
kinds = st.fixed_dictionaries(dict.fromkeys(DATES, st.sampled_from(("school_day", "makeup", "holiday"))))
closures = st.dictionaries(days_of_month, st.sampled_from(("less_school_days", "suspension")), max_size=5)
marks_of_pupil = st.dictionaries(days_of_month, st.sampled_from(MARKS), max_size=15)
calendars = st.builds(SchoolDates, kinds, closures, st.sets(days_of_month).map(frozenset))


@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    first = draw(days_of_month)
    last = draw(st.none() | st.sampled_from([day for day in DATES if day >= first]))
    return (Span(first, last),)


def recount(own: tuple[Span, ...], marks: Mapping[str, str], dates: SchoolDates) -> dict[str, int]:
    """出欠の記録, counted by hand: no step of it is the product's."""
    found = dict.fromkeys(("school_days", "suspended", "must", "absent", "present", "late", "early", "unknown"), 0)
    for day in DATES:
        here = own[0].first <= day and (own[0].last is None or day <= own[0].last)
        if not here or dates.kinds[day] == "holiday" or dates.closures.get(day) == "less_school_days":
            continue
        found["school_days"] += 1
        if dates.closures.get(day) == "suspension":
            found["suspended"] += 1
            continue
        mark = marks.get(day)
        if mark in ("SUSPEND", "MOURNING"):
            found["suspended"] += 1
            continue
        if mark in ("ABSENT_SICK", "ABSENT_ACCIDENT"):
            found["absent"] += 1
            continue
        if mark is None and day not in dates.taken:
            found["unknown"] += 1
            continue
        found["present"] += 1
        found["late"] += mark in ("LATE", "LATE_EARLY")
        found["early"] += mark in ("EARLY", "LATE_EARLY")
    found["must"] = found["school_days"] - found["suspended"]
    return found


@given(spans(), marks_of_pupil, calendars)
@settings(max_examples=50)
def test_totals_are_what_a_recount_by_hand_says(
    own: tuple[Span, ...], marks: dict[str, str], dates: SchoolDates
) -> None:
    line = line_of(own, marks, dates)
    sum_ = sums(line, register_of(line, dates=dates))
    assert {name: getattr(sum_, name) for name in recount(own, marks, dates)} == recount(own, marks, dates)


@given(spans(), marks_of_pupil, calendars)
@settings(max_examples=50)
def test_the_invariants_hold_for_every_month_r01_r02_r03(
    own: tuple[Span, ...], marks: dict[str, str], dates: SchoolDates
) -> None:
    line = line_of(own, marks, dates)
    sum_ = sums(line, register_of(line, dates=dates))
    assert broken(sum_) == []
    assert sum_.must == sum_.school_days - sum_.suspended >= 0
    assert sum_.present + sum_.absent + sum_.unknown == sum_.must
    earlier = {day: "PRESENT" if mark in ("LATE", "EARLY", "LATE_EARLY") else mark for day, mark in marks.items()}
    plain = line_of(own, earlier, dates)
    assert sums(plain, register_of(plain, dates=dates)).absent == sum_.absent


@given(marks_of_pupil, calendars, days_of_month)
@settings(max_examples=50)
def test_a_class_closure_adds_to_suspended_and_a_school_closure_lowers_school_days_r04_r05(
    marks: dict[str, str], dates: SchoolDates, day: str
) -> None:
    open_ = SchoolDates({**dates.kinds, day: "school_day"}, {}, frozenset(DATES))
    for closed, change in (("suspension", (0, 1)), ("less_school_days", (-1, 0))):
        shut = replace(open_, closures={day: closed})
        unmarked = {each: mark for each, mark in marks.items() if each != day}
        before = totals(effective(each, (Span(DATES[0]),), open_, unmarked.get(each)) for each in DATES)
        after = totals(effective(each, (Span(DATES[0]),), shut, unmarked.get(each)) for each in DATES)
        assert (after.school_days - before.school_days, after.suspended - before.suspended) == change
        assert (after.absent, after.late, after.early) == (before.absent, before.late, before.early)


@given(spans(), marks_of_pupil, calendars)
@settings(max_examples=50)
def test_a_day_outside_the_class_is_not_counted_whatever_mark_exists_r06(
    own: tuple[Span, ...], marks: dict[str, str], dates: SchoolDates
) -> None:
    line = line_of(own, marks, dates)
    outside = [cell for cell in line.cells if not own[0].holds(cell.date)]
    assert {cell.status for cell in outside} <= {"NOT_ENROLLED"}
    listed = [each.date for each in findings(register_of(line, dates=dates)) if each.fault is Fault.OUTSIDE]
    assert listed == sorted(cell.date for cell in outside if cell.mark.status is not None)


@given(st.lists(st.sampled_from(STATUSES) | st.none(), max_size=40), st.integers(0, 40))
def test_totals_of_parts_add_up_to_the_whole_r20(statuses: list[str | None], cut: int) -> None:
    assert totals(statuses[:cut]) + totals(statuses[cut:]) == totals(statuses)
    assert totals([]) == Totals()


@given(st.lists(st.sampled_from([status for status in STATUSES if status != "UNKNOWN"]), max_size=40))
def test_what_a_board_counts_otherwise_is_counted_otherwise(statuses: list[str]) -> None:
    counts = {**USUAL, "EXEMPT_PRESENT": frozenset({"suspended"})}
    extra = statuses.count("EXEMPT_PRESENT")
    assert totals(statuses, counts).suspended == totals(statuses).suspended + extra


def test_a_way_of_counting_that_does_not_hold_together_is_found() -> None:
    wild = {"UNKNOWN": frozenset({"absent"}), "CLASS_CLOSED": frozenset({"suspended", "absent"})}
    assert broken(totals(["UNKNOWN", "CLASS_CLOSED"], wild)) == [Fault.PRESENT]
    assert broken(Totals(school_days=1, suspended=2)) == [Fault.MUST, Fault.PRESENT]
    assert broken(Totals(school_days=1, absent=1, late=1)) == [Fault.LATE]


def test_days_to_come_are_not_counted() -> None:
    dates = SchoolDates(dict.fromkeys(DATES, "school_day"), {}, frozenset())
    line = line_of((Span(DATES[0]),), {DATES[20]: "MOURNING"}, dates)
    assert sums(line, register_of(line, dates=dates, today=DATES[9])).school_days == 10


def test_every_key_of_a_board_means_its_status_in_any_width_and_case() -> None:
    for book in (KANJI, MARK):
        for symbol in book.symbols.values():
            for key in symbol.keys:
                wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in key)
                assert {read_key(key, book), read_key(key.upper(), book), read_key(wide, book)} == {symbol.status}
            assert symbol.stored or not symbol.keys


def test_keys_are_the_boards_and_none_is_built_in() -> None:
    sick = replace(KANJI.symbols["ABSENT_SICK"], keys=("7",), symbol="や")
    own = SymbolSet({"ABSENT_SICK": sick}, key_table([sick]), ())
    assert read_key("7", own) == read_key("や", own) == read_key("病欠", own) == "ABSENT_SICK"
    assert read_key("k", own) == Refused(Why.UNKNOWN_KEY, "k")


def test_symbols_that_two_statuses_share_are_read_by_their_keys() -> None:
    assert MARK.symbols["ABSENT_SICK"].symbol == MARK.symbols["ABSENT_ACCIDENT"].symbol == "／"
    assert read_key("j", MARK) == "ABSENT_ACCIDENT"
    assert read_key("／", MARK) == "ABSENT_SICK"


def test_an_empty_text_undoes_a_mark() -> None:
    assert read_key(" 　", KANJI) == "PRESENT"


@given(st.sampled_from([KANJI, MARK]), st.sampled_from(MARKS))
def test_the_next_mark_comes_round_to_where_it_began(book: SymbolSet, status: str) -> None:
    here, seen = status, []
    for _ in MARKS:
        seen.append(here)
        here = cycled(here, book)
    assert here == status
    assert sorted(seen) == sorted(MARKS)
    assert cycled(cycled(status, book), book, back=True) == status
    assert cycled(None, book) == cycled("PRESENT", book)


@given(st.times(), st.times(), st.sampled_from(("LATE", "EARLY", "LATE_EARLY")))
def test_times_are_read_back_as_they_are_written(one: object, other: object, status: str) -> None:
    early, late = sorted((str(one)[:5], str(other)[:5]))
    mark = {"LATE": Mark(status, early), "EARLY": Mark(status, None, late), "LATE_EARLY": Mark(status, early, late)}
    if early == late:
        return
    cell = Cell(DATES[0], status, Mark(status))
    assert read_times(written_times(mark[status]), cell) == mark[status]


def test_times_are_read_as_people_write_them() -> None:
    late = Cell(DATES[0], "LATE", Mark("LATE"))
    for text in ("9:30", "930", "0930", "９：３０", "9時30分", "9.30"):
        assert read_times(text, late) == Mark("LATE", "09:30"), text
    for text in ("25:00", "9:75", "soon", "9:30-10:30"):
        assert read_times(text, late) == Refused(Why.NOT_A_TIME, text)
    assert read_times("9:30", Cell(DATES[0], "ABSENT_SICK", Mark("ABSENT_SICK"))) == Refused(Why.NO_TIME, "9:30")
    assert read_times("", replace(late, mark=Mark("LATE", "09:30"))) == Mark("LATE")
    both = Cell(DATES[0], "LATE_EARLY", Mark("LATE_EARLY"))
    assert read_times("9:30〜14:00", both) == Mark("LATE_EARLY", "09:30", "14:00")
    assert isinstance(read_times("14:00-9:30", both), Refused)


def test_a_time_that_means_nothing_any_more_goes_with_its_mark() -> None:
    cell = Cell(DATES[0], "LATE_EARLY", Mark("LATE_EARLY", "09:30", "14:00"))
    assert marked(cell, "LATE") == Mark("LATE", "09:30")
    assert marked(cell, "ABSENT_SICK") == Mark("ABSENT_SICK")


def test_reasons_are_read_by_name_by_short_form_and_by_how_they_begin() -> None:
    assert read_reason("発熱", KANJI) == read_reason("熱", KANJI) == "fever"
    assert read_reason("インフルエンザ", KANJI) == read_reason("インフ", KANJI) == "influenza"
    assert read_reason("", KANJI) is None
    assert read_reason("か", KANJI) == "cold"
    assert read_reason("旅行", KANJI) == Refused(Why.NOT_A_REASON, "旅行")


def test_who_may_be_marked_is_said_by_the_list_the_calendar_and_the_right() -> None:
    line = line_of((Span(DATES[5], DATES[9]),), {}, SchoolDates({}))
    school = Day(DATES[6], "school_day")
    assert barred(school, line, writable=True) is None
    assert barred(school, line, writable=False) is Why.READ_ONLY
    assert barred(Day(DATES[4], "school_day"), line, writable=True) is Why.NOT_HERE
    assert barred(Day(DATES[6], "holiday"), line, writable=True) is Why.NO_SCHOOL
    assert barred(Day(DATES[6]), line, writable=True) is Why.NO_SCHOOL
    assert barred(replace(school, closed="suspension"), line, writable=True) is Why.CLOSED


def test_what_is_not_right_is_listed_day_by_day() -> None:
    dates = SchoolDates(dict.fromkeys(DATES[:3], "school_day"), {DATES[1]: "suspension"}, frozenset({DATES[2]}))
    line = line_of((Span(DATES[0]),), {DATES[1]: "ABSENT_SICK", DATES[5]: "LATE"}, dates)
    late = replace(line.cells[2], source="correction", mark=Mark("LATE"), status="LATE")
    line = replace(line, cells=(*line.cells[:2], late, *line.cells[3:]))
    found = [(each.fault, each.date) for each in findings(register_of(line, dates=dates))]
    assert found == [
        (Fault.NOT_TAKEN, DATES[0]),
        (Fault.ON_CLOSED_DAY, DATES[1]),
        (Fault.UNEXPLAINED, DATES[2]),
        (Fault.ON_CLOSED_DAY, DATES[5]),
    ]
    told = replace(line, cells=(*line.cells[:2], replace(late, note=Note("clinic")), *line.cells[3:]))
    assert Fault.UNEXPLAINED not in {each.fault for each in findings(register_of(told, dates=dates))}


def test_a_guest_is_counted_in_the_own_class_only_r23() -> None:
    dates = SchoolDates(dict.fromkeys(DATES, "school_day"), {}, frozenset(DATES))
    own = line_of((Span(DATES[0]),), {DATES[0]: "LATE"}, dates)
    guest = replace(own, who=replace(own.who, pupil="g", guest=True))
    assert tally(register_of(own, guest, dates=dates), 0) == {"LATE": 1}
