"""Text in lines: differences, counting, searching, paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent

from client.widgets.counted_text import CountedText, graphemes
from client.widgets.diff_text import DiffText, pieces
from client.widgets.label import Label
from client.widgets.paragraph import Paragraph


def differing(text, other):
    return [piece.text for piece in pieces(text, other) if piece.differs]


def test_what_one_text_has_more_is_marked_and_what_both_have_is_not():
    base = "筆算の途中をていねいに書く。"
    assert differing(base + "見直しが課題。", base) == ["見直しが課題。"]
    assert differing(base, base) == []
    assert differing("", base) == []


def test_single_characters_that_match_by_chance_do_not_break_a_difference():
    assert differing("あいうえおかきくけこ", "さいしえせかそくたこ") == ["あいうえおかきくけ"]


@given(st.text(max_size=40), st.text(max_size=40))
def test_the_pieces_of_a_text_are_the_text(text, other):
    assert "".join(piece.text for piece in pieces(text, other)) == text


def test_a_text_with_differences_is_as_high_as_its_lines(qtbot):
    shown = DiffText()
    qtbot.addWidget(shown)
    shown.show_text("𠮷野さんの発表。" * 12, "𠮷野さんの発表。")
    assert shown.heightForWidth(200) > shown.heightForWidth(900) >= 22


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("髙﨑𠮷", 3),
        ("葛\U000e0100", 1),
        ("か\u3099", 1),
        ("👩‍🏫", 1),
        ("", 0),
        ("a\nb", 3),
    ],
)
def test_characters_are_counted_as_a_reader_counts_them(qapp, text, count):
    assert graphemes(text) == count


def test_the_counter_sees_what_is_still_being_composed(qtbot):
    box = CountedText("{count} too many", limit=5)
    qtbot.addWidget(box)
    box.set_text("よく")
    QCoreApplication.sendEvent(box._text, QInputMethodEvent("書けた", []))
    assert (box.length(), box._count.text()) == (5, "5 / 5")
    with qtbot.waitSignal(box.edited) as seen:
        commit = QInputMethodEvent("", [])
        commit.setCommitString("書けました")
        QCoreApplication.sendEvent(box._text, commit)
    assert "書けました" in seen.args[0]
    assert box._count.text() == "7 / 5  2 too many"


def test_showing_a_text_is_no_edit(qtbot):
    box = CountedText("{count} too many")
    qtbot.addWidget(box)
    with qtbot.assertNotEmitted(box.edited):
        box.set_text("よく書けた")
    assert box._count.text() == "5"


def test_a_pasted_rich_text_arrives_plain(qtbot):
    from PySide6.QtGui import QGuiApplication

    box = CountedText("{count} too many")
    qtbot.addWidget(box)
    from PySide6.QtCore import QMimeData

    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("bold")
    QGuiApplication.clipboard().setMimeData(data)
    box._text.paste()
    assert box.text() == "bold"
    assert "font-weight" not in box._text.toHtml().split("<body", 1)[1].split(">", 1)[1]


def test_a_paragraph_has_lines_of_160_percent(qtbot):
    text = Paragraph("one\ntwo\nthree")
    qtbot.addWidget(text)
    assert text.heightForWidth(400) == round(3 * 14 * 1.6)
    assert text.heightForWidth(1) > text.heightForWidth(400)


def test_a_paragraph_of_fixed_width_asks_for_the_height_of_all_its_lines(qtbot):
    text = Paragraph("言葉がたくさんあります。" * 8)
    qtbot.addWidget(text)
    text.setFixedWidth(200)
    assert text.sizeHint().width() == 200
    assert text.sizeHint().height() == text.heightForWidth(200) > 22 * 3


def test_what_a_person_typed_is_never_markup(qtbot):
    label = Label("<b>x</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.sizeHint().width() > Label("x").sizeHint().width() * 3
