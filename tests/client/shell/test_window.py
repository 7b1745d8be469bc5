import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent

from client.shell.pages import Page
from client.shell.rail import Rail, RailItem
from client.shell.window import Window
from client.widgets.ink import Tone
from client.widgets.message_strip import Act, Message
from client.widgets.status_sentence import Sentence
from tests.client.shell.conftest import Plain, pages


def item(window, key) -> RailItem:
    return next(found for found in window.rail.findChildren(RailItem) if found.key == key)


def test_a_click_in_the_rail_opens_its_page_and_marks_it(qtbot, window):
    with qtbot.waitSignal(window.shown) as seen:
        qtbot.mouseClick(item(window, "two"), Qt.MouseButton.LeftButton)
    assert seen.args == ["two"]
    assert window.key == "two"
    assert [found.key for found in window.rail.findChildren(RailItem) if found.isChecked()] == ["two"]


def test_a_page_opens_another_and_hands_something_over(window):
    window.page.opened.emit("three", {"cell": 4})
    assert window.key == "three"
    assert window.page.arrived == [{"cell": 4}]


def test_a_page_is_built_once_and_kept(window):
    first = window.page
    window.open_page("two")
    window.open_page("one")
    assert window.page is first
    assert len(first.arrived) == 2


def test_a_page_that_does_not_let_go_stays(window):
    window.page.lets_go = False
    assert not window.open_page("two")
    assert window.key == "one"
    assert item(window, "one").isChecked()


def test_back_and_forward_walk_the_pages_that_were_opened(window):
    window.open_page("two", 7)
    window.open_page("three")
    window.back()
    window.back()
    assert window.key == "one"
    window.forward()
    assert (window.key, window.page.arrived) == ("two", [7, 7, 7])
    window.open_page("one")
    window.forward()
    assert window.key == "one"


def test_a_page_of_another_role_is_not_in_the_rail(qtbot, window):
    keys = {found.key for found in window.rail.findChildren(RailItem)}
    assert "head" not in keys
    with pytest.raises(KeyError):
        window.open_page("head")
    other = Window(pages(), roles=["principal"])
    qtbot.addWidget(other)
    assert other.open_page("head")


def test_the_right_panel_is_docked_in_a_wide_window_and_over_the_page_in_a_narrow_one(window):
    window.open_page("two")
    side = window.page.side
    assert side.isVisible()
    page_right = window.page.mapTo(window, window.page.rect().topRight()).x()
    assert side.mapTo(window, side.rect().topLeft()).x() > page_right
    window.resize(1000, 700)
    assert not side.isVisible()
    window.toggle_side()
    QCoreApplication.processEvents()
    assert side.isVisible()
    page_right = window.page.mapTo(window, window.page.rect().topRight()).x()
    assert side.mapTo(window, side.rect().topLeft()).x() < page_right


def test_the_right_panel_comes_back_when_the_window_is_wide_again(window):
    window.open_page("two")
    window.resize(1000, 700)
    window.resize(1366, 768)
    assert window.page.side.isVisible()
    window.toggle_side()
    window.resize(1000, 700)
    window.resize(1366, 768)
    assert not window.page.side.isVisible()


def test_a_page_without_a_panel_has_the_whole_width(window):
    assert window.page.width() == 1366 - 80


def test_pages_that_do_not_fit_the_rail_go_under_more(qtbot):
    rail = Rail(pages()[:3] + pages()[4:])
    qtbot.addWidget(rail)
    rail.resize(80, 300)
    rail.show()
    shown = [found.key for found in rail.findChildren(RailItem) if found.isVisible()]
    assert shown == ["one", "two", "prefs", ""]
    rail.resize(80, 768)
    shown = [found.key for found in rail.findChildren(RailItem) if found.isVisible()]
    assert shown == ["one", "two", "three", "prefs", ""]


def test_the_window_can_be_as_small_as_760_by_390(window):
    window.resize(760, 390)
    assert (window.width(), window.height()) == (760, 390)
    assert window.page.height() == 390 - 28


def test_a_message_longer_than_a_line_is_said_to_its_end(window):
    window.resize(900, 600)
    window.show_message(Message(lambda: "値が入れられません。" * 20, number="E-5004"))
    QCoreApplication.processEvents()
    strip = window.page.strip
    words, number = strip._words, strip._number
    assert words.height() == words.heightForWidth(words.width()) >= 3 * words.minimumSizeHint().height()
    assert strip.rect().contains(words.geometry())
    assert number.width() == number.sizeHint().width()


def test_a_message_stands_in_the_strip_of_the_page_on_screen(qtbot, window):
    window.show_message(Message(lambda: "Nothing was changed.", Tone.NEUTRAL, (Act("undo", lambda: "Undo"),), "E-5001"))
    strip = window.page.strip
    assert strip.isVisible()
    with qtbot.waitSignal(strip.asked) as seen:
        qtbot.mouseClick(strip._acts[0], Qt.MouseButton.LeftButton)
    assert seen.args == ["undo"]
    qtbot.mouseClick(strip._close, Qt.MouseButton.LeftButton)
    assert not strip.isVisible()
    assert strip.message is None


def test_text_being_composed_is_still_there_after_another_page_was_opened(window):
    field = window.page.field
    field.setFocus()
    event = QInputMethodEvent("かな", [])
    QCoreApplication.sendEvent(field, event)
    commit = QInputMethodEvent("", [])
    commit.setCommitString("仮名")
    QCoreApplication.sendEvent(field, commit)
    window.open_page("two")
    window.back()
    assert field.text() == "仮名"


def test_f6_goes_around_the_parts_of_the_window_and_back_to_where_the_focus_was(qtbot, window):
    window.open_page("two")
    window.page.side.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.status.say([Sentence("sent", "Sent 14:32")])
    window.page.field.setFocus()
    qtbot.waitUntil(window.page.field.hasFocus)
    visited = []
    for _ in range(4):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F6)
        visited.append(window.focusWidget())
    assert visited[0] is window.page.side
    assert window.status.isAncestorOf(visited[1])
    assert isinstance(visited[2], RailItem)
    assert visited[3] is window.page.field


def test_where_there_is_no_room_for_all_the_facts_go_and_the_sentences_stay(qtbot, window):
    offline = Sentence("offline", "Offline. Saved on this PC, 5 will be sent later.", Tone.NEUTRAL, "offline", "5")
    window.status.say([Sentence("conflict", "1 needs your decision", Tone.WARN, "conflict", "1"), offline])
    window.status.show_facts(["locks after 10 minutes", "class teacher of 3-2", "presenting off"])
    assert window.status._facts.isVisible()
    window.resize(800, 400)
    QCoreApplication.processEvents()
    assert not window.status._facts.isVisible()
    assert [chip.text() for chip in window.status.sentence._chips] == ["1 needs your decision", offline.words]


class Choosing(Plain):
    """A page about one class."""

    class Chooser:
        def __init__(self) -> None:
            self.chosen_place: tuple[str, str] | None = None

        def show_place(self, class_: str, term: str) -> None:
            self.chosen_place = (class_, term)

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.chooser = self.Chooser()


def test_who_goes_from_one_page_about_a_class_to_another_stays_with_the_class(qtbot):
    made = Window([Page(key, "today", lambda key=key: key, lambda key=key: Choosing(key)) for key in ("one", "two")])
    qtbot.addWidget(made)
    made.open_page("one")
    made.page.chooser.chosen_place = ("2026:3-2", "2026-2")
    made.open_page("two")
    assert made.page.chooser.chosen_place == ("2026:3-2", "2026-2")
    made.page.chooser.chosen_place = ("2026:3-1", "")
    made.open_page("one", "a place of its own")
    assert made.page.chooser.chosen_place == ("2026:3-2", "2026-2")
    made.open_page("two")
    made.open_page("one")
    assert made.page.chooser.chosen_place == ("2026:3-2", "2026-2")
