"""A board with other symbols, cut-offs and a rule of its own: everything on the page is its own, nothing is fixed."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from pytestqt.qtbot import QtBot

from client.summing_up.ground import rule_words
from client.summing_up.record import GRADE, Kind
from client.summing_up.table import FROZEN
from sync.protocol.messages import Create, Patch
from sync.records.registry import TYPES
from sync.server.edits import server_edit
from sync.server.masters import usual
from sync.server.sample.plan import SECOND_PLAN
from tests.client.summing_up.conftest import FIRST, KEY, Shown, clock_of
from tests.kit.classroom import MATH, Classroom, Desk


def edited(classroom: Classroom, partition: str, *ops: Create | Patch) -> None:
    outcomes = server_edit(classroom.storage, partition, [ops], classroom.clock.now)
    assert [outcome.outcome for outcome in outcomes] == ["applied"], outcomes


def created(partition: str, type_: str, fields: dict[str, Any]) -> Create:
    id_ = TYPES[type_].id_for(partition, fields)
    assert id_ is not None
    return Create(type=type_, id=id_, set=fields)


def letter(code: str, name: str, symbol: str) -> dict[str, Any]:
    return {"set": "letter", "code": code, "name": name, "short": symbol, "order": "ABC".index(code)}


@pytest.fixture
def desk(classroom: Classroom) -> Desk:
    """The school belongs to a board that writes ◎○△, but one letter of its own, and judges mathematics by its rule."""
    ground = classroom.ground
    board, school = ground.board, ground.school
    signs = (("A", "よくできる", "◎"), ("B", "できる", "○"), ("C", "もう少し", "△"))
    edited(classroom, board, *(created(board, "code_item", letter(*each)) for each in signs))
    edited(classroom, school, created(school, "code_item", letter("C", "がんばろう", "▲")))
    _, fields = usual.grading_rule(ground.year, "P", SECOND_PLAN.ways)
    rule = created(board, "grading_rule", fields | {"subject": "math"})
    edited(classroom, board, rule)
    made = classroom.open()
    course = made.workspace.rows('SELECT id, ver FROM course WHERE "@lesson" = ?', (MATH,))[0]
    change = Patch(type="course", id=course.id, set={"rule": rule.id}, base={"rule": course.ver})
    edited(classroom, school, change)
    made.workspace.doubt()
    made.sync()
    return made


@pytest.fixture
def shown(qtbot: QtBot, classroom: Classroom, desk: Desk) -> Any:
    held = Shown(qtbot, desk, clock_of(classroom), FIRST)
    yield held
    held.screen.close()


def text(shown: Shown, row: int, key: str, *, decided: bool) -> str:
    column = next(
        at for at, place in enumerate(shown.page.table.places) if (place.key, place.decided) == (key, decided)
    )
    return shown.page.table.index(row, column + FROZEN).data()


def test_its_symbols_stand_where_the_letters_are_and_the_schools_own_comes_first(shown: Shown) -> None:
    assert dict(shown.book.symbols) == {"A": "◎", "B": "○", "C": "▲"}
    written = {text(shown, row, key, decided=True) for row in range(20) for key in ("know", "think", "attitude")}
    assert written <= {"◎", "○", "▲", "/", ""}
    assert {"◎", "○"} <= written


def test_its_cut_offs_and_its_table_compute_and_every_decision_that_is_old_by_them_is_on_the_list(
    shown: Shown,
) -> None:
    rule = shown.book.rule
    assert rule is not None
    assert (rule.cut_a, rule.cut_b, rule.zero, rule.version) == (85_00, 60_00, True, 3)
    assert "85%" in rule_words(shown.book)
    for at, line in enumerate(shown.book.lines):
        share = shown.page.open_book.sums[line.id]["know"].share
        if share is not None:
            told = "A" if share * 100 >= 85 else "B" if share * 100 >= 60 else "C"
            assert shown.computed(at, "know") == told
    assert {each.kind for each in shown.page.open_book.found} >= {Kind.CHANGED}


@pytest.mark.parametrize(("key", "value"), [("1", "A"), ("◎", "A"), ("▲", "C")])
def test_what_is_typed_may_be_a_number_or_its_own_symbol(
    shown: Shown, key: str, value: str, type_in: Callable[[Shown, str], None]
) -> None:
    shown.go(0, "know")
    type_in(shown, key)
    assert shown.cell(0, "know").decided.value == value
    shown.wait_saved()
    version = shown.cell(0, "know").decided.version
    assert version == 3
    shown.desk.sync()
    assert not shown.desk.workspace.not_accepted()


@pytest.fixture
def type_in() -> Callable[[Shown, str], None]:
    """Ascii comes from a key, anything else from an input method."""

    def typed(shown: Shown, key: str) -> None:
        if key.isascii():
            shown.type(key)
            return
        event = QInputMethodEvent()
        event.setCommitString(key)
        QCoreApplication.sendEvent(shown.page.grid.table, event)

    return typed


def test_a_refused_key_is_told_in_its_own_symbols(shown: Shown) -> None:
    shown.go(0, "know")
    shown.type("x")
    assert shown.said == '"知技" takes ◎, ○, ▲. "x" cannot be entered.'
    shown.press(KEY.Key_Right)
    assert shown.cell(0, GRADE).decided.value is not None
