"""Days stand on one grid, say what they are when pointed at, and are told to who cannot see them."""

from pytestqt.qtbot import QtBot

from client.widgets.day_strip import LABEL, ROW, DayStrip, StripDay, StripMonth
from client.widgets.ink import Tone


def shown(bot: QtBot, width: int) -> DayStrip:
    strip = DayStrip()
    bot.addWidget(strip)
    days = (StripDay(1, "", Tone.PLAIN, "9/1 there"), StripDay(30, "L", Tone.INFO, "9/30 late"))
    strip.show_months([StripMonth("9", days), StripMonth("10", (StripDay(2, "A", Tone.WARN, "10/2 absent"),))])
    strip.resize(width, strip.sizeHint().height())
    return strip


def test_a_day_is_found_where_it_is_drawn_in_any_width(qtbot: QtBot) -> None:
    for width in (600, 460):
        strip = shown(qtbot, width)
        cell = strip._cell()
        assert cell * 31 + LABEL <= width
        assert strip.words_at(LABEL + 29 * cell + cell // 2, ROW + 3) == "9/30 late"
        assert strip.words_at(LABEL + cell + cell // 2, 2 * ROW + 3) == "10/2 absent"
        assert strip.words_at(LABEL + 5 * cell, ROW + 3) == ""
        assert strip.words_at(LABEL + 5, 9 * ROW) == ""


def test_only_what_there_is_to_say_is_spoken(qtbot: QtBot) -> None:
    strip = shown(qtbot, 600)
    assert strip.accessibleDescription() == "9/30 late, 10/2 absent"
    strip.grab()
