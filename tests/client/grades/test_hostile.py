"""Whatever is pasted: each value goes to the pupil it names, or nothing is written at all."""

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as some

from client.grades.record import Value
from sync.errors import FormError
from tests.client.grades.test_pasting import planned, rows

NAMES = [row.who.name for row in rows()]
CELLS = some.sampled_from(
    [
        *NAMES,
        "80",
        "８０",
        "100",
        "101",
        "欠",
        "",
        "0",
        "-1",
        "1",
        "2",
        "3",
        "氏名",
        "番号",
        "学籍ID",
        '"',
        "\u3000",
        "=1+1",
    ]
) | some.text(max_size=6)
TEXTS = some.lists(some.lists(CELLS, max_size=5), max_size=6).map(
    lambda table: "\n".join("\t".join(row) for row in table)
)


@given(TEXTS | some.text(max_size=80), some.booleans())
def test_a_paste_is_planned_or_refused_and_what_is_written_is_a_value_within_its_maximum(
    text: str, narrowed: bool
) -> None:
    with suppress(FormError):
        made = planned(text, narrowed=narrowed)
        places = [(change.row.id, change.column) for change in made.changes]
        assert len(places) == len(set(places)), "no cell is written twice"
        for change in made.changes:
            assert isinstance(change.value, Value)
            assert change.value.points is None or 0 <= change.value.points <= 100_00
        assert made.matched <= made.total


@given(some.permutations(NAMES), some.lists(some.integers(0, 100), min_size=len(NAMES), max_size=len(NAMES)))
def test_in_whichever_order_names_come_each_value_goes_to_who_it_stands_beside(
    names: list[str], points: list[int]
) -> None:
    made = planned("\n".join(f"{name}\t{value}" for name, value in zip(names, points, strict=True)))
    assert made.sound
    wanted = {(name, value * 100) for name, value in zip(names, points, strict=True)}
    assert {(change.row.who.name, change.value.points) for change in made.changes} <= wanted
