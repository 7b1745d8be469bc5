"""The sheet as a model: what Qt may ask of it, what it says of each cell, and what stands under each column."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from client.grades.figures import Footer
from client.grades.record import BLANK, ColumnKind, GradeCell, GradeColumn, GradeRow, Lesson, Mark, Sheet, Term, Value
from client.grades.rules import Counts, Facet, Reason, Refused, Show, faceted, level, lines
from client.grades.table import FROZEN, MARKS, SheetTable, mark_words, refusal, title_among
from client.register.record import RosterRow
from client.terms import Speech, entry_words
from client.widgets.column_table import CAPTION_ROLE, HEADING_ROLE, STATE_ROLE, Heading
from client.widgets.grid.footer import Distribution, Figure
from client.widgets.marks import CellState

WORDS = entry_words("ja")
LESSON = Lesson("2026:3-2:math", "2026:3-2", "3年2組", "math", "算数", 3, live=True, writable=True)
TERM = Term("2026-2", 2, "2学期", "2026-08-27", "2026-12-24")
COLUMNS = (
    GradeColumn("a", ColumnKind.POINTS, "まとめ", "わり算", "know", "知技", "2026-09-09", 100_00, 40_00),
    GradeColumn("b", ColumnKind.LEVELS, "ふり返り", "わり算", "attitude", "主体", None, 3_00, 20_00),
    GradeColumn("c", ColumnKind.POINTS, "小テスト", "長さ", "know", "知技", "2026-06-05", 20_00, None, closed=True),
    GradeColumn("know", ColumnKind.VIEWPOINT, "知技", "", "know", "知技"),
    GradeColumn("grade", ColumnKind.GRADE, "", "", "", ""),
)


def points(value: int) -> Value:
    return Value(state="scored", points=value)


def row(number: int, *values: Value, gone: bool = False, marks: Mark = Mark.NONE) -> GradeRow:
    who = RosterRow(
        f"p{number}",
        number,
        f"姓{number}",
        f"名{number}",
        f"せい{number} めい{number}",
        guest=False,
        left_on="2026-09-05" if gone else None,
        leave="transferred" if gone else None,
    )
    cells = tuple(
        GradeCell(f"{number}{at}", value, exists=not value.blank, marks=marks) for at, value in enumerate(values)
    )
    return GradeRow(who, "2026:3-2", cells)


SHEET = Sheet(
    LESSON,
    TERM,
    COLUMNS,
    (
        row(1, points(85_00), Value("scored", 3_00, "A"), points(19_00), Value(letter="A"), Value(grade=3)),
        row(2, Value(state="absent"), BLANK, points(0), BLANK, Value(unrated="long_absence"), marks=Mark.WAITING),
        row(3, points(10_00), BLANK, BLANK, BLANK, BLANK, gone=True),
        row(4, BLANK, Value("scored", 1_00, "C"), points(20_00), Value(letter="C"), Value(grade=1)),
    ),
)


@pytest.fixture
def table() -> Iterator[SheetTable]:
    shown = SheetTable()
    shown.show_sheet(SHEET, list(SHEET.rows), WORDS)
    yield shown
    shown.deleteLater()


def state(table: SheetTable, line: int, column: int) -> CellState:
    return CellState(table.index(line, column + FROZEN).data(STATE_ROLE))


def test_the_model_keeps_qts_rules(table: SheetTable, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(table)


def test_a_reload_of_the_same_sheet_is_no_reset(table: SheetTable, qtbot: object) -> None:
    resets: list[bool] = []
    table.modelReset.connect(lambda: resets.append(True))
    changed = replace(SHEET, rows=(*SHEET.rows[:3], row(4, points(1_00), *(BLANK,) * 4)))
    table.show_sheet(changed, list(changed.rows), WORDS)
    assert resets == []
    assert table.index(3, FROZEN).data() == "1"
    table.show_sheet(
        replace(changed, columns=COLUMNS[:1]), [replace(r, cells=r.cells[:1]) for r in changed.rows], WORDS
    )
    assert resets == [True]


@pytest.mark.parametrize(
    ("line", "texts"),
    [(0, ["85", "A", "19", "A", "3"]), (1, ["欠", "", "0", "", "／"]), (3, ["", "C", "20", "C", "1"])],
)
def test_cells_show_their_values(table: SheetTable, line: int, texts: list[str]) -> None:
    assert [table.index(line, FROZEN + at).data() or "" for at in range(len(texts))] == texts


def test_zero_is_a_value_and_absent_is_quiet(table: SheetTable) -> None:
    assert CellState.MUTED in state(table, 1, 0)
    assert CellState.MUTED not in state(table, 1, 2)


def test_one_key_columns_are_not_editable_in_qts_sense_and_points_are(table: SheetTable) -> None:
    editable = [bool(table.flags(table.index(0, FROZEN + at)) & Qt.ItemFlag.ItemIsEditable) for at in range(5)]
    assert editable == [True, False, False, False, False]
    assert CellState.ONE_KEY in state(table, 0, 1)
    assert CellState.ONE_KEY in state(table, 0, 3)
    assert CellState.ONE_KEY not in state(table, 0, 4)


def test_a_line_of_a_leaver_is_struck_through_says_so_and_takes_nothing(table: SheetTable) -> None:
    assert CellState.STRUCK in state(table, 2, 0)
    assert not table.flags(table.index(2, FROZEN)) & Qt.ItemFlag.ItemIsEditable
    assert table.index(2, 1).data(CAPTION_ROLE) == "moved away"


def test_closed_columns_and_the_overall_grade_are_closed(table: SheetTable) -> None:
    assert [CellState.CLOSED in state(table, 0, at) for at in range(5)] == [False, False, True, False, True]


def test_a_reader_hears_pupil_column_value_and_mark(table: SheetTable) -> None:
    spoken = table.index(1, FROZEN).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "姓2 名2 わり算 まとめ 知技 欠 saved on this PC, not sent yet"


def test_what_is_saved_without_its_backup_copy_is_drawn_and_said_so() -> None:
    assert mark_words(Mark.WAITING | Mark.UNCOPIED) == "saved on this PC, no backup copy"
    assert CellState(MARKS[int(Mark.WAITING | Mark.UNCOPIED)]) == CellState.WAITING | CellState.UNCOPIED


def test_a_sheet_nobody_may_write_opens_no_editor_and_takes_no_key() -> None:
    sheet = replace(SHEET, lesson=replace(LESSON, writable=False))
    table = SheetTable()
    table.show_sheet(sheet, list(sheet.rows), WORDS)
    assert not any(table.flags(table.index(0, FROZEN + at)) & Qt.ItemFlag.ItemIsEditable for at in range(5))
    assert CellState.ONE_KEY not in state(table, 0, 1)


def test_headings_say_viewpoint_day_maximum_and_weight(table: SheetTable) -> None:
    heads: list[Heading] = [table.headerData(FROZEN + at, Qt.Orientation.Horizontal, HEADING_ROLE) for at in range(5)]
    assert [(head.group, head.title, head.captions) for head in heads[:3]] == [
        ("わり算", "まとめ", ("知技 9/9", "/100 40%")),
        ("わり算", "ふり返り", ("主体", "ABC 20%")),
        ("長さ", "小テスト", ("知技 6/5", "/20")),
    ]
    assert [head.group for head in heads[3:]] == ["Results of 2学期"] * 2
    assert heads[2].closed


def test_the_footer_counts_those_who_are_there() -> None:
    mean, _, _, number, blank, spread = Footer().rows(SHEET, SHEET.rows)
    assert mean.cells[FROZEN] == Figure("85.0")
    assert number.cells[FROZEN] == Figure("1")
    assert blank.cells[FROZEN] == Figure("1", strong=True)
    assert blank.cells[FROZEN + 2] == Figure("0", muted=True)
    assert spread.cells[FROZEN + 1] == Distribution((1, 0, 1), ("A", "B", "C"))
    assert spread.cells[FROZEN + 4] == Distribution((1, 0, 1), ("3", "2", "1"))
    assert mean.cells[FROZEN + 1] == Figure(None)


def test_a_footer_that_knows_a_sheet_says_what_a_new_one_says() -> None:
    known = Footer()
    known.rows(SHEET, SHEET.rows)
    typed = replace(
        SHEET, rows=(row(1, points(1_00), *(cell.value for cell in SHEET.rows[0].cells[1:])), *SHEET.rows[1:])
    )
    left = replace(typed, rows=(row(1, points(1_00), BLANK, BLANK, BLANK, BLANK, gone=True), *typed.rows[1:]))
    weighed = replace(left, columns=(replace(COLUMNS[0], maximum=200_00), *COLUMNS[1:]))
    for sheet in (SHEET, typed, left, weighed, faceted(weighed, Facet.RESULTS), SHEET):
        assert known.rows(sheet, sheet.rows) == Footer().rows(sheet, sheet.rows)


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4), st.sampled_from([BLANK, points(5_00), Value("absent")])))
)
def test_sums_and_counts_after_any_typing_are_those_of_the_sheet_as_it_is(acts: list[tuple[int, int, Value]]) -> None:
    footer, counts, sheet = Footer(), Counts(), SHEET
    touched: set[str] = set()
    for line, column, value in acts:
        held = list(sheet.rows)
        cells = list(held[line].cells)
        cells[column] = replace(cells[column], value=value, marks=Mark.SAVING)
        touched.add(cells[column].id)
        held[line] = replace(held[line], cells=tuple(cells))
        sheet = replace(sheet, rows=tuple(held))
        assert footer.rows(sheet, sheet.rows) == Footer().rows(sheet, sheet.rows)
        assert counts.of(sheet, touched) == Counts().of(sheet, touched)


def test_the_footer_follows_the_lines_and_the_cells_that_are_chosen() -> None:
    shown = (SHEET.rows[0], SHEET.rows[2])
    mean, median, range_, number, *_ = Footer().rows(SHEET, shown, frozenset({(0, FROZEN), (1, FROZEN)}))
    assert mean.cells == {FROZEN: Figure("85.0")}  # who has left does not count
    assert (median.cells[FROZEN], range_.cells[FROZEN]) == (Figure("85.0"), Figure("85–85"))
    assert number.cells[FROZEN] == Figure("1")
    assert Footer().rows(SHEET, SHEET.rows[:1])[3].cells[FROZEN + 2] == Figure("1")


@pytest.mark.parametrize(
    ("value", "told"),
    [(points(80_00), "A"), (points(79_99), "B"), (points(50_00), "B"), (points(49_99), "C"), (points(0), "C")],
)
def test_a_level_is_the_share_of_the_maximum_by_the_rule(value: Value, told: str) -> None:
    assert level(value, COLUMNS[0], (80_00, 50_00)) == told


def test_what_is_no_score_has_no_level() -> None:
    for value in (BLANK, Value("absent"), Value("excluded")):
        assert level(value, COLUMNS[0], (80_00, 50_00)) is None
    assert level(points(80_00), COLUMNS[0], None) is None
    assert level(points(80_00), replace(COLUMNS[0], maximum=None), (80_00, 50_00)) is None
    assert level(Value("scored", 1_00, "C"), COLUMNS[1], None) == "C"


def test_filters_count_cells_and_wait_for_nobody_who_left() -> None:
    found = Counts().of(SHEET, {"10"})
    assert found == {Show.ALL: 0, Show.BLANK: 3, Show.UNSENT: 5, Show.CONFLICT: 0, Show.CHANGED: 6}
    assert lines(SHEET, Show.BLANK, set()) == ["p2", "p4"]
    assert lines(SHEET, Show.CHANGED, {"10"}) == ["p1", "p2"]
    assert lines(SHEET, Show.ALL, set()) == ["p1", "p2", "p3", "p4"]


def test_the_facet_of_results_keeps_lines_and_drops_what_was_collected() -> None:
    results = faceted(SHEET, Facet.RESULTS)
    assert [column.key for column in results.columns] == ["know", "grade"]
    assert [len(line.cells) for line in results.rows] == [2] * 4
    assert faceted(SHEET, Facet.ALL) is SHEET


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_refusal_has_words(reason: Reason, language: str) -> None:
    said = refusal(Refused(reason, "105", "100"), COLUMNS[0], Speech(lambda: language))
    assert said.sentence is not None
    assert said.sentence().strip()
    assert "{" not in said.sentence()


def test_columns_of_one_title_are_told_apart_by_their_viewpoint() -> None:
    first = GradeColumn("a", ColumnKind.POINTS, "まとめ", "わり算", "know", "知技")
    second = replace(first, key="b", viewpoint="think", viewpoint_short="思判")
    elsewhere = replace(first, key="c", unit="長さ")
    columns = (first, second, elsewhere)
    assert [title_among(columns, column) for column in columns] == ["まとめ(知技)", "まとめ(思判)", "まとめ"]
