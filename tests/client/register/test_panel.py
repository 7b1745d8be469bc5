"""The roster shows everybody under the name that may be shown, finds while somebody types, and shifts nobody."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from client.register.panel import RosterPage, Sources, page
from client.register.record import Order
from client.register.repository import Rosters
from client.register.table import NAME, OFFICIAL, RosterTable
from client.register.words import status
from client.shell.pages import Left, Page, PageFrame
from client.widgets import glyphs, ink
from client.widgets.column_table import RECORD_ROLE, STATE_ROLE
from client.widgets.marks import CellState
from sync.protocol.messages import Create, Delete, Op, Patch
from sync.server.edits import server_edit
from tests.kit.classroom import CLASS, SATO, TANAKA, Classroom, Desk
from tests.kit.on_screen import OnScreen

NAMES = {
    "long": (
        "ウィジェーシンハ・アーラッチラーゲ",
        "サンジーワ・プラサード・クマーラ",
        "うぃじぇーしんは",
        "さんじーわ",
    ),
    "selector": ("葛󠄀城", "詩󠄀音", "かつらぎ", "うたね"),
    "short": ("乙", "一", "きのと", "はじめ"),
    "middle": ("スミス", "アン マリー", "すみす", "あん まりー"),
}
"""Names that break lists; everybody is invented."""


class Seen:
    """The page of somebody's desk on screen."""

    def __init__(self, qtbot: QtBot, desk: Desk, room: Classroom) -> None:
        self.asked: list[object] = []
        self.bot, self.desk = qtbot, desk
        pages = [page(Sources(Rosters(desk.workspace), room.clock)), Page("pupil", "pupil", lambda: "", self._card)]
        self.screen = OnScreen(qtbot, desk.workspace, pages)
        self.page = self.screen.page("register", RosterPage)

    def _card(self) -> PageFrame:
        frame = PageFrame("")
        frame.arrive = self.asked.append  # type: ignore[method-assign]
        return frame

    def names(self) -> list[str]:
        return [line.who.name for line in self.page.table.rows]

    def numbers(self) -> list[int | None]:
        return [line.who.number for line in self.page.table.rows]

    def cell(self, name: str, column: int) -> str:
        row = self.names().index(name)
        return self.page.table.index(row, column).data() or ""


@pytest.fixture
def seen(qtbot: QtBot, classroom: Classroom) -> Iterator[Callable[..., Seen]]:
    shown: list[Seen] = []

    def make(teacher: str = TANAKA, pc: str = "教室PC") -> Seen:
        shown.append(Seen(qtbot, classroom.open(teacher, pc), classroom))
        return shown[-1]

    yield make
    for each in shown:
        each.screen.close()


def school_does(room: Classroom, *ops: Op) -> None:
    """The school's own edit, as an import makes it."""
    outcomes = server_edit(room.storage, room.ground.school, [ops], room.clock.now)
    assert [each.outcome for each in outcomes] == ["applied"], outcomes


def comes(room: Classroom, name: str, number: int, since: str) -> str:
    """A pupil of NAMES comes into the class on a day; their id."""
    family, given, kana_family, kana_given = NAMES[name]
    made = room.ground.made(
        "pupil",
        f"01930000-0000-7000-8000-{number:012d}",
        at_classes=[CLASS],
        family=family,
        given=given,
        kana_family=kana_family,
        kana_given=kana_given,
    )
    place = room.ground.keyed("membership", pupil=made.id, class_=CLASS, from_=since, number=number, kind="home")
    school_does(room, *(Create(type=each.type, id=each.id, set=dict(each.fields)) for each in (made, place)))
    return made.id


def test_a_class_teacher_sees_numbers_names_readings_and_where_the_register_differs(seen: Callable[..., Seen]) -> None:
    here = seen()
    assert here.numbers() == list(range(1, 29))
    assert not here.page.list.isColumnHidden(OFFICIAL)
    assert here.cell("遠藤 凛", OFFICIAL) == "遠藤 凜"
    assert here.cell("相沢 湊", OFFICIAL) == ""
    assert here.page.count.text() == "27 pupil(s)"
    QAbstractItemModelTester(here.page.table, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_who_may_not_see_the_register_is_told_so_and_gets_no_name_of_it(seen: Callable[..., Seen]) -> None:
    here = seen(SATO, "職員室PC")
    here.page.arrive((CLASS, ""))
    assert here.page.list.isColumnHidden(OFFICIAL)
    assert "shown to the class teacher" in here.page.names_note.text()
    assert not any(line.official or line.common for line in here.page.table.rows)
    assert here.names()[3] == "遠藤 凛"


def test_a_pupil_who_left_stays_struck_through_and_shifts_nobody_in_either_order(seen: Callable[..., Seen]) -> None:
    here = seen()
    row = here.names().index("木下 悠真")
    state = here.page.table.index(row, NAME).data(STATE_ROLE)
    assert state & CellState.STRUCK
    assert status(here.page.table.rows[row]).startswith("moved to another school, 7/22")
    here.page.order.set_key(Order.KANA)
    here.page.order.chosen.emit(Order.KANA)
    assert sorted(filter(None, here.numbers())) == list(range(1, 29))
    assert here.names()[6:9] == ["加納 一颯", "木下 悠真", "久保田 咲"]
    assert "﨑山 蓮" in here.names()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("takahashi", ["髙橋 陽菜"]),
        ("吉田", ["𠮷田 航"]),
        ("さきやま", ["﨑山 蓮"]),
        ("7", ["木下 悠真"]),
        ("凜", ["遠藤 凛"]),
    ],
)
def test_typing_finds_by_whatever_people_call_a_name(seen: Callable[..., Seen], typed: str, found: list[str]) -> None:
    here = seen()
    here.bot.keyClick(here.page.list, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    here.page.find_box.setText(typed)
    assert here.names() == found
    here.bot.keyClick(here.page.find_box, Qt.Key.Key_Return)
    assert here.asked == [(CLASS, here.page.table.rows[0].id)]
    here.page.find_box.clear()
    assert len(here.names()) == 28


def test_what_is_still_being_composed_finds_too_and_esc_shows_everybody_again(seen: Callable[..., Seen]) -> None:
    here = seen()
    here.page.find_box.setFocus()
    QGuiApplication.sendEvent(here.page.find_box, QInputMethodEvent("はるなk", []))
    assert here.names() == ["髙橋 陽菜"]
    QGuiApplication.sendEvent(here.page.find_box, QInputMethodEvent("", []))
    here.page.find_box.setText("ない")
    assert here.page._stack.currentWidget() is here.page.nobody
    here.bot.keyClick(here.page.find_box, Qt.Key.Key_Escape)
    assert len(here.names()) == 28


def test_the_list_is_copied_as_shown_without_names_of_the_register(seen: Callable[..., Seen]) -> None:
    here = seen()
    here.page.find_box.setText("遠藤")
    here.bot.keyClick(here.page.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QGuiApplication.clipboard().text()
    assert text == "No.\tName\tReading\tComing and going\n4\t遠藤 凛\tえんどう りん\t\n"
    assert "凜" not in text


def test_long_rare_and_short_names_stand_as_typed_and_are_cut_between_characters(
    seen: Callable[..., Seen], classroom: Classroom
) -> None:
    for at, name in enumerate(NAMES):
        comes(classroom, name, 40 + at, "2026-11-01")
    here = seen()
    here.desk.sync()
    here.bot.waitUntil(lambda: len(here.names()) == 32)
    for family, given, kana_family, kana_given in NAMES.values():
        line = next(each for each in here.page.table.rows if each.who.family == family)
        assert line.who.name == f"{family} {given}"
        assert line.readings == (kana_family, kana_given)
    face = ink.face(ink.Step.BODY)
    for family, given, *_ in NAMES.values():
        whole = glyphs.characters(f"{family} {given}")
        for room in range(20, 300, 7):
            cut = face.elided(f"{family} {given}", room).removesuffix("…")
            assert glyphs.characters(cut) == whole[: len(glyphs.characters(cut))]
    widths = [here.page.list.columnWidth(NAME), face.width("髙橋 陽菜")]
    assert widths[0] > widths[1]


def test_who_is_announced_and_who_is_about_to_leave_are_told_with_their_days(
    seen: Callable[..., Seen], classroom: Classroom
) -> None:
    comes(classroom, "middle", 29, "2026-12-01")
    here = seen()
    place = next(line for line in here.page.table.rows if line.who.name == "相沢 湊")
    rows = here.desk.workspace.rows('SELECT id, ver FROM membership WHERE pupil = ? AND "class" = ?', (place.id, CLASS))
    school_does(classroom, Patch(type="membership", id=rows[0].id, set={"to": "2026-12-24"}, base={"to": rows[0].ver}))
    here.desk.sync()
    here.bot.waitUntil(lambda: len(here.names()) == 29)
    told = {line.who.name: status(line) for line in here.page.table.rows}
    assert told["スミス アン マリー"] == "comes on 12/1"
    assert told["相沢 湊"] == "leaves, last day 12/24"
    assert here.page.count.text() == "27 pupil(s)"
    assert here.numbers()[:3] == [1, 2, 3]


def test_the_page_comes_back_as_it_was_left(seen: Callable[..., Seen]) -> None:
    here = seen()
    here.page.order.set_key(Order.KANA)
    here.page.find_box.setText("さ")
    left = here.page.left()
    assert left is not None
    assert left.typed == {"find": "さ"}
    here.page.find_box.clear()
    here.page.order.set_key(Order.NUMBER)
    assert here.page.come_back(left)
    assert (here.page.find_box.text(), here.page.order.key) == ("さ", Order.KANA)
    assert not here.page.come_back(Left({"class": "2026:9-9"}, {"find": "x"}))


def test_a_class_that_is_taken_away_is_gone_from_the_page(seen: Callable[..., Seen], classroom: Classroom) -> None:
    here = seen()
    rows = here.desk.workspace.rows("SELECT id, ver FROM duty WHERE staff = ?", (here.desk.workspace.enrolment.staff,))
    school_does(classroom, *(Delete(type="duty", id=row.id, base=row.ver) for row in rows))
    here.desk.sync()
    here.bot.waitUntil(lambda: here.page._stack.currentWidget() is here.page.no_class)
    assert here.page.table.rows == []
    assert isinstance(here.page.table, RosterTable)
    assert here.page.list.currentIndex().data(RECORD_ROLE) is None
