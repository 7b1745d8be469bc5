"""A copy of the sheet finds its way back by pupil and by column, whatever was done to the order of it."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from client.grades.copying import labels, named_block, titled
from client.grades.pasting import Key, Onto, Plan, name_key, plan
from client.grades.record import BLANK, ColumnKind, GradeCell, GradeColumn, GradeRow, Lesson, Sheet, Term, Value
from client.grades.rules import Refused, parse
from client.register.record import RosterRow
from client.terms import entry_words
from client.widgets.grid.edit import Refusal
from client.widgets.grid.paste import read_block, write_block

WORDS = entry_words("ja")
COLUMNS = tuple(
    GradeColumn(f"c{at}", ColumnKind.POINTS, title, unit, viewpoint, viewpoint, day, 100_00)
    for at, (title, unit, viewpoint, day) in enumerate(
        (
            ("小テスト", "わり算", "知技", "2026-09-02"),
            ("まとめ", "わり算", "知技", "2026-09-09"),
            ("まとめ", "わり算", "思判", "2026-09-09"),
            ("小テスト", "長さ", "知技", "2026-06-05"),
            ("小テスト", "長さ", "知技", "2026-06-12"),
        )
    )
)
PEOPLE = tuple(
    RosterRow(
        f"0192f6b0-0000-7000-8000-00000000000{at}",
        at + 1 if at < 6 else None,
        f"姓{at}",
        f"名{at}",
        f"せい{at} めい{at}",
        guest=at == 6,
    )
    for at in range(7)
)
VALUE = st.one_of(
    st.just(BLANK),
    st.sampled_from(["absent", "excluded", "not_submitted", "not_done", "pending"]).map(Value),
    st.integers(0, 100_00).map(lambda points: Value("scored", points)),
)


def sheet(values: Sequence[Sequence[Value]]) -> Sheet:
    lesson = Lesson("2026:3-2:math", "2026:3-2", "3年2組", "math", "算数", 3, live=True, writable=True)
    term = Term("2026-2", 2, "2学期", "2026-08-27", "2026-12-24")
    rows = tuple(
        GradeRow(who, "2026:3-2", tuple(GradeCell(f"{who.pupil}{at}", value) for at, value in enumerate(held)))
        for who, held in zip(PEOPLE, values, strict=True)
    )
    return Sheet(lesson, term, COLUMNS, rows)


def pasted(block: list[list[str]], onto: Sheet, *, at: int = 0) -> Plan:
    def read(text: str, _row: int, column: int) -> object:
        value = parse(text, onto.columns[column], WORDS)
        return Refusal(lambda: "no") if isinstance(value, Refused) else value

    place = Onto(range(at, len(COLUMNS)), titled(onto.columns), narrowed=True)
    return plan(read_block(write_block(block)), onto.rows, place, WORDS, read)


VALUES = st.lists(st.lists(VALUE, min_size=5, max_size=5), min_size=7, max_size=7)


@given(VALUES, VALUES, st.permutations(range(7)), st.permutations(range(5)), st.integers(0, 4))
def test_what_was_copied_reaches_the_same_pupils_and_columns_in_any_order(
    there: list[list[Value]], here: list[list[Value]], people: list[int], columns: list[int], at: int
) -> None:
    source, target = sheet(there), sheet(here)
    block = named_block(source, [source.rows[row] for row in people], columns, WORDS)
    made = pasted(block, target, at=at)
    assert made.sound
    assert (made.key, made.matched) == (Key.ID, 7)
    wanted = {
        (row, column): there[row][column]
        for row in range(7)
        for column in range(5)
        if not there[row][column].blank and there[row][column] != here[row][column]
    }
    found = {(target.rows.index(change.row), change.column): change.value for change in made.changes}
    assert found == wanted


@given(VALUES, st.integers(0, 6), st.integers(0, 6))
def test_names_that_were_moved_against_their_ids_stop_the_whole_paste(
    values: list[list[Value]], one: int, other: int
) -> None:
    held = sheet(values)
    block = named_block(held, held.rows, range(5), WORDS)
    block[one + 1][2], block[other + 1][2] = block[other + 1][2], block[one + 1][2]
    assert pasted(block, held).sound is (one == other)


def test_a_column_is_named_by_its_unit_its_viewpoint_and_its_day_where_that_is_needed() -> None:
    assert labels(COLUMNS) == [
        "わり算 小テスト",
        "わり算 まとめ(知技)",
        "わり算 まとめ(思判)",
        "長さ 小テスト(知技) 6/5",
        "長さ 小テスト(知技) 6/12",
    ]
    twins = (COLUMNS[0], replace(COLUMNS[0], key="twin"))
    assert titled(twins) == {}
    assert name_key("わり算 小テスト") in titled(COLUMNS)


def test_a_number_under_its_heading_tells_a_pupil_in_any_column() -> None:
    held = sheet([[BLANK] * 5] * 7)
    block = [["組", "番号", "わり算 小テスト"], *(["2", str(at + 1), "50"] for at in range(3))]
    made = pasted([row[1:] for row in block], held)
    assert made.sound
    assert (made.key, len(made.changes)) == (Key.NUMBER, 3)


def test_an_empty_number_says_nothing_against_a_name() -> None:
    held = sheet([[BLANK] * 5] * 7)
    made = pasted([["番号", "氏名", "わり算 小テスト"], ["", "姓6 名6", "50"], ["1", "姓0 名0", "60"]], held)
    assert made.sound
    assert [change.row.id for change in made.changes] == [PEOPLE[6].pupil, PEOPLE[0].pupil]


def test_a_heading_that_names_no_column_leaves_the_place_to_the_cursor() -> None:
    held = sheet([[BLANK] * 5] * 7)
    made = pasted([["氏名", "今日のテスト"], ["姓1 名1", "50"]], held, at=2)
    assert [change.column for change in made.changes] == [2]
