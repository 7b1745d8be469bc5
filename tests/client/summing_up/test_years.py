"""Which years have a 評定, how high it goes and what is taught there is the class's and the subject's to say."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from client.summing_up.record import GRADE
from sync.protocol.messages import Patch
from sync.server.edits import server_edit
from tests.client.summing_up.conftest import FIRST, Shown, clock_of
from tests.kit.classroom import CLASS, MATH, Classroom

Page = Callable[[str, dict[str, Any]], Any]


@pytest.fixture
def page(qtbot: QtBot, classroom: Classroom) -> Page:
    """The page once the school (class) or the prefecture (subject) has changed one of its records."""

    @contextmanager
    def opened(type_: str, change: dict[str, Any]) -> Iterator[Shown]:
        desk = classroom.open()
        partition = classroom.ground.school if type_ == "class" else classroom.ground.prefecture
        key = {"class": ('"key"', CLASS.partition(":")[2]), "subject": ("code", MATH.rpartition(":")[2])}[type_]
        row = desk.workspace.rows(f'SELECT id, ver FROM "{type_}" WHERE {key[0]} = ?', (key[1],))[0]
        patch = Patch(type=type_, id=row.id, set=change, base=dict.fromkeys(change, row.ver))
        outcomes = server_edit(classroom.storage, partition, [[patch]], classroom.clock.now)
        assert [outcome.outcome for outcome in outcomes] == ["applied"], outcomes
        desk.workspace.doubt()
        desk.sync()
        shown = Shown(qtbot, desk, clock_of(classroom), FIRST)
        yield shown
        shown.screen.close()

    return opened


def test_there_is_no_overall_grade_in_the_first_two_years(page: Page) -> None:
    with page("class", {"grades": [2]}) as shown:
        assert not shown.book.graded
        assert GRADE not in shown.book.keys
        assert [place.key for place in shown.page.table.places][-2:] == ["attitude", "notes"]


def test_junior_high_goes_to_five_and_the_server_takes_it(page: Page) -> None:
    with page("class", {"grades": [8]}) as shown:
        assert shown.book.highest == 5
        shown.go(0, GRADE)
        shown.type("5")
        assert shown.cell(0, GRADE).decided.value == 5
        shown.wait_saved()
        shown.desk.sync()
        assert not shown.desk.workspace.not_accepted()


def test_a_subject_of_other_years_is_graded_by_nobody(page: Page) -> None:
    with page("subject", {"grades": [5, 6]}) as shown:
        before = shown.cell(0, "know").decided
        shown.go(0, "know")
        shown.type("c")
        assert shown.cell(0, "know").decided == before
        assert shown.page.take_button.isHidden()
