"""Pictures of the lock: its screen with what it says, the draft that comes back, the menu of this PC, another PIN."""

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QApplication

from client.drafts import DraftKeeper
from client.paths import Profile
from client.shell.cause import Cause
from client.shell.cover import Cover
from client.unlock.locked import Locked
from client.unlock.pin import AskPin
from client.unlock.repository import teachers
from client.workspace import Draft
from tests.tour.stage import Shown, Stage

AT = "2026-11-26T14:03:00+09:00"


def locking(here: Stage) -> Iterator[Callable[[], Shown]]:
    """The lock's screens in each of their states; nothing is locked by it."""
    covers: list[Cover] = []
    known = teachers(Profile(here.others.folder / "profile"))[0]

    def locked() -> Shown:
        here.app.panel.ask_pin(AskPin(known, "", Locked(AT, Cause.IDLE, waiting=3, draft=True)))
        return "locked-idle", here.app.first, True

    def over() -> Shown:
        here.app.panel.ask_pin(AskPin(known, "", Locked(AT, Cause.LEASE)))
        return "locked-lease", here.app.first, False

    def covered() -> Shown:
        covers.append(Cover(here.desk))
        return "lock-cover", here.desk, False

    def draft() -> Shown:
        covers.pop().close()
        here.desk.window_.open_page("grades")
        left = here.page.left()
        keeper = DraftKeeper(here.desk.window_, here.desk.workspace, here.desk)
        here.desk.workspace.drafts.keep([Draft("grades", left.place, {"cell": "37"}, shown=True)]).result()
        keeper.bring_back()
        return "lock-draft", here.desk, True

    def change() -> Shown:
        box = here.app.entrance.change_box(known, here.desk)
        box.open()
        for line, text in ((box.old, "50271864"), (box.first, "82640517"), (box.second, "82640571")):
            line.setText(text)
        box.change.click()
        return "lock-change-pin", box, True

    yield from (locked, over, covered, draft, change)
    for box in QApplication.topLevelWidgets():
        if box.parent() is here.desk:
            box.close()
    here.page.grid.table.entry.close()
    here.desk.workspace.drafts.keep([]).result()
