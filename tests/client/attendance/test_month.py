"""The register of a month and of a year: a cell a day, totals as they should be, and the way to what is not right."""

from datetime import date, timedelta

import pytest

from client.attendance.chooser import View
from client.attendance.record import Line
from client.attendance.rules import Fault, findings, sums
from client.attendance.table import FROZEN
from client.workspace import Put, Workspace
from tests.client.attendance.conftest import CLASS, KEY, TODAY, Shown

CLOSED = ("2026-10-29", "2026-10-30")
"""The class was closed for influenza."""


def figures(shown: Shown, number: int) -> list[str]:
    """The totals at the right of a pupil's line, as they are shown."""
    table = shown.page.view.table
    first = FROZEN + len(shown.register.days)
    return [shown.text(number, column) for column in range(first, len(table.columns))]


def recounted(workspace: Workspace, line: Line, first: str, last: str) -> list[str]:
    """The same seven figures from the bare records: a loop over dates, and nothing of the product's counting."""
    ask = workspace.rows
    kinds = {row.date: row.kind for row in ask("SELECT date, kind FROM school_day")}
    closed = {row.date: row.counts_as for row in ask('SELECT date, counts_as FROM closure WHERE "class" = ?', (CLASS,))}
    marks = {row.date: row.mark for row in ask("SELECT date, mark FROM attendance WHERE pupil = ?", (line.id,))}
    taken = {row.date for row in ask('SELECT date FROM attendance_day WHERE "class" = ? AND taken', (CLASS,))}
    here = ask('SELECT "from", "to" FROM membership WHERE "class" = ? AND pupil = ?', (CLASS, line.id))[0]
    count = dict.fromkeys(("days", "suspended", "absent", "late", "early", "open"), 0)
    day = date.fromisoformat(first)
    while day.isoformat() <= min(last, TODAY):
        iso, day = day.isoformat(), day + timedelta(days=1)
        if kinds.get(iso, "holiday") == "holiday" or iso < here["from"] or (here["to"] or "9999") < iso:
            continue
        if closed.get(iso) == "less_school_days":
            continue
        count["days"] += 1
        mark = marks.get(iso)
        if iso in closed or mark in ("SUSPEND", "MOURNING"):
            count["suspended"] += 1
        elif mark in ("ABSENT_SICK", "ABSENT_ACCIDENT"):
            count["absent"] += 1
        elif mark is None and iso not in taken:
            count["open"] += 1
        else:
            count["late"] += mark in ("LATE", "LATE_EARLY")
            count["early"] += mark in ("EARLY", "LATE_EARLY")
    must = count["days"] - count["suspended"]
    present = must - count["absent"] - count["open"]
    told = (count["days"], count["suspended"], must, count["absent"], present, count["late"], count["early"])
    return [str(figure) for figure in told]


@pytest.fixture
def month(shown: Shown) -> Shown:
    """The page on November."""
    shown.page.chooser.find(CLASS, TODAY, View.MONTH)
    shown.page._focus()
    return shown


def test_totals_of_months_and_of_the_year_are_those_of_a_plain_recount(shown: Shown) -> None:
    workspace = shown.desk.workspace
    for month in ("2026-04", "2026-09", "2026-10", "2026-11"):
        shown.page.chooser.find(CLASS, f"{month}-15", View.MONTH)
        for line in shown.lines:
            number = line.who.number
            assert number is not None
            assert figures(shown, number) == recounted(workspace, line, f"{month}-01", f"{month}-31"), (month, number)
    shown.page.chooser.find(CLASS, TODAY, View.YEAR)
    for line in shown.lines:
        number = line.who.number
        assert number is not None
        assert figures(shown, number) == recounted(workspace, line, "2026-04-01", "2027-03-31"), number


def test_months_add_up_to_the_year_r20(shown: Shown) -> None:
    whole = {line.id: sums(line, shown.book.year(shown.register.room, TODAY)) for line in shown.lines}
    year = shown.book.year(shown.register.room, TODAY)
    months = [f"2026-{month:02d}" for month in range(4, 13)] + ["2027-01", "2027-02", "2027-03"]
    registers = [shown.book.month(shown.register.room, month, TODAY) for month in months]
    for line in year.lines:
        parts = [sums(each, register) for register in registers for each in register.lines if each.id == line.id]
        added = parts[0]
        for part in parts[1:]:
            added += part
        assert added == sums(line, year)
    assert whole


def test_a_closed_class_counts_as_suspended_and_a_closed_school_not_at_all(shown: Shown) -> None:
    october = shown.book.month(shown.register.room, "2026-10", TODAY)
    september = shown.book.month(shown.register.room, "2026-09", TODAY)
    for line in october.lines:
        if not line.who.gone:
            assert {cell.status for cell in line.cells if cell.date in CLOSED} == {"CLASS_CLOSED"}
            assert sums(line, october).suspended >= 2
    typhoon = {line.cells[september.at("2026-09-10")].status for line in september.lines if not line.who.gone}
    assert typhoon == {"SCHOOL_CLOSED"}


def test_a_cell_is_marked_in_the_month_and_asks_why_where_the_day_was_taken(month: Shown) -> None:
    at = month.register.at("2026-11-18")
    month.go(9, FROZEN + at)
    month.type("k")
    assert month.page.reason.asking
    month.page.reason.text.setText("連絡帳で確認")
    month.press(KEY.Key_Return)
    month.wait_saved()
    cell = month.line(9).cells[at]
    assert (cell.status, cell.source, cell.note.text) == ("ABSENT_SICK", "correction", "連絡帳で確認")
    assert figures(month, 9)[3] == "1"


def test_today_is_marked_in_the_month_without_a_question_and_taken_there(month: Shown) -> None:
    month.go(3, FROZEN + month.register.at(TODAY))
    month.type("c")
    assert not month.page.reason.asking
    month.press(KEY.Key_Return, control=True)
    month.wait_saved()
    assert month.register.days[month.register.at(TODAY)].taken is not None
    assert figures(month, 3)[5] == "1"


def test_what_is_not_right_leads_there(month: Shown) -> None:
    pupil = month.line(5).id
    marks = [("2026-11-03", "ABSENT_SICK"), ("2026-11-08", "LATE")]
    key = {"pupil": pupil, "@classes": [CLASS], "source": "import"}
    puts = [Put("attendance", key | {"date": day, "mark": mark}) for day, mark in marks]
    month.desk.workspace.edit("import.marks", puts)
    month.bot.waitUntil(lambda: len(findings(month.register)) == 3)
    month.wait_saved()
    found = {(each.fault, each.date) for each in findings(month.register)}
    assert found == {
        (Fault.ON_CLOSED_DAY, "2026-11-03"),
        (Fault.ON_CLOSED_DAY, "2026-11-08"),
        (Fault.NOT_TAKEN, "2026-11-19"),
    }
    assert figures(month, 5) == recounted(month.desk.workspace, month.line(5), "2026-11-01", "2026-11-30")
    holiday = next(each for each in findings(month.register) if each.date == "2026-11-08")
    month.page.register_side.opened.emit(holiday)
    here = month.page.view.here()
    assert here is not None
    assert (here[0].id, month.register.days[here[1]].date) == (pupil, "2026-11-08")
    untaken = next(each for each in findings(month.register) if each.fault is Fault.NOT_TAKEN)
    month.page.register_side.opened.emit(untaken)
    assert month.page.chooser.shown is View.DAY
    assert month.register.days[-1].date == "2026-11-19"


def test_ctrl_arrows_turn_the_months_and_stay_in_the_year(month: Shown) -> None:
    month.press(KEY.Key_Left, control=True)
    assert month.register.days[0].date == "2026-10-01"
    for _ in range(12):
        month.press(KEY.Key_Left, control=True)
    assert month.register.days[0].date == "2026-04-01"
    for _ in range(14):
        month.press(KEY.Key_Right, control=True)
    assert month.register.days[-1].date == "2027-03-31"


def test_who_comes_in_the_middle_of_a_month_is_counted_from_that_day(shown: Shown) -> None:
    came = max(shown.lines, key=lambda line: line.spans[0].first)
    first = came.spans[0].first
    register = shown.book.month(shown.register.room, first[:7], TODAY)
    line = next(line for line in register.lines if line.id == came.id)
    before = {cell.status for cell in line.cells if cell.date < first}
    assert before <= {"NOT_ENROLLED"}
    assert sums(line, register).school_days == int(recounted(shown.desk.workspace, line, first, first[:7] + "-31")[0])


def test_names_stay_where_the_days_move(month: Shown) -> None:
    month.page.chooser.find(CLASS, TODAY, View.YEAR)
    grid = month.page.view.grid
    grid.table.horizontalScrollBar().setValue(grid.table.horizontalScrollBar().maximum())
    assert grid.names.isColumnHidden(FROZEN)
    assert not grid.names.isColumnHidden(1)
    assert grid.names.isVisible()
