"""The roster and a pupil's card: a class, somebody found, nobody found, the card with a note, and its history."""

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtTest import QTest

from client.pupil.history import HistoryBox
from client.register.record import Order
from tests.tour.stage import Shown, Stage, until

CLASS = "2026:3-2"
NAME = "髙橋"
_PUPIL = """
SELECT pupil.id FROM pupil JOIN membership ON membership.pupil = pupil.id WHERE family = ? AND "class" = ?
"""


def registering(here: Stage) -> Iterator[Callable[[], Shown]]:
    """Each screen, as what brings it about."""

    def roster() -> Shown:
        here.desk.window_.open_page("register")
        here.page.order.set_key(Order.NUMBER)
        here.page.find_box.clear()
        return "roster", here.desk, True

    def found() -> Shown:
        here.page.find_box.setText("sa")
        return "roster-found", here.desk, False

    def nobody() -> Shown:
        here.page.find_box.setText("ヌヌ")
        return "roster-nobody", here.desk, False

    def card() -> Shown:
        here.page.find_box.clear()
        (row,) = here.desk.workspace.rows(_PUPIL, (NAME, CLASS))[:1]
        here.desk.window_.open_page("pupil", (CLASS, row.id))
        form: Any = here.page.notes.form
        form.text.set_text("算数の時間に、筆算のしかたを友達に分かりやすく教えていた。")
        here.page.note_acts.save()
        form.text.set_text("日直の仕事を最後まで")
        return "pupil", here.desk, True

    def lower() -> Shown:
        here.page.view.verticalScrollBar().setValue(here.page.view.verticalScrollBar().maximum())
        return "pupil-lower", here.desk, False

    def history() -> Shown:
        if here.page.notes.entries:  # later screens count what waits
            here.page.note_acts.undo()
        here.page.note_acts.begin()
        here.page.show_history()
        box = here.page.findChildren(HistoryBox)[-1]
        until("the school has told the past", lambda: box._told is not None)
        QTest.qWait(60)
        return "pupil-history", box, False

    yield from (roster, found, nobody, card, lower, history)
