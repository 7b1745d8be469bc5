"""Pages made of nothing, for a window that knows nothing of them."""

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget

from client.shell.pages import Page, PageFrame, Place
from client.shell.window import Window


class Plain(PageFrame):
    """A page that remembers how it was opened, and lets go only when told to."""

    def __init__(self, title: str, *, side: bool = False) -> None:
        super().__init__(title)
        self.arrived: list[object] = []
        self.lets_go = True
        self.field = QLineEdit()
        self.body.addWidget(self.field)
        if side:
            self.side = QWidget()

    def arrive(self, argument: object) -> None:
        self.arrived.append(argument)

    def leave(self) -> bool:
        return self.lets_go


def pages() -> list[Page]:
    made = [
        Page(key, "today", lambda key=key: key.title(), lambda key=key: Plain(key, side=key == "two"))
        for key in ("one", "two", "three")
    ]
    made.append(Page("head", "approval", lambda: "Head", lambda: Plain("head"), roles=frozenset({"principal"})))
    made.append(Page("prefs", "preferences", lambda: "Prefs", lambda: Plain("prefs"), place=Place.LOW))
    made.append(Page("rare", "week", lambda: "Rare", lambda: Plain("rare"), place=Place.MORE))
    return made


@pytest.fixture
def window(qtbot):
    made = Window(pages())
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.open_page("one")
    made.show()
    qtbot.waitExposed(made)
    return made
