"""Pictures of the way in: who is working, the sign-in, and the PIN, asked for and chosen."""

from collections.abc import Callable, Iterator
from datetime import date

from PySide6.QtWidgets import QDialog

from client.paths import Profile
from client.unlock.pin import AskPin, ChoosePin
from client.unlock.record import Known
from client.unlock.repository import teachers
from client.vault.errors import WrongPin
from client.vault.pin import pin_fault
from tests.tour.stage import Shown, Stage

TODAY = date(2026, 11, 26)
GUESSED = "20261103"
"""A PIN that is not taken."""


def entering(here: Stage) -> Iterator[Callable[[], Shown]]:
    """The first screen in each of its states; nothing is typed for good, so that the next tour finds the same."""

    def first() -> Shown:
        for box in here.desk.findChildren(QDialog):
            box.close()
        here.app.start()
        return "unlock", here.app.first, True

    def asked() -> Shown:
        here.app.panel.ask_pin(AskPin(_known(here)))
        return "unlock-pin", here.app.first, True

    def wrong() -> Shown:
        here.app.panel.ask_pin(AskPin(_known(here)), WrongPin(left=3))
        return "unlock-pin-wrong", here.app.first, False

    def chosen() -> Shown:
        step = ChoosePin(lambda pin: pin_fault(pin, TODAY))
        here.app.panel.choose_pin(step)
        step.first.setText(GUESSED)
        step.second.setText(GUESSED)
        step.take_button.click()
        return "unlock-pin-chosen", here.app.first, False

    def browser() -> Shown:
        here.app.panel.start_sign_in()
        return "unlock-browser", here.app.first, False

    yield from (first, asked, wrong, chosen, browser)


def _known(here: Stage) -> Known:
    return teachers(Profile(here.others.folder / "profile"))[0]
