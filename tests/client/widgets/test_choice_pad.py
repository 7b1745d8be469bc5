import itertools

import pytest
from PySide6.QtCore import Qt

from client.widgets.choice_pad import Choice, ChoiceHead, ChoicePad, Question
from client.widgets.scroll_area import ScrollArea

HEADS = [ChoiceHead("1", "Base"), ChoiceHead("2", "This PC"), ChoiceHead("3", "Now")]


def question(key: str, chosen: int | None = None, *, text: bool = False) -> Question:
    values = ("", "70", "78") if not text else ("one two.", "one two. three.", "one two. four. " * 20)
    choices = tuple(
        Choice(value or "blank", "somebody", "14:31", empty=not value, text=text, other="one two.") for value in values
    )
    return Question(key, key, "", choices, chosen)


@pytest.fixture
def pad(qtbot):
    made = ChoicePad()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show_questions(HEADS, [question("score"), question("note", 1, text=True)])
    made.show()
    made.setFocus()
    return made


def test_three_cards_are_equally_wide_with_sixteen_pixels_between(pad):
    cards = [pad._card(0, column) for column in range(3)]
    assert len({card.width() for card in cards}) == 1
    assert [after.left() - before.right() - 1 for before, after in itertools.pairwise(cards)] == [16, 16]
    assert pad.width() - cards[2].right() - 1 in (0, 1, 2)


def test_a_click_chooses_one_card_of_one_question(qtbot, pad):
    with qtbot.waitSignal(pad.chosen) as seen:
        qtbot.mouseClick(pad, Qt.MouseButton.LeftButton, pos=pad._card(1, 2).center())
    assert seen.args == ["note", 2]


def test_keys_choose_in_the_current_question_and_arrows_change_it(qtbot, pad):
    with qtbot.waitSignal(pad.chosen) as seen:
        qtbot.keyClick(pad, Qt.Key.Key_3)
    assert seen.args == ["score", 2]
    qtbot.keyClick(pad, Qt.Key.Key_Down)
    with qtbot.waitSignal(pad.chosen) as seen:
        qtbot.keyClick(pad, Qt.Key.Key_1)
    assert seen.args == ["note", 0]


def test_a_column_can_be_chosen_for_all_questions(qtbot, pad):
    seen = []
    pad.chosen.connect(lambda key, column: seen.append((key, column)))
    pad.choose_column(1)
    assert seen == [("score", 1), ("note", 1)]


def test_a_long_text_makes_its_whole_row_higher(pad):
    assert pad._card(1, 0).height() == pad._card(1, 2).height() > pad._card(0, 0).height()
    assert pad.heightForWidth(800) == pad._card(1, 0).bottom() + 1


def test_the_pad_keeps_no_answer_itself(qtbot, pad):
    qtbot.keyClick(pad, Qt.Key.Key_3)
    assert pad._questions[0].chosen is None


def test_the_chosen_card_looks_chosen_without_colour_too(pad):
    grey = pad.grab().toImage().convertToFormat(pad.grab().toImage().Format.Format_Grayscale8)
    pad.show_questions(HEADS, [question("score", 2), question("note", 1, text=True)])
    chosen = pad.grab().toImage().convertToFormat(grey.format())
    card = pad._card(0, 2)
    corner = [
        (x, y) for x in range(card.right() - 40, card.right() - 14) for y in range(card.top() + 12, card.top() + 38)
    ]
    changed = [
        spot for spot in corner if abs(chosen.pixelColor(*spot).lightness() - grey.pixelColor(*spot).lightness()) > 60
    ]
    assert len(changed) > 15  # the check mark


def test_what_is_on_the_cards_is_spoken(pad):
    assert "score 3 Now: 78, somebody 14:31" in pad.accessibleDescription()


def test_the_question_that_keys_are_for_is_scrolled_into_sight(qtbot, pad):
    area = ScrollArea(pad)
    pad.stood_on.connect(area.show_part)
    area.resize(800, 160)
    area.show()
    qtbot.waitExposed(area)
    pad.setFocus()
    assert not pad._card(1, 0).intersects(pad.visibleRegion().boundingRect())
    qtbot.keyClick(pad, Qt.Key.Key_Down)
    assert pad.visibleRegion().contains(pad._card(1, 0).topLeft())
    qtbot.keyClick(pad, Qt.Key.Key_Up)
    assert pad.visibleRegion().contains(pad._card(0, 0).topLeft())
    pad.setParent(None)
    area.close()


def test_a_note_of_a_column_is_left_out_where_it_would_be_cut(pad):
    narrow, heads = 300, [ChoiceHead("1", "Base", "before the two of them changed it"), *HEADS[1:]]
    pad.show_questions(heads, [question("score")])

    def drawn() -> bytes:
        pad.resize(narrow, 200)
        return bytes(pad.grab().toImage().constBits())

    with_note = drawn()
    pad.show_questions(HEADS, [question("score")])
    assert with_note == drawn()
