"""A pasted block finds its pupils, or nothing is written."""

import pytest

from client.grades.pasting import Key, OnlySomeShown, Onto, OtherLength, Plan, plan
from client.grades.record import BLANK, ColumnKind, GradeCell, GradeColumn, GradeRow, Value
from client.grades.rules import Refused, parse
from client.register.record import RosterRow
from client.terms import entry_words
from client.widgets.grid.edit import Refusal
from client.widgets.grid.paste import read_block

WORDS = entry_words("ja")
TITLED = {"わり算テスト0": 0, "わり算テスト1": 1, "わり算テスト2": 2}
NAMES = ("相沢 湊", "石黒 紬", "上杉 颯太", "遠藤 凛", "小野寺 樹", "片桐 芽衣")
COLUMNS = tuple(
    GradeColumn(f"part{at}", ColumnKind.POINTS, f"テスト{at}", "わり算", "know", "知技", maximum=100_00)
    for at in range(3)
)


def rows(values: tuple[Value, ...] = ()) -> list[GradeRow]:
    held = values or (BLANK,) * len(NAMES)
    return [
        GradeRow(
            RosterRow(f"pupil{at}", at + 1, *name.split(), kana=f"よみ{at}", guest=False),
            "2026:3-2",
            (GradeCell(f"{at}a", held[at]), GradeCell(f"{at}b"), GradeCell(f"{at}c")),
        )
        for at, name in enumerate(NAMES)
    ]


def planned(text: str, lines: list[GradeRow] | None = None, *, narrowed: bool = False) -> Plan:
    shown = lines or rows()

    def read(typed: str, _row: int, column: int) -> object:
        value = parse(typed, COLUMNS[column], WORDS)
        return Refusal(lambda: "no") if isinstance(value, Refused) else value

    return plan(read_block(text), shown, Onto([0, 1, 2], TITLED, narrowed=narrowed), WORDS, read)


def sound(made: Plan) -> Plan:
    assert made.sound, made
    return made


def written(made: Plan) -> dict[tuple[str, int], int | None]:
    return {(change.row.id, change.column): change.value.points for change in sound(made).changes}


def test_rows_in_another_order_go_to_the_pupils_they_name() -> None:
    made = planned("石黒 紬\t70\n相沢湊\t80\n上杉\u3000颯太\t90")
    assert sound(made).key is Key.NAME
    assert written(made) == {("pupil1", 0): 70_00, ("pupil0", 0): 80_00, ("pupil2", 0): 90_00}


def test_a_heading_is_no_pupil() -> None:
    made = planned("番号\t氏名\tまとめ\n1\t相沢 湊\t80\n2\t石黒 紬\t70")
    assert (sound(made).total, sound(made).matched) == (2, 2)
    assert written(made) == {("pupil0", 0): 80_00, ("pupil1", 0): 70_00}


def test_a_name_that_is_not_on_the_list_stops_the_whole_paste() -> None:
    made = planned("相沢 湊\t80\n別の 子\t70\n石黒 紬\t60")
    assert not made.sound
    assert made.strangers == ("別の 子",)
    assert (made.matched, made.total) == (2, 3)


def test_most_names_not_on_the_list_are_said_like_one() -> None:
    made = planned("相沢 みなと\t80\n石黒 紬\t90\n別の 子\t1")
    assert made.strangers == ("相沢 みなと", "別の 子")
    assert not made.sound


def test_names_shifted_against_their_numbers_are_refused() -> None:
    shifted = "\n".join(f"{at + 1}\t{name}\t{80 + at}" for at, name in enumerate(NAMES[1:]))
    made = planned(shifted)
    assert not made.sound
    assert made.matched == 0


def test_a_pupil_named_twice_stops_the_whole_paste() -> None:
    made = planned("相沢 湊\t80\n相沢 湊\t70\n石黒 紬\t60")
    assert made.strangers == ("相沢 湊",)


def test_numbers_that_count_up_beside_values_tell_the_pupils() -> None:
    made = planned("".join(f"{number}\t{number * 10}\n" for number in (1, 2, 3, 5, 6)))
    assert sound(made).key is Key.NUMBER
    assert written(made) == {(f"pupil{number - 1}", 0): number * 10_00 for number in (1, 2, 3, 5, 6)}


def test_scores_that_look_like_numbers_of_pupils_are_not_taken_for_them() -> None:
    with pytest.raises(OtherLength):
        planned("3\t40\n1\t50\n2\t60")
    made = planned("6\t10\n5\t20\n4\t30\n3\t40\n2\t50\n1\t60")
    assert sound(made).key is Key.POSITION
    assert written(made)["pupil0", 0] == 6_00


def test_without_names_a_block_of_another_length_has_no_place() -> None:
    with pytest.raises(OtherLength) as refused:
        planned("80\n70\n60\n50\n40")
    assert refused.value.facts == {"rows": 5, "count": 6}


def test_without_names_a_filtered_list_has_no_place() -> None:
    with pytest.raises(OnlySomeShown):
        planned("80\n70\n60\n50\n40\n30", narrowed=True)


def test_a_block_as_long_as_the_list_names_its_first_and_last_pupil() -> None:
    made = sound(planned("80\n70\n60\n50\n40\n30"))
    assert made.first is not None
    assert made.last is not None
    assert (made.first.who.name, made.last.who.name) == ("相沢 湊", "片桐 芽衣")


def test_one_bad_cell_leaves_nothing_sound() -> None:
    made = planned("80\t1\n70\t2\n60\t3\n50\t4\n40\t105\n30\t6")
    assert not made.sound
    assert [(wrong.row.who.name if wrong.row else "", wrong.column, wrong.text) for wrong in made.wrong] == [
        ("小野寺 樹", 1, "105")
    ]


def test_a_block_wider_than_the_sheet_is_refused() -> None:
    made = planned("\n".join("1\t2\t3\t4" for _ in NAMES))
    assert len(made.wrong) == len(NAMES)
    assert all(wrong.column is None for wrong in made.wrong)


def test_an_empty_cell_deletes_nothing_and_an_equal_value_changes_nothing() -> None:
    held = tuple(Value(state="scored", points=points) for points in (80_00, 70_00, 60_00, 50_00, 40_00, 30_00))
    made = sound(planned("80\n\n61\n50\n40\n30", rows(held)))
    assert written(made) == {("pupil2", 0): 61_00}
    assert made.replaced == 1


def test_readings_beside_names_are_passed_over() -> None:
    made = planned("1\t相沢 湊\tよみ0\t80\n2\t石黒 紬\tよみ1\t70")
    assert written(made) == {("pupil0", 0): 80_00, ("pupil1", 0): 70_00}


@pytest.mark.parametrize("text", ["pupil0\t80\npupil3\t70", "ＰＵＰＩＬ０\t80\npupil3\t70"])
def test_an_id_tells_a_pupil_whatever_its_width(text: str) -> None:
    assert written(planned(text)) == {("pupil0", 0): 80_00, ("pupil3", 0): 70_00}
